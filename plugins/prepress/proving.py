"""The proof of an issue's print PDFs: its reports, and what may not be printed when one of them fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from magazine.model import Library
from prepress.job import Job
from press.store import write
from proof.prove import prove
from proof.report import to_html, to_json
from proof.verdict import Proof

Proofs = Mapping[str, Proof]  # by the beginning of an edition's file names


def proofs(folder: Path, jobs: Iterable[Job], library: Library) -> tuple[Proofs, list[Path]]:
    """Each edition's printed pages held against its sources, and a report for each."""
    proven, papers = dict[str, Proof](), list[Path]()
    with TemporaryDirectory() as aside:
        for job in jobs:
            pdf = Path(aside, f"{job.stem}.pdf")
            pdf.write_bytes(job.whole)
            proof = proven[job.stem] = prove(pdf, job.edition, library)
            papers += _reports(folder, job.stem, proof, pdf)
    return proven, papers


def unproven(files: Iterable[str], proven: Proofs) -> frozenset[str]:
    """The files that show pages of an edition whose proof fails: its own, and the volume with two fronts."""
    failed = tuple(stem for stem, proof in proven.items() if not proof.holds)
    return frozenset(file for file in files if failed and (file.startswith(failed) or "two-front" in file))


def _reports(folder: Path, stem: str, proof: Proof, pdf: Path) -> Iterator[Path]:
    """To read and for machines; the pages are there, to show what is wrong."""
    for suffix, text in (("html", to_html(proof, pdf)), ("json", to_json(proof))):
        path = folder / f"{stem}-print-proof.{suffix}"
        write(path, text.encode())
        yield path
