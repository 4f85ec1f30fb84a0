"""Text keeps away from the knife."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.geometry import MM, outward
from preflight.marks import Text
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet

RULES = (
    Rule("X140", "text stands {mm} mm from the trim; {needed} mm are safe", "move it further into the page"),
    Rule("X141", "text is cut, {mm} mm of it outside the trim", "move it into the page"),
)
SLACK = 0.05


def check_page(sheet: Sheet, opened: Opened) -> Iterator[Fault]:
    """Visible text on the page and in its bleed."""
    needed = opened.profile.margin
    for mark, box in sheet.inside:
        if not isinstance(mark, Text) or not mark.seen or mark.within != "page":
            continue
        distance = min(outward(box, sheet.trim)) / MM
        if distance < -SLACK:
            yield fault("X141", sheet.number, sheet.place(box), weight=-distance, mm=f"{-distance:.2f}")
        elif distance < needed - SLACK:
            values = {"mm": f"{distance:.2f}", "needed": f"{needed:g}"}
            yield fault("X140", sheet.number, sheet.place(box), weight=-distance, **values)
