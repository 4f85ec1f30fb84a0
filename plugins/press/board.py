"""What the press room shows on the terminal: each edition's page, the piece on it, and the time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pikepdf
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

Openings = list[tuple[int, str]]  # page and title of each piece, in order

COLUMNS = (
    TextColumn("typesetting {task.description}"),
    BarColumn(bar_width=20),
    TextColumn("page {task.completed:.0f}"),
    TimeElapsedColumn(),
    TextColumn("{task.fields[piece]}"),
)


class Board:
    """A line an edition."""

    def __init__(self, progress: Progress, earlier: Mapping[str, Path | None]) -> None:
        self.progress = progress
        self.openings: dict[str, Openings] = {}
        self.tasks: dict[str, TaskID] = {}
        for edition, pdf in earlier.items():
            pages, self.openings[edition] = contents(pdf) if pdf else (None, [])
            self.tasks[edition] = progress.add_task(edition, total=pages, piece="")

    def show(self, pages: Mapping[str, int]) -> None:
        """The page each edition has reached; the piece, where an earlier PDF tells its place."""
        for edition, page in dict(pages).items():
            if edition not in self.tasks:
                continue  # done
            titles = [title for opening, title in self.openings[edition] if opening <= page]
            self.progress.update(self.tasks[edition], completed=page, piece=titles[-1] if titles else "")

    def done(self, edition: str) -> None:
        """Its clock stops."""
        task = self.tasks.pop(edition)
        self.progress.update(task, piece="✓", total=self.progress.tasks[task].completed or 1)
        self.progress.stop_task(task)


@contextmanager
def board(earlier: Mapping[str, Path | None]) -> Iterator[Board]:
    """Show the editions while they are set; `earlier` is each one's last PDF, if there is one."""
    with Progress(*COLUMNS) as progress:
        yield Board(progress, earlier)


def contents(pdf: Path) -> tuple[int, Openings]:
    """How many pages an issue had, and where its pieces began: its bookmarks of the second level."""
    with pikepdf.open(pdf) as document, document.open_outline() as outline:
        pieces = (child for part in outline.root for child in part.children)
        return len(document.pages), [
            (document.pages.index(pikepdf.Page(piece.destination[0])) + 1, piece.title)
            for piece in pieces
            if isinstance(piece.destination, pikepdf.Array)
        ]
