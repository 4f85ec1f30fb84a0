"""What one character is: its script, its strong direction, and how it joins its neighbours."""

import unicodedata
from functools import cache
from typing import Literal

Direction = Literal["rtl", "ltr"]
JoiningType = Literal["D", "R", "U", "T", "C"]

ZWNJ = "\u200c"
ZWJ = "\u200d"
TATWEEL = "\u0640"

# The presentation forms of Unicode, in which every letter has the forms its joining allows.
_FORMS = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))

_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}

# What neither a decomposition nor a category can tell (Unicode ArabicShaping).
_GIVEN: dict[str, JoiningType] = {
    ZWJ: "C",
    TATWEEL: "C",
    ZWNJ: "U",
    **dict.fromkeys("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2", "U"),
    **dict.fromkeys("\u2066\u2067\u2068\u2069", "U"),
}

# Letters that have no presentation forms of their own, or too few, and whose names do not lead
# to the letter they are shaped like: 'the letter whose joining they have: these letters'.
_SHAPED_LIKE = {
    letter: model
    for model, letters in {
        "\u0627": "\u0672\u0673\u0675\u06c3\u06cd\u06d5\u08ac\u08b1",
        "\u0648": "\u0676\u0677",
        "\u064a": "\u0620\u063d\u063e\u063f\u0678\u066e\u077a\u077b\u08bd\u08c8",
        "\u0641": "\u066f\u06a1\u08bb\u08bc\u08c4",
        "\u0643": "\u06aa",
        "\u0646": "\u06ba",
    }.items()
    for letter in letters
}


def is_arabic_letter(ch: str) -> bool:
    """Say whether `ch` is a letter of the Arabic script (tatweel is not a letter)."""
    if ch == TATWEEL or unicodedata.category(ch) != "Lo":
        return False
    return unicodedata.name(ch, "").startswith("ARABIC ")


def strong_direction(ch: str) -> Direction | None:
    """Give the direction a strong character imposes, `None` for digits and neutrals (UAX #9).

    Invisible marks such as U+200F impose nothing here: they are instructions, not text.
    """
    if unicodedata.category(ch) == "Cf":
        return None
    return _STRONG.get(unicodedata.bidirectional(ch))


@cache
def joining_type(ch: str) -> JoiningType:
    """Give the joining type of `ch` as in Unicode ArabicShaping: D, R, U, T or C.

    Python carries no joining data, so it is read from the presentation forms: a letter with an
    initial form joins on both sides, one with a final form only to the letter before it.
    """
    if ch in _GIVEN:
        return _GIVEN[ch]
    if unicodedata.category(ch) in {"Mn", "Me", "Cf"}:
        return "T"
    return _joining_of_letter(ch) if is_arabic_letter(ch) else "U"


def _joining_of_letter(ch: str) -> JoiningType:
    forms = _forms().get(_SHAPED_LIKE.get(ch, ch)) or _forms().get(_skeleton(ch), frozenset())
    if "<initial>" in forms:
        return "D"
    return "R" if "<final>" in forms else "U"


@cache
def _forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code in _FORMS:
        kind, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if len(letters) == 1:
            found.setdefault(chr(int(letters[0], 16)), set()).add(kind)
    return {letter: frozenset(kinds) for letter, kinds in found.items()}


def _skeleton(ch: str) -> str:
    """Find the letter that lends `ch` its skeleton: ڨ is a QAF WITH …, so it joins as ق."""
    try:
        return unicodedata.lookup(unicodedata.name(ch).partition(" WITH ")[0])
    except KeyError:
        return ch
