"""Art that comes to the trim goes on to the end of the bleed."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.geometry import MM, Box, outward
from preflight.marks import Mark, Path, Picture, Shade
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet

RULES = (
    Rule(
        "X130",
        "art comes to the trim and ends {mm} mm beyond it, of {needed} mm",
        "draw it to the end of the bleed, or keep it off the trim",
    ),
)
SLACK = 0.1  # millimetres


def check_page(sheet: Sheet, opened: Opened) -> Iterator[Fault]:
    """Each side of what is painted, as far as it can be seen."""
    profile = opened.profile
    for mark, box in sheet.inside:
        if mark.within != "page" or not _painted(mark):
            continue
        short = _short(sheet.trim, box, profile.reach, profile.bleed - SLACK)
        if short is not None:
            values = {"mm": f"{short:.2f}", "needed": f"{profile.bleed:g}"}
            yield fault("X130", sheet.number, sheet.place(box), weight=-short, **values)


def _short(trim: Box, box: Box, reach: float, enough: float) -> float | None:
    """How far beyond the trim the art ends on its worst side, if that is too near."""
    beyond = (round(side / MM, 2) + 0.0 for side in outward(trim, box))
    return min((side for side in beyond if -reach <= side < enough), default=None)


def _painted(mark: Mark) -> bool:
    match mark:
        case Path(fill=fill, stroke=stroke):
            return any(ink is not None and not ink.white for ink in (fill, stroke))
        case Picture(mask=mask):
            return not mask
        case Shade():
            return True
    return False
