"""Pictures: the file is there and is one, a description says what is seen, paper has pixels enough."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from math import ceil, inf
from pathlib import Path
from xml.etree import ElementTree as etree

from PIL import Image

from checks.text import Text
from magazine.data import is_beside
from magazine.findings import Finding
from magazine.markup import PICTURES

IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>[^)\s]+)")
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")  # what browsers and the typesetter read
# Millimetres of a column and of the text block, and the most a figure's picture is high: press/tokens.css.
WIDTHS = {"A4": (81, 168), "210x280": (81, 168), "A5": (114, 114)}
HIGHEST = 78
PPI = 300
ORIENTATION, ON_ITS_SIDE = 0x0112, (5, 6, 7, 8)  # Exif

Size = tuple[int, int]


class NotAPictureError(Exception):
    """The file is not what its name says."""


def check(text: Text) -> Iterator[Finding]:
    """Pictures of the body and of the front matter, which stands on the web alone."""
    for number, match in text.matches(IMAGE):
        yield from _file(text, number, match["file"], printed=True)
        if not match["alt"].strip():
            yield text.finding("B006", number, file=match["file"])
    if text.piece.picture:
        yield from _file(text, text.piece.lines["picture"], text.piece.picture.file, printed=False)


def _file(text: Text, number: int, file: str, printed: bool) -> Iterator[Finding]:
    path = text.piece.path.parent / file
    if not is_beside(file, text.piece):
        yield text.finding("B005", number, file=file)
        return
    if path.suffix.lower() not in PICTURES:
        yield text.finding("P001", number, form=path.suffix or file, forms=", ".join(PICTURES))
        return
    try:
        if path.suffix.lower() == ".svg":
            if has_text(path):
                yield text.finding("B028", number, file=file)
        elif printed:
            yield from _fine_enough(text, number, file, pixels(path))
        else:
            pixels(path)
    except NotAPictureError:
        yield text.finding("B026", number, file=file)


def pixels(path: Path) -> Size:
    """Width and height as the picture is shown."""
    try:
        with (
            warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning),
            Image.open(path, formats=FORMATS) as image,
        ):
            width, height = image.size
            turned = image.getexif().get(ORIENTATION) in ON_ITS_SIDE
            image.draft(None, (width // 8, height // 8))  # a JPEG is read through quicker when small
            image.load()
    except Exception as error:  # Pillow's readers fail in many ways; none is the editor's affair
        raise NotAPictureError from error
    return (height, width) if turned else (width, height)


def has_text(path: Path) -> bool:
    """Whether a drawing has words in it, which no medium would shape, search or read aloud."""
    try:
        root = etree.fromstring(path.read_bytes())
    except etree.ParseError as error:
        raise NotAPictureError from error
    names = [element.tag.rpartition("}")[2] for element in root.iter()]
    if names[0] != "svg":
        raise NotAPictureError
    return "text" in names


def _fine_enough(text: Text, number: int, file: str, size: Size) -> Iterator[Finding]:
    """On the sheets of the issues that hold the piece: 300 pixels to the inch."""
    block = text.block_at(number)
    figure = block is not None and block.kind == "figure"
    wide = block is not None and block.option("width") == "wide"
    width, height = size
    for sheet in sorted(_sheets(text)):
        most = HIGHEST * width / height if figure else inf
        millimetres = min(WIDTHS[sheet][wide], most)
        needed = ceil(millimetres / 25.4 * PPI)
        if width < needed:
            across, pixels = f"{millimetres:.0f}", f"{width} × {height}"
            code = "B030" if wide else "B027"  # only what is wide can be made narrower
            yield text.finding(code, number, file=file, size=pixels, mm=across, needed=needed)
            return


def _sheets(text: Text) -> set[str]:
    piece = text.piece
    issues = text.library.issues
    return {issue.sheet for issue in issues if piece.slug in issue.slugs and piece.lang in issue.languages}
