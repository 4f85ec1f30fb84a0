"""What was drawn, element by element: the typesetter's boxes read back as the document's own tree.

WeasyPrint lays out boxes, page by page: a paragraph that goes on over the page is two of them, a note
stands at the foot of a page and not where it is called. Its own tags follow the boxes. Here each
piece of marked content goes back to its HTML element, so that an element is one whole again, in the
order of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from xml.etree.ElementTree import Element

from arabic.kashida import STROKE
from arabic.script import is_arabic_letter

Box = Any  # a box of WeasyPrint
Marked = Mapping[Box, Mapping[str, Any]]  # what WeasyPrint notes of each piece: its MCID
Frame = tuple[float, float, float, float]  # left, bottom, right, top in points
Besides = Literal["header", "footer", "repeated", "ornament"]
POINTS = 0.75  # in a CSS pixel


@dataclass(slots=True)
class Mark:
    """A piece of marked content on a page: text, or a picture in its frame."""

    page: int
    id: int
    text: str = ""
    frame: Frame | None = None
    turned: bool = False  # drawn from the left, read from the right
    cut: bool = False  # ends in the middle of a word


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page that leads somewhere: a link's annotation, by its object number."""

    page: int
    number: int


@dataclass(slots=True)
class Drawn:
    """An element, or one of its pseudo-elements, with what was drawn of it, in order."""

    element: Element
    pseudo: str = ""
    kids: list[Drawn | Mark | Area] = field(default_factory=list)

    @property
    def tag(self) -> str:
        """The element's name without its namespace."""
        return self.element.tag.rpartition("}")[2]


@dataclass(slots=True)
class Drawing:
    """A whole document, and what stands on its pages besides it."""

    body: Drawn = field(default_factory=lambda: Drawn(Element("body")))
    besides: dict[tuple[int, int], Besides] = field(default_factory=dict)  # by page and mark
    repeated: list[int] = field(default_factory=list)  # annotations inside others of the same link


def read(pages: Iterable[tuple[Box, Marked]]) -> Drawing:
    """The drawing, from each page's box and its marks. ValueError when a mark has no box."""
    reader = _Reader()
    for number, (page, marks) in enumerate(pages):
        reader.read(number, page, marks)
    reader.drawing.body = next(drawn for key, drawn in reader.met.items() if key[0].tag == "body")
    return reader.drawing


class _Reader:
    """Goes through the boxes of page after page, and knows every element it has met."""

    def __init__(self) -> None:
        self.drawing = Drawing()
        self.met: dict[tuple[Any, str], Drawn] = {}

    def read(self, number: int, page: Box, marks: Marked) -> None:
        """One page."""
        self.page, self.height, self.marks, self.seen = number, page.margin_height(), marks, 0
        self._visit(page, Drawn(Element("pages")), None, linked=False)
        if self.seen != len(marks):
            raise ValueError(f"{len(marks) - self.seen} marks of page {number + 1} belong to no box")

    def _visit(self, box: Box, parent: Drawn, besides: Besides | None, *, linked: bool) -> None:
        box = getattr(box, "_box", box)  # a positioned box stands behind its placeholder
        besides = besides or self._besides(box)
        drawn = parent if besides or box.element is None else self._element(box, parent)
        if box in self.marks:
            self._mark(box, drawn, besides)
        if box.link_annotation:
            number = box.link_annotation.number
            self.drawing.repeated.append(number) if linked else drawn.kids.append(Area(self.page, number))
        if box.footnote:
            self._element(box.footnote, parent)  # its place is here; what it says comes at the page's foot
        for child in box.children:
            self._visit(child, drawn, besides, linked=linked or bool(box.link_annotation))

    def _besides(self, box: Box) -> Besides | None:
        if hasattr(box, "at_keyword"):
            return "header" if box.at_keyword.startswith("@top") else "footer"
        if box.element is None:
            return None
        if getattr(box, "is_header", False) and (box.element, "") in self.met:
            return "repeated"  # a table's head once more, over its next piece
        return "ornament" if _says_nothing(box) else None

    def _element(self, box: Box, parent: Drawn) -> Drawn:
        key = box.element, box.element_tag.partition("::")[2]
        if key not in self.met:
            self.met[key] = Drawn(*key)
            parent.kids.append(self.met[key])
        return self.met[key]

    def _mark(self, box: Box, drawn: Drawn, besides: Besides | None) -> None:
        self.seen += 1
        id_ = self.marks[box]["mcid"]
        if besides:
            self.drawing.besides[self.page, id_] = besides
        elif hasattr(box, "text"):
            turned = box.style["direction"] == "rtl" or any(map(is_arabic_letter, box.text))
            drawn.kids.append(Mark(self.page, id_, box.text.replace(STROKE, ""), turned=turned))
        else:
            drawn.kids.append(Mark(self.page, id_, frame=self._frame(box)))

    def _frame(self, box: Box) -> Frame:
        x, y = box.content_box_x(), box.content_box_y()
        edges = (x, self.height - y - box.height, x + box.width, self.height - y)
        left, bottom, right, top = (round(edge * POINTS, 3) for edge in edges)
        return left, bottom, right, top


def _says_nothing(box: Box) -> bool:
    """True for what the document hides from readers that listen, for leaders, and for generated ornaments:
    those that stand out of the line of the text."""
    attributes = box.element.attrib
    generated = box.element_tag.endswith(("::before", "::after"))
    return bool(
        attributes.get("aria-hidden") == "true"
        or attributes.get("alt") == ""
        or box.is_leader
        or (generated and box.style["position"] == "absolute")
    )
