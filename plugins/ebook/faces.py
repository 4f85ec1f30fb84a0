"""The faces of an e-book: the site's, cut to the characters that the book has.

TrueType, not WOFF2: every system that reads EPUB reads it, and the container compresses it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from lxml.html import HtmlElement

from magazine.faces import Cut, cut
from magazine.model import Direction, Edition, Imprint

SCRIPTS = ("ARABIC", "LATIN")  # as the Unicode names of their characters begin
MARKERS = frozenset("0123456789.•")  # what a reading system sets before the items of lists
# What the colophon calls the families; the style sheet has plain names, as the cut faces do.
FAMILIES: Mapping[str, str] = {"Naskh": "Noto Naskh Arabic", "Kufi": "Reem Kufi", "Serif": "Source Serif 4"}


@dataclass(frozen=True, slots=True)
class Face:
    """A face as the style sheet names it, the script it sets, and in which elements (or all)."""

    name: str
    family: str
    weight: int
    source: str
    script: str
    style: str = "normal"
    inside: str = "body"


# One weight a file: systems that know only old CSS know no ranges.
NASKH = (
    Face("naskh", "Naskh", 400, "noto-naskh/NotoNaskhArabic-Regular.ttf", "ARABIC"),
    Face("naskh-bold", "Naskh", 700, "noto-naskh/NotoNaskhArabic-Bold.ttf", "ARABIC"),
)
KUFI = (Face("kufi", "Kufi", 600, "reem-kufi/ReemKufi-SemiBold.ttf", "ARABIC"),)
SERIF = (
    Face("serif", "Serif", 400, "source-serif/SourceSerif4-Regular.ttf", "LATIN"),
    Face("serif-bold", "Serif", 600, "source-serif/SourceSerif4-SemiBold.ttf", "LATIN"),
)
ITALIC = (
    Face("serif-italic", "Serif", 400, "source-serif/SourceSerif4-Italic.ttf", "LATIN", "italic", ".//em"),
)
FACES: Mapping[Direction, tuple[Face, ...]] = {"rtl": NASKH + KUFI + SERIF, "ltr": SERIF + ITALIC + NASKH}


def chosen(edition: Edition, texts: Iterable[HtmlElement]) -> Iterator[tuple[Face, frozenset[str]]]:
    """The faces that have letters to set in these texts, and all that each has to set."""
    texts = list(texts)
    for face in FACES[edition.language.direction]:
        parts = (part for text in texts for part in text.iterfind(face.inside))
        found = MARKERS.union(*(words for part in parts for words in part.itertext()))
        own = frozenset(character for character in found if script(character) in (face.script, ""))
        if any(script(character) for character in own):
            yield face, own


@cache
def script(character: str) -> str:
    """The script whose character this is; empty for those that all scripts share."""
    name = unicodedata.name(character, "")
    return next((script for script in SCRIPTS if name.startswith(script)), "")


def embedded(
    edition: Edition, imprint: Imprint, texts: Iterable[HtmlElement]
) -> Iterator[tuple[Face, bytes]]:
    """Each face's font file. Its own name is like no other book's: systems keep fonts by their names."""
    for face, characters in chosen(edition, texts):
        name = f"{imprint.magazine}-{edition.name}-{face.name}"
        yield face, cut(imprint, Cut(name, face.source, frozenset(map(ord, characters)), "ttf"))
