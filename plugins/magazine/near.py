"""Suggestions for a mistyped word."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def near(word: str, words: Iterable[str], most: int = 3) -> str:
    """The words that look most like it, as one string; the first few when none does."""
    known = sorted(words)
    close = get_close_matches(word, known, n=most, cutoff=0.5) or known[:most]
    return ", ".join(close) or "—"
