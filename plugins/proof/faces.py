"""The theme's font files, and whether the fonts in a PDF are they."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont, TTLibError

from proof.pages import EM, widths_of

SPACES = (" ", "\u00a0")
ROUNDED = 1.6  # thousandths of an em: a PDF's advances are whole, and were measured at a size
# The weights of CSS by the names that the typesetter gives to PDF fonts, where files say otherwise.
UNSAID = re.compile(r"regular|[^a-z0-9]")


def known_as(name: str) -> str:
    """A face's name without what differs between files and PDFs: ReemKufi-SemiBold, Reem-Kufi-Semi-Bold."""
    return UNSAID.sub("", name.rpartition("+")[2].lower())


class Face:
    """An original font file: to shape with, and to hold embedded subsets against."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.stem
        self.shaper = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
        self.em: int = self.shaper.face.upem

    @cached_property
    def table(self) -> Any:
        """The file's tables."""
        return TTFont(self.path, lazy=True)

    @cached_property
    def characters(self) -> Mapping[int, int]:
        """Code point -> glyph."""
        ids = self.table.getReverseGlyphMap()
        return {code: ids[name] for code, name in self.table.getBestCmap().items()}

    @cached_property
    def features(self) -> frozenset[str]:
        """The features that it substitutes glyphs by."""
        return frozenset(record.FeatureTag for record in self.table["GSUB"].table.FeatureList.FeatureRecord)

    @cached_property
    def spaces(self) -> frozenset[int]:
        """The glyphs that part words."""
        return frozenset(self.characters[ord(char)] for char in SPACES if ord(char) in self.characters)

    @cached_property
    def digits(self) -> Mapping[int, str]:
        """Glyph -> digit, for the figures that the font has by default and by its features."""
        # From the last: where Arabic-Indic and Persian digits have one glyph, it is the Arabic one's.
        codes = sorted(self.characters, reverse=True)
        found = {self.characters[code]: chr(code) for code in codes if chr(code).isdecimal()}
        for feature in ("onum", "lnum", "tnum", "pnum"):
            buffer = hb.Buffer()
            buffer.add_str("0123456789")
            buffer.guess_segment_properties()
            hb.shape(self.shaper, buffer, {feature: True})
            found |= {info.codepoint: str(info.cluster) for info in buffer.glyph_infos}
        return found

    def name_of(self, gid: int) -> str:
        """The glyph's name in the file."""
        order = self.table.getGlyphOrder()
        return str(order[gid]) if gid < len(order) else f"glyph {gid}"

    def outline(self, gid: int) -> Any:
        """What the glyph draws."""
        return _outline(self.table, gid)


def theme_faces(fonts: Path) -> Mapping[str, Face]:
    """The theme's faces by the name under which a PDF knows them."""
    return {known_as(path.stem): Face(path) for path in sorted(fonts.glob("*/*.ttf"))}


def differing(font: Any, face: Face, used: Iterable[int]) -> Iterator[tuple[int, str]]:
    """The used glyphs of an embedded font that are not those of the file: advance or outline."""
    widths = widths_of(font)
    try:
        embedded = TTFont(BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()), lazy=True)
    except (AttributeError, KeyError, TTLibError):
        yield 0, "the font is not embedded as TrueType"
        return
    metrics, order = face.table["hmtx"], face.table.getGlyphOrder()
    for gid in sorted(used):
        if gid >= len(order):
            yield gid, "no such glyph in the theme's font"
        elif abs(widths.get(gid, widths[-1]) - metrics[order[gid]][0] / face.em * EM) > ROUNDED:
            yield gid, "its advance is another"
        elif _outline(embedded, gid) != face.outline(gid):
            yield gid, "its outline is another"


def _outline(font: Any, gid: int) -> Any:
    names = font.getGlyphOrder()
    if gid >= len(names):
        return None
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[names[gid]].draw(pen)
    return pen.value
