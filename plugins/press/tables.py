"""Tables that no page holds: cut between rows, each part under the head."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy

from lxml.html import HtmlElement

from press.cutting import GOES_ON, add_class
from press.galley import BLOCK, NOTE, Matter, Strip, called
from press.measures import Measures, with_notes

FULL = 0.92  # of the room there is: what a part may take


def cut_tall(matters: Sequence[Matter], measures: Measures, room: Callable[[Strip], float]) -> bool:
    """Cut the tables taller than their `room` (pixels) with their notes, in their tree; whether any were."""
    tall = [
        strip
        for matter in matters
        for strip in matter.strips
        if _height(strip, measures) > room(strip) and len(strip.element.findall(".//tbody/tr")) > 1
    ]
    for strip in tall:
        strip.element.addprevious(_first(strip, measures, room(strip)))
    return bool(tall)


def _height(strip: Strip, measures: Measures) -> float:
    return with_notes(strip.id, strip.notes, measures)


def _first(strip: Strip, measures: Measures, room: float) -> HtmlElement:
    """The part that fits, taken off the strip; it alone has the caption, the anchor and the head's notes."""
    rest, rows = strip.element, strip.element.findall(".//tbody/tr")
    heights = [with_notes(row.get(BLOCK) or "", called(row), measures) for row in rows]
    head = _height(strip, measures) - sum(heights)
    count = max(1, len(list(_fitting(heights[:-1], room * FULL - head))))
    part = deepcopy(rest)
    _drop(part.findall(".//tbody/tr")[count:])
    _drop([*rows[:count], *rest.iterfind("figcaption"), *rest.iterfind("caption")])
    _drop(rest.findall(f".//thead//*[@{NOTE}]"))
    for element in (rest, *rest.iter("table", "thead", "tbody")):
        add_class(element, GOES_ON)
    for element in (rest, *rest.iterfind(".//thead//*[@id]")):
        element.attrib.pop("id", None)
    return part


def _fitting(heights: Sequence[float], room: float) -> Iterator[float]:
    for height in heights:
        room -= height
        if room < 0:
            return
        yield height


def _drop(elements: Sequence[HtmlElement]) -> None:
    for element in elements:
        element.drop_tree()
