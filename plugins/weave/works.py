"""The finished works of the weave: cover, picture, opener, band and mark."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Final
from zlib import crc32

from .borders import RIBBON_PICKS, RIBBONS, Chart, lay_chart, lay_repeats
from .cloth import (
    Register,
    dye_light,
    lay_warp_ends,
    sett_of_issue,
    sett_up,
    weave_cloth,
)
from .draft import THREADS, Draft
from .inks import is_light
from .motifs import BARE, INK, MOTIFS, VARIATIONS
from .sheet import MODULE_MM, THREAD_MM, svg

QUIET: Final = 1 / 3  # of a cover's height, from the top: bare, for the title
PICTURE_MODULES: Final = (24, 16)
_PICTURE_BORDERS: Final = (1 / 8, 3 / 16, 1 / 4)  # of the height, at head and at foot

MARK_INK: Final = "indigo"
_MARK: Final[Chart] = (
    "################",
    "#######..#######",
    "######....######",
    "###..........###",
    "###...####...###",
    "###..##oo##..###",
    "##..##oooo##..##",
    "#..##oooooo##..#",
    "#..##oooooo##..#",
    "##..##oooo##..##",
    "###..##oo##..###",
    "###...####...###",
    "###..........###",
    "######....######",
    "#######..#######",
    "################",
)


def cover_art(
    number: int,
    motif: str,
    ink: str,
    width_mm: float,
    height_mm: float,
    *,
    paper: bool = False,
    bleeds: tuple[str, ...] = (),
) -> str:
    """The cover of an issue; its cloth runs to the edges, and past those that it `bleeds` over.

    From the top, in fractions of the height: 0 to 1/3 (QUIET) is bare paper, where the title
    stands; from 1/3 the ends of the warp rise out of the cloth; below them the cloth runs off
    the sheet on three sides. All but the one change mirrors about the upright axis, to a
    thread, so that covers side by side join as one cloth.
    """
    draft = _cover(number, motif, ink, width_mm, height_mm)
    return svg(draft, ink, width_mm, height_mm, paper=paper, bleeds=bleeds)


def cover_threads(number: int, motif: str, ink: str, width_mm: float, height_mm: float) -> list[bytes]:
    """The same cover thread by thread, for pictures in pixels: a row a pick, a tone a crossing.

    The tones: 0 is bare paper, 1 the ink, 2 its companion.
    """
    return [bytes(row) for row in _cover(number, motif, ink, width_mm, height_mm).rows]


def _cover(number: int, motif: str, ink: str, width_mm: float, height_mm: float) -> Draft:
    draft = _point_paper(width_mm, height_mm)
    cloth = Register(lay_warp_ends(draft, ceil(height_mm * QUIET / THREAD_MM)), draft.picks)
    weave_cloth(draft, cloth, sett_of_issue(number, motif, draft.warps, cloth.height), ink)
    return draft


def picture(slug: str, motif: str, ink: str, *, paper: bool = False) -> str:
    """A picture, 3:2, for a piece that has no photograph: another one for each slug."""
    width, height = PICTURE_MODULES
    draft = _picture(slug, motif, ink)
    return svg(draft, ink, width * MODULE_MM, height * MODULE_MM, paper=paper)


def picture_threads(slug: str, motif: str, ink: str) -> list[bytes]:
    """The same picture thread by thread, as `cover_threads`."""
    return [bytes(row) for row in _picture(slug, motif, ink).rows]


def _picture(slug: str, motif: str, ink: str) -> Draft:
    width, height = PICTURE_MODULES
    draft = Draft(width * THREADS, height * THREADS)
    (across, counterchanged, variation, border, change), turn = _choices(
        slug, 4, 2, VARIATIONS, len(_PICTURE_BORDERS), 2
    )
    sett = sett_up(
        motif,
        draft.warps,
        draft.picks,
        across + 1,
        variation=variation,
        turn=turn,
        border=_PICTURE_BORDERS[border],
    )
    sett = replace(sett, counterchanged=bool(counterchanged), change=1 + 2 * change)
    weave_cloth(draft, Register(0, draft.picks), sett, ink)
    return draft


def opener(
    number: int,
    section_index: int,
    ink: str,
    width_mm: float,
    height_mm: float,
    *,
    paper: bool = False,
    bleeds: tuple[str, ...] = (),
    shown_mm: float | None = None,
) -> str:
    """A tall hanging for the opening of a section; each section takes the next motif.

    `shown_mm` shows no more than its head.
    """
    draft = _point_paper(width_mm, height_mm)
    motif = list(MOTIFS)[(number + section_index) % len(MOTIFS)]
    whole = Register(0, draft.picks)
    sett = sett_up(motif, draft.warps, whole.height, 1, variation=number + section_index, turn=section_index)
    weave_cloth(draft, whole, sett, ink)
    return svg(draft, ink, width_mm, shown_mm or height_mm, paper=paper, bleeds=bleeds)


def band(number: int, ink: str, modules: int, *, paper: bool = False) -> str:
    """A ribbon one module (6 mm) high and `modules` long, that joins itself end to end.

    Its threads are half as fine again as those of a cloth. Counted from the right, the repeat
    that bears the issue's number is the one changed.
    """
    draft = Draft(modules * RIBBON_PICKS, RIBBON_PICKS)
    fitting = [chart for chart in RIBBONS if draft.warps % len(chart[0]) == 0]
    chart = fitting[(number - 1) % len(fitting)]
    repeats = draft.warps // len(chart[0])
    lay_repeats(draft, chart, 0, 0, repeats)
    lay_repeats(draft, _changed(chart), -number % repeats * len(chart[0]), 0)
    if is_light(ink):
        draft.exchange(INK, BARE)
        dye_light(draft, Register(0, draft.picks))
    return svg(draft, ink, modules * MODULE_MM, MODULE_MM, paper=paper, threads=RIBBON_PICKS)


def mark() -> str:
    """The magazine's mark: an eye in a star. Sixteen threads, one to a pixel at 16 px."""
    return svg(_mark(), MARK_INK, 16 * THREAD_MM, 16 * THREAD_MM, paper=True)


def mark_threads() -> list[bytes]:
    """The same mark thread by thread, as `cover_threads`."""
    return [bytes(row) for row in _mark().rows]


def _mark() -> Draft:
    draft = Draft(len(_MARK[0]), len(_MARK))
    lay_chart(draft, _MARK, 0)
    return draft


def _choices(slug: str, *ways: int) -> tuple[list[int], int]:
    """One choice for each number of ways, out of the slug's checksum, and what is left of it."""
    rest, choices = crc32(slug.encode()), []
    for count in ways:
        rest, choice = divmod(rest, count)
        choices.append(choice)
    return choices, rest


def _changed(chart: Chart) -> Chart:
    return tuple(line.replace("#", "o") for line in chart)


def _point_paper(width_mm: float, height_mm: float) -> Draft:
    """Enough to cover the sheet, with an even number of warps, so that it has an axis."""
    return Draft(2 * ceil(width_mm / THREAD_MM / 2), ceil(height_mm / THREAD_MM))
