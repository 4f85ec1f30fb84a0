"""A perfect-bound volume's cover as one sheet: front, spine, back, and the same from inside (pikepdf)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from magazine.model import PressSettings
from prepress.sheets import BLEED, MARGIN, Sheet, Turn, trim_of
from prepress.standard import POINTS
from press.finish import saved

LETTERED_MM = 5  # no words on a narrower spine: the knife and the fold each miss by a millimetre
# Words are read from the head down, and the tops of their letters look to the front cover, so that they
# stand upright on a volume that lies with its front up. Bound on the right, as Arabic is, that is the other
# turn; and only so does a line that begins on its right begin at the head.
TOPS_RIGHT: Turn = (0, -1, 1, 0)
TOPS_LEFT: Turn = (0, 1, -1, 0)


@dataclass(frozen=True, slots=True)
class Board:
    """One half of a cover: its outer and its inner page in a file of framed pages, from 0."""

    pages: bytes
    outer: int
    inner: int


@dataclass(frozen=True, slots=True)
class Strip:
    """A typeset stretch of the spine: a page as long as the stretch and as high as the spine is wide."""

    page: bytes
    right_bound: bool  # which way its words look


def spine_mm(pages: int, press: PressSettings) -> float:
    """How thick the leaves inside and the two boards of the cover are together."""
    return round(pages / 2 * press.paper_mm + 2 * press.cover_mm, 2)


def wrap(front: Board, back: Board, strips: Sequence[Strip], spine: float, right_bound: bool) -> bytes:
    """The sheet's outside and its inside; `spine` is in millimetres, `strips` go from its head down."""
    wide = spine * POINTS
    with pikepdf.new() as sheets, _opened(front) as first, _opened(back) as last:
        outside = (first.pages[front.outer], last.pages[back.outer])
        inside = (last.pages[back.inner], first.pages[front.inner])
        outer = _halves(sheets, outside if right_bound else outside[::-1], wide)
        _letter(outer, strips, trim_of(first.pages[0]), wide)
        _halves(sheets, inside if right_bound else inside[::-1], wide)  # the spine stays bare for the glue
        return saved(sheets)


def _opened(board: Board) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(board.pages))


def _halves(sheets: pikepdf.Pdf, pages: tuple[pikepdf.Page, pikepdf.Page], spine: float) -> Sheet:
    width, height = trim_of(pages[0])
    sheet = Sheet.of(sheets, 2 * width + spine, height)
    tall = height + 2 * BLEED
    sheet.lay(pages[0], (-MARGIN, -MARGIN), (-BLEED, -BLEED, width + BLEED, tall))
    sheet.lay(pages[1], (width + spine - MARGIN, -MARGIN), (width + spine, -BLEED, width + BLEED, tall))
    return sheet


def _letter(sheet: Sheet, strips: Sequence[Strip], trim: tuple[float, float], spine: float) -> None:
    """The strips on the spine, from bleed to bleed."""
    width, height = trim
    long = (height + 2 * BLEED) / len(strips)
    for at, strip in enumerate(strips):
        head = height + BLEED - at * long
        window = (width, head - long, spine, long)
        with pikepdf.open(BytesIO(strip.page)) as words:
            place, turn = (
                ((width + spine, head - long), TOPS_LEFT)
                if strip.right_bound
                else ((width, head), TOPS_RIGHT)
            )
            sheet.lay(words.pages[0], place, window, turn)
