"""What was drawn, element by element: the typesetter's boxes read back as the document's own tree.

WeasyPrint lays out boxes, page by page, and its own tags follow them: running lines hang on nothing, a
line of a paragraph is a box of its own. Here each piece of marked content goes back to its HTML element.
`press.reunite` makes one of what the make-up took apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from xml.etree.ElementTree import Element

from arabic.kashida import STROKE
from arabic.script import is_arabic_letter
from press.cutting import GOES_ON

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
    drawn: str = ""
    frame: Frame | None = None
    turned: bool = False  # drawn from the left, read from the right
    text: str = ""  # what is meant (`press.wording`)

    @property
    def differs(self) -> bool:
        """Whether the page has its text otherwise."""
        return self.turned or self.text != self.drawn


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

    def has(self, name: str) -> bool:
        """Whether it is an element of this class."""
        return not self.pseudo and name in classes(self.element)

    def copied(self) -> Drawn:
        """The same once more, to be worked on."""
        kids = (kid.copied() if isinstance(kid, Drawn) else replace(kid) for kid in self.kids)
        return Drawn(self.element, self.pseudo, list(kids))


@dataclass(slots=True)
class Drawing:
    """A whole document, and what stands on its pages besides it."""

    body: Drawn = field(default_factory=lambda: Drawn(Element("body")))
    besides: dict[tuple[int, int], Besides] = field(default_factory=dict)  # by page and mark
    repeated: list[int] = field(default_factory=list)  # annotations of what is there already


def classes(element: Element) -> list[str]:
    """The names that its class holds."""
    return element.get("class", "").split()


def besides(element: Element) -> Besides | None:
    """What an element is that is not of the document: hidden from readers that listen, or there already."""
    if element.tag.endswith("thead") and GOES_ON in classes(element):
        return "repeated"
    return "ornament" if element.get("aria-hidden") == "true" or element.get("alt") == "" else None


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

    def _visit(self, box: Box, parent: Drawn, kind: Besides | None, *, linked: bool) -> None:
        box = getattr(box, "_box", box)  # a positioned box stands behind its placeholder
        kind = kind or _besides(box)
        drawn = parent if kind or box.element is None else self._element(box, parent)
        if box in self.marks:
            self._mark(box, drawn, kind)
        if box.link_annotation:
            number = box.link_annotation.number
            again = linked or kind
            self.drawing.repeated.append(number) if again else drawn.kids.append(Area(self.page, number))
        for child in box.children:
            self._visit(child, drawn, kind, linked=linked or bool(box.link_annotation))

    def _element(self, box: Box, parent: Drawn) -> Drawn:
        key = box.element, box.element_tag.partition("::")[2]
        if key not in self.met:
            self.met[key] = Drawn(*key)
            parent.kids.append(self.met[key])
        return self.met[key]

    def _mark(self, box: Box, drawn: Drawn, kind: Besides | None) -> None:
        self.seen += 1
        id_ = self.marks[box]["mcid"]
        if kind:
            self.drawing.besides[self.page, id_] = kind
        elif hasattr(box, "text"):
            turned = box.style["direction"] == "rtl" or any(map(is_arabic_letter, box.text))
            text = box.text.replace(STROKE, "") if box.text.strip() else ""  # spaces alone are not drawn
            drawn.kids.append(Mark(self.page, id_, text, turned=turned, text=text))
        else:
            drawn.kids.append(Mark(self.page, id_, frame=self._frame(box)))

    def _frame(self, box: Box) -> Frame:
        x, y = box.content_box_x(), box.content_box_y()
        edges = (x, self.height - y - box.height, x + box.width, self.height - y)
        left, bottom, right, top = (round(edge * POINTS, 3) for edge in edges)
        return left, bottom, right, top


def _besides(box: Box) -> Besides | None:
    if hasattr(box, "at_keyword"):
        return "header" if box.at_keyword.startswith("@top") else "footer"
    if box.element is None:
        return None
    return besides(box.element) or ("ornament" if _is_ornament(box) else None)


def _is_ornament(box: Box) -> bool:
    """True for leaders, and for what is generated out of the line of the text."""
    generated = box.element_tag.endswith(("::before", "::after"))
    return bool(box.is_leader or (generated and box.style["position"] == "absolute"))
