"""Headings: the title is level 1, a body has levels 2 and 3."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.text import Text
from magazine.findings import Finding

HEADING = re.compile(r"^(?P<marks>#+)\s*\S")


def check(text: Text) -> Iterator[Finding]:
    """Levels outside 2–3."""
    for number, match in text.matches(HEADING):
        level = len(match["marks"])
        if level not in (2, 3):
            yield text.finding("B016", number, level=level)
