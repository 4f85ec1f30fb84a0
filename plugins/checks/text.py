"""A piece's body as the checks read it: numbered lines, code left out, and its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from magazine.blocks import CANONICAL
from magazine.findings import Finding, finding
from magazine.model import Library, Piece
from magazine.options import FENCE, Written, values_of, written

CODE_SPAN = re.compile(r"(`+).+?\1")
RULE = re.compile(r"^[\s|:-]+$")


@dataclass
class Block:
    """A block as it stands in the text: where it opens, its words, its rows."""

    line: int
    name: str
    argument: str
    rows: list[tuple[int, str]] = field(default_factory=list)
    closed: bool = False

    @property
    def kind(self) -> str:
        """Its English name; empty for none of the vocabulary."""
        return CANONICAL.get(self.name, "")

    @cached_property
    def options(self) -> list[Written]:
        """The lines of options at its head."""
        return written(self.kind, self.rows)

    def option(self, name: str) -> str:
        """An option's value, empty when it is not set."""
        return values_of(self.options).get(name, "")

    def line_of(self, option: str) -> int:
        """The line of an option."""
        return next((item.line for item in self.options if item.option == option), self.line)

    @property
    def table(self) -> list[tuple[int, str]]:
        """The rows of the table inside, its rule left out."""
        inside = self.rows[len(self.options) :]
        return [(number, row) for number, row in inside if "|" in row and not RULE.match(row)]


class Text:
    """One piece with what it is checked against."""

    def __init__(self, piece: Piece, library: Library) -> None:
        self.piece = piece
        self.library = library
        self.path = piece.path.relative_to(library.imprint.root).as_posix()

    @cached_property
    def lines(self) -> tuple[tuple[int, str], ...]:
        """(line in the file, its words without code spans)."""
        rows = enumerate(self.piece.body.split("\n"), self.piece.body_line)
        return tuple((number, CODE_SPAN.sub(_blank, row)) for number, row in rows)

    @cached_property
    def fences(self) -> tuple[list[Block], list[int]]:
        """The blocks in the order in which they open, and the lines of fences that close nothing."""
        blocks: list[Block] = []
        still_open: list[Block] = []
        stray: list[int] = []
        for number, row in self.lines:
            fence = FENCE.match(row)
            if not fence:
                for block in still_open[-1:]:
                    block.rows.append((number, row))
            elif fence["name"]:
                still_open.append(Block(number, fence["name"], fence["argument"] or ""))
                blocks.append(still_open[-1])
            elif still_open:
                still_open.pop().closed = True
            else:
                stray.append(number)
        return blocks, stray

    @property
    def blocks(self) -> list[Block]:
        """The blocks."""
        return self.fences[0]

    def block_at(self, line: int) -> Block | None:
        """The innermost block that a line stands in."""
        return next((block for block in self.blocks if any(line == number for number, _ in block.rows)), None)

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match with its line."""
        return ((number, match) for number, row in self.lines for match in pattern.finditer(row))

    def finding(self, code: str, line: int, **values: object) -> Finding:
        """A finding in this piece."""
        return finding(code, self.path, line, **values)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
