"""The weave: the magazine's ornament, drawn from an issue's number or a piece's slug.

Pure functions from a few words and numbers to SVG. The same call gives the same art, on the
web, on paper and on a share card.
"""

from .cloth import cloth
from .inks import INK, INKS, PAPER, TEXT_INKS, companion_hex, ink_hex
from .motifs import MOTIFS
from .works import QUIET, band, cover_art, cover_threads, mark, opener, picture

__all__ = [
    "INK",
    "INKS",
    "MOTIFS",
    "PAPER",
    "QUIET",
    "TEXT_INKS",
    "band",
    "cloth",
    "companion_hex",
    "cover_art",
    "cover_threads",
    "ink_hex",
    "mark",
    "opener",
    "picture",
]
