"""Cutting a paragraph between two of its lines, through whatever elements stand there.

A place in a text is a number of counted characters: all but spaces and joiners, some of which the
typesetter drops at the ends of lines. What is not counted belongs to the character before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from copy import deepcopy
from itertools import accumulate

from lxml import etree
from lxml.html import HtmlElement

from arabic.inline import Event, Line, name, read_line, text_of, write_line

CUT, GOES_ON = "cut", "goes-on"  # classes of the two parts
SPACES = " \t\n\r"  # those that are dropped at the end of a line
UNCOUNTED = frozenset(f"{SPACES}\u00a0\u00ad\u200b\u200d\u2060")


def counted(text: str) -> int:
    """How many characters count."""
    return sum(char not in UNCOUNTED for char in text)


def shell(element: HtmlElement) -> HtmlElement:
    """The element without what is in it."""
    return element.makeelement(element.tag, dict(element.attrib))


def part(element: HtmlElement, start: int, end: int | None) -> HtmlElement:
    """The element's text from one counted character to another, as a copy; None: to its end.

    Elements that a cut goes through stand on both sides. Where the text has a space at the cut, one
    stands behind the copy.
    """
    copy = deepcopy(element)
    copy.tail = None
    line, through = read_line(copy, lambda _: None), list[etree._Element]()
    if end is not None:
        line, rest, _ = _cut(line, end)
        copy.tail = " " if _is_apart(line, rest) else None
        add_class(copy, CUT)
    if start:
        _, line, through = _cut(line, start)
    write_line(copy, _trimmed(line))
    for other in (copy, *through) if start else ():
        _go_on(other)
    return copy


def add_class(element: etree._Element, name: str) -> None:
    """Add a class to those an element has."""
    names = [*(element.get("class") or "").split(), name]
    element.set("class", " ".join(dict.fromkeys(names)))


def _go_on(element: etree._Element) -> None:
    """No mark, no indent, no anchor again."""
    add_class(element, GOES_ON)
    element.attrib.pop("id", None)


def _cut(line: Line, place: int) -> tuple[Line, Line, list[etree._Element]]:
    """The line before and after its counted character `place`, and the elements that stand in both."""
    ends = list(accumulate(counted(event.text) for event in line))
    at = bisect_left(ends, place)
    text, left = line[at].text, place - ends[at] + counted(line[at].text)
    middle = _after(text, left)
    before, after = [*line[:at], Event("text", text[:middle])], line[at + 1 :]
    if text[middle:]:
        after.insert(0, Event("text", text[middle:]))
    while after and not _holds(after):
        before.append(after.pop(0))
    through = _open(before)
    before += [Event("close", "", element) for element in reversed(through)]
    return before, [*(Event("open", "", element) for element in through), *after], through


def _after(text: str, count: int) -> int:
    """The index behind so many counted characters of a text and what belongs to the last of them."""
    for index, char in enumerate(text):
        if char not in UNCOUNTED:
            if not count:
                return index
            count -= 1
    return len(text)


def _holds(line: Line) -> bool:
    """Whether something is counted in a line's first event, or in the element that it opens."""
    depth = 0
    for event in line:
        if counted(event.text):
            return True
        depth += {"open": 1, "close": -1}.get(event.kind, 0)
        if depth <= 0:
            break
    return False


def _open(line: Line) -> list[etree._Element]:
    """The elements that a line opens and does not close."""
    opened: list[etree._Element] = []
    for event in line:
        if event.kind == "open" and event.element is not None:
            opened.append(event.element)
        elif event.kind == "close":
            opened.pop()
    return opened


def _is_apart(before: Line, after: Line) -> bool:
    """Whether a space, or the break of a line, stands where a text was cut."""
    beside = text_of(before)[-1:] + text_of(after)[:1]
    last = [event.element for event in before if event.text or event.kind == "open"][-1]
    return any(char in SPACES for char in beside) or (last is not None and name(last) == "br")


def _trimmed(line: Line) -> Line:
    """Without the spaces at both ends, which would count when the typesetter fits the line."""
    _trim(line, range(len(line)), str.lstrip)
    _trim(line, reversed(range(len(line))), str.rstrip)
    return line


def _trim(line: Line, order: Iterable[int], strip: Callable[[str, str], str]) -> None:
    for index in order:
        if line[index].kind == "text":
            line[index] = Event("text", strip(line[index].text, SPACES))
            if line[index].text:
                return
