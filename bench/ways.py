"""What the bench runs, each in a process of its own, so that what measures stays small.

python -m bench.ways compose <settings> <folder>    the issue with most pieces, in each language
python -m bench.ways press <edition> <pdf>          one of them, through our press
"""

from __future__ import annotations

import pickle
import sys
from dataclasses import replace
from pathlib import Path

from pelican.settings import read_settings

from bench.flow import flow
from magazine.library import load
from magazine.model import Imprint
from press.compose import style_sheets
from press.room import job, print_one

JOB, FLOW = "job.pickle", "flow.html"


def compose(settings: Path, folder: Path) -> None:
    """Each edition in a folder of its own: as the press takes it, and as a flow."""
    library, _ = load(Imprint.from_settings(read_settings(str(settings))))
    issue = max(library.issues, key=lambda issue: len(issue.slugs))
    for lang in issue.languages:
        item = job(library.edition(issue, lang), library)
        here = folder / item.edition.name
        here.mkdir(parents=True)
        (here / JOB).write_bytes(pickle.dumps((item, library.imprint)))
        (here / FLOW).write_text(flow(item.html, style_sheets(library.imprint.theme, lang)), "utf-8")


def press(edition: Path, pdf: Path) -> None:
    """From composed HTML to the finished file."""
    item, imprint = pickle.loads((edition / JOB).read_bytes())
    print_one(replace(item, target=pdf), imprint, {})


if __name__ == "__main__":
    {"compose": compose, "press": press}[sys.argv[1]](*map(Path, sys.argv[2:]))
