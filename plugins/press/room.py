"""The press room: every edition to its PDF, only what changed, on all cores."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from magazine.errors import MagazineError
from magazine.model import Edition, Imprint, Library
from press.compose import compose, style_sheets
from press.finish import finish
from press.store import key, write
from press.typeset import typeset

POLL_S = 0.2  # how often the progress lines are renewed, in seconds


@dataclass(frozen=True, slots=True)
class Job:
    """One edition on its way: its HTML and where the PDF will be."""

    edition: Edition
    html: str
    target: Path


def job(edition: Edition, library: Library) -> Job:
    """Compose an edition and name its place in the store."""
    imprint = library.imprint
    html = compose(edition, library)
    sheets = style_sheets(imprint.theme, edition.language.code)
    name = f"{edition.name}-{key(html, imprint.theme, sheets)}.pdf"
    return Job(edition, html, imprint.cache / "press" / name)


def print_all(editions: Iterable[Edition], library: Library) -> dict[str, Path]:
    """The PDF of each edition by its name (`1-ar`), from the store or typeset now.

    Raises MagazineError with the typesetter's own words when an edition can't be set.
    """
    jobs = [job(edition, library) for edition in editions]
    waiting = [item for item in jobs if not item.target.exists()]
    if waiting:
        _run(waiting, library.imprint)
        for item in jobs:
            _drop_older(item.target)
    return {item.edition.name: item.target for item in jobs}


def _drop_older(target: Path) -> None:
    """Keep one PDF of an edition: the store holds what is current, not a history."""
    edition = target.name.rsplit("-", 1)[0]
    for path in target.parent.glob(f"{edition}-*.pdf"):
        if path != target:
            path.unlink()


def _run(jobs: list[Job], imprint: Imprint) -> None:
    """Typeset in processes of their own: a fresh one an issue keeps memory flat."""
    context = get_context("spawn")
    with context.Manager() as manager, _lines(jobs) as lines:
        pages = manager.dict()
        with ProcessPoolExecutor(max_workers=2, mp_context=context, max_tasks_per_child=1) as pool:
            running = {item.edition.name: pool.submit(_print_one, item, imprint, pages) for item in jobs}
            while not all(future.done() for future in running.values()):
                lines(pages)
                time.sleep(POLL_S)
            for name, future in running.items():
                _raise(name, future.exception())
            lines(pages)


def _raise(name: str, problem: BaseException | None) -> None:
    if isinstance(problem, MagazineError):
        raise MagazineError(f"issue {name}: {problem}")
    if problem:
        raise problem


def _print_one(item: Job, imprint: Imprint, pages: Any) -> None:
    name = item.edition.name

    def progress(page: int) -> None:
        pages[name] = page

    sheets = style_sheets(imprint.theme, item.edition.language.code)
    pdf, record = typeset(item.html, imprint.theme, sheets, progress)
    publisher = imprint.publishers[item.edition.language.code]
    write(item.target, finish(pdf, record, item.edition, publisher))


@contextmanager
def _lines(jobs: list[Job]) -> Iterator[Any]:
    """A line an edition on the terminal: which page, how long."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(pulse_style="blue"),
        TextColumn("page {task.fields[page]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, transient=False) as progress:
        tasks: Mapping[str, TaskID] = {
            item.edition.name: progress.add_task(f"typesetting {item.edition.name}", total=None, page=0)
            for item in jobs
        }

        def show(pages: Mapping[str, int]) -> None:
            for name, page in dict(pages).items():
                progress.update(tasks[name], page=page)

        yield show
