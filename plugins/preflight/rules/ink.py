"""No more ink on one place than the paper bears."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet

RULES = (
    Rule(
        "X070",
        "{percent} % of ink come together; the press bears {limit} %",
        "convert the colours through the press's own profile",
    ),
)
SLACK = 1.0  # per cent: plates have 255 steps


def check_page(sheet: Sheet, opened: Opened) -> Iterator[Fault]:
    """On the plates, within the trim."""
    separated, limit = sheet.separated, opened.ink_limit
    if separated is not None and separated.most > limit + SLACK:
        yield fault("X070", sheet.number, separated.place, percent=f"{separated.most:g}", limit=limit)
