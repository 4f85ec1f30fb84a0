"""What a print in black alone would lose: marks too light for a copier, colours that become one grey.

Series of a chart are told apart by their filling (magazine.charts), so only the ink of all of them matters;
in a drawing, colours that are as light as each other do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from magazine.blocks import CANONICAL
from magazine.findings import Finding, finding
from magazine.manifest import line_of
from magazine.model import Piece
from prepress.condition import Condition
from prepress.job import Job
from weave import INKS

Rgb = tuple[float, ...]

LEAST = 0.42  # of black: a mark stands off the paper by 3 to 1 (WCAG 2.2, 1.4.11)
CHROMA = 0.08  # below it a colour is a grey, which is printed as it is
APART = 0.25  # in RGB: the eye tells two colours apart
STEP = 0.15  # of black: a copier tells two greys apart
DRAWING = re.compile(r"!\[[^\]]*\]\(([^)\s]+\.svg)\)")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")


def lost(job: Job) -> Iterator[Finding]:
    """Findings of an edition that is printed in black alone; of any other, none."""
    if job.inks.plates != "K":
        return
    yield from _pale_charts(job)
    for piece in job.edition.pieces:
        for name in DRAWING.findall(piece.body):
            yield from _merged(piece.path.parent / name, job)


def _pale_charts(job: Job) -> Iterator[Finding]:
    """Charts are drawn in the issue's ink."""
    issue, tint = job.edition.issue, _tint(INKS[job.edition.issue.ink], job.inks)
    if tint < LEAST and any(map(_has_chart, job.edition.pieces)):
        line = line_of(issue.path.read_text("utf-8"), "ink =")
        yield finding("P030", _shown(issue.path, job), line, ink=issue.ink, percent=round(tint * 100))


def _has_chart(piece: Piece) -> bool:
    blocks = (
        row.strip("/ ").partition("|")[0].strip() for row in piece.body.splitlines() if row[:3] == "///"
    )
    return any(CANONICAL.get(block) == "chart" for block in blocks)


def _merged(drawing: Path, job: Job) -> Iterator[Finding]:
    """Pairs of a drawing's colours that are told apart by their hue alone."""
    text = drawing.read_text("utf-8")
    colours = sorted({colour.lower() for colour in COLOUR.findall(text)})
    for one, other in combinations([colour for colour in colours if _is_coloured(colour)], 2):
        nearly = abs(_tint(one, job.inks) - _tint(other, job.inks)) < STEP
        if nearly and max(abs(a - b) for a, b in zip(_rgb(one), _rgb(other), strict=True)) > APART:
            line = line_of(text.lower(), other)
            yield finding("P031", _shown(drawing, job), line, one=one, other=other)


def _is_coloured(colour: str) -> bool:
    return max(_rgb(colour)) - min(_rgb(colour)) > CHROMA


def _tint(colour: str, inks: Condition) -> float:
    red, green, blue = _rgb(colour)
    return inks.separate(red, green, blue)[3]


def _rgb(colour: str) -> Rgb:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _shown(path: Path, job: Job) -> str:
    return path.resolve().relative_to(job.library.imprint.root).as_posix()
