"""Tables and charts: their data, written in the block or in a file beside the piece."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.blocks import incomplete
from checks.text import Block, Text
from magazine import charts
from magazine.data import Data, Row, cell, is_beside, read
from magazine.findings import Finding, finding

EDGES = re.compile(r"^\s*\|?|\|?\s*$")
CELLS = re.compile(r"(?<!\\)\|")


def check(text: Text) -> Iterator[Finding]:
    """Every table and chart that is closed."""
    for block in text.blocks:
        if block.closed and block.kind in {"table", "chart"}:
            wrong = list(_table(text, block))
            yield from wrong
            if block.kind == "chart" and not wrong:
                yield from _chart(text, block)


def _table(text: Text, block: Block) -> Iterator[Finding]:
    """It is written here or in a file, and not in both."""
    file = block.option("data")
    if file and block.table:
        yield text.finding("B022", block.table[0][0], name=block.name)
    elif file and not is_beside(file, text.piece):
        yield text.finding("D001", block.line_of("data"), file=file)
    elif file:
        yield from read(file, text.piece, text.library.imprint)[1]
    elif not block.table:
        yield incomplete(text, block, "| … | … |", "| … | … | / data: images/x.csv")


def _chart(text: Text, block: Block) -> Iterator[Finding]:
    """It can be drawn."""
    file = block.option("data")
    path, data = text.path, tabulated(block)
    if file:
        path = (text.piece.path.parent / file).relative_to(text.library.imprint.root).as_posix()
        data = read(file, text.piece, text.library.imprint)[0]
    for code, line, values in charts.faults(data, block.option("kind") or "bars"):
        yield finding(code, path, line or (1 if file else block.line), **values)


def tabulated(block: Block) -> Data:
    """The table inside a block."""
    rows = [(number, CELLS.split(EDGES.sub("", row))) for number, row in block.table]
    head = rows[0][1] if rows else []
    body = (Row(number, tuple(map(cell, row))) for number, row in rows[1:])
    return Data(tuple(map(str.strip, head)), tuple(body))
