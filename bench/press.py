"""`inv bench`: time and memory of a page, before and now, by turns in one run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import pikepdf

from magazine.errors import MagazineError

ROOT = Path(__file__).resolve().parent.parent
UNIT = 1024**2 if sys.platform == "darwin" else 1024  # ru_maxrss counts bytes there, elsewhere KiB
BEFORE, NOW, PRINTER = "WeasyPrint alone", "the press", "for the printer"
THICK = 256  # pages

HEAD = """\
| edition | | pages | CPU s a page | wall s a page | peak MiB |
|---|---|--:|--:|--:|--:|"""
ROW = "| {name} | {way} | {run.pages} | {run.cpu_a_page:.3f} | {run.wall_a_page:.3f} | {run.mib:.0f} |"
RATIO = "| {name} | {told} | {0:.2f} | {1:.2f} | {2:.2f} | {3:.2f} |"


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took, with those it started; `mib` is the peak of the largest of them."""

    cpu: float
    wall: float
    mib: float
    pages: int = 1

    @property
    def cpu_a_page(self) -> float:
        """Seconds of all cores."""
        return self.cpu / self.pages

    @property
    def wall_a_page(self) -> float:
        """Seconds on the wall."""
        return self.wall / self.pages


def run(command: Sequence[str], log: Path) -> Run:
    """Run a command to its end. MagazineError with what it said when it fails.

    A child's peak memory is never told below that of the process that started it, whose memory it
    shares until exec: the caller imports nothing large.
    """
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    start = perf_counter()
    with log.open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
    wall = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise MagazineError(f"{' '.join(command)}\n{log.read_text('utf-8', 'replace')}")
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / UNIT)


def _flow(edition: Path, pdf: Path) -> list[str]:
    return [sys.executable, "-m", "weasyprint", "--pdf-tags", str(edition / "flow.html"), str(pdf)]


def _press(edition: Path, pdf: Path) -> list[str]:
    return [sys.executable, "-m", "bench.ways", "press", str(edition), str(pdf)]


def _finish(edition: Path, pdf: Path) -> list[str]:
    return [sys.executable, "-m", "bench.ways", "finish", str(edition), str(pdf)]


WAYS: Mapping[str, Callable[[Path, Path], list[str]]] = {BEFORE: _flow, NOW: _press, PRINTER: _finish}
RATIOS = {"now ÷ before": (NOW, BEFORE), "printer ÷ now": (PRINTER, NOW)}


def measure(settings: Path, rounds: int, *, warm: bool = True, thick: int = THICK) -> str:
    """The table: of each figure the middle of the rounds. MagazineError when something fails."""
    with TemporaryDirectory(prefix="bench-") as folder:
        here = Path(folder)
        run([sys.executable, "-m", "bench.ways", "compose", str(settings), folder], here / "log")
        editions = sorted(path for path in here.iterdir() if path.is_dir())
        for way in WAYS if warm else ():  # what is read from the disk for the first time is not counted
            made(way, editions[0])
        turns = {
            path.name: [{way: made(way, path) for way in WAYS} for _ in range(rounds)] for path in editions
        }
        book = _thick(editions[0], thick)
        last = ROW.format(name=book.name, way=PRINTER, run=made(PRINTER, book))
    return "\n".join([HEAD, *(line for name, turn in turns.items() for line in rows(name, turn)), last])


def _thick(edition: Path, pages: int) -> Path:
    """A thick book made of the edition's pages."""
    run([sys.executable, "-m", "bench.ways", "volume", str(edition), str(pages)], edition / "log")
    (book,) = edition.parent.glob(f"{edition.name} ×*")
    return book


def made(way: str, edition: Path) -> Run:
    """One PDF of an edition, measured."""
    pdf = edition / f"{way}.pdf"
    taken = run(WAYS[way](edition, pdf), pdf.with_suffix(".log"))
    with pikepdf.open(pdf) as document:
        return replace(taken, pages=len(document.pages))


def rows(name: str, turns: Sequence[Mapping[str, Run]]) -> Iterator[str]:
    """An edition's rows; ratios are taken turn by turn."""
    for way in WAYS:
        yield ROW.format(name=name, way=way, run=_middle([turn[way] for turn in turns]))
    for told, (of, to) in RATIOS.items():
        ratios = zip(*(_ratios(turn[of], turn[to]) for turn in turns), strict=True)
        yield RATIO.format(*map(median, ratios), name=name, told=told)


def _middle(runs: Sequence[Run]) -> Run:
    cpu, wall, mib = (median(getattr(run, name) for run in runs) for name in ("cpu", "wall", "mib"))
    return Run(cpu, wall, mib, runs[0].pages)


def _ratios(now: Run, before: Run) -> tuple[float, ...]:
    """Of pages, of seconds a page, of memory."""
    names = ("pages", "cpu_a_page", "wall_a_page", "mib")
    return tuple(getattr(now, name) / getattr(before, name) for name in names)
