"""How high and how low the letters of an embedded face reach, by their outlines."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Object, Stream

Reach = tuple[float, float]  # lowest and highest, in parts of the size
EM: Reach = (-0.25, 0.75)  # where the outlines cannot be read: most letters lie within
Draw = Callable[[int], Reach | None]


class Outlines:
    """The reach of each code of a face, read once; None for a code that draws nothing."""

    def __init__(self, font: Dictionary, descriptor: Object) -> None:
        self._reaches: dict[int, Reach | None] = {}
        try:
            self._draw = _program(font, descriptor)
        except Exception:  # fontTools answers a broken program with whatever it meets
            self._draw = _unread

    def __call__(self, code: int) -> Reach | None:
        """The reach of a code."""
        if code not in self._reaches:
            try:
                self._reaches[code] = self._draw(code)
            except Exception:
                self._reaches[code] = EM
        return self._reaches[code]


def _unread(_: int) -> Reach:
    return EM


def _program(font: Dictionary, descriptor: Object) -> Draw:
    composite = font.get("/Subtype") in ("/CIDFontType0", "/CIDFontType2")
    if "/FontFile2" in descriptor:
        opened = TTFont(BytesIO(descriptor.FontFile2.read_bytes()), lazy=True)
        return _glyf(opened, _mapped(font) if composite else _encoded(font, opened))
    if "/FontFile3" in descriptor and composite:
        return _cff(descriptor.FontFile3)
    return _unread


def _mapped(font: Dictionary) -> Callable[[int], int]:
    """From a CID to a glyph, by the font's map."""
    table = font.get("/CIDToGIDMap")
    if not isinstance(table, Stream):
        return lambda code: code
    numbers = table.read_bytes()
    return lambda code: int.from_bytes(numbers[2 * code : 2 * code + 2])


def _encoded(font: Dictionary, opened: Any) -> Callable[[int], int]:
    """From a code of one byte to a glyph, by the tables that symbols and letters have."""
    if isinstance(font.get("/Encoding"), Dictionary):
        raise ValueError("an encoding of its own")
    tables = {(table.platformID, table.platEncID): table.cmap for table in opened["cmap"].tables}
    symbols, old = tables.get((3, 0), {}), tables.get((1, 0), {})
    letters = tables.get((3, 1), tables.get((0, 3), {}))

    def glyph(code: int) -> int:
        name = symbols.get(0xF000 | code) or symbols.get(code)
        name = name or letters.get(ord(bytes([code]).decode("cp1252"))) or old.get(code)
        return int(opened.getGlyphID(name))

    return glyph


def _glyf(opened: Any, glyph: Callable[[int], int]) -> Draw:
    em, table = opened["head"].unitsPerEm, opened["glyf"]

    def draw(code: int) -> Reach | None:
        outline = table[opened.getGlyphName(glyph(code))]
        return (outline.yMin / em, outline.yMax / em) if outline.numberOfContours else None

    return draw


def _cff(program: Object) -> Draw:
    data = program.read_bytes()
    if program.get("/Subtype") == "/OpenType":
        fonts = TTFont(BytesIO(data), lazy=True)["CFF "].cff
    else:
        fonts = CFFFontSet()
        fonts.decompile(BytesIO(data), None)
    top = fonts[0]
    by_cid, order, em = hasattr(top, "ROS"), top.charset, 1 / top.FontMatrix[3]

    def draw(code: int) -> Reach | None:
        pen = BoundsPen(None)
        top.CharStrings[f"cid{code:05}" if by_cid else order[code]].draw(pen)
        return (pen.bounds[1] / em, pen.bounds[3] / em) if pen.bounds else None

    return draw
