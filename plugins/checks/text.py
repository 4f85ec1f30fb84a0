"""A piece's body as the checks read it: numbered lines, code left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from magazine.findings import Finding, finding
from magazine.model import Library, Piece

CODE_SPAN = re.compile(r"(`+).+?\1")


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

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match with its line."""
        return ((number, match) for number, row in self.lines for match in pattern.finditer(row))

    def finding(self, code: str, line: int, **values: object) -> Finding:
        """A finding in this piece."""
        return finding(code, self.path, line, **values)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
