"""The file can be read, to the last operator."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.marks import Broken
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet

RULES = (
    Rule("X001", "this is not a PDF that can be read: {problem}", "export the file again"),
    Rule("X002", "the file is encrypted", "export it without a password or restrictions"),
    Rule("X003", "the tool “{tool}” is not on this system, so the file is not proven", "install {package}"),
    Rule("X004", "“{operator}” on the page cannot be followed", "export the file again"),
    Rule("X005", "the file's structure is broken: {problem}", "export the file again"),
)


def check_page(sheet: Sheet, _: Opened) -> Iterator[Fault]:
    """Each operator has what it needs."""
    for mark in sheet.marks:
        if isinstance(mark, Broken):
            yield fault(
                "X004", sheet.number, sheet.place(mark.box), topic=mark.operator, operator=mark.operator
            )
