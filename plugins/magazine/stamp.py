"""`inv translated`: a translation takes note of the text that it was made from."""

from __future__ import annotations

import re
from pathlib import Path

from magazine.errors import MagazineError
from magazine.model import Library

KEY = "translation_of_hash"
LINE = re.compile(rf"^{KEY}:.*$", re.MULTILINE)


def stamp(library: Library, slug: str, lang: str) -> Path:
    """Write the twin's fingerprint into a translation's front matter, and nothing else.

    MagazineError when there is no such piece, or no one twin that it could be a translation of.
    """
    piece = library.piece(slug, lang)
    if piece is None:
        raise MagazineError(f"there is no {slug}.{lang}.md · لا توجد مادة باسم {slug}.{lang}.md")
    twins = library.twins(piece)
    if len(twins) != 1:
        raise MagazineError(f"{slug}.{lang}.md has no twin · ليس للمادة {slug}.{lang}.md توأم")
    text = piece.path.read_bytes().decode()
    head, fence, rest = text.partition("\n---")
    line = f"{KEY}: {twins[0].fingerprint}"
    head = LINE.sub(line, head) if LINE.search(head) else f"{head}\n{line}"
    piece.path.write_bytes(f"{head}{fence}{rest}".encode())
    return piece.path
