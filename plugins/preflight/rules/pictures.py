"""Pictures have pixels enough at the size that they are printed."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.marks import Picture
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet

RULES = (
    Rule(
        "X110",
        "a picture of {pixels} pixels is printed at {ppi} ppi; it needs {needed}",
        "put a larger file in its place, or print it smaller",
    ),
    Rule(
        "X111",
        "a line drawing of {pixels} pixels is printed at {ppi} ppi; it needs {needed}",
        "draw it with outlines, or scan it finer",
        "warning",
    ),
)
SLACK = 0.5


def check_page(sheet: Sheet, opened: Opened) -> Iterator[Fault]:
    """Tones by one measure, pure black and white by a finer one."""
    needed = {"X110": opened.profile.ppi, "X111": opened.profile.line_ppi}
    for mark, box in sheet.inside:
        if not isinstance(mark, Picture) or not mark.ppi:
            continue
        code = "X111" if mark.bits == 1 else "X110"
        if mark.ppi < needed[code] - SLACK:
            pixels = "{} × {}".format(*mark.pixels)
            values = {"pixels": pixels, "ppi": f"{mark.ppi:.0f}", "needed": f"{needed[code]:.0f}"}
            yield fault(code, sheet.number, sheet.place(box), weight=-mark.ppi, **values)
