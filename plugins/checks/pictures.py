"""Pictures: the file is there, every medium can show it, and a description says what is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from checks.text import Text
from magazine.findings import Finding
from magazine.markup import PICTURES

IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>[^)\s]+)")


def check(text: Text) -> Iterator[Finding]:
    """Pictures of the body and of the front matter."""
    for number, match in text.matches(IMAGE):
        yield from _usable(text, number, match["file"])
        if not match["alt"].strip():
            yield text.finding("B006", number, file=match["file"])
    if text.piece.picture:
        yield from _usable(text, text.piece.lines["picture"], text.piece.picture.file)


def _usable(text: Text, number: int, file: str) -> Iterator[Finding]:
    """The picture stands beside the piece, not above its folder, in a form that can be shown."""
    path = text.piece.path.parent / file
    if ".." in PurePosixPath(file).parts or not path.is_file():
        yield text.finding("B005", number, file=file)
    elif path.suffix.lower() not in PICTURES:
        yield text.finding("P001", number, form=path.suffix or file, forms=", ".join(PICTURES))
