"""Cutting a paragraph between two of its lines, through whatever elements stand there.

A place in a text is a number of counted characters: all but spaces and joiners, some of which the
typesetter drops at the ends of lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml.html import HtmlElement

from arabic.inline import Event, Line, read_line, write_line

CUT, GOES_ON = "cut", "goes-on"  # classes of the two parts
UNCOUNTED = frozenset(" \t\n\r\u00a0\u00ad\u200b\u200d\u2060")


def counted(text: str) -> int:
    """How many characters count."""
    return sum(char not in UNCOUNTED for char in text)


def shell(element: HtmlElement) -> HtmlElement:
    """The element without what is in it."""
    return element.makeelement(element.tag, dict(element.attrib))


def part(element: HtmlElement, start: int, end: int | None) -> HtmlElement:
    """The element's text from one counted character to another, as a copy; None: to its end.

    Elements that a cut goes through stand on both sides.
    """
    copy = deepcopy(element)
    copy.tail = None
    line = read_line(copy, lambda _: None)
    write_line(copy, _trimmed(list(_between(line, start, end))))
    if end is not None:
        add_class(copy, CUT)
    if start:
        _go_on(copy)
    return copy


def add_class(element: HtmlElement, name: str) -> None:
    """Add a class to those an element has."""
    names = [*(element.get("class") or "").split(), name]
    element.set("class", " ".join(dict.fromkeys(names)))


def _trimmed(line: Line) -> Line:
    """Without the spaces at both ends, which would count when the typesetter fits the line."""
    texts = [index for index, event in enumerate(line) if event.kind == "text"]
    for index, strip in ((texts[0], str.lstrip), (texts[-1], str.rstrip)) if texts else ():
        line[index] = Event("text", strip(line[index].text, " \n"))
    return line


def _between(line: Line, start: int, end: int | None) -> Iterator[Event]:
    """The events of a stretch, with the elements that reach into it."""
    kept: list[bool] = []
    place = 0
    for index, event in enumerate(line):
        if event.kind == "text":
            text = event.text[_at(event.text, start - place) : _at(event.text, end, place)]
            place += counted(event.text)
            if text:
                yield Event("text", text)
        elif event.kind == "open":
            inside = place + _inside(line, index)
            stays = (inside > start or place >= start) and (end is None or place < end)
            kept.append(stays)
            if stays:
                yield event
        elif kept.pop():
            yield event


def _inside(line: Line, index: int) -> int:
    """The counted characters of the element that opens at an event."""
    depth = total = 0
    for event in line[index:]:
        depth += {"open": 1, "close": -1}.get(event.kind, 0)
        if not depth:
            break
        total += counted(event.text)
    return total


def _at(text: str, limit: int | None, passed: int = 0) -> int:
    """The index of the counted character `limit - passed` of a text; its end when it has fewer."""
    if limit is None:
        return len(text)
    left = limit - passed
    for index, char in enumerate(text):
        if left <= 0 and (char not in UNCOUNTED or not index):
            return index
        left -= char not in UNCOUNTED
    return len(text)


def _go_on(element: HtmlElement) -> None:
    """The element and its first descendants go on: no mark, no indent, no anchor again."""
    while True:
        add_class(element, GOES_ON)
        element.attrib.pop("id", None)
        if (element.text or "").strip() or not len(element):
            return
        element = element[0]
