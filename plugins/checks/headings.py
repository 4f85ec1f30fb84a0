"""Headings: the title is level 1, a body has levels 2 and 3."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.text import Text
from magazine.blocks import CANONICAL
from magazine.findings import Finding

HEADING = re.compile(r"^(?:(?P<marks>#+)\s*\S|/{3}\s*(?P<block>\S+)\s*\|)")


def check(text: Text) -> Iterator[Finding]:
    """Levels outside 2–3, and 3 before any 2 (a question is a heading of level 2)."""
    begun = False
    for number, match in text.matches(HEADING):
        level = len(match["marks"]) if match["marks"] else 2
        if match["block"] and CANONICAL.get(match["block"]) != "question":
            continue
        if level not in (2, 3) or (level == 3 and not begun):
            yield text.finding("B016", number, level=level)
        begun = True
