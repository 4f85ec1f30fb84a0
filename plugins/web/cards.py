"""Pictures of the site itself: its mark in pixels, and share cards.

A card is what a link to a piece or an issue looks like where it is passed on.

1200 × 630 pixels (Open Graph's 1.91 : 1): the magazine's name, the title, the woven picture beside them.
Written only for a site with an address: without one no page names them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image

import weave
from ebook.cover import text_ink, woven
from magazine.lettering import Lettering, Measure, Style
from magazine.model import Direction, Language, Library
from web.issues import dress

WIDTH, HEIGHT = 1200, 630
ART = 450  # pixels of the picture, at the line's end
SIDE = 64
ICONS = {"mark-32.png": 32, "mark-192.png": 192}
COLOURS = 48  # of the PNG's palette: letters' edges need some
MOST_ROWS = 4
NAME = {
    "rtl": Style("reem-kufi/ReemKufi-SemiBold.ttf", 0.05, 1.3, 0.045),
    "ltr": Style("source-serif/SourceSerif4-Bold.ttf", 0.042, 1.3, 0.05),
}
TITLE = {
    "rtl": Style("reem-kufi/ReemKufi-Medium.ttf", 0.058, 1.35, 0.16),
    "ltr": Style("source-serif/SourceSerif4-SemiBold.ttf", 0.052, 1.2, 0.16),
}
SMALLER = 0.85  # a step down for a title of too many rows


def card_path(name: str, lang: str) -> str:
    """A card in the output: `cards/ar/what-the-state-owes.png`, `cards/en/issue-1.png`."""
    return f"cards/{lang}/{name}.png"


def card(title: str, slug: str, dress_: tuple[str, str], language: Language, library: Library) -> bytes:
    """A card as PNG."""
    motif, ink = dress_
    image = Image.new("RGB", (WIDTH, HEIGHT), weave.PAPER)
    right_to_left = language.direction == "rtl"
    image.paste(_art(weave.picture_threads(slug, motif, ink), ink), (0 if right_to_left else WIDTH - ART, 0))
    measure = Measure(ART + SIDE, WIDTH - SIDE) if right_to_left else Measure(SIDE, WIDTH - ART - SIDE)
    fonts = library.imprint.theme / "fonts"
    sheet = Lettering(image, measure, language.direction, language.code, fonts)
    sheet.set(NAME[language.direction], library.imprint.names[language.code], text_ink(ink))
    sheet.set(_fitting(sheet, language.direction, title), title, weave.INK)
    out = BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _fitting(sheet: Lettering, direction: Direction, title: str) -> Style:
    style = TITLE[direction]
    while sheet.rows(style, title) > MOST_ROWS:
        style = replace(style, size=style.size * SMALLER)
    return style


def _art(rows: list[bytes], ink: str) -> Image.Image:
    """The middle of a woven picture, as high as the card."""
    picture = woven(rows, ink)
    scale = HEIGHT / picture.height
    picture = picture.resize((round(picture.width * scale), HEIGHT), Image.Resampling.NEAREST)
    left = (picture.width - ART) // 2
    return picture.crop((left, 0, left + ART, HEIGHT))


def cards(library: Library) -> Iterator[tuple[str, bytes]]:
    """Every published piece's and every issue's card: its path, its bytes."""
    for piece in library.pieces.values():
        if piece.status == "published" and not piece.discreet:
            language = library.imprint.language(piece.lang)
            look = dress(library, piece.slug)
            yield card_path(piece.slug, piece.lang), card(piece.title, piece.slug, look, language, library)
    for issue in library.issues:
        for code in issue.languages:
            name, look = f"issue-{issue.name}", (issue.motif, issue.ink)
            language = library.imprint.language(code)
            yield card_path(name, code), card(issue.titles[code], name, look, language, library)


def icon(side: int) -> bytes:
    """The magazine's mark as PNG, for browsers and phones that want pixels; `side` a multiple of 16."""
    image = woven(weave.mark_threads(), weave.MARK_INK).resize((side, side), Image.Resampling.NEAREST)
    out = BytesIO()
    image.quantize(4, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def write(library: Library, output: Path) -> None:
    """The mark in its sizes; all cards, where the site has an address."""
    for name, side in ICONS.items():
        (output / "theme" / name).write_bytes(icon(side))
    for path, data in cards(library) if library.imprint.site_url else ():
        target = output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
