"""Tables that no page holds: cut between rows, each part under the head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml.html import HtmlElement

from press.cutting import GOES_ON, add_class
from press.galley import BLOCK, NOTE, Matter, Strip
from press.measures import Measures

FULL = 0.92  # of a page's height: what a part may take


def cut_tall(matters: Sequence[Matter], measures: Measures, page: float) -> bool:
    """Cut the tables that are taller than `page` pixels, in their tree; whether there were any."""
    tall = [
        strip
        for matter in matters
        for strip in matter.strips
        if measures[strip.id].height > page and len(strip.element.findall(".//tbody/tr")) > 1
    ]
    for strip in tall:
        strip.element.addprevious(_first(strip, measures, page))
    return bool(tall)


def _first(strip: Strip, measures: Measures, page: float) -> HtmlElement:
    """The part that fits, taken off the strip; it alone has the caption, the anchor and the head's notes."""
    rest, rows = strip.element, strip.element.findall(".//tbody/tr")
    heights = [measures[row.get(BLOCK) or ""].height for row in rows]
    head = measures[strip.id].height - sum(heights)
    count = max(1, len(list(_fitting(heights[:-1], page * FULL - head))))
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
