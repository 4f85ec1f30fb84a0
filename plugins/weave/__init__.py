"""The weave: the magazine's ornament, drawn from an issue's number or a piece's slug.

Pure functions from a few words and numbers to SVG. The same call gives the same art, on the
web, on paper and on a share card.
"""

from .cloth import cloth
from .inks import INK, INKS, PAPER, PLATES, TEXT_INKS, companion_hex, ink_hex
from .motifs import MOTIFS
from .sheet import BLEED_MM
from .works import (
    MARK_INK,
    QUIET,
    band,
    cover_art,
    cover_threads,
    mark,
    mark_threads,
    opener,
    picture,
    picture_threads,
)

__all__ = [
    "BLEED_MM",
    "INK",
    "INKS",
    "MARK_INK",
    "MOTIFS",
    "PAPER",
    "PLATES",
    "QUIET",
    "TEXT_INKS",
    "band",
    "cloth",
    "companion_hex",
    "cover_art",
    "cover_threads",
    "ink_hex",
    "mark",
    "mark_threads",
    "opener",
    "picture",
    "picture_threads",
]
