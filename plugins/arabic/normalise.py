"""Texts made comparable: for the search index, and for reading without marks."""

import re
import unicodedata

# Signs, harakat and Koranic marks, and the kashida: they change no word's identity.
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")

# Letters that readers type for one another. Spelling is never changed by this, only compared.
FOLDED = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ى": "ي", "ی": "ي", "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """Give `text` without vowel marks and tatweel, its letters untouched."""
    return _MARKS.sub("", text)


def fold(text: str) -> str:
    """Give the form under which a search finds `text`: «بنغازى» and «بنغازي» become one.

    Compatibility composition (UAX #15, NFKC), no marks, no tatweel, letters folded; clitics and
    the article stay, and so does the case of Latin letters. `fold(fold(x)) == fold(x)`.
    """
    stripped = plain(unicodedata.normalize("NFKC", text))
    return unicodedata.normalize("NFKC", stripped).translate(FOLDED)
