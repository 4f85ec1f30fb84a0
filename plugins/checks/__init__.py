"""What can be wrong inside a text: one module a family, each a generator of findings.

The model's own findings (names, front matter, manifests) come from `magazine.library`; these read
the bodies. A new family is a module with `check(text) -> Iterator[Finding]` and a line in FAMILIES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checks import anchors, blocks, data, footnotes, headings, html, invisible, links, photographs, pictures
from checks.text import Text
from magazine.findings import Finding
from magazine.model import Library

FAMILIES: tuple[Callable[[Text], Iterator[Finding]], ...] = (
    anchors.check,
    blocks.check,
    data.check,
    footnotes.check,
    headings.check,
    html.check,
    invisible.check,
    links.check,
    pictures.check,
)


def check(library: Library) -> list[Finding]:
    """Every finding of every family in every piece."""
    texts = [Text(piece, library) for piece in library.pieces.values()]
    of_texts = [found for text in texts for family in FAMILIES for found in family(text)]
    return [*of_texts, *photographs.check(library)]
