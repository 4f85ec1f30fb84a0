"""The rules, one family a file: of the whole file, and of each page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from magazine.findings import Rule
from preflight.model import Fault
from preflight.opened import Opened, Sheet
from preflight.rules import (
    black,
    boxes,
    colours,
    count,
    edges,
    fonts,
    ink,
    inks,
    integrity,
    intent,
    lines,
    margins,
    metadata,
    overprint,
    pictures,
    readable,
    surprises,
    tints,
)


class OfFile(Protocol):
    """A module whose rules look at the whole file, after its pages."""

    @property
    def RULES(self) -> tuple[Rule, ...]:  # noqa: N802
        """Its rules."""

    def check(self, opened: Opened, /) -> Iterator[Fault]:
        """What is wrong with the file."""


class OfPage(Protocol):
    """A module whose rules look at one page."""

    @property
    def RULES(self) -> tuple[Rule, ...]:  # noqa: N802
        """Its rules."""

    def check_page(self, sheet: Sheet, opened: Opened, /) -> Iterator[Fault]:
        """What is wrong with the page."""


OF_FILE: tuple[OfFile, ...] = (boxes, count, intent, metadata, surprises, fonts, integrity)
OF_PAGE: tuple[OfPage, ...] = (
    readable,
    colours,
    inks,
    ink,
    black,
    lines,
    tints,
    pictures,
    edges,
    margins,
    overprint,
)
_FAMILIES = tuple(family.RULES for family in OF_FILE) + tuple(family.RULES for family in OF_PAGE)
RULES: Mapping[str, Rule] = MappingProxyType({rule.code: rule for family in _FAMILIES for rule in family})
