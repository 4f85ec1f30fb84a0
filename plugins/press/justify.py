"""Lines flush on both sides: wider spaces first, then longer Arabic words.

An Arabic line that wants more than its spaces can give without a gap takes kashidas, at most one a word,
in the places that `arabic.kashida` ranks. Boxes are the typesetter's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from arabic.kashida import STROKE, best_place
from arabic.script import TATWEEL

EASY = 0.75  # of a space: what a space may grow by before words do
MOST_STROKES = 2  # in one place, each about a fifth of an em
WORD = re.compile(r"[\u0621-\u0652\u0670-\u06d3]+")
SPACES = " \u00a0"

# A text, its style, pixels for each space -> the typesetter's layout, and the width it will have.
Shape = Callable[[str, Any, float], tuple[Any, float]]


@dataclass(frozen=True, slots=True)
class _Place:
    """A place for strokes in a text box of the line."""

    box: int
    index: int
    rank: int
    stroke: float  # the width of one, in pixels


def justify(line: Any, extra: float, shape: Shape) -> None:
    """Stretch a line by so many pixels.

    Widths are taken with the spaces stretched: between runs the face's kerning with the space is
    lost, and a line that counts on it would overrun its measure.
    """
    boxes = list(_texts(line))
    spaces = sum(_spaces(box.text) for box in boxes)
    if not spaces:
        return
    wanted = sum(box.width for box in boxes) + extra
    texts = [box.text for box in boxes]
    easy = EASY * shape(" ", boxes[0].style, 0.0)[1]
    if extra > easy * spaces:
        texts = _lengthened(boxes, extra - easy * spaces, shape)
    spacing = (wanted - sum(_widths(texts, boxes, 0.0, shape))) / spaces
    spacing += (wanted - sum(_widths(texts, boxes, spacing, shape))) / spaces
    for box, text in zip(boxes, texts, strict=True):
        box.text = text
    _settle(line)
    _spread(line, 0.0, spacing, shape)


def _settle(line: Any) -> None:
    """The last box of a line from right to left begins where the line does.

    It stands to the left by the space that was taken off its end, which is still drawn with it as
    long as it is not shaped again.
    """
    if line.style["direction"] != "rtl":
        return
    box, moved = line, line.position_x - line.children[-1].position_x
    while moved > 0 and getattr(box, "children", ()):
        box = box.children[-1]
        box.position_x += moved


def _texts(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if hasattr(child, "text"):
            yield child
        elif type(child).__name__ == "InlineBox":
            yield from _texts(child)


def _spaces(text: str) -> int:
    return sum(text.count(space) for space in SPACES)


def _widths(texts: list[str], boxes: list[Any], spacing: float, shape: Shape) -> Iterator[float]:
    for text, box in zip(texts, boxes, strict=True):
        yield shape(text, box.style, spacing)[1]


def _lengthened(boxes: list[Any], wanted: float, shape: Shape) -> list[str]:
    """The texts with as many strokes as are wanted, in the best places, spread over the words."""
    places = sorted(_places(boxes, shape), key=lambda place: place.rank)
    strokes = dict.fromkeys(places, 0)
    for place in places * MOST_STROKES:
        if wanted < place.stroke / 2:
            break
        strokes[place] += 1
        wanted -= place.stroke
    texts = [box.text for box in boxes]
    for place in sorted(strokes, key=lambda place: -place.index):
        text = texts[place.box]
        texts[place.box] = text[: place.index] + STROKE * strokes[place] + text[place.index :]
    return texts


def _places(boxes: list[Any], shape: Shape) -> Iterator[_Place]:
    for number, box in enumerate(boxes):
        if box.style["direction"] != "rtl":
            continue
        width = shape(TATWEEL, box.style, 0.0)[1]
        for match in WORD.finditer(box.text):
            if place := best_place(match[0]):
                yield _Place(number, match.start() + place.at, place.rank, width)


def _spread(box: Any, advance: float, spacing: float, shape: Shape) -> float:
    """Give each box its stretched text and its place; how far what follows moves (from the left)."""
    if hasattr(box, "text"):
        layout, width = shape(box.text, box.style, spacing)
        layout.deactivate()
        box.justification_spacing, box.pango_layout = spacing, layout
        box.position_x += advance
        advance += width - box.width
        box.width = width
    elif hasattr(box, "children"):
        before = advance
        box.position_x += advance
        for child in box.children[:: -1 if box.style["direction"] == "rtl" else 1]:  # from left to right
            if child.is_in_normal_flow():
                advance = _spread(child, advance, spacing, shape)
        box.width += advance - before
    else:
        box.translate(advance, 0)
    return advance
