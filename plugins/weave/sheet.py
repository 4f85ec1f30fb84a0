"""From a finished draft to an SVG: one path for each ink, and nothing else."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from .draft import THREADS, Draft, Loop
from .inks import PAPER, companion_hex, ink_hex, is_light
from .motifs import COMPANION, INK, Point

MODULE_MM: Final = 6
THREAD_MM: Final = MODULE_MM / THREADS
_TRAP = 0.08  # threads; the first ink spreads under the second, as a printer traps it


def svg(
    draft: Draft,
    ink: str,
    width_mm: float,
    height_mm: float,
    *,
    paper: bool = False,
    threads: int = THREADS,
) -> str:
    """The draft as an SVG of this size; it is centred across and cut at the foot.

    Bare crossings are not painted: the page shows through, warm on a screen and bare in
    print. `paper` lays the paper first, for places that have no page under the picture.
    """
    width, height = width_mm * threads / MODULE_MM, height_mm * threads / MODULE_MM
    first, second = ink_hex(ink), companion_hex(ink)
    spread = f' stroke="{first}" stroke-width="{_TRAP}"'
    layers = [
        _ground(width, height) if paper else "",
        _layer(_first_outline(draft, ink, width, height), f'fill="{first}"{spread}'),
        _layer(_outline(draft, (COMPANION,), width, height), f'fill="{second}"'),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width_mm)}mm" '
        f'height="{number(height_mm)}mm" viewBox="0 0 {number(width)} {number(height)}">'
        f"{''.join(layers)}</svg>"
    )


def number(value: float) -> str:
    """At most two decimals, and no more characters than it needs."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _ground(width: float, height: float) -> str:
    return f'<path fill="{PAPER}" d="M0 0h{number(width)}v{number(height)}H0z"/>'


def _layer(outline: str, paint: str) -> str:
    return f'<path {paint} d="{outline}"/>' if outline else ""


def _first_outline(draft: Draft, ink: str, width: float, height: float) -> str:
    """A light ink may run on beneath the dark companion, where that is the simpler outline."""
    alone = _outline(draft, (INK,), width, height)
    if not is_light(ink):
        return alone
    return min(alone, _outline(draft, (INK, COMPANION), width, height), key=len)


def _outline(draft: Draft, tones: tuple[int, ...], width: float, height: float) -> str:
    left = (draft.warps - width) / 2
    loops = draft.outlines(*tones)
    return "".join(_subpath(_cut(loop, left, width, height)) for loop in loops)


def _cut(loop: Loop, left: float, width: float, height: float) -> list[Point]:
    """Cut a loop to the sheet. It has only upright and level sides, so clamping is exact."""
    return [(round(min(max(x - left, 0), width), 2), round(min(y, height), 2)) for x, y in loop]


def _subpath(corners: list[Point]) -> str:
    """Relative steps; the closing side is left to z."""
    steps = [f"M{number(corners[0][0])} {number(corners[0][1])}"]
    for (x1, y1), (x2, y2) in pairwise(corners):
        if x1 != x2:
            steps.append(f"h{number(x2 - x1)}")
        elif y1 != y2:
            steps.append(f"v{number(y2 - y1)}")
    return f"{''.join(steps)}z"
