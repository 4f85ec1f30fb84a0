"""What is drawn on a page of a finished PDF, and inside which marked content."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Name

from press.elements import Key

PAINTS = frozenset(
    ("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "'", '"', "Tj", "TJ", "INLINE IMAGE")
)
SHOWS = frozenset(("'", '"', "Tj", "TJ"))
READ = " ".join((*PAINTS, "BMC", "BDC", "EMC", "Do", "Tf", "BI", "ID", "EI"))


@dataclass(slots=True)
class Page:
    """A page's marks (how often each), its glyphs by their font, and what is wrong with its marking."""

    number: int
    page: pikepdf.Page
    marks: Counter[int] = field(default_factory=Counter)
    glyphs: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    fonts: dict[Key, pikepdf.Object] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)


def read_page(number: int, page: pikepdf.Page) -> Page:
    """Read a page and the forms painted on it."""
    read = Page(number, page)
    _Walk(read, page.obj.Resources, []).through(page)
    return read


class _Walk:
    """Through one content stream, inside the marks that are open where it is painted."""

    def __init__(self, page: Page, resources: pikepdf.Object, opened: list[str]) -> None:
        self.page, self.resources, self.opened = page, resources, list(opened)
        self.outside = len(opened)
        self.font: pikepdf.Object | None = None

    def through(self, content: pikepdf.Page | pikepdf.Object) -> None:
        """Follow every instruction that marks, paints or leads into a form."""
        for instruction in pikepdf.parse_content_stream(content, READ):
            operator, operands = str(instruction.operator), instruction.operands
            if operator in ("BMC", "BDC"):
                self._open(list(operands))
            elif operator == "EMC":
                self._close()
            elif operator == "Tf":
                self.font = self.resources.Font[str(operands[0])]
                self.page.fonts[self.font.objgen] = self.font
            elif operator == "Do":
                self._paint(self.resources.XObject[str(operands[0])])
            else:
                self._paint()
                if operator in SHOWS:
                    self._show(operands[-1])
        if len(self.opened) != self.outside:
            self.page.wrong["01-005: a mark is not closed"] += 1

    def _open(self, operands: Sequence[Any]) -> None:
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, Name):
            properties = self.resources.Properties[str(properties)]
        kind = "artifact" if operands[0] == Name.Artifact else "other"
        if kind != "artifact" and properties is not None and "/MCID" in properties:
            kind = "content"
            self.page.marks[int(properties.MCID)] += 1
        if kind == "artifact" and "content" in self.opened:
            self.page.wrong["01-003: an artifact is inside tagged content"] += 1
        if kind == "content" and "artifact" in self.opened:
            self.page.wrong["01-004: tagged content is inside an artifact"] += 1
        self.opened.append(kind)

    def _close(self) -> None:
        if len(self.opened) == self.outside:
            self.page.wrong["01-005: a mark ends that did not begin"] += 1
        else:
            self.opened.pop()

    def _paint(self, object_: pikepdf.Object | None = None) -> None:
        if object_ is not None and object_.Subtype == Name.Form:
            _Walk(self.page, object_.get("/Resources", self.resources), self.opened).through(object_)
        elif not {"content", "artifact"} & set(self.opened):
            self.page.wrong["01-005: something is drawn that is neither content nor an artifact"] += 1

    def _show(self, shown: pikepdf.Object) -> None:
        if self.font is None:
            return
        step = 2 if self.font.Subtype == Name.Type0 else 1
        for text in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if isinstance(text, pikepdf.String):
                codes = bytes(text)
                glyphs = (int.from_bytes(codes[at : at + step], "big") for at in range(0, len(codes), step))
                self.page.glyphs[self.font.objgen].update(glyphs)
