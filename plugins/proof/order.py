"""The visual order of a line, as python-bidi gives it.

python-bidi gives a string back, not places. So each stretch of a kind carries two signs that the algorithm
looks through (class BN, UAX #9 5.2), each used once: where they stand afterwards is the place of the
stretch, and which of them comes first is its direction. That they change nothing is checked each time. Its
Rust half knows isolates and does not mirror brackets, which is as well: here places count, and which way a
bracket opens is a question to the shaper, which is told the direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from bidi import get_display

from proof.script import SILENT, direction

# Boundary neutrals that no text has: the tags of plane 14, and controls.
SIGNS = "".join(map(chr, chain(range(0xE0020, 0xE0080), range(0x0E, 0x1C), range(0x86, 0xA0), range(1, 9))))
_SIGN = re.compile(f"[{SIGNS}]")


class Stretch(NamedTuple):
    """Characters of a line that stand side by side in one direction."""

    start: int
    end: int
    rtl: bool


class UnorderedError(ValueError):
    """The line has more stretches than there are signs, or the signs changed its order."""


@lru_cache(maxsize=20_000)
def visual(text: str, rtl: bool) -> tuple[Stretch, ...]:
    """The stretches of a line from left to right. UnorderedError when python-bidi cannot be asked."""
    kinds = list(_kinds(text))
    # Long lines are asked more than once, with the signs on other stretches each time.
    share = len(SIGNS) // 2
    places: dict[int, tuple[int, bool]] = {}
    for first in range(0, len(kinds), share):
        places |= _asked(text, rtl, kinds, range(first, min(first + share, len(kinds))))
    order = sorted(places, key=lambda number: places[number][0])
    found = [Stretch(*kinds[number], places[number][1]) for number in order]
    return tuple(_joined(found))


def _kinds(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of one class, signs that draw nothing left out; a neutral stands by itself."""
    start, kind = 0, ""
    for place, char in enumerate(text):
        now = "" if SILENT.match(char) else direction(char)
        now = kind if now == "NSM" else now
        if now == kind and now in ("AL", "R", "L", "EN", "AN"):
            continue
        if kind:
            yield start, place
        start, kind = place, now
    if kind:
        yield start, len(text)


def _asked(text: str, rtl: bool, kinds: list[tuple[int, int]], which: range) -> dict[int, tuple[int, bool]]:
    base = "R" if rtl else "L"
    # Signs at the very end would take the paragraph's direction (rule L1): a letter of that direction, which
    # is what the end of the paragraph counts as, keeps them from it.
    end_of_line = "\u05d0" if rtl else "a"
    text += end_of_line
    signed, done = [], 0
    for at, number in enumerate(which):
        end = kinds[number][1]
        signed += [text[done:end], SIGNS[2 * at : 2 * at + 2]]
        done = end
    shown = get_display("".join(signed) + text[done:], base_dir=base)
    if _SIGN.sub("", shown) != get_display(text, base_dir=base):
        raise UnorderedError(text)
    places, plain = {}, 0
    for char in shown:
        if _SIGN.match(char):
            places[char] = plain
        else:
            plain += 1
    order = {char: place for place, char in enumerate(char for char in shown if _SIGN.match(char))}
    return {
        number: (_place(places, order, at), order[SIGNS[2 * at]] > order[SIGNS[2 * at + 1]])
        for at, number in enumerate(which)
    }


def _place(places: dict[str, int], order: dict[str, int], at: int) -> int:
    # Left to right a sign stands after its stretch, right to left before it.
    first, second = SIGNS[2 * at], SIGNS[2 * at + 1]
    return 2 * places[first] + (1 if order[first] > order[second] else -1)


def _joined(stretches: list[Stretch]) -> Iterator[Stretch]:
    """Neighbours of one direction that follow each other in the text are one run of a level."""
    if not stretches:
        return
    run = stretches[0]
    for _, right in pairwise(stretches):
        if run.rtl == right.rtl and (right.end == run.start if right.rtl else run.end == right.start):
            run = Stretch(min(run.start, right.start), max(run.end, right.end), run.rtl)
        else:
            yield run
            run = right
    yield run
