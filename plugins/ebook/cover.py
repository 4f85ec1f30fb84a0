"""The cover as a picture, for the shelf: the printed one, drawn without a browser.

A PNG, though EPUB takes SVG too: shelves that make their thumbnails themselves (Kindle, Apple
Books, most e-ink readers and file managers) want pixels. The cover *page* has its words as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import weave
from arabic import locale
from magazine.manifest import SHEETS
from magazine.model import Direction, Edition, Library
from magazine.names import catalogue

PIXELS = 10  # to a thread of the weave: a cover of A4 is 1,400 wide
SIDE = 0.1  # margins, as all that follows in shares of the sheet's width


@dataclass(frozen=True, slots=True)
class Style:
    """How a line of the cover is set: its face, size, leading, and the top of its first row."""

    face: str
    size: float
    leading: float
    top: float


STYLES: Mapping[Direction, Mapping[str, Style]] = {
    "rtl": {
        "line": Style("vazirmatn/Vazirmatn-Regular.ttf", 0.031, 1.4, 0.073),
        "name": Style("reem-kufi/ReemKufi-SemiBold.ttf", 0.225, 1.15, 0.11),
        "title": Style("reem-kufi/ReemKufi-Medium.ttf", 0.048, 1.3, 0.368),
    },
    "ltr": {
        "line": Style("vazirmatn/Vazirmatn-Regular.ttf", 0.031, 1.4, 0.073),
        "name": Style("source-serif/SourceSerif4-Bold.ttf", 0.177, 1.2, 0.12),
        "title": Style("source-serif/SourceSerif4-SemiBold.ttf", 0.045, 1.25, 0.345),
    },
}


def picture(edition: Edition, library: Library) -> bytes:
    """The cover of an edition as PNG."""
    issue, lang = edition.issue, edition.language
    say = catalogue(library, lang.code).gettext
    image = _cloth(edition)
    sheet = _Sheet(image, lang.direction, lang.code, library.imprint.theme / "fonts")
    number = say("Issue %(number)s") % {"number": issue.number}
    sheet.rule(SIDE, 0.066)
    sheet.set("line", f"{number} · {locale.month_year(issue.date, lang.locale)}", weave.INK)
    if issue.specimen:
        sheet.set("line", say("Specimen issue"), weave.INK, at_end=True)
    sheet.set("name", library.imprint.names[lang.code], _text_ink(issue.ink))
    sheet.set("title", issue.titles[lang.code], weave.INK)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _cloth(edition: Edition) -> Image.Image:
    """The woven art, a square of pixels for each crossing of threads."""
    issue = edition.issue
    rows = weave.cover_threads(issue.seed, issue.motif, issue.ink, *SHEETS[issue.sheet])
    threads = Image.frombytes("P", (len(rows[0]), len(rows)), b"".join(rows))
    inks = (weave.PAPER, weave.ink_hex(issue.ink), weave.companion_hex(issue.ink))
    threads.putpalette(bytes.fromhex("".join(ink[1:] for ink in inks)))
    size = threads.width * PIXELS, threads.height * PIXELS
    return threads.convert("RGB").resize(size, Image.Resampling.NEAREST)


def _text_ink(ink: str) -> str:
    """Saffron is never text."""
    return weave.ink_hex(ink) if ink in weave.TEXT_INKS else weave.companion_hex(ink)


FEATURES = ["-rclt"]  # the dots of yaa below, as on paper (theme/press/ar.css)


class _Sheet:
    """Sets lines on an image. Raqm shapes and orders them (Pango has brought its FriBidi)."""

    def __init__(self, image: Image.Image, direction: Direction, language: str, fonts: Path) -> None:
        self.draw, self.width = ImageDraw.Draw(image), image.width
        self.direction, self.language, self.fonts = direction, language, fonts
        self.measure = image.width * (1 - 2 * SIDE)

    def rule(self, side: float, top: float) -> None:
        """A hairline across the measure."""
        left, right, y = side * self.width, (1 - side) * self.width, top * self.width
        self.draw.line((left, y, right, y), fill=weave.INK, width=2)

    def set(self, kind: str, text: str, colour: str, *, at_end: bool = False) -> None:
        """A line, or as many rows as its words take."""
        style = STYLES[self.direction][kind]
        font = self._font(style, text)
        right = (self.direction == "rtl") != at_end
        x = self.width * (1 - SIDE if right else SIDE)
        for number, row in enumerate(self._rows(text, font)):
            y = (style.top + number * style.size * style.leading) * self.width
            self.draw.text(
                (x, y),
                row,
                fill=colour,
                font=font,
                anchor="ra" if right else "la",
                direction=self.direction,
                language=self.language,
                features=FEATURES,
            )

    def _font(self, style: Style, text: str) -> ImageFont.FreeTypeFont:
        """The face in its size, or in one that lets the longest word into the measure."""
        path = str(self.fonts / style.face)
        font = ImageFont.truetype(path, style.size * self.width, layout_engine=ImageFont.Layout.RAQM)
        longest = max(self._length(word, font) for word in text.split())
        return font if longest <= self.measure else font.font_variant(size=font.size * self.measure / longest)

    def _length(self, text: str, font: ImageFont.FreeTypeFont) -> float:
        return font.getlength(text, direction=self.direction, language=self.language, features=FEATURES)

    def _rows(self, text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
        """As many words a row as the measure takes."""
        row = ""
        for word in text.split():
            longer = f"{row} {word}".strip()
            if row and self._length(longer, font) > self.measure:
                yield row
                longer = word
            row = longer
        yield row
