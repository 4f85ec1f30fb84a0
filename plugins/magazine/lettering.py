"""Words on a picture: lines set by Raqm (HarfBuzz and FriBidi), for covers and cards without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from magazine.model import Direction

FEATURES = ["-rclt"]  # the dots of yaa below, as on paper (theme/press/ar.css)


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is set: its face, size, leading, and the top of its first row, in shares of the width."""

    face: str
    size: float
    leading: float
    top: float


@dataclass(frozen=True, slots=True)
class Measure:
    """Where lines begin and end, in pixels from the left."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """How long a line may be."""
        return self.right - self.left


class Lettering:
    """Sets lines on an image in one language (Pango has brought the FriBidi that Raqm asks for)."""

    def __init__(
        self, image: Image.Image, measure: Measure, direction: Direction, language: str, fonts: Path
    ) -> None:
        self.draw, self.width, self.measure = ImageDraw.Draw(image), image.width, measure
        self.direction, self.language, self.fonts = direction, language, fonts

    def set(self, style: Style, text: str, colour: str, *, at_end: bool = False) -> float:
        """A line, or as many rows as its words take; where they end, in pixels from the top."""
        font = self._font(style, text)
        right = (self.direction == "rtl") != at_end
        x, y = self.measure.right if right else self.measure.left, style.top * self.width
        for row in self._rows(text, font):
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
            y += style.size * style.leading * self.width
        return y

    def rows(self, style: Style, text: str) -> int:
        """How many rows a text takes."""
        return len(list(self._rows(text, self._font(style, text))))

    def _font(self, style: Style, text: str) -> ImageFont.FreeTypeFont:
        """The face in its size, or in one that lets the longest word into the measure."""
        path = str(self.fonts / style.face)
        font = ImageFont.truetype(path, style.size * self.width, layout_engine=ImageFont.Layout.RAQM)
        longest = max(self._length(word, font) for word in text.split())
        room = self.measure.width
        return font if longest <= room else font.font_variant(size=font.size * room / longest)

    def _length(self, text: str, font: ImageFont.FreeTypeFont) -> float:
        return font.getlength(text, direction=self.direction, language=self.language, features=FEATURES)

    def _rows(self, text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
        """As many words a row as the measure takes."""
        row = ""
        for word in text.split():
            longer = f"{row} {word}".strip()
            if row and self._length(longer, font) > self.measure.width:
                yield row
                longer = word
            row = longer
        yield row
