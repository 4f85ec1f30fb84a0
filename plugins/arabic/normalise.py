"""Texts made comparable: for sorting, and for reading without marks."""

import re

from arabic.search import RULES

_MARKS = re.compile(RULES["marks"])

# Letters that readers type for one another. Spelling is never changed by this, only compared.
FOLDED = str.maketrans(RULES["letters"])


def plain(text: str) -> str:
    """Give `text` without vowel marks and tatweel, its letters untouched."""
    return _MARKS.sub("", text)
