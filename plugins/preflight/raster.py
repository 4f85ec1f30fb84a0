"""A page as a picture: what is seen, whatever it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2

from preflight.geometry import MM, Box, outward

SCALE = 2.0  # pixels to the point
LARGEST = 4000 * 4000  # square points: more than a press prints, and than memory likes
PAPER = 245  # of 255: as light as bare paper


@dataclass(frozen=True, slots=True)
class Bare:
    """A stretch along the trim with art inside it, and bare paper at the end of the bleed."""

    box: Box  # in points
    length: float  # in millimetres


def bare_strips(pdf: Path, number: int, shown: Box, trim: Box, bleed: Box, least: float) -> list[Bare]:
    """Each side's longest stretch in which art ends at the trim or soon after it, from `least` millimetres.

    `shown` is the page's visible box. A cloth or a photograph has short gaps of its own: art is what fills
    a millimetre inside the trim, bare is a whole millimetre of the bleed's end.
    """
    if min(outward(bleed, shown)) < 0 or (bleed[2] - bleed[0]) * (bleed[3] - bleed[1]) > LARGEST:
        return []
    inked = _inked(pdf, number, shown, bleed)
    found = []
    for turn, side in enumerate(("top", "right", "bottom", "left")):
        strip, margins = np.rot90(inked, turn), _margins(trim, bleed, turn)
        start, end = _longest(_stops(strip, margins), margins[1], margins[3])
        if (end - start) / SCALE / MM >= least:
            found.append(Bare(_box(side, trim, bleed, (start, end)), (end - start) / SCALE / MM))
    return found


def _inked(pdf: Path, number: int, shown: Box, bleed: Box) -> Any:
    """Where ink is. ValueError for what cannot be drawn."""
    around = outward(bleed, shown)
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            drawn = document[number - 1].render(scale=SCALE, crop=around, grayscale=True, draw_annots=False)
            return np.asarray(drawn.to_numpy()).reshape(drawn.height, drawn.width) < PAPER
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error


def _margins(trim: Box, bleed: Box, turn: int) -> tuple[int, int, int, int]:
    """The bleed's width in pixels: of the side, of the one at its start, across, of the one at its end."""
    left, bottom, right, top = (round(width * SCALE) for width in outward(trim, bleed))
    around = (top, right, bottom, left)
    side, end, across, start = (around[(turn + step) % 4] for step in range(4))
    return side, start, across, end


def _stops(strip: Any, margins: tuple[int, int, int, int]) -> Any:
    """Where art inside the trim's first side has none at the bleed's end."""
    width = margins[0]
    deep = round(MM * SCALE)
    art = strip[width : width + deep].all(axis=0)
    return art & ~strip[: min(deep, width - 1)].any(axis=0)


def _longest(stops: Any, start: int, end: int) -> tuple[int, int]:
    """The longest run between the corners."""
    inside = np.flatnonzero(
        np.diff(np.concatenate(([0], stops[start : len(stops) - end].view(np.int8), [0])))
    )
    runs = [(int(a) + start, int(b) + start) for a, b in zip(inside[::2], inside[1::2], strict=True)]
    return max(runs, key=lambda run: run[1] - run[0], default=(0, 0))


def _box(side: str, trim: Box, bleed: Box, run: tuple[int, int]) -> Box:
    """The stretch of the bleed, in points; a run goes clockwise along its side."""
    x0, y0, x1, y1 = bleed
    start, end = (at / SCALE for at in run)
    match side:
        case "top":
            return x0 + start, trim[3], x0 + end, y1
        case "right":
            return trim[2], y1 - end, x1, y1 - start
        case "bottom":
            return x1 - end, y0, x1 - start, trim[1]
    return x0, y0 + start, trim[0], y0 + end
