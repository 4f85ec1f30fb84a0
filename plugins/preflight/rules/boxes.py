"""Trim within bleed within media, all pages alike, upright and in actual size."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.geometry import MM, Box, from_trim, outward
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet
from preflight.pages import inherited

RULES = (
    Rule("X010", "the page does not say where it is cut (TrimBox)", "export with trim and bleed"),
    Rule("X011", "the {inner} reaches out of the {outer}", "set the boxes anew: trim in bleed in media"),
    Rule("X012", "the bleed is {mm} mm; the press needs {needed} mm", "export with {needed} mm of bleed"),
    Rule("X013", "the page is not cut and laid out like page 1", "give all pages one size and one bleed"),
    Rule("X014", "the page is turned or scaled ({key} {value})", "export it upright and in actual size"),
    Rule("X015", "the page has an ArtBox beside its TrimBox", "keep the TrimBox alone"),
)
NESTED = (("TrimBox", "BleedBox"), ("BleedBox", "MediaBox"), ("TrimBox", "MediaBox"), ("TrimBox", "CropBox"))
SLACK = 0.01 * MM
UPRIGHT = {"Rotate": 0, "UserUnit": 1}


def check(opened: Opened) -> Iterator[Fault]:
    """Each page for itself, then against the first."""
    for sheet in opened.sheets:
        yield from _page(sheet, opened.profile.bleed)
        yield from _upright(sheet)
        if sheet.boxes and _form(sheet) != _form(opened.sheets[0]):
            yield fault("X013", sheet.number)


def _page(sheet: Sheet, needed: float) -> Iterator[Fault]:
    boxes, number = sheet.boxes, sheet.number
    if "TrimBox" not in boxes:
        yield fault("X010", number)
    elif "ArtBox" in boxes:
        yield fault("X015", number)
    for inner, outer in NESTED:
        if inner in boxes and outer in boxes and min(outward(boxes[inner], boxes[outer])) < -SLACK:
            yield fault(
                "X011", number, sheet.place(boxes[inner]), topic=inner + outer, inner=inner, outer=outer
            )
    width = min(outward(sheet.trim, sheet.bleed))
    if width < needed * MM - SLACK:
        yield fault("X012", number, mm=f"{width / MM:.2f}", needed=f"{needed:g}")


def _upright(sheet: Sheet) -> Iterator[Fault]:
    rotated = int(inherited(sheet.page.obj, "/Rotate") or 0) % 360
    for key, value in (("Rotate", rotated), ("UserUnit", float(sheet.page.obj.get("/UserUnit", 1)))):
        if value != UPRIGHT[key]:
            yield fault("X014", sheet.number, topic=key, key=key, value=f"{value:g}")


def _form(sheet: Sheet) -> tuple[tuple[str, Box], ...]:
    """The boxes as seen from the trim, to a tenth of a millimetre."""
    seen = ((name, from_trim(box, sheet.trim)) for name, box in sheet.boxes.items())
    return tuple((name, (round(a, 1), round(b, 1), round(c, 1), round(d, 1))) for name, (a, b, c, d) in seen)
