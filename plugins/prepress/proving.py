"""The proof of an issue's print PDFs: its reports, and what may not be printed when one of them fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from magazine.model import Library
from prepress.job import Job
from press.store import write
from proof.prove import prove
from proof.report import to_html, to_json
from proof.verdict import Proof

Proofs = Mapping[str, Proof]  # by the beginning of an edition's file names


def proofs(folder: Path, jobs: Iterable[Job], library: Library) -> Proofs:
    """Each edition's print PDF held against its sources."""
    return {job.stem: prove(folder / f"{job.stem}-print.pdf", job.edition, library) for job in jobs}


def unproven(files: Iterable[str], proven: Proofs) -> frozenset[str]:
    """The files that show pages of an edition whose proof fails: its own, and the volume with two fronts."""
    failed = tuple(stem for stem, proof in proven.items() if not proof.holds)
    return frozenset(file for file in files if failed and (file.startswith(failed) or "two-front" in file))


def reports(folder: Path, proven: Proofs) -> Iterator[Path]:
    """A report for each edition, to read and for machines; before a rejected file changes its name."""
    for stem, proof in proven.items():
        pdf = folder / f"{stem}-print.pdf"
        for suffix, text in (("html", to_html(proof, pdf)), ("json", to_json(proof))):
            path = folder / f"{stem}-print-proof.{suffix}"
            write(path, text.encode())
            yield path
