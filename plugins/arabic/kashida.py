"""Where a word may be lengthened: the places that calligraphers allow, best first.

After the order that Arabic justification has followed in print since the first typesetting
systems (W3C alreq, 5.1.1; Microsoft's and Adobe's kashida classes agree with it): after the teeth
of seen and sad; before a closing teh marbuta, heh or dal; before a closing alef, tah, lam or kaf;
in the curve before reh and yeh; before a closing waw, ain, feh or qaf; before any other last
letter. Never in a lam-alef, never in a word of two or three letters, never in God's name.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from arabic.script import TATWEEL, ZWJ, is_arabic_letter, joining_type

# The joiner behind a stroke tells it from a tatweel of the source. Once it is drawn it is told
# apart by characters that no text has, as long in UTF-8: the text layer leaves them out.
STROKE = TATWEEL + ZWJ
UNSAID = "\u07ff" + ZWJ
LEAST_LETTERS = 4
NEVER = ("لله", "للهم")  # what God's name ends in, whatever stands before it


class Place(NamedTuple):
    """A place in a word: `at`, the index before which the stroke goes, and its rank, 1 the best."""

    rank: int
    at: int


_AFTER = frozenset("سشصض")
_BEFORE_LAST = {
    **dict.fromkeys("ةهدذ", 2),
    **dict.fromkeys("اأإآطظلكگ", 3),
    **dict.fromkeys("وؤعغقف", 5),
}
_CURVES = frozenset("رزيىئ")
_TEETH = frozenset("بتثنيئپ")
_LAM, _ALEFS = "ل", frozenset("اأإآٱ")


def best_place(word: str) -> Place | None:
    """Where to lengthen a word of letters and marks, None where it should be left alone."""
    letters = [(at, ch) for at, ch in enumerate(word) if is_arabic_letter(ch)]
    bare = "".join(ch for _, ch in letters)
    if len(letters) < LEAST_LETTERS or TATWEEL in word or bare.endswith(NEVER):
        return None
    pairs = pairwise(letters)
    places = [
        Place(rank, after)
        for number, ((_, left), (after, right)) in enumerate(pairs)
        if _joins(left, right) and (rank := _rank(bare, number))
    ]
    # Of places alike the one nearest the word's end: the eye rests there.
    return min(places, key=lambda place: (place.rank, -place.at), default=None)


def _joins(left: str, right: str) -> bool:
    if left == _LAM and right in _ALEFS:
        return False
    return joining_type(left) == "D" and joining_type(right) in ("D", "R")


def _rank(bare: str, number: int) -> int:
    """The rank of the place after the letter of that number; 0 for one that is left alone."""
    left, right = bare[number], bare[number + 1]
    last = number + 2 == len(bare)
    if left in _AFTER:
        return 1
    if last and right in _BEFORE_LAST:
        return _BEFORE_LAST[right]
    if right in _CURVES and left in _TEETH:
        return 4
    return 6 if last else 0
