"""No line is thinner than a plate can hold."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.marks import Mark, Path, Text
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet

RULES = (Rule("X090", "a line is {width} pt wide; the press holds {least} pt", "make it wider"),)
SLACK = 0.005
SHORTEST = 1.0  # points; what is smaller both ways is a dot


def check_page(sheet: Sheet, opened: Opened) -> Iterator[Fault]:
    """Strokes, and fills that are as thin as one."""
    least = opened.profile.hairline
    for mark, box in sheet.inside:
        width = _width(mark)
        if width is not None and width < least - SLACK:
            values = {"width": f"{width:.2f}", "least": f"{least:g}"}
            yield fault("X090", sheet.number, sheet.place(box), weight=-width, **values)


def _width(mark: Mark) -> float | None:
    match mark:
        case Text(fill=fill, stroke=stroke) if stroke is not None and stroke != fill:
            return mark.width
        case Path(fill=fill, stroke=stroke) if stroke is not None:
            if stroke != fill:
                return mark.width
            return min(mark.shape) + mark.width  # the outline of a shape in its own ink only widens it
        case Path(shape=shape) if max(shape) >= SHORTEST:
            return min(shape)
    return None
