"""What the proof knows of scripts, from Unicode's own data and from nothing of the typesetter's."""

from __future__ import annotations

import re
from unicodedata import bidirectional, category

TATWEEL = "\u0640"
ZWJ, ZWNJ = "\u200d", "\u200c"
RLM = "\u200f"
LRI, RLI, PDI = "\u2066", "\u2067", "\u2069"
# Characters that say how others are set, and draw nothing themselves.
SILENT = re.compile("[\u061c\u200b-\u200f\u2060\u2066-\u2069\ufeff\u00ad]")
MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u066f\u0671-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def has_arabic(text: str) -> bool:
    """True when Arabic letters stand in it."""
    return _ARABIC.search(text) is not None


def has_latin(text: str) -> bool:
    """True when Latin letters stand in it."""
    return _LATIN.search(text) is not None


def is_mark(char: str) -> bool:
    """True for a sign that stands on a letter."""
    return category(char) == "Mn"


def direction(char: str) -> str:
    """The bidirectional class of a character."""
    return bidirectional(char) or "L"
