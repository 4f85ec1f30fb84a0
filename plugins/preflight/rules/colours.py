"""Every colour is one that the press prints as it is."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.colour import Ink, Space
from preflight.marks import Broken, Group, Mark, Picture, Shade
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet
from preflight.profiles import Profile

RULES = (
    Rule("X060", "text or a shape is painted in {space}", "convert it; the press prints {allowed}"),
    Rule("X061", "a picture is in {space}", "convert it; the press prints {allowed}"),
    Rule("X062", "a shading is in {space}", "convert it; the press prints {allowed}"),
    Rule("X063", "transparency is blended in {space}", "blend it in {allowed}"),
)


def check_page(sheet: Sheet, opened: Opened) -> Iterator[Fault]:
    """Everything on the page, the printer's marks and the masks too."""
    profile = opened.profile
    allowed = ", ".join(sorted(profile.spaces))
    for mark in sheet.marks:
        for code, space in _spaces(mark, profile):
            for family in sorted(set(space.leaves()) - profile.spaces):
                place = sheet.place(mark.box)
                yield fault(code, sheet.number, place, topic=family, space=family, allowed=allowed)


def _spaces(mark: Mark, profile: Profile) -> Iterator[tuple[str, Space]]:
    match mark:
        case Broken():
            return
        case Group(space=space):
            if not (profile.one_ink and space.family == "DeviceCMYK"):  # what blends in it may be K alone
                yield "X063", space
        case Shade(space=space):
            yield "X062", space
        case Picture(space=Space() as space):
            yield "X061", space
        case Picture(ink=ink):
            yield from _ink(ink, profile)
        case _:
            yield from _ink(mark.fill, profile)
            yield from _ink(mark.stroke, profile)


def _ink(ink: Ink | None, profile: Profile) -> Iterator[tuple[str, Space]]:
    if ink is None or ink.space.registration:
        return
    plates = ink.plates()
    alone = plates is not None and not any(tint for name, tint in plates.items() if name != "Black")
    if not (profile.one_ink and alone):
        yield "X060", ink.space
