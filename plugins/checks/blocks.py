"""Blocks: only those of the vocabulary, each closed; a chart has numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.text import Text
from magazine.blocks import CANONICAL, NAMES, NUMBER
from magazine.findings import Finding

FENCE = re.compile(r"^(?P<fence>/{3,})[ \t]*(?P<name>[\w-]+)?[ \t]*(?P<argument>\|.*)?$")
RULE = re.compile(r"^[\s|:-]+$")


def check(text: Text) -> Iterator[Finding]:
    """Follow the fences through the text."""
    if not text.piece.body.strip():
        yield text.finding("B001", text.piece.body_line)
    open_blocks: list[tuple[int, str, str]] = []
    head_seen = False
    for number, row in text.lines:
        fence = FENCE.match(row)
        if not fence:
            if open_blocks and CANONICAL.get(open_blocks[-1][1]) == "chart" and row.strip():
                yield from _chart_row(text, number, row, head_seen)
                head_seen = True
        elif fence["name"]:
            if fence["name"] not in CANONICAL:
                yield text.finding("B002", number, name=fence["name"], blocks=", ".join(NAMES))
            open_blocks.append((number, fence["name"], fence["fence"]))
            head_seen = False
        elif open_blocks:
            open_blocks.pop()
    for number, name, _ in open_blocks:
        yield text.finding("B003", number, name=name)


def _chart_row(text: Text, number: int, row: str, head_seen: bool) -> Iterator[Finding]:
    """A row below the head: a label and a number."""
    if not head_seen or RULE.match(row):
        return
    cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
    if len(cells) != 2 or not NUMBER.fullmatch(cells[1]):
        yield text.finding("B014", number, row=row.strip())
