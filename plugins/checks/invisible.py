"""Invisible marks that turn a text around: what is read would not be what is written.

U+202A–U+202E override or embed a direction for all that follows (UAX #9, 2.2; the isolates and the
simple marks are harmless and stay allowed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.text import Text
from magazine.findings import Finding

OVERRIDE = re.compile("[\u202a-\u202e]")


def check(text: Text) -> Iterator[Finding]:
    """Overrides and embeddings, in the body and in the front matter's texts."""
    for number, match in text.matches(OVERRIDE):
        yield text.finding("B019", number, mark=f"{ord(match[0]):04X}")
    for key in ("title", "summary"):
        for match in OVERRIDE.finditer(getattr(text.piece, key)):
            yield text.finding("B019", text.piece.lines[key], mark=f"{ord(match[0]):04X}")
