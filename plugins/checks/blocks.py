"""Blocks: only those of the vocabulary, each closed, each with what it needs inside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from checks.text import Text
from magazine.blocks import CANONICAL, NAMES, NUMBER
from magazine.findings import Finding
from magazine.near import near

FENCE = re.compile(r"^(?P<fence>/{3,})[ \t]*(?P<name>[\w-]+)?[ \t]*(?:\|[ \t]*(?P<argument>.*\S)?)?\s*$")
RULE = re.compile(r"^[\s|:-]+$")
ITEM = re.compile(r"^\s*[-*+]\s+(?P<id>\S+)")


@dataclass
class Found:
    """A block as it stands in the text: where it opens, its words, its rows."""

    line: int
    name: str
    argument: str
    rows: list[tuple[int, str]] = field(default_factory=list)


def check(text: Text) -> Iterator[Finding]:
    """Follow the fences through the text."""
    if not text.piece.body.strip():
        yield text.finding("B001", text.piece.body_line)
    still_open: list[Found] = []
    for number, row in text.lines:
        fence = FENCE.match(row)
        if not fence:
            for block in still_open[-1:]:
                block.rows.append((number, row))
        elif fence["name"]:
            still_open.append(Found(number, fence["name"], fence["argument"] or ""))
            if fence["name"] not in CANONICAL:
                yield text.finding("B002", number, name=fence["name"], blocks=", ".join(NAMES))
        elif still_open:
            block = still_open.pop()
            yield from INSIDE.get(CANONICAL.get(block.name, ""), _nothing)(text, block)
        else:
            yield text.finding("B017", number)
    for block in still_open:
        yield text.finding("B003", block.line, name=block.name)


def _nothing(_text: Text, _block: Found) -> Iterator[Finding]:
    return iter(())


def _incomplete(text: Text, block: Found, wanted: str, example: str) -> Finding:
    return text.finding("B018", block.line, name=block.name, wanted=wanted, example=example)


def _figure(text: Text, block: Found) -> Iterator[Finding]:
    """A figure shows a picture."""
    if not any("![" in row for _, row in block.rows):
        yield _incomplete(text, block, "![…](…)", "![…](images/x.svg)")


def _question(text: Text, block: Found) -> Iterator[Finding]:
    """A question asks."""
    if not block.argument:
        yield _incomplete(text, block, "| …?", f"/// {block.name} | …?")


def _glossary(text: Text, block: Found) -> Iterator[Finding]:
    """A glossary lists terms that exist."""
    for number, row in block.rows:
        item = ITEM.match(row)
        if item and item["id"] not in text.library.glossary:
            known = near(item["id"], text.library.glossary)
            yield text.finding("B008", number, term=item["id"], near=known)


def _chart(text: Text, block: Found) -> Iterator[Finding]:
    """Below the head: a label and a number in each row, and at least one."""
    rows = [(number, row.strip()) for number, row in block.rows if row.strip() and not RULE.match(row)]
    if len(rows) < 2:
        yield text.finding("B014", block.line, row=f"/// {block.name}")
    for number, row in rows[1:]:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if len(cells) != 2 or not NUMBER.fullmatch(cells[1]):
            yield text.finding("B014", number, row=row)


INSIDE: Mapping[str, Callable[[Text, Found], Iterator[Finding]]] = {
    "figure": _figure,
    "question": _question,
    "glossary": _glossary,
    "chart": _chart,
}
