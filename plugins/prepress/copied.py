"""What a print in black alone would lose: marks too light for a copier, colours that become one grey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import combinations

import pikepdf
from pikepdf import Dictionary, Name

from magazine.blocks import CANONICAL
from magazine.findings import Finding, finding
from magazine.manifest import line_of
from prepress.condition import Condition
from prepress.job import Job
from weave import INKS

Rgb = tuple[float, ...]

LEAST = 0.42  # of black: a mark stands off the paper by 3 to 1 (WCAG 2.2, 1.4.11)
CHROMA = 0.08  # below it a colour is a grey, which is printed as it is
APART = 0.25  # in RGB: the eye tells two colours apart
STEP = 0.15  # of black: a copier tells two greys apart
FILLS, STROKES = {"f", "F", "f*", "B", "B*", "b", "b*"}, {"S", "s", "B", "B*", "b", "b*"}


def lost(job: Job) -> Iterator[Finding]:
    """Findings of an edition that is printed in black alone; of any other, none."""
    if job.inks.plates != "K":
        return
    root, issue = job.library.imprint.root, job.edition.issue
    manifest, text = issue.path.relative_to(root).as_posix(), issue.path.read_text("utf-8")
    tint = _tint(_parts(INKS[issue.ink]), job.inks)
    if tint < LEAST and _has_charts(job):
        yield finding("P030", manifest, line_of(text, "ink"), ink=issue.ink, percent=round(tint * 100))
    for page, colours in enumerate(_painted(job.master), 1):
        for one, other in _merging(colours, job.inks):
            name = job.edition.name
            yield finding("P031", manifest, 1, page=page, edition=name, one=_hex(one), other=_hex(other))


def _has_charts(job: Job) -> bool:
    rows = (row for piece in job.edition.pieces for row in piece.body.splitlines() if row.startswith("///"))
    return any(CANONICAL.get(row.strip("/ ").partition("|")[0].strip()) == "chart" for row in rows)


def _merging(colours: set[Rgb], inks: Condition) -> Iterator[tuple[Rgb, Rgb]]:
    """Pairs that are told apart by their hue alone, neighbours in their greys."""
    told = sorted((_tint(colour, inks), colour) for colour in colours if max(colour) - min(colour) > CHROMA)
    for (light, one), (dark, other) in combinations(told, 2):
        if dark - light < STEP and max(abs(a - b) for a, b in zip(one, other, strict=True)) > APART:
            yield one, other


def _tint(colour: Rgb, inks: Condition) -> float:
    return inks.separate(*colour)[3]


def _parts(colour: str) -> Rgb:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


# --- what is painted --------------------------------------------------------------------------


def _painted(master: bytes) -> Iterator[set[Rgb]]:
    """The colours of the shapes on each page; type and photographs are told by their form."""
    with pikepdf.open(BytesIO(master)) as document:
        for page in document.pages:
            found: set[Rgb] = set()
            _walk(page.obj, page.obj.Resources, _Paints(), found)
            yield found


@dataclass(frozen=True, slots=True)
class _Paints:
    fill: Rgb | None = (0, 0, 0)
    stroke: Rgb | None = (0, 0, 0)


def _walk(content: pikepdf.Object, resources: pikepdf.Object, paints: _Paints, found: set[Rgb]) -> None:
    stack: list[_Paints] = []
    for instruction in pikepdf.parse_content_stream(content):
        operands, operator = list(instruction.operands), str(instruction.operator)
        match operator:
            case "q":
                stack.append(paints)
            case "Q":
                paints = stack.pop()
            case "rg":
                paints = replace(paints, fill=tuple(map(float, operands)))
            case "RG":
                paints = replace(paints, stroke=tuple(map(float, operands)))
            case "scn":
                paints = replace(paints, fill=None)
            case "Do":
                _within(resources.XObject[str(operands[0])], paints, found)
        used = (paints.fill if operator in FILLS else None, paints.stroke if operator in STROKES else None)
        found.update(colour for colour in used if colour)


def _within(item: pikepdf.Object, paints: _Paints, found: set[Rgb]) -> None:
    if item.Subtype == Name.Form:
        _walk(item, item.get("/Resources", Dictionary()), paints, found)
