"""From a finished draft to an SVG: one path for each ink, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .draft import THREADS, Draft, Loop
from .inks import PAPER, companion_hex, ink_hex, is_light
from .motifs import COMPANION, INK, Point

MODULE_MM: Final = 6
THREAD_MM: Final = MODULE_MM / THREADS
BLEED_MM: Final = 3  # past the edge where the sheet is cut, so that the knife may miss it
PAST_MM: Final = (
    4.5  # how far a cloth runs, whole threads: a page that creeps to the fold still fills its bleed
)
EDGES: Final = ("top", "right", "bottom", "left")
_OVER = ' overflow="visible"'
_TRAP = 0.08  # threads; the first ink spreads under the second, as a printer traps it


def svg(
    draft: Draft,
    ink: str,
    width_mm: float,
    height_mm: float,
    *,
    paper: bool = False,
    threads: int = THREADS,
    bleeds: tuple[str, ...] = (),
) -> str:
    """The draft as an SVG of this size; it is centred across and cut at the foot.

    `bleeds` names the EDGES over which the cloth runs on, PAST_MM past the size.
    Bare crossings are not painted: the page shows through, warm on a screen and bare in
    print. `paper` lays the paper first, for places that have no page under the picture.
    """
    width, height = width_mm * threads / MODULE_MM, height_mm * threads / MODULE_MM
    sheet = _Sheet((draft.warps - width) / 2, width, height, _past(bleeds, threads))
    first, second = ink_hex(ink), companion_hex(ink)
    spread = f' stroke="{first}" stroke-width="{_TRAP}"'
    layers = [
        _ground(width, height) if paper else "",
        _layer(_first_outline(draft, ink, sheet), f'fill="{first}"{spread}'),
        _layer(_outline(draft, (COMPANION,), sheet), f'fill="{second}"'),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width_mm)}mm" '
        f'height="{number(height_mm)}mm" viewBox="0 0 {number(width)} {number(height)}"'
        f"{_OVER if bleeds else ''}>{''.join(layers)}</svg>"
    )


def number(value: float) -> str:
    """At most two decimals, and no more characters than it needs."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _ground(width: float, height: float) -> str:
    return f'<path fill="{PAPER}" d="M0 0h{number(width)}v{number(height)}H0z"/>'


def _layer(outline: str, paint: str) -> str:
    return f'<path {paint} d="{outline}"/>' if outline else ""


def _first_outline(draft: Draft, ink: str, sheet: _Sheet) -> str:
    """A light ink may run on beneath the dark companion, where that is the simpler outline."""
    alone = _outline(draft, (INK,), sheet)
    if not is_light(ink):
        return alone
    return min(alone, _outline(draft, (INK, COMPANION), sheet), key=len)


def _outline(draft: Draft, tones: tuple[int, ...], sheet: _Sheet) -> str:
    cut = (sheet.cut(loop) for loop in draft.outlines(*tones))
    return "".join(_subpath(loop) for loop in cut if _covers(loop))


def _covers(loop: list[Point]) -> bool:
    """False when the cut left no more than a line of it."""
    return all(len(set(places)) > 1 for places in zip(*loop, strict=True))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where the draft is cut, in threads."""

    left: float
    width: float
    height: float
    past: dict[str, float]  # edge: how far the cloth runs over it

    def cut(self, loop: Loop) -> list[Point]:
        """Cut a loop to the sheet. It has only upright and level sides, so clamping is exact."""
        return [(self._across(x - self.left), self._down(y)) for x, y in loop]

    def _across(self, x: float) -> float:
        return _clamped(x, self.width, self.past["left"], self.past["right"])

    def _down(self, y: float) -> float:
        return _clamped(y, self.height, self.past["top"], self.past["bottom"])


def _clamped(at: float, end: float, before: float, after: float) -> float:
    """A side on the edge, or past it, goes with the cloth to where that ends."""
    if at <= 0:
        return round(-before, 2)
    return round(end + after if at >= end else at, 2)


def _past(bleeds: tuple[str, ...], threads: int) -> dict[str, float]:
    return {edge: PAST_MM * threads / MODULE_MM if edge in bleeds else 0 for edge in EDGES}


def _subpath(corners: list[Point]) -> str:
    """Relative steps; the closing side is left to z."""
    steps = [f"M{number(corners[0][0])} {number(corners[0][1])}"]
    for (x1, y1), (x2, y2) in pairwise(corners):
        if x1 != x2:
            steps.append(f"h{number(x2 - x1)}")
        elif y1 != y2:
            steps.append(f"v{number(y2 - y1)}")
    return f"{''.join(steps)}z"
