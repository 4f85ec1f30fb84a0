"""The press room: every edition to its PDF, only what changed, on all cores."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import weave
from magazine.errors import MagazineError
from magazine.findings import report, report_language
from magazine.model import Edition, Imprint, Issue, Library
from press.board import board
from press.compose import compose, lines, style_sheets
from press.finish import finish
from press.fitting import UnplaceableError
from press.leaves import paginate
from press.proofreading import Sources, accidents, faults, refuse, too_tall
from press.screen import conform
from press.store import key, write
from press.typeset import Typesetter

POLL_S = 0.2  # how often the progress lines are renewed, in seconds
# Boxes come by the million and hardly one is garbage: to look for it as often as Python does by
# itself took a sixth of the time.
COLLECT = (50_000, 20, 20)


@dataclass(frozen=True, slots=True)
class Job:
    """One edition on its way: its HTML and where the PDF will be."""

    edition: Edition
    html: str
    target: Path

    @property
    def notes(self) -> Path:
        """Beside the PDF: the accidents on its pages."""
        return self.target.with_suffix(".txt")

    @property
    def master(self) -> Path:
        """Beside the PDF: the pages as they were typeset, with their bleed, for the print shop."""
        return self.target.with_suffix(".master")


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
    waiting = [item for item in jobs if not (item.target.exists() and item.master.exists())]
    if waiting:
        _run(waiting, library.imprint)
        for item in jobs:
            _drop_older(item.target)
        for item in waiting:
            print(item.notes.read_text("utf-8"), end="\n" if item.notes.stat().st_size else "")
    return {item.edition.name: item.target for item in jobs}


def masters(editions: Iterable[Edition], library: Library) -> dict[str, Path]:
    """Each edition's pages as they were typeset, with their bleed; as `print_all`."""
    wanted = list(editions)
    print_all(wanted, library)
    return {edition.name: job(edition, library).master for edition in wanted}


def _stored(target: Path) -> list[Path]:
    """The PDFs that the store has of an edition."""
    edition = target.name.rsplit("-", 1)[0]
    return sorted(target.parent.glob(f"{edition}-*.pdf"))


def _drop_older(target: Path) -> None:
    """Keep one PDF of an edition: the store holds what is current, not a history."""
    for path in _stored(target):
        if path != target:
            path.unlink()
            for suffix in (".txt", ".master"):
                path.with_suffix(suffix).unlink(missing_ok=True)


def _run(jobs: list[Job], imprint: Imprint) -> None:
    """Typeset in processes of their own: a fresh one an issue keeps memory flat."""
    context = get_context("spawn")
    earlier = {item.edition.name: next(iter(_stored(item.target)), None) for item in jobs}
    with context.Manager() as manager, board(earlier) as shown:
        pages = manager.dict()
        with ProcessPoolExecutor(max_workers=2, mp_context=context, max_tasks_per_child=1) as pool:
            running = {pool.submit(print_one, item, imprint, pages): item.edition.name for item in jobs}
            waiting = set(running)
            while waiting:
                finished, waiting = wait(waiting, timeout=POLL_S, return_when=FIRST_COMPLETED)
                shown.show(pages)
                for future in finished:
                    _raise(running[future], future.exception())
                    shown.done(running[future])


def _raise(name: str, problem: BaseException | None) -> None:
    if isinstance(problem, MagazineError):
        raise MagazineError(f"issue {name}: {problem}")
    if problem:
        raise problem


def _closing(issue: Issue, index: int, width: float, height: float) -> str:
    """For the foot of a half-empty last page: a cloth; in a kit, which is copied, lines to write on."""
    if issue.kind == "kit":
        return lines(height)
    return weave.opener(issue.seed, index, issue.ink, width, height)


def print_one(item: Job, imprint: Imprint, pages: Any) -> None:
    """One edition, in a process of its own: its pages made, proofread, set, finished, checked and stored.

    MagazineError with the findings when a fault would be printed: nothing is stored.
    """
    name, edition = item.edition.name, item.edition
    gc.set_threshold(*COLLECT)

    def progress(page: int) -> None:
        pages[name] = page

    typesetter = Typesetter(imprint.theme, tuple(style_sheets(imprint.theme, edition.language.code)))
    sources = Sources(edition, imprint.root)
    try:
        html, sheet, fitted = paginate(item.html, typesetter.measure, partial(_closing, edition.issue))
    except UnplaceableError as error:
        refuse([too_tall(error.piece, error.element, sources)])
        raise
    refuse(list(faults(fitted, sources, imprint.theme)))
    pdf, record = typesetter.typeset(html, progress)
    finished = finish(pdf, record, edition, imprint)
    conform(finished)
    told = list(accidents(fitted, sheet, sources, record.loose))
    write(item.notes, report(told, report_language()).encode())
    write(item.master, pdf)
    write(item.target, finished)
