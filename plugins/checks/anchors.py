"""Anchors: the ids that editors give, and the places that links lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.text import Text
from magazine.findings import Finding
from magazine.frontmatter import SLUG
from magazine.markup import render
from magazine.model import Piece

KEPT = re.compile("(?:law|term)-.*|content")  # ids that pages use themselves


def check(text: Text) -> Iterator[Finding]:
    """Each id is in its form, stands once, and is not one of the page's own."""
    seen: set[str] = set()
    for block in text.blocks:
        id_ = block.option("id")
        if id_ and (not SLUG.fullmatch(id_) or KEPT.fullmatch(id_)):
            yield text.finding("B023", block.line_of("id"), id=id_)
        elif id_ in seen:
            yield text.finding("B024", block.line_of("id"), id=id_)
        seen |= {id_} - {""}


class NoLinks:
    """A medium without addresses: what is asked for are a piece's anchors."""

    def piece(self, slug: str, source: Piece) -> None:
        """No address."""

    def term(self, term: str, source: Piece) -> None:
        """No address."""

    def picture(self, file: str, source: Piece) -> str:  # noqa: ARG002
        """As it is."""
        return file


def anchors(text: Text, slug: str) -> tuple[str, ...]:
    """What a link from this text may lead to in a piece: in its language, or in the one there is."""
    codes = [text.piece.lang, *(language.code for language in text.library.imprint.languages)]
    piece = next((p for code in codes if (p := text.library.piece(slug, code))), None)
    return render(piece, text.library, NoLinks()).anchors if piece else ()
