"""Small pages on both sides of larger sheets, so that the folded pile is a booklet (pikepdf)."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String

from press.finish import saved

POINTS = 72 / 25.4  # of a millimetre
# How wide the sheet is that folds to a page. ISO rounds A5 down: two are a millimetre less than an A4.
ACROSS_MM = {"A5": 297, "A4": 420, "210x280": 420}

Side = tuple[int, int]  # the pages on the left and the right half, from 0


def sides(pages: int, right_bound: bool) -> list[Side]:
    """What stands on the sides of the sheets: the outermost sheet first, its outer side first.

    The first page lies beside the last: on its right, or bound on the right, as Arabic is, on its left.
    """
    halves = [(pages - 1 - at, at) if at % 2 == 0 else (at, pages - 1 - at) for at in range(pages // 2)]
    return [(right, left) if right_bound else (left, right) for left, right in halves]


def impose(pdf: bytes, sheet: str, right_bound: bool) -> bytes:
    """The sheets to print on both sides, turned over the short edge, and to fold once."""
    with pikepdf.open(BytesIO(pdf)) as small, pikepdf.new() as large:
        width, height = map(float, list(small.pages[0].mediabox)[2:])
        across = ACROSS_MM[sheet] * POINTS
        for left, right in sides(len(small.pages), right_bound):
            side = large.add_blank_page(page_size=(across, height))
            for name, at, edge in (("/Left", left, across / 2 - width), ("/Right", right, across / 2)):
                form = large.copy_foreign(small.pages[at].as_form_xobject())
                side.add_resource(form, Name.XObject, Name(name))
                side.contents_add(f"q 1 0 0 1 {edge:.3f} 0 cm {name} Do Q".encode())
        _tell(large, small)
        return saved(large)


def _tell(large: Pdf, small: Pdf) -> None:
    """What the file says of itself, and how a printer should turn it."""
    for key, value in small.docinfo.items():
        large.docinfo[key] = str(value)
    large.Root.Lang = String(str(small.Root.Lang))
    large.Root.ViewerPreferences = Dictionary(
        Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None"), DisplayDocTitle=True
    )
