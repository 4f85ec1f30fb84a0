"""The count of pages folds into sheets."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.model import Fault, fault
from preflight.opened import Opened

RULES = (Rule("X020", "{count} pages are not a multiple of {sheet}", "add or take pages", "warning"),)


def check(opened: Opened) -> Iterator[Fault]:
    """A stitched volume is made of sheets of four pages."""
    count, sheet = len(opened.sheets), opened.profile.sheet
    if count % sheet:
        yield fault("X020", count=count, sheet=sheet)
