"""`inv press <issue>`: the folder that a print shop takes to plate, each file proven and preflighted."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from magazine.findings import report_language
from magazine.library import load
from magazine.model import Edition, Imprint, Library
from preflight import PROFILES, Profile, Report, inspect
from preflight.report import summary, to_html, to_json
from preflight.report import to_text as faults
from prepress import proving
from prepress.booklet import gather
from prepress.job import Job
from press.desk import print_issue
from press.room import masters
from press.store import write
from proof.report import to_text

FAMILIES = ("Amiri", "Reem Kufi", "Vazirmatn", "Source Serif 4")  # theme/fonts
REJECTED = "-REJECTED"
TWO_FRONTS = frozenset({"ar", "en"})
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say; the same bytes at any hour


@dataclass(frozen=True)
class Pressed:
    """What was made, for readers and for the printer; what to say; whether it may be printed."""

    files: tuple[Path, ...]
    said: str
    sound: bool


def press_issue(settings: Mapping[str, Any], name: str, lang: str, dist: Path) -> Pressed:
    """Make `dist/<name>/` anew. MagazineError: no such edition, or one that can't be set."""
    library, _ = load(Imprint.from_settings(settings))  # `inv press` has checked the sources
    folder = dist / name
    screen = print_issue(settings, name, lang, dist)  # refuses what is no edition, before anything goes
    for stale in {path for path in folder.iterdir() if path.is_file()} - set(screen):
        stale.unlink()
    editions = [*library.editions(), *library.kit_editions()]
    jobs = _jobs([e for e in editions if e.issue.name == name and lang in ("", e.language.code)], library)
    made = dict(_files(jobs, library))
    reports = {file: _inspected(folder, file, data, jobs[0]) for file, data in made.items()}
    proven = proving.proofs(folder, jobs, library)
    papers = [*_reports(folder, reports), *proving.reports(folder, proven)]
    wrong = proving.unproven(made, proven) | {file for file, report in reports.items() if report.errors}
    papers += [_reject(folder / file) if file in wrong else folder / file for file in made]
    if not wrong:
        papers += _bundle(folder, f"{library.imprint.magazine}-{name}-press.zip", papers)
    said = [*map(_said, reports.values()), *(to_text(one, report_language()) for one in proven.values())]
    return Pressed((*screen, *papers), "\n".join(said), not wrong)


def _jobs(editions: list[Edition], library: Library) -> list[Job]:
    stored = masters(editions, library)
    return [Job(edition, library, stored[edition.name].read_bytes()) for edition in editions]


def _files(jobs: list[Job], library: Library) -> Iterator[tuple[str, bytes]]:
    """Each file's name and bytes."""
    imprint = library.imprint
    for job in jobs:
        yield f"{job.stem}-print.pdf", job.printed
        if job.edition.issue.press.binding == "saddle":
            yield f"{job.stem}-booklet.pdf", job.booklet()
    by_language = {job.edition.language.code: job for job in jobs}
    if by_language.keys() >= TWO_FRONTS and jobs[0].edition.issue.kind == "issue":
        fronts = by_language["ar"].printed, by_language["en"].printed
        yield f"{imprint.magazine}-{jobs[0].edition.issue.name}-two-front-print.pdf", gather(*fronts)


def _inspected(folder: Path, file: str, data: bytes, job: Job) -> Report:
    """Write a file and hold it against the preflight."""
    write(folder / file, data)
    return inspect(folder / file, _profile(job, imposed="booklet" in file), FAMILIES)


def _reject(path: Path) -> Path:
    """Give the file a name that says so: nothing that is called print is unsound."""
    return path.replace(path.with_stem(path.stem + REJECTED))


def _profile(job: Job, imposed: bool) -> Profile:
    """What the condition asks; an imposed file has the two sides of a sheet for pages."""
    asked = replace(PROFILES["x4"], ink_limit=job.inks.ink_limit, one_ink=job.inks.plates == "K")
    return replace(asked, sheet=2) if imposed else asked


def _reports(folder: Path, reports: Mapping[str, Report]) -> Iterator[Path]:
    """A report for each file, to read and for machines."""
    for file, report in reports.items():
        stem = file.removesuffix(".pdf")
        for suffix, text in (("html", to_html(report)), ("json", to_json(report))):
            path = folder / f"{stem}-preflight.{suffix}"
            write(path, text.encode())
            yield path


def _bundle(folder: Path, name: str, papers: list[Path]) -> list[Path]:
    """The sums of all files, and all of it in one zip: the same bytes for the same files."""
    sums = folder / "SHA256SUMS"
    rows = sorted(f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in papers)
    write(sums, "".join(rows).encode())
    target = folder / name
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path in sorted([*papers, sums]):
            entry = zipfile.ZipInfo(path.name, EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(entry, path.read_bytes())
    return [sums, target]


def _said(report: Report) -> str:
    lang = report_language()
    return faults(report, lang) if report.errors else summary(report, lang)
