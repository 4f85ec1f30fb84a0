"""An embedded TrueType font that takes composed glyphs, and the clusters they are composed of."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent
from pikepdf import Array

Place = tuple[int, int, int]  # glyph, x and y in thousandths of an em from the cluster's origin
Instruction = tuple[list[Any], str]  # operands and operator of a content stream
EM = 1000  # text space: thousandths of an em
APART = 0.095 * EM  # letters farther apart are two words to poppler (TextOutputDev, minWordBreakSpace)


class Cluster:
    """Glyphs that together are one text, where the pen was for each, and the operators between."""

    def __init__(self) -> None:
        self.texts: list[str] = []  # from left to right
        self.instructions: list[Instruction] = []
        self.drawn: list[tuple[int, float, float, float]] = []  # glyph, x, y, advance
        self.pen = 0.0

    def add(self, glyph: int, rise: float, advance: float) -> None:
        """A glyph at the pen."""
        self.drawn.append((glyph, self.pen, rise, advance))
        self.pen += advance

    @property
    def right_to_left(self) -> bool:
        """True for Arabic text."""
        return any(unicodedata.bidirectional(char) in ("AL", "R", "NSM") for char in self.visual)

    @property
    def visual(self) -> str:
        """The text from left to right."""
        return "".join(text[::-1] for text in self.texts)

    @property
    def waits(self) -> bool:
        """True while only marks were seen: from right to left the letter comes after them."""
        return all(unicodedata.combining(char) for text in self.texts for char in text)

    @property
    def origin(self) -> float:
        """The leftmost glyph's pen: the bare form's, for its dots stand over it."""
        return min(x for _, x, _, _ in self.drawn)

    @property
    def width(self) -> float:
        """From the origin to where the last of the glyphs ends."""
        return round(max(x + advance for _, x, _, advance in self.drawn) - self.origin)

    @property
    def kern(self) -> float:
        """What keeps the next letter of an Arabic word so far away that extractors see a space, or 0."""
        gap = round(self.pen - self.origin - self.width)
        return gap if gap > APART and self.right_to_left else 0

    @property
    def places(self) -> tuple[Place, ...]:
        """Where each glyph stands, seen from the origin."""
        return tuple((glyph, round(x - self.origin), round(y)) for glyph, x, y, _ in self.drawn)


class EmbeddedFont:
    """An embedded TrueType font that takes composed glyphs."""

    def __init__(self, resource: pikepdf.Object) -> None:
        self.resource = resource
        self.descendant = resource.DescendantFonts[0]
        self.program = self.descendant.FontDescriptor.get("/FontFile2")
        self.widths = dict(_widths(self.descendant.W))
        self.defaults: dict[int, str] = {}
        self.composed: dict[tuple[tuple[Place, ...], str, float], int] = {}
        self.next = max(self.widths, default=0) + 1
        if self.program is not None:
            self.font = TTFont(BytesIO(self.program.read_bytes()), recalcTimestamp=False)
            self.next = len(self.font.getGlyphOrder())

    def says(self, cluster: Cluster) -> bool:
        """True when the cluster is one glyph that says its text, and extractors agree on it."""
        glyph, text = cluster.places[0][0], "".join(cluster.texts)
        first = self.defaults.setdefault(glyph, text)
        alone = len(cluster.places) == 1 and first == text and not cluster.kern
        return self.program is None or (alone and (len(text) == 1 or not cluster.right_to_left))

    def compose(self, cluster: Cluster) -> list[int]:
        """The glyphs that draw a cluster, with its kern, and say its text, a character each from the left.

        The first has all outlines; the others only take their share of the advance. Extractors
        reverse a right-to-left line by characters, and differ on glyphs that say two.
        """
        said = cluster.visual
        width = cluster.width + cluster.kern
        share = round(width / len(said))
        shares = [width - share * (len(said) - 1), *[share] * (len(said) - 1)]
        drawn = [cluster.places, *[()] * (len(said) - 1)]
        return [self._glyph(*key) for key in zip(drawn, said, shares, strict=True)]

    def _glyph(self, places: tuple[Place, ...], text: str, width: float) -> int:
        key = places, text, width
        if key not in self.composed:
            self.composed[key] = self.next + len(self.composed)
            self.widths[self.composed[key]] = width
        return self.composed[key]

    def finish(self, document: pikepdf.Pdf) -> None:
        """Write the composed glyphs, their widths and texts."""
        if self.program is None or not self.composed:
            return
        for (places, _, _), glyph in self.composed.items():
            self._add(places, glyph)
        out = BytesIO()
        self.font.save(out)
        self.program.write(out.getvalue())
        self.program.Length1 = len(out.getvalue())
        self.descendant.W = Array([x for glyph in sorted(self.widths) for x in (glyph, [self.widths[glyph]])])
        texts = {glyph: text for (_, text, _), glyph in self.composed.items()}
        self.resource.ToUnicode = document.make_stream(_to_unicode(self.defaults | texts))

    def _add(self, places: tuple[Place, ...], glyph: int) -> None:
        order, scale = self.font.getGlyphOrder(), self.font["head"].unitsPerEm / EM
        name = f"composed{glyph}"
        shape = Glyph()
        shape.numberOfContours = -1 if places else 0
        shape.components = [_component(order[part], x * scale, y * scale) for part, x, y in places]
        glyf, hmtx = self.font["glyf"], self.font["hmtx"]
        glyf[name] = shape
        shape.recalcBounds(glyf)
        # The left side bearing must be xMin: a renderer moves the outline by the difference.
        hmtx[name] = (round(self.widths[glyph] * scale), shape.xMin if places else 0)


def _component(name: str, x: float, y: float) -> GlyphComponent:
    component = GlyphComponent()
    component.glyphName, component.x, component.y = name, round(x), round(y)
    component.flags = 0x0002 | 0x0004  # offsets are x and y, rounded to the grid
    return component


def _widths(table: pikepdf.Object) -> Iterator[tuple[int, float]]:
    """The /W array's forms: `c [w1 w2 …]` and `first last w` (ISO 32000-2, 9.7.4.3)."""
    items = list(table)
    at = 0
    while at < len(items):
        first, second = int(items[at]), items[at + 1]
        if isinstance(second, Array):
            yield from ((first + step, float(width)) for step, width in enumerate(second))
            at += 2
        else:
            yield from ((glyph, float(items[at + 2])) for glyph in range(first, int(second) + 1))
            at += 3


def _to_unicode(texts: dict[int, str]) -> bytes:
    """A ToUnicode CMap (ISO 32000-2, 9.10.3) in blocks of at most a hundred."""
    rows = [
        f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, text in sorted(texts.items()) if text
    ]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    body = "\n".join("\n".join((f"{len(b)} beginbfchar", *b, "endbfchar")) for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
