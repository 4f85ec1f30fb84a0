"""Art that comes to the trim goes on to the end of the bleed."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.geometry import MM, Box, grown, outward
from preflight.marks import Mark, Path, Picture, Shade
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet
from preflight.raster import bare_strips

RULES = (
    Rule(
        "X130",
        "art comes to the trim and ends {mm} mm beyond it, of {needed} mm",
        "draw it to the end of the bleed, or keep it off the trim",
    ),
    Rule(
        "X131",
        "art fills the page to the trim and leaves {mm} mm of the bleed's edge bare",
        "draw it to the end of the bleed, or keep it off the trim",
        "warning",
    ),
)
SLACK = 0.1  # millimetres
STRETCH = 5.0  # millimetres along the trim: shorter gaps are the art's own


def check_page(sheet: Sheet, opened: Opened) -> Iterator[Fault]:
    """By what the content says; where that says nothing, by what is seen."""
    stated = list(_stated(sheet, opened))
    yield from stated or _seen(sheet, opened)


def _stated(sheet: Sheet, opened: Opened) -> Iterator[Fault]:
    """Each side of what is painted, as far as it can be told from its box."""
    profile = opened.profile
    for mark, box in sheet.inside:
        if mark.within != "page" or not _painted(mark):
            continue
        short = _short(sheet.trim, box, profile.reach, profile.bleed - SLACK)
        if short is not None:
            values = {"mm": f"{short:.2f}", "needed": f"{profile.bleed:g}"}
            yield fault("X130", sheet.number, sheet.place(box), weight=-short, **values)


def _seen(sheet: Sheet, opened: Opened) -> Iterator[Fault]:
    """A picture with a white edge, a shape that is no rectangle: what only the page's raster shows."""
    needed = opened.profile.bleed * MM
    if sheet.turned or min(outward(sheet.trim, sheet.bleed)) < needed - SLACK * MM:
        return  # another rule says so
    asked = grown(sheet.trim, needed)
    for bare in bare_strips(opened.path, sheet.number, sheet.shown, sheet.trim, asked, STRETCH):
        values = {"mm": f"{bare.length:.1f}"}
        yield fault("X131", sheet.number, sheet.place(bare.box), weight=bare.length, **values)


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
