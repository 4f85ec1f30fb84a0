"""The text layer: what a reader copies or searches for is what the source says.

A glyph in a PDF has one text, that of its first occurrence. Faces that draw a letter as a bare form
and its dots, or set marks over letters, share glyphs between letters, so copied Arabic is often
wrong. Here the typesetter's own knowledge of each occurrence is recorded while it draws; then every
cluster whose glyphs would say something else becomes one glyph of its own in the embedded font,
composed of the same outlines in the same places, with a text of its own. What is seen stays; what
is read becomes right. (ActualText was tried: extractors lose the line of a raised dot.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Name, Operator, String

from arabic.kashida import UNSAID
from arabic.script import is_arabic_letter
from press.drawn import Drawing
from press.embedded import EM, Cluster, EmbeddedFont, Instruction

UNSAID_CHARS = {ord(UNSAID[0]): None}
Occurrence = tuple[str, int, str]  # font resource, glyph, text


@dataclass
class Record:
    """What the typesetter knew while it drew: every glyph in order, the elements drawn, the loose lines."""

    drawn: list[Occurrence] = field(default_factory=list)
    drawing: Drawing = field(default_factory=Drawing)
    loose: list[tuple[str, str]] = field(default_factory=list)  # by their block

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
        """Take note of an occurrence; a stroke that fills a line says nothing."""
        text = text.translate(UNSAID_CHARS)
        self.drawn.append((self.font, glyph, text))
        if not dict.get(self, glyph):
            super().__setitem__(glyph, text)


# --- writing it into the PDF ------------------------------------------------------------------

SHOW, RISE, FONT = "TJ", "Ts", "Tf"


def restore(document: pikepdf.Pdf, record: Record) -> None:
    """Give every page the texts that were drawn. ValueError when page and record disagree."""
    drawn = iter(record.drawn)
    fonts: dict[str, EmbeddedFont] = {}
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
    fonts: dict[str, EmbeddedFont],
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


class _Writer:
    """Rewrites one content stream, cluster by cluster."""

    def __init__(
        self, drawn: Iterator[Occurrence], resources: pikepdf.Object, fonts: dict[str, EmbeddedFont]
    ) -> None:
        self.drawn, self.resources, self.fonts = drawn, resources, fonts
        self.name, self.size, self.rise = "", 1.0, 0.0
        self.out: list[Instruction] = []
        self.cluster: Cluster | None = None
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
                self.fonts[self.name] = EmbeddedFont(self.resources.Font[str(operands[0])])
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
            self.cluster = Cluster()
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
        origin, width = cluster.origin, cluster.width + cluster.kern
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
