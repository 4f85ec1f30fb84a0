"""Joining letters across the elements inside a word."""

from lxml import etree

from arabic.inline import OPAQUE, Event, Line, is_block, name, prose, read_line, write_line
from arabic.script import ZWJ, joining_type

_APART = "\x00"  # stands for whatever interrupts a word


def join_across_inlines(tree: etree._Element) -> None:
    """Put U+200D on both sides of an element's edge inside a word whose letters join, in place.

    Shaping stops at the edge in WeasyPrint, and in browsers where the style changes; the joiner
    tells each side that a letter follows or precedes. Marks are looked through (Unicode
    ArabicShaping, type T). Nothing else changes, and a second call changes nothing.
    """
    if name(tree) in OPAQUE:
        return
    line = read_line(tree, _stand_in)
    for event in line:
        if event.element is not None and event.text and is_block(event.element):
            join_across_inlines(event.element)
    joined = _joined(line)
    if joined != line:
        write_line(tree, joined)


def _stand_in(element: etree._Element) -> str | None:
    kind = name(element)
    if kind == "":
        return ""
    if kind == "wbr":
        return None if prose(element) else _APART
    return _APART if kind in OPAQUE | {"br"} or is_block(element) else None


def _joined(line: Line) -> Line:
    """Compare each stretch of text that has more than marks with the one before it."""
    joined = list(line)
    before: int | None = None
    for index, event in enumerate(line):
        if _edge(event.text) is None:
            continue
        if before is not None and index > before + 1:
            joined[before], joined[index] = _join(joined[before], event)
        before = index
    return joined


def _join(left: Event, right: Event) -> tuple[Event, Event]:
    if _edge(left.text[::-1]) not in {"D", "C"} or _edge(right.text) not in {"D", "R", "C"}:
        return left, right
    return (
        Event("text", left.text.removesuffix(ZWJ) + ZWJ),
        Event("text", ZWJ + right.text.removeprefix(ZWJ)),
    )


def _edge(text: str) -> str | None:
    """Give the joining type of the first letter of `text` that is neither mark nor joiner."""
    return next((kind for ch in text if ch != ZWJ and (kind := joining_type(ch)) != "T"), None)
