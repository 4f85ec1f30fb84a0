"""The files for the printer, by their parts: what each is, and what it is held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from preflight import PROFILES, Profile
from prepress.booklet import gather
from prepress.job import BOARD, Job

# How many pages of the file fill a sheet: an imposed file has its two sides for pages.
PARTS: Mapping[str, int] = {
    "print": 4,
    "booklet": 2,
    "cover": 2,
    "two-front-print": 4,
    "two-front-cover": 2,
}
TWO_FRONTS = frozenset({"ar", "en"})


@dataclass(frozen=True, slots=True)
class File:
    """A file for the printer, of one edition or, with two fronts, of the Arabic and the English."""

    name: str
    part: str  # a key of PARTS
    job: Job
    data: bytes

    @property
    def profile(self) -> Profile:
        """What its printing condition asks of it."""
        inks = self.job.inks
        return replace(
            PROFILES["x4"],
            ink_limit=inks.ink_limit,
            one_ink=inks.plates == "K",
            sheet=PARTS[self.part],
        )


def files(jobs: Sequence[Job]) -> Iterator[File]:
    """All files of a job's editions."""
    for job in jobs:
        made = {"print": job.printed, **({"cover": job.cover()} if job.bound else {"booklet": job.booklet()})}
        for part, data in made.items():
            yield File(f"{job.stem}-{part}.pdf", part, job, data)
    by_language = {job.edition.language.code: job for job in jobs}
    if by_language.keys() >= TWO_FRONTS and jobs[0].edition.issue.kind == "issue":
        yield from _with_two_fronts(by_language["ar"], by_language["en"])


def _with_two_fronts(arabic: Job, english: Job) -> Iterator[File]:
    stem = f"{arabic.library.imprint.magazine}-{arabic.edition.issue.name}-two-front"
    first = BOARD + 1 if arabic.bound else 1
    volume = gather(arabic.fronted, english.fronted, first)
    yield File(f"{stem}-print.pdf", "two-front-print", arabic, volume)
    if arabic.bound:
        yield File(f"{stem}-cover.pdf", "two-front-cover", arabic, arabic.cover(english))
