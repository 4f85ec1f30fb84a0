"""The weaver's draft: point paper on which each thread crossing has one tone.

Figures are cut to whole threads here, as a loom cuts them: a slope becomes steps. What
comes off the draft is one merged outline for each ink, so no two shapes of the same ink
ever meet at a seam.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from .motifs import BARE, Figure, Point

THREADS = 4  # threads in a module: 1.5 mm on the page
_EDGE = 1e-6  # a crossing exactly on an outline belongs to the figure, on both sides alike

Corner = tuple[int, int]
Loop = list[Corner]


class Draft:
    """A chart of `warps` by `picks` crossings, bare until something is laid."""

    def __init__(self, warps: int, picks: int) -> None:
        self.warps, self.picks = warps, picks
        self.rows = [bytearray([BARE]) * warps for _ in range(picks)]

    def stripe(self, top: int, bottom: int, tone: int) -> None:
        """A plain stripe from selvedge to selvedge."""
        self.block(0, top, self.warps, bottom, tone)

    def block(self, left: int, top: int, right: int, bottom: int, tone: int) -> None:
        """A plain rectangle; what overhangs is cut."""
        left, right = max(left, 0), min(right, self.warps)
        if left < right:
            for row in self.rows[max(top, 0) : max(bottom, 0)]:
                row[left:right] = bytes([tone]) * (right - left)

    def thread(self, pick: int, left: int, tones: bytes) -> None:
        """Lay one pick, a tone for each warp from `left` on; what overhangs is cut."""
        first, last = max(left, 0), min(left + len(tones), self.warps)
        if 0 <= pick < self.picks:
            self.rows[pick][first:last] = tones[first - left : last - left]

    def exchange(self, one: int, other: int, top: int = 0, bottom: int | None = None) -> None:
        """Counterchange: each tone takes the other's place."""
        swapped = bytes({one: other, other: one}.get(tone, tone) for tone in range(256))
        for row in self.rows[top:bottom]:
            row[:] = row.translate(swapped)

    def lay(self, figures: list[Figure], x: float, y: float, register: tuple[int, int] | None = None) -> None:
        """Lay figures with their centre at thread (x, y), cut to the rows of a register."""
        for tone, points in figures:
            outline = [(px * THREADS + x, py * THREADS + y) for px, py in points]
            self._weave(outline, tone, register or (0, self.picks))

    def _weave(self, outline: list[Point], tone: int, register: tuple[int, int]) -> None:
        heights = [y for _, y in outline]
        top = max(floor(min(heights)), register[0], 0)
        bottom = min(ceil(max(heights)), register[1], self.picks)
        for pick in range(top, bottom):
            crossings = _crossings(outline, pick + 0.5)
            for left, right in zip(crossings[::2], crossings[1::2], strict=False):
                first, last = ceil(left - 0.5 - _EDGE), floor(right - 0.5 + _EDGE)
                self.block(first, pick, last + 1, pick + 1, tone)

    def outlines(self, *tones: int) -> Iterator[Loop]:
        """The merged outline of some tones: closed loops, outer ones clockwise, holes counter."""
        chosen = bytes(tone in tones for tone in range(256))
        onward = _edges([row.translate(chosen) for row in self.rows])
        while onward:
            yield _loop(onward)


def _crossings(outline: list[Point], y: float) -> list[float]:
    found = []
    for (x1, y1), (x2, y2) in zip(outline, outline[1:] + outline[:1], strict=True):
        if (y1 <= y) != (y2 <= y):
            found.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return sorted(found)


def _edges(rows: list[bytearray]) -> dict[Corner, list[Corner]]:
    """Each side between a chosen crossing (1) and one that is not (0), directed clockwise."""
    onward: dict[Corner, list[Corner]] = {}
    for y, row in enumerate(rows):
        for x in (x for x, here in enumerate(row) if here):
            for start, end in _open_sides(rows, x, y):
                onward.setdefault(start, []).append(end)
    return onward


def _open_sides(rows: list[bytearray], x: int, y: int) -> Iterator[tuple[Corner, Corner]]:
    if y == 0 or not rows[y - 1][x]:
        yield (x, y), (x + 1, y)
    if x + 1 == len(rows[y]) or not rows[y][x + 1]:
        yield (x + 1, y), (x + 1, y + 1)
    if y + 1 == len(rows) or not rows[y + 1][x]:
        yield (x + 1, y + 1), (x, y + 1)
    if x == 0 or not rows[y][x - 1]:
        yield (x, y + 1), (x, y)


def _loop(onward: dict[Corner, list[Corner]]) -> Loop:
    """Walk one loop out of the edges; where four meet, turn right and stay tight."""
    start = next(iter(onward))
    loop, heading, here = [start], (1, 0), start
    while True:
        there = _take(onward, here, heading)
        step = (_sign(there[0] - here[0]), _sign(there[1] - here[1]))
        if step == heading and len(loop) > 1:
            loop.pop()
        heading, here = step, there
        if here == start:
            return loop
        loop.append(here)


def _take(onward: dict[Corner, list[Corner]], here: Corner, heading: Corner) -> Corner:
    ways = onward[here]
    right = (here[0] - heading[1], here[1] + heading[0])
    there = right if right in ways else ways[0]
    ways.remove(there)
    if not ways:
        del onward[here]
    return there


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
