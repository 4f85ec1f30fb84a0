"""Faces as the file carries them: embedded or not, whole or subset, and how wide their glyphs are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Object

from preflight.outlines import Outlines, Reach

PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
SUBSET = re.compile(r"[A-Z]{6}\+")
LAST = 0xFFFF  # of codes of two bytes
EMPTY = Dictionary()


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A font of the file; `name` is without the subset's tag."""

    name: str
    kind: str
    embedded: bool
    subset: bool
    widths: Mapping[int, float] = field(repr=False)
    otherwise: float  # the width of every other code
    wide: bool  # two bytes a code
    font: Dictionary = field(repr=False)
    outlines: Outlines = field(repr=False)

    def codes(self, shown: bytes) -> list[int]:
        """The codes of a string."""
        if not self.wide:
            return list(shown)
        return [high << 8 | low for high, low in zip(shown[::2], shown[1::2], strict=False)]

    def reach(self, codes: set[int]) -> Reach | None:
        """How low and how high some codes reach; None when they draw nothing."""
        reaches = [reach for reach in map(self.outlines, codes) if reach is not None]
        return (min(low for low, _ in reaches), max(high for _, high in reaches)) if reaches else None

    def advance(self, codes: list[int]) -> tuple[float, int]:
        """The width of codes in thousandths of the size, and their count of spaces."""
        widths = [self.widths.get(code, self.otherwise) for code in codes]
        return sum(widths), 0 if self.wide else codes.count(32)


def face(font: Dictionary) -> Face:
    """The face that a font dictionary describes."""
    if font.get("/Subtype") == "/Type0":
        return _composite(font)
    descriptor = font.get("/FontDescriptor", EMPTY)
    kind = str(font.get("/Subtype", "/?"))[1:]
    first = int(font.get("/FirstChar", 0))
    widths = dict(enumerate(map(float, font.get("/Widths", Array())), first))
    name = str(font.get("/BaseFont", font.get("/Name", "/?")))[1:]
    missing = float(descriptor.get("/MissingWidth", 0 if widths else 500))
    if kind == "Type3":  # its widths are in the glyphs' own space
        unit = abs(float(font.get("/FontMatrix", [0.001])[0])) * 1000
        widths = {code: width * unit for code, width in widths.items()}
    embedded = kind == "Type3" or has_program(descriptor)
    return _named(name, kind, embedded, widths, missing, False, font, Outlines(font, descriptor))


def _composite(font: Dictionary) -> Face:
    below: Any = font.DescendantFonts[0]
    name = str(below.get("/BaseFont", font.get("/BaseFont", "/?")))[1:]
    kind = str(below.get("/Subtype", "/?"))[1:]
    descriptor = below.get("/FontDescriptor", EMPTY)
    embedded, outlines = has_program(descriptor), Outlines(below, descriptor)
    otherwise = float(below.get("/DW", 1000))
    return _named(name, kind, embedded, cid_widths(below.get("/W", Array())), otherwise, True, font, outlines)


def _named(
    name: str,
    kind: str,
    embedded: bool,
    widths: Mapping[int, float],
    otherwise: float,
    wide: bool,
    font: Dictionary,
    outlines: Outlines,
) -> Face:
    subset = SUBSET.match(name) is not None
    return Face(name[7:] if subset else name, kind, embedded, subset, widths, otherwise, wide, font, outlines)


def has_program(descriptor: Object) -> bool:
    """True when the outlines are in the file."""
    return any(key in descriptor for key in PROGRAMS)


def cid_widths(written: Object) -> dict[int, float]:
    """The widths of a composite font: `first [w …]` and `first last w`."""
    widths: dict[int, float] = {}
    rest: list[Any] = list(written)[::-1]
    while rest:
        first, then = int(rest.pop()), rest.pop()
        if isinstance(then, Array):
            widths.update(enumerate(map(float, then), first))
        else:
            widths.update(dict.fromkeys(range(first, min(int(then), LAST) + 1), float(rest.pop())))
    return widths
