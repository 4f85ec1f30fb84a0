"""No plate that was not ordered; registration colour only outside the bleed."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.colour import Space
from preflight.marks import Group, Mark, Path, Picture, Shade, Text
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet

RULES = (
    Rule("X064", "“{name}” would need a plate of its own", "convert it to the inks of the press"),
    Rule("X065", "registration colour stands on the page", "paint it in black; /All is for marks outside"),
    Rule("X066", "there is {percent} % on the plate {name}", "print the page in black alone"),
)


def check_page(sheet: Sheet, opened: Opened) -> Iterator[Fault]:
    """By what the content names, and by what the plates show."""
    profile = opened.profile
    for mark, box in sheet.inside:
        for space in _spaces(mark):
            for name in sorted(set(space.spots()) - profile.spots):
                yield fault("X064", sheet.number, sheet.place(box), topic=name, name=name)
            if space.registration:
                yield fault("X065", sheet.number, sheet.place(box))
    if profile.one_ink and sheet.separated is not None:
        for name, percent in sheet.separated.plates:
            if name != "Black" and percent > 0:
                yield fault("X066", sheet.number, topic=name, name=name, percent=f"{percent:g}")


def _spaces(mark: Mark) -> Iterator[Space]:
    match mark:
        case Picture(space=None, ink=ink):
            yield from (ink.space,) if ink else ()
        case Group(space=space) | Shade(space=space) | Picture(space=Space() as space):
            yield space
        case Text(fill=fill, stroke=stroke) | Path(fill=fill, stroke=stroke):
            yield from (ink.space for ink in (fill, stroke) if ink is not None)
