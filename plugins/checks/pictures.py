"""Pictures: the file is there, and a description says what is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from checks.text import Text
from magazine.findings import Finding

IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>[^)\s]+)")


def check(text: Text) -> Iterator[Finding]:
    """Pictures of the body and of the front matter."""
    for number, match in text.matches(IMAGE):
        yield from _exists(text, number, match["file"])
        if not match["alt"].strip():
            yield text.finding("B006", number, file=match["file"])
    if text.piece.picture:
        yield from _exists(text, text.piece.lines["picture"], text.piece.picture.file)


def _exists(text: Text, number: int, file: str) -> Iterator[Finding]:
    """The picture stands beside the piece, not above its folder."""
    path = text.piece.path.parent / file
    if ".." in PurePosixPath(file).parts or not path.is_file():
        yield text.finding("B005", number, file=file)
