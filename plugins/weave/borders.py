"""Borders: charts of one repeat, a line for each pick: "#" ink, "." bare, "o" companion."""

from __future__ import annotations

from typing import Final

from .draft import Draft
from .motifs import BARE, COMPANION, INK

Chart = tuple[str, ...]

# For the head of a cloth; turned over for its foot.
BORDERS: Final[tuple[Chart, ...]] = (
    ("....", "#.#.", "#.#.", "#.#.", "####"),  # comb
    ("........", "#......#", "##....##", "###..###", "########"),  # steps
    ("#.", ".#", "#."),  # chequer
    (".####.", "#....#", "..##..", "..##..", "#....#", ".####."),  # eyes
    ("#.....#.....", ".#...#.#...#", "..#.#...#.#.", "...#.....#.."),  # zigzag
    ("....", ".##."),  # beads
    ("####..####", "##......##", "#...##...#", "##......##", "####..####"),  # grains
    ("........", "##.##.##", "#......#", "##.##.##", "........"),  # braid
)

# For a strip that stands alone on the page: six picks high, a repeat of one module or two.
RIBBONS: Final[tuple[Chart, ...]] = (
    ("..##..", ".####.", "##..##", "##..##", ".####.", "..##.."),  # lozenges
    ("#.#.#.", "#.#.#.", "######", "######", ".#.#.#", ".#.#.#"),  # combs
    (
        "...######...",
        ".##......##.",
        "##...##...##",
        "##...##...##",
        ".##......##.",
        "...######...",
    ),  # eyes
    (
        ".....##.....",
        "....####....",
        "...######...",
        "..########..",
        ".##########.",
        "############",
    ),  # gables
    ("#....#", "##..##", ".####.", "..##..", "......", "######"),  # zigzag
    ("######", "......", "..##..", ".####.", "######", "######"),  # steps
)
RIBBON_PICKS: Final = 6

GUARD = 1  # picks of plain ink between borders

_TONES = {"#": INK, ".": BARE, "o": COMPANION}


def lay_chart(draft: Draft, chart: Chart, top: int) -> None:
    """Lay a chart right across, a repeat centred on the axis of the cloth."""
    width = len(chart[0])
    first = (draft.warps - width) // 2 % width - width
    lay_repeats(draft, chart, first, top, (draft.warps - first) // width + 1)


def lay_repeats(draft: Draft, chart: Chart, left: int, top: int, count: int = 1) -> None:
    """Lay so many repeats side by side, from the thread `left` on."""
    for pick, line in enumerate(chart, top):
        tones = bytes(_TONES[sign] for sign in line) * count
        draft.thread(pick, left, tones)


def chosen_borders(height: int, turn: int) -> list[Chart]:
    """The borders that fit a height together; `turn` says where to begin and how to step on."""
    # Odd steps, for eight borders: each is met once before any comes again.
    begin, step = turn % len(BORDERS), 2 * (turn // len(BORDERS)) + 1
    chosen, left = [], height - GUARD
    for place in range(len(BORDERS)):
        chart = BORDERS[(begin + place * step) % len(BORDERS)]
        if len(chart) + GUARD <= left:
            chosen.append(chart)
            left -= len(chart) + GUARD
    return chosen


def lay_head(draft: Draft, bottom: int, charts: list[Chart]) -> None:
    """Borders upwards from the field."""
    for chart in charts:
        bottom -= len(chart) + GUARD
        lay_chart(draft, chart, bottom)


def lay_foot(draft: Draft, top: int, charts: list[Chart]) -> None:
    """The same borders downwards, turned over."""
    for chart in charts:
        lay_chart(draft, chart[::-1], top + GUARD)
        top += len(chart) + GUARD
