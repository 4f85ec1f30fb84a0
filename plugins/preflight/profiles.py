"""What a file is held against: each profile a row of data, each printing condition its limit of ink."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from magazine.findings import Severity

# The most ink on one place in per cent, by what the intent calls its condition; the first that fits holds.
INK_LIMITS: tuple[tuple[str, int], ...] = (
    (r"300\s*%", 300),  # ISO Coated v2 300 %
    (r"FOGRA\s*39", 330),
    (r"FOGRA\s*(45|47|51|52)", 300),
    (r"CGATS\s*TR\s*00?1|SWOP", 300),
    (r"IFRA", 240),
)
DEFAULT_INK_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Profile:
    """Lengths in millimetres, sizes and widths in points, resolutions in pixels to the inch."""

    name: str
    spaces: frozenset[str]  # colour spaces that the press prints as they are
    components: int  # of the intent's profile
    one_ink: bool = False  # nothing may stand on any plate but Black's
    spots: frozenset[str] = frozenset()  # further plates that are ordered
    standard: str = "PDF/X-4"
    bleed: float = 3.0
    margin: float = 4.0  # text keeps away from the trim
    sheet: int = 4  # the page count is a multiple of it
    reach: float = 0.3  # art that ends this near inside the trim was meant to bleed
    hairline: float = 0.25
    small: float = 9.0  # type below it wants a solid ink
    small_inks: int = 2
    solid: float = 0.7  # the least tint that keeps small type's edges
    black: float = 0.85  # the least tint of K that is meant as black
    rich: float = 24.0  # black type up to it stands in K alone
    ppi: float = 300.0
    line_ppi: float = 600.0
    ink_limit: int | None = None  # otherwise by the printing condition
    severity: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))

    def most_ink(self, condition: str) -> int:
        """The most ink on one place, by the profile or by the printing condition."""
        if self.ink_limit is not None:
            return self.ink_limit
        fitting = (limit for name, limit in INK_LIMITS if re.search(name, condition, re.I))
        return next(fitting, DEFAULT_INK_LIMIT)


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        profile.name: profile
        for profile in (
            Profile("x4", frozenset({"DeviceGray", "DeviceCMYK"}), components=4),
            Profile("gray", frozenset({"DeviceGray"}), components=1, one_ink=True, ink_limit=100),
        )
    }
)
