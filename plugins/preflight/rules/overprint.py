"""Black type overprints, so that no paper shines around it; white never does, or it would vanish."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.colour import Ink
from preflight.marks import Mark, Path, Text
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet

RULES = (
    Rule("X150", "black type of {size} pt does not overprint", "set OP, op and OPM 1 for type in K alone"),
    Rule("X151", "white overprints: it will not be seen", "switch overprint off for it"),
)


def check_page(sheet: Sheet, opened: Opened) -> Iterator[Fault]:
    """Type for the first rule, type and shapes for the second."""
    profile = opened.profile
    for mark, box in sheet.inside:
        place = sheet.place(box)
        if any(overprints and ink.white for ink, overprints in _inks(mark)):
            yield fault("X151", sheet.number, place)
        if not isinstance(mark, Text) or profile.one_ink:
            continue
        if any(_black(ink, profile.black) and not _stays(ink, over, mark.mode) for ink, over in _inks(mark)):
            yield fault("X150", sheet.number, place, weight=-mark.size, size=f"{mark.size:.1f}")


def _inks(mark: Mark) -> Iterator[tuple[Ink, bool]]:
    if isinstance(mark, Text | Path):
        if mark.fill is not None:
            yield mark.fill, mark.fill_overprints
        if mark.stroke is not None:
            yield mark.stroke, mark.stroke_overprints


def _black(ink: Ink, black: float) -> bool:
    """K alone, and dark enough."""
    plates = ink.plates()
    if plates is None or plates.get("Black", 0.0) < black:
        return False
    return not any(tint for name, tint in plates.items() if name != "Black")


def _stays(ink: Ink, overprints: bool, mode: int) -> bool:
    """True when the inks below stay: DeviceGray takes them away even with overprint on."""
    alone = ink.space.family in ("Separation", "DeviceN")
    return overprints and (alone or (ink.space.family == "DeviceCMYK" and mode == 1))
