"""The text layer: what a reader copies or searches for is what the source says.

A glyph in a PDF has one text, that of its first occurrence. Faces that draw a letter as a bare form
and its dots, or set marks over letters, share glyphs between letters, so copied Arabic is often
wrong. Here the typesetter's own knowledge of each occurrence is recorded while it draws; then every
cluster whose glyphs would say something else becomes one glyph of its own in the embedded font,
composed of the same outlines in the same places, with a text of its own. What is seen stays; what
is read becomes right. (ActualText was tried: extractors lose the line of a raised dot.)
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent
from pikepdf import Array, Name, Operator, String

from arabic.script import is_arabic_letter

Occurrence = tuple[str, int, str]  # font resource, glyph, text


@dataclass
class Record:
    """Every glyph drawn, in the order of drawing."""

    drawn: list[Occurrence] = field(default_factory=list)

    def texts(self, font: str) -> Occurrences:
        """The mapping of one font: it takes note of each occurrence, and keeps the first."""
        return Occurrences(font, self.drawn)


class Occurrences(dict[int, str]):
    """A glyph -> text mapping that never says it knows a glyph, so that it is told each time."""

    def __init__(self, font: str, drawn: list[Occurrence]) -> None:
        super().__init__()
        self.font, self.drawn = font, drawn

    def __contains__(self, glyph: object) -> bool:
        """Never: the typesetter then says the text of each occurrence."""
        return False

    def __setitem__(self, glyph: int, text: str) -> None:
        """Take note of an occurrence."""
        self.drawn.append((self.font, glyph, text))
        if not dict.get(self, glyph):
            super().__setitem__(glyph, text)


# --- writing it into the PDF ------------------------------------------------------------------

Instruction = tuple[list[Any], str]
Place = tuple[int, int, int]  # glyph, x and y in thousandths of an em from the cluster's origin
SHOW, RISE, FONT = "TJ", "Ts", "Tf"
EM = 1000


def restore(document: pikepdf.Pdf, record: Record) -> None:
    """Give every page the texts that were drawn. ValueError when page and record disagree."""
    drawn = iter(record.drawn)
    fonts: dict[str, _Font] = {}
    for page in document.pages:
        _restore(document, page.obj, page.obj.Resources, drawn, fonts)
    if next(drawn, None) is not None:
        raise ValueError("more glyphs were drawn than stand on the pages")
    for font in fonts.values():
        font.finish(document)


def _restore(
    document: pikepdf.Pdf,
    content: pikepdf.Object,
    resources: pikepdf.Object,
    drawn: Iterator[Occurrence],
    fonts: dict[str, _Font],
) -> None:
    """One content stream; forms are entered where they are painted, as they were drawn."""
    writer = _Writer(drawn, resources, fonts)
    for instruction in pikepdf.parse_content_stream(content):
        operands, operator = list(instruction.operands), str(instruction.operator)
        if operator == "Do":
            form = resources.XObject[str(operands[0])]
            if form.get("/Subtype") == Name.Form:
                _restore(document, form, form.get("/Resources", resources), drawn, fonts)
        writer.take(operands, operator)
    data = pikepdf.unparse_content_stream(writer.finished())
    if isinstance(content, pikepdf.Stream):
        content.write(data)
    else:
        content.Contents = document.make_stream(data)


class _Font:
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

    def says(self, cluster: _Cluster) -> bool:
        """True when the cluster is one glyph that says its text, and extractors agree on it."""
        glyph, text = cluster.places[0][0], "".join(cluster.texts)
        first = self.defaults.setdefault(glyph, text)
        alone = len(cluster.places) == 1 and first == text
        return self.program is None or (alone and (len(text) == 1 or not cluster.right_to_left))

    def compose(self, cluster: _Cluster) -> list[int]:
        """The glyphs that draw a cluster and say its text, a character each, from left to right.

        The first has all outlines; the others only take their share of the advance. Extractors
        reverse a right-to-left line by characters, and differ on glyphs that say two.
        """
        said = cluster.visual
        share = round(cluster.width / len(said))
        shares = [cluster.width - share * (len(said) - 1), *[share] * (len(said) - 1)]
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


class _Cluster:
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
    def places(self) -> tuple[Place, ...]:
        """Where each glyph stands, seen from the origin."""
        return tuple((glyph, round(x - self.origin), round(y)) for glyph, x, y, _ in self.drawn)


class _Writer:
    """Rewrites one content stream, cluster by cluster."""

    def __init__(
        self, drawn: Iterator[Occurrence], resources: pikepdf.Object, fonts: dict[str, _Font]
    ) -> None:
        self.drawn, self.resources, self.fonts = drawn, resources, fonts
        self.name, self.size, self.rise = "", 1.0, 0.0
        self.out: list[Instruction] = []
        self.cluster: _Cluster | None = None
        self.pending: list[Any] = []  # a TJ array in the making

    def take(self, operands: list[Any], operator: str) -> None:
        """The next instruction."""
        if operator == SHOW:
            for item in operands[0]:
                self._shown(item)
            self._flush()
            return
        if operator != RISE:
            self._close()  # only a raised mark stays within its cluster
        if operator == FONT:
            self.name, self.size = str(operands[0])[1:], float(operands[1])
            if self.name not in self.fonts:
                self.fonts[self.name] = _Font(self.resources.Font[str(operands[0])])
        if operator == RISE:
            self.rise = float(operands[0]) / self.size * EM
        self._emit((operands, operator))

    def _shown(self, item: Any) -> None:
        if not isinstance(item, pikepdf.String):
            self.pending.append(item)
            if self.cluster:
                self.cluster.pen -= float(item)
            return
        codes = bytes(item)
        for at in range(0, len(codes), 2):
            self._glyph(codes[at : at + 2])

    def _glyph(self, code: bytes) -> None:
        glyph = int.from_bytes(code, "big")
        font, known, text = next(self.drawn)
        if (font, known) != (self.name, glyph):
            raise ValueError(f"glyph {glyph} of {self.name} stands where {known} of {font} was drawn")
        if text and not (self.cluster and self.cluster.waits and is_arabic_letter(text[0])):
            self._flush()
            self._close()
            self.cluster = _Cluster()
        if self.cluster:
            self.cluster.texts += [text] if text else []
            self.cluster.add(glyph, self.rise, self.fonts[self.name].widths.get(glyph, 0))
        self.pending.append(String(code))

    def _flush(self) -> None:
        """Emit what has been gathered of a TJ array."""
        if self.pending:
            self._emit(([Array(self.pending)], SHOW))
            self.pending = []

    def _emit(self, instruction: Instruction) -> None:
        (self.cluster.instructions if self.cluster else self.out).append(instruction)

    def _close(self) -> None:
        """End a cluster: as it stands, or as one composed glyph with the same advance."""
        cluster, self.cluster = self.cluster, None
        if cluster is None:
            return
        font = self.fonts[self.name]
        if font.says(cluster):
            self.out += cluster.instructions
            return
        code = String(b"".join(glyph.to_bytes(2, "big") for glyph in font.compose(cluster)))
        origin, width = cluster.origin, cluster.width
        shown = Array([round(-origin, 3), code, round(origin + width - cluster.pen, 3)])
        # The composed glyph has its parts' heights inside; what follows may be raised already.
        self.out += [([0], RISE), ([shown], SHOW)]
        if self.rise:
            self.out.append(([round(self.rise * self.size / EM, 3)], RISE))

    def finished(self) -> list[Any]:
        """The rewritten instructions."""
        self._close()
        return [(operands, Operator(operator)) for operands, operator in _joined(self.out)]


def _joined(instructions: list[Instruction]) -> Iterator[Instruction]:
    """Shows that follow each other become one: extractors take a show for a piece of a line."""
    rise, items = 0.0, list[Any]()
    for operands, operator in instructions:
        if operator == SHOW:
            items.extend(list(operands[0]))
            continue
        if operator == RISE:
            if float(operands[0]) == rise:
                continue
            rise = float(operands[0])
        if items:
            yield [Array(_merged(items))], SHOW
            items = []
        yield operands, operator
    if items:
        yield [Array(_merged(items))], SHOW


def _merged(items: list[Any]) -> list[Any]:
    """Codes side by side in one string, movements in one number, no empty movement."""
    merged: list[Any] = []
    for item in items:
        text = isinstance(item, String)
        if not text and not float(item):
            continue
        if merged and isinstance(merged[-1], String) == text:
            last = merged.pop()
            item = String(bytes(last) + bytes(item)) if text else round(float(last) + float(item), 3)
        merged.append(item)
    return merged
