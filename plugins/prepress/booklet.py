"""Pages on the sheets that a saddle stitcher folds and gathers (pikepdf), with creep and marks to fold by."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name

from prepress.marks import ALL, CUT_FROM_MM, CUT_TO_MM, HAIR, cuts, line, registration
from prepress.standard import MARGIN_MM, POINTS
from press.finish import saved
from press.impose import Side, sides
from weave import BLEED_MM

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
        left, bottom, right, top = map(float, small.pages[0].trimbox.as_list())
        width, height = right - left, top - bottom
        for at, side in enumerate(sides(len(small.pages), right_bound)):
            _lay(large, small, side, (width, height), creep_mm(at, paper_mm) * POINTS)
        return saved(large)


def _lay(large: pikepdf.Pdf, small: pikepdf.Pdf, side: Side, trim: tuple[float, float], creep: float) -> None:
    width, height = trim
    margin, bleed = MARGIN_MM * POINTS, BLEED_MM * POINTS
    sheet = large.add_blank_page(page_size=(2 * width + 2 * margin, height + 2 * margin))
    fold = margin + width
    halves = ((side[0], margin - bleed, margin + creep), (side[1], fold, fold - creep))
    for number, clip_from, trim_at in halves:
        form = large.copy_foreign(small.pages[number].as_form_xobject())
        form.BBox = pikepdf.Array(small.pages[number].mediabox.as_list())  # with its bleed
        name = sheet.add_resource(form, Name.XObject, Name(f"/Page{number}"))
        clip = f"{clip_from:.3f} {margin - bleed:.3f} {width + bleed:.3f} {height + 2 * bleed:.3f} re W n"
        shift = f"1 0 0 1 {trim_at - margin:.3f} 0 cm"
        sheet.contents_add(f"q {clip} {shift} {name} Do Q".encode())
    sheet.trimbox = pikepdf.Array([margin, margin, margin + 2 * width, margin + height])
    sheet.obj.BleedBox = pikepdf.Array(
        [margin - bleed, margin - bleed, margin + 2 * width + bleed, margin + height + bleed]
    )
    _mark(large, sheet, fold, (margin, margin, margin + 2 * width, margin + height))


def _mark(
    large: pikepdf.Pdf, sheet: pikepdf.Page, fold: float, trim: tuple[float, float, float, float]
) -> None:
    """Cut marks at the sheet's corners, dashes where it is folded and stitched."""
    _, bottom, _, top = trim
    near, far = CUT_FROM_MM * POINTS, CUT_TO_MM * POINTS
    name = sheet.add_resource(registration(large), Name.ColorSpace, ALL)
    folds = [
        line((fold, edge + sign * near), (fold, edge + sign * far)) for edge, sign in ((bottom, -1), (top, 1))
    ]
    drawing = ("q", name, "CS 1 SCN", f"{HAIR} w", *cuts(*trim), "[3 2] 0 d", *folds, "Q")
    sheet.contents_add(" ".join(map(str, drawing)).encode())


def gather(arabic: bytes, english: bytes) -> bytes:
    """One volume with two fronts: the Arabic pages, then the English from the last to the first."""
    with pikepdf.open(BytesIO(arabic)) as volume, pikepdf.open(BytesIO(english)) as other:
        first = len(volume.pages)
        volume.pages.extend(reversed(list(other.pages)))
        back = len(volume.pages) - first
        labels = [0, Dictionary(S=Name.D)]
        for at in range(back):
            labels += [first + at, Dictionary(S=Name.D, St=back - at, P=pikepdf.String("en-"))]
        volume.Root.PageLabels = Dictionary(Nums=pikepdf.Array(labels))
        return saved(volume)
