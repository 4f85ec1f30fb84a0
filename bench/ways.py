"""What the bench runs, each in a process of its own, so that what measures stays small.

python -m bench.ways compose <settings> <folder>    the issue with most pieces, in each language
python -m bench.ways press <edition> <pdf>          one of them, through our press
python -m bench.ways finish <edition> <pdf>         that, for the printer: press pass, preflight and proof
python -m bench.ways volume <edition> <pages>       a thick book beside it, to finish: its pages repeated
"""

from __future__ import annotations

import pickle
import shutil
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pikepdf
from pelican.settings import read_settings

from bench.flow import flow
from magazine.library import load
from magazine.model import Imprint
from preflight import PROFILES, inspect
from preflight.report import summary
from prepress import job as prepress
from prepress.desk import FAMILIES
from press.compose import style_sheets
from press.room import job, print_one
from proof.prove import prove_passages
from proof.report import to_text
from proof.source import passages, title_of

JOB, FLOW, MASTER, TIMES = "job.pickle", "flow.html", "pages.master", "times"
ALMOST = 0.999  # of a thick book's words


def compose(settings: Path, folder: Path) -> None:
    """Each edition in a folder of its own: as the press takes it, and as a flow."""
    library, _ = load(Imprint.from_settings(read_settings(str(settings))))
    issue = max(library.issues, key=lambda issue: len(issue.slugs))
    for lang in issue.languages:
        item = job(library.edition(issue, lang), library)
        here = folder / item.edition.name
        here.mkdir(parents=True)
        (here / JOB).write_bytes(pickle.dumps((item, library)))
        (here / FLOW).write_text(flow(item.html, style_sheets(library.imprint.theme, lang)), "utf-8")


def press(edition: Path, pdf: Path) -> None:
    """From composed HTML to the finished file."""
    item, library = pickle.loads((edition / JOB).read_bytes())
    made = replace(item, target=pdf)
    print_one(made, library.imprint, {})
    made.master.replace(edition / MASTER)


def finish(edition: Path, pdf: Path) -> None:
    """From typeset pages to a print PDF that is preflighted and proven. SystemExit when it is not sound."""
    item, library = pickle.loads((edition / JOB).read_bytes())
    times = int((edition / TIMES).read_text()) if (edition / TIMES).exists() else 1
    pdf.write_bytes(prepress.Job(item.edition, library, (edition / MASTER).read_bytes()).printed)
    report = inspect(pdf, PROFILES["x4"], FAMILIES)
    said = passages(item.edition, library) * times
    titles = [title_of(piece) for piece in item.edition.pieces]
    proof = prove_passages(pdf, said, library.imprint.theme / "fonts", item.edition.name, titles)
    total = proof.total
    # A thick book has the pages' numbers of its first copy, and beginnings in common: it costs what it costs.
    sound = proof.holds if times == 1 else total.proven > ALMOST * total.words
    if report.errors or not sound:
        raise SystemExit(f"{summary(report, 'en')}\n{to_text(proof, 'en')}")


def volume(edition: Path, pages: str) -> None:
    """The edition as a thick book beside it: copies of its pages, at least so many, and of its sources."""
    with ExitStack() as opened, pikepdf.new() as book:
        times = 0
        while len(book.pages) < int(pages):
            copy = opened.enter_context(pikepdf.open(edition / MASTER))
            book.pages.extend(copy.pages)
            times += 1
        thick = edition.with_name(f"{edition.name} × {times}")
        thick.mkdir()
        book.save(thick / MASTER)
    shutil.copy(edition / JOB, thick / JOB)
    (thick / TIMES).write_text(str(times))


if __name__ == "__main__":
    way, first, second = sys.argv[1:]
    if way == "volume":
        volume(Path(first), second)
    else:
        {"compose": compose, "press": press, "finish": finish}[way](Path(first), Path(second))
