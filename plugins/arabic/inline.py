"""Inline content as a flat list of events, and back into a tree.

Direction and joining look at a line of text across the elements in it: this is the one place that
knows which elements those are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from lxml import etree


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


# HTML's phrasing content; everything else interrupts a line.
_INLINE = _names(
    "a abbr acronym b bdi bdo big br button cite code data del dfn em font i img input ins kbd "
    "label map mark math meter object output picture progress q rp rt ruby s samp select small "
    "span strong sub sup svg time tt u var wbr"
)
# Never entered: what they hold is not prose, or cannot hold elements.
OPAQUE = _names(
    "head title script style template svg math img picture object input select textarea "
    "iframe video audio canvas pre"
)
# These may be closed and opened again without the reader noticing.
_FORMATTING = _names("b big em font i mark s small span strong u")

Kind = Literal["text", "open", "close", "whole"]


@dataclass(frozen=True)
class Event:
    """A stretch of text, the start or the end of an element, or an element taken as a whole.

    `text` is what the event adds to the line: for a whole element, what stands for it there.
    """

    kind: Kind
    text: str = ""
    element: etree._Element | None = None


Line = list[Event]
# What stands for an element in the line, or None for one that is part of the line itself.
StandsFor = Callable[[etree._Element], str | None]


def name(element: etree._Element) -> str:
    """Give the element's local name in lower case, "" for a comment or an instruction."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def make(beside: etree._Element, tag: str, attributes: dict[str, str]) -> etree._Element:
    """Make an element `tag` in the namespace of `beside` (XHTML has one, HTML has none)."""
    namespace = etree.QName(beside).namespace
    return beside.makeelement(str(etree.QName(namespace, tag)), attributes)


def prose(element: etree._Element) -> str:
    """Give the text inside `element`, comments left out."""
    return str(element.xpath("string()"))


def is_block(element: etree._Element) -> bool:
    """Say whether `element` interrupts the line: by its name, or because it holds a block."""
    return name(element) not in _INLINE | {""} or any(
        name(child) not in _INLINE and name(child) not in OPAQUE for child in element.iterdescendants("*")
    )


def read_line(container: etree._Element, stands_for: StandsFor) -> Line:
    """Flatten the content of `container`; the elements that `stands_for` names are not entered."""
    line = [Event("text", container.text or "")]
    for child in container:
        line += _read_element(child, stands_for)
        line.append(Event("text", child.tail or ""))
    return [event for event in line if event.text or event.element is not None]


def _read_element(element: etree._Element, stands_for: StandsFor) -> Line:
    stand_in = stands_for(element)
    if stand_in is not None:
        return [Event("whole", stand_in, element)]
    inside = read_line(element, stands_for)
    return [Event("open", "", element), *inside, Event("close", "", element)]


def write_line(container: etree._Element, line: Line) -> None:
    """Make `line` the content of `container`, in place. The inverse of `read_line`."""
    for element in (container, *(e.element for e in line if e.kind == "open")):
        if element is not None:
            element.text = None
            del element[:]
    path = [container]
    for event in line:
        _write_event(path, event)


def _write_event(path: list[etree._Element], event: Event) -> None:
    if event.kind == "close":
        path.pop()
    elif event.element is None:
        _append_text(path[-1], event.text)
    else:
        event.element.tail = None
        path[-1].append(event.element)
        if event.kind == "open":
            path.append(event.element)


def _append_text(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def text_of(line: Line) -> str:
    """Give the text of `line`, whole elements as what stands for them."""
    return "".join(event.text for event in line)


def wrap(line: Line, start: int, end: int, wrapper: etree._Element) -> None:
    """Put one element like `wrapper` around the text `start` to `end` of `line`, in place.

    An element that the range enters but does not hold is split when it is mere formatting;
    otherwise there is one wrapper on each side of its edge.
    """
    first, last = _cut(line, start, True), _cut(line, end, False)
    first, last = _widen(line, first, last)
    uneven = _uneven(line, first, last)
    if uneven is None:
        _insert(line, first, last, wrapper)
    elif _is_formatting(line[uneven].element):
        _split_element(line, first, last, uneven)
        wrap(line, start, end, wrapper)
    else:
        _wrap_sides(line, start, end, _width(line[:uneven]), wrapper)


def _wrap_sides(line: Line, start: int, end: int, edge: int, wrapper: etree._Element) -> None:
    for left, right in ((edge, end), (start, edge)):
        piece = text_of(line)[left:right]
        left += len(piece) - len(piece.lstrip())
        if any(map(str.isalnum, piece)):
            wrap(line, left, left + len(piece.strip()), wrapper)


def _insert(line: Line, first: int, last: int, wrapper: etree._Element) -> None:
    element = _twin(wrapper)
    line[first:last] = [Event("open", "", element), *line[first:last], Event("close", "", element)]


def _split_element(line: Line, first: int, last: int, uneven: int) -> None:
    element = line[uneven].element
    assert element is not None
    seam = [Event("close", "", element), Event("open", "", _twin(element))]
    place = first if line[uneven].kind == "close" else last
    line[place:place] = seam


def _cut(line: Line, offset: int, start: bool) -> int:
    """Find the event at `offset`, cutting a text in two if need be.

    A range starts at the first event with text and ends after the last one: as deep as it can.
    """
    place = 0
    for index, event in enumerate(line):
        if place == offset and (event.text or not start):
            return index
        if place < offset < place + len(event.text):
            parts = event.text[: offset - place], event.text[offset - place :]
            line[index : index + 1] = [Event("text", part) for part in parts]
            return index + 1
        place += len(event.text)
    return len(line)


def _widen(line: Line, first: int, last: int) -> tuple[int, int]:
    """Take in the start and end of elements of which the range holds all the text."""
    closes, opens = _unmatched(line, first, last)
    while closes and first and line[first - 1].kind == "open":
        first -= 1
        closes, opens = _unmatched(line, first, last)
    while opens and last < len(line) and line[last].kind == "close":
        last += 1
        closes, opens = _unmatched(line, first, last)
    return first, last


def _uneven(line: Line, first: int, last: int) -> int | None:
    closes, opens = _unmatched(line, first, last)
    return next(iter(closes + opens[::-1]), None)


def _unmatched(line: Line, first: int, last: int) -> tuple[list[int], list[int]]:
    closes: list[int] = []
    opens: list[int] = []
    for index in range(first, last):
        if line[index].kind == "open":
            opens.append(index)
        elif line[index].kind == "close":
            opens.pop() if opens else closes.append(index)
    return closes, opens


def _is_formatting(element: etree._Element | None) -> bool:
    return element is not None and name(element) in _FORMATTING and element.get("id") is None


def _twin(element: etree._Element) -> etree._Element:
    attributes = {str(key): str(value) for key, value in element.attrib.items()}
    return element.makeelement(element.tag, attributes)


def _width(line: Line) -> int:
    return len(text_of(line))
