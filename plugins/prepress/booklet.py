"""Pages on the sheets that a saddle stitcher folds and gathers (pikepdf), with creep."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from prepress.sheets import BLEED, MARGIN, Sheet, trim_of
from prepress.standard import POINTS
from press.finish import saved
from press.impose import Side, sides

PAGES_A_SHEET = 4


def creep_mm(side: int, paper_mm: float) -> float:
    """How far a sheet's pages move to the fold: each sheet inside others is pushed out by their thickness."""
    return side // 2 * paper_mm


def stitch(pages: bytes, right_bound: bool, paper_mm: float) -> bytes:
    """The sheets of framed pages (prepress.standard.frame), a side a page, the outermost first.

    ValueError when the pages do not fill whole sheets.
    """
    with pikepdf.open(BytesIO(pages)) as small, pikepdf.new() as large:
        if len(small.pages) % PAGES_A_SHEET:
            raise ValueError(f"{len(small.pages)} pages do not fill sheets of {PAGES_A_SHEET}")
        for at, side in enumerate(sides(len(small.pages), right_bound)):
            _lay(large, small, side, creep_mm(at, paper_mm) * POINTS)
        return saved(large)


def _lay(large: pikepdf.Pdf, small: pikepdf.Pdf, side: Side, creep: float) -> None:
    """Two pages side by side, each cut off at the fold, moved to it by the creep."""
    width, height = trim_of(small.pages[0])
    sheet = Sheet.of(large, 2 * width, height)
    for number, seen_from, place in ((side[0], -BLEED, creep), (side[1], width, width - creep)):
        window = (seen_from, -BLEED, width + BLEED, height + 2 * BLEED)
        sheet.lay(small.pages[number], (place - MARGIN, -MARGIN), window)


def gather(arabic: bytes, english: bytes, first: int = 1) -> bytes:
    """One volume with two fronts: the Arabic pages, then the English from the last to the first.

    Each side's pages are numbered from `first`.
    """
    with pikepdf.open(BytesIO(arabic)) as volume, pikepdf.open(BytesIO(english)) as other:
        front, back = len(volume.pages), len(other.pages)
        volume.pages.extend(reversed(list(other.pages)))
        labels = [0, Dictionary(S=Name.D, St=first)]
        for at in range(back):
            labels += [front + at, Dictionary(S=Name.D, St=back - at + first - 1, P=String("en-"))]
        volume.Root.PageLabels = Dictionary(Nums=Array(labels))
        return saved(volume)
