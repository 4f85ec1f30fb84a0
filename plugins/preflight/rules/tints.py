"""Small type is printed with a solid ink, or two: the dots of a tint have no edge for it."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.marks import Text
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet
from preflight.rules.black import said

RULES = (
    Rule(
        "X100",
        "type of {size} pt is made of {count} inks ({inks})",
        "set it in one or two inks, or larger than {small} pt",
        "warning",
    ),
    Rule(
        "X101",
        "type of {size} pt is a tint ({inks})",
        "give it an ink of {solid} % or more, or set it larger than {small} pt",
        "warning",
    ),
)


def check_page(sheet: Sheet, opened: Opened) -> Iterator[Fault]:
    """Type below the profile's size that has ink at all."""
    profile = opened.profile
    for mark, box in sheet.inside:
        plates = mark.fill.plates() if isinstance(mark, Text) and mark.fill else None
        if not isinstance(mark, Text) or not plates or mark.size >= profile.small or not any(plates.values()):
            continue
        place, weight = sheet.place(box), -mark.size
        values = {"size": f"{mark.size:.1f}", "inks": said(plates), "small": f"{profile.small:g}"}
        inks = sum(tint > 0 for tint in plates.values())
        if inks > profile.small_inks:
            yield fault("X100", sheet.number, place, weight=weight, count=inks, **values)
        if max(plates.values()) < profile.solid:
            solid = f"{profile.solid * 100:.0f}"
            yield fault("X101", sheet.number, place, weight=weight, solid=solid, **values)
