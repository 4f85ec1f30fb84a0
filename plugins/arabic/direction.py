"""The one rule: whatever runs against its block is set apart, whole phrase by whole phrase.

WeasyPrint resolves direction line by line and never across inline elements, and a browser asked
to guess guesses wrong at the edges. Where each phrase has one element with a `dir`, neither has
anything left to resolve.
"""

import re

from lxml import etree

from arabic.inline import (
    OPAQUE,
    Event,
    Line,
    is_block,
    make,
    name,
    prose,
    read_line,
    text_of,
    wrap,
    write_line,
)
from arabic.phrases import CORE, NOTE, SOFT, STOP, WALL, Phrase, find_phrases
from arabic.script import Direction, strong_direction

_CODE = frozenset({"code", "kbd", "samp", "tt"})
_ADDRESS = re.compile(r"\s*(?:[a-z]{3,6}://|www\.|mailto:)\S+\s*|\s*[\w.+-]+@[\w.-]+\s*")

# An address as long as this may break after each of its slashes.
_LONG = re.compile(r"(?=\S{30})(?:[a-z]{3,6}://|www\.)\S+")
_AFTER_SLASH = re.compile(r"(?<=[^/:]/)(?=\w)")


def direct(block_tree: etree._Element, base: Direction) -> None:
    """Set every phrase of `block_tree` that runs against `base` in a span of its own, in place.

    In Arabic blocks (`base="rtl"`) words become `<span dir="ltr" lang="en">`, numbers, codes and
    addresses `<span dir="ltr">`; references such as 16(1)(ب) become `<span dir="rtl">`, and what
    must not break has `class="nowrap"`. In English blocks Arabic becomes
    `<span dir="rtl" lang="ar">`, its numbers set apart inside it in turn. Code and links that
    show an address take the `dir` themselves. Elements that have a `dir` are not entered, the
    root excepted. The text does not change, and a second call changes nothing.
    (After UAX #9 and W3C alreq; WeasyPrint issue 106.)
    """
    if name(block_tree) not in OPAQUE:
        _direct_line(block_tree, base)


def _direct_line(container: etree._Element, base: Direction) -> None:
    line = read_line(container, lambda element: _stand_in(element, base))
    for event in line:
        if event.kind == "whole" and event.element is not None:
            _direct_whole(event.element, base)
    phrases = find_phrases(text_of(line), base)
    for phrase in reversed(phrases):
        _apply(line, phrase, container)
    if phrases:
        write_line(container, line)
        _finish(line, base)


def _stand_in(element: etree._Element, base: Direction) -> str | None:
    """Say what an element is in a line, or `None` when it is only a part of it."""
    kind = name(element)
    if _is_unseen(element):
        return ""
    if kind == "br" or is_block(element) or kind == "pre":
        return STOP
    if kind == "bdi" or element.get("dir") is not None:
        return WALL if _own_direction(element) in {base, None} else SOFT
    if base == "rtl" and _is_latin_object(element):
        return CORE
    if _has_own_line(element):
        return WALL if kind == "button" else NOTE
    return NOTE if kind in OPAQUE else None


def _own_direction(element: etree._Element) -> str | None:
    given = element.get("dir", "").lower()
    if given or name(element) != "bdi":
        return given if given in {"rtl", "ltr"} else None
    strong = filter(None, map(strong_direction, prose(element)))
    # A name or number set apart and without a letter is a telephone number or a code.
    return next(strong, "ltr")


def _is_latin_object(element: etree._Element) -> bool:
    if name(element) == "a":
        return _ADDRESS.fullmatch(prose(element)) is not None
    return name(element) in _CODE


def _is_unseen(element: etree._Element) -> bool:
    # libxml2 does not know that <wbr> is empty, and may have put the rest of the line into it.
    return name(element) == "" or (name(element) == "wbr" and not prose(element))


def _has_own_line(element: etree._Element) -> bool:
    """Say whether `element` stands in a line but is not of it: the mark of a note, a button."""
    if name(element) == "sup":
        return any(name(inner) == "a" for inner in element.iterdescendants())
    return name(element) == "button"


def _direct_whole(element: etree._Element, base: Direction) -> None:
    """Direct the inside of an element that is one thing in the line around it."""
    if element.get("dir") is not None or _is_unseen(element):
        return
    if name(element) == "pre" and base == "rtl":
        element.set("dir", "ltr")
    elif name(element) == "bdi":
        _direct_isolate(element)
    elif name(element) not in OPAQUE and (is_block(element) or _has_own_line(element)):
        _direct_line(element, base)


def _direct_isolate(element: etree._Element) -> None:
    own: Direction = "rtl" if _own_direction(element) == "rtl" else "ltr"
    element.set("dir", own)
    _direct_line(element, own)


def _apply(line: Line, phrase: Phrase, container: etree._Element) -> None:
    only = _only_element(line, phrase)
    if only is not None:
        only.set("dir", phrase.direction)
        if name(only) not in _CODE:
            _let_break(only)
    else:
        wrap(line, phrase.start, phrase.end, make(container, "span", _attributes(phrase)))


def _attributes(phrase: Phrase) -> dict[str, str]:
    wanted = {
        "dir": phrase.direction,
        "lang": phrase.lang,
        "class": "nowrap" if phrase.keep else None,
    }
    return {key: value for key, value in wanted.items() if value}


def _only_element(line: Line, phrase: Phrase) -> etree._Element | None:
    """Find the element that is the whole phrase by itself, and so needs no span."""
    place = 0
    for event in line:
        if event.kind == "whole" and (place, place + len(event.text)) == (phrase.start, phrase.end):
            return event.element
        place += len(event.text)
    return None


def _finish(line: Line, base: Direction) -> None:
    """Complete the new spans: the numbers in Arabic ones, the long addresses in Latin ones."""
    for event in line:
        if event.kind == "open" and event.element is not None and event.element.get("dir"):
            if base == "ltr":
                _direct_line(event.element, "rtl")
            else:
                _let_break(event.element)


def _let_break(element: etree._Element) -> None:
    line = read_line(element, lambda child: "" if _is_unseen(child) or name(child) in _CODE else None)
    write_line(element, [part for event in line for part in _with_breaks(event, element)])


def _with_breaks(event: Event, element: etree._Element) -> Line:
    if event.kind != "text":
        return [event]
    slashes = (
        url.start() + slash.start()
        for url in _LONG.finditer(event.text)
        for slash in _AFTER_SLASH.finditer(url[0])
    )
    parts: Line = []
    start = 0
    for place in slashes:
        parts.append(Event("text", event.text[start:place]))
        parts.append(Event("whole", "", make(element, "wbr", {})))
        start = place
    return [*parts, Event("text", event.text[start:])]
