"""Black type stands in K alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from magazine.findings import Rule
from preflight.colour import PROCESS
from preflight.marks import Text
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet

RULES = (
    Rule(
        "X080",
        "black type of {size} pt is made of {inks}",
        "set it in K alone: inks that are off by a hair blur it",
    ),
)


def check_page(sheet: Sheet, opened: Opened) -> Iterator[Fault]:
    """Type that is meant as black, up to the size where rich black is safe."""
    profile = opened.profile
    for mark, box in sheet.inside:
        if not isinstance(mark, Text) or mark.size > profile.rich:
            continue
        for ink in (mark.fill, mark.stroke):
            plates = ink.plates() if ink else None
            if plates and _mixed(plates, profile.black):
                values = {"size": f"{mark.size:.1f}", "inks": said(plates)}
                yield fault("X080", sheet.number, sheet.place(box), weight=-mark.size, **values)


def _mixed(plates: Mapping[str, float], black: float) -> bool:
    """Dark by K, or by grey of the other three, and not in K alone."""
    colours = [plates.get(name, 0.0) for name in PROCESS[:3]]
    return any(colours) and plates.get("Black", 0.0) + min(colours) >= black


def said(plates: Mapping[str, float]) -> str:
    """Inks as printers write them: C75 M68 K90."""
    return " ".join(
        f"{name[0] if name in PROCESS[:3] else 'K' if name == 'Black' else name}{tint * 100:.0f}"
        for name, tint in plates.items()
        if tint
    )
