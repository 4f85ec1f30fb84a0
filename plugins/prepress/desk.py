"""`inv press <issue>`: the folder that a print shop takes to plate, each file proven and preflighted."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from magazine.findings import report, report_language
from magazine.library import load
from magazine.model import Edition, Imprint, Library
from preflight import Report, inspect
from preflight.report import folder_json, summary, to_html
from preflight.report import to_text as faults
from prepress import proving
from prepress.copied import lost
from prepress.files import File, files
from prepress.job import Job
from prepress.ticket import ticket
from press.desk import print_issue
from press.room import masters
from press.store import write
from proof.report import to_text

FAMILIES = ("Amiri", "Reem Kufi", "Vazirmatn", "Source Serif 4")  # theme/fonts
REJECTED = "-REJECTED"
TICKET = "job-ticket.pdf"
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
    made = list(files(jobs))
    held = [_inspected(folder, file) for file in made]
    proven, proofs = proving.proofs(folder, jobs, library)
    wrong = proving.unproven((file.name for file in made), proven) | {one.name for one in held if one.errors}
    reports = [_reject(folder, one) if one.name in wrong else one for one in held]
    papers = [*_reports(folder, reports), *proofs, *(folder / one.name for one in reports)]
    if not wrong:
        papers.append(folder / TICKET)
        write(papers[-1], ticket(jobs, made))
        papers += _bundle(folder, f"{library.imprint.magazine}-{name}-press.zip", papers)
    lang_ = report_language()
    told = report([one for job in jobs for one in lost(job)], lang_)
    said = [told, *map(_said, reports), *(to_text(one, lang_) for one in proven.values())]
    return Pressed((*screen, *papers), "\n".join(filter(None, said)), not wrong)


def _jobs(editions: list[Edition], library: Library) -> list[Job]:
    stored = masters(editions, library)
    return [Job(edition, library, stored[edition.name].read_bytes()) for edition in editions]


def _inspected(folder: Path, file: File) -> Report:
    """Write a file and hold it against the preflight."""
    path = folder / file.name
    write(path, file.data)
    return inspect(path, file.profile, FAMILIES)


def _reject(folder: Path, held: Report) -> Report:
    """Give the file a name that says so: nothing that is called print is unsound."""
    path = folder / held.name
    return replace(held, name=path.replace(path.with_stem(path.stem + REJECTED)).name)


def _reports(folder: Path, reports: Sequence[Report]) -> Iterator[Path]:
    """One report on all files, to read and for machines."""
    for suffix, text in (("html", to_html(reports)), ("json", folder_json(reports))):
        path = folder / f"preflight.{suffix}"
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
