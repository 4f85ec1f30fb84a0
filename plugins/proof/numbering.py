"""The pages that a file names, held against those on which the titles stand.

A piece opens where its title stands largest; what the cover says only announces it. A number in the words
of a text names its piece; one that stands by itself, in a list of contents, that of the title beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from proof.matching import Showing
from proof.pages import Line
from proof.source import ANY, FIRST, Passage
from proof.verdict import Box, Failure, Unjudged

COVER = 1
BESIDE = 0.5  # of an em: between the baselines of a number and of the title beside it


class _Named(NamedTuple):
    """A number of a page, where it stands; `title` is what begins there, "" when it is beside it."""

    page: int
    box: Box
    baseline: float
    size: float
    number: str
    title: str


class _Title(NamedTuple):
    """The beginning of a title or heading."""

    page: int
    baseline: float
    size: float
    text: str


@dataclass(slots=True)
class Numbers:
    """Takes note of numbers and titles as they are shown; `titles` are those of the edition's pieces."""

    titles: Sequence[str]
    named: list[_Named] = field(default_factory=list)
    stood: list[_Title] = field(default_factory=list)

    def shown(self, line: Line, passage: Passage, showing: Showing) -> None:
        """A line shows this of a passage."""
        size = max(glyph.size for glyph in line.glyphs)
        for sign, number in showing.pages:
            title = "" if sign == ANY else self.titles[ord(sign) - FIRST]
            self.named.append(_Named(line.page, line.box.in_mm(), line.baseline, size, number, title))
        if passage.most is None and passage.text != ANY:
            self.stood.append(_Title(line.page, line.baseline, size, passage.text))

    def judged(self) -> Iterator[Failure | Unjudged]:
        """Numbers that are wrong, and those that nothing is known of."""
        opens = self._opens()
        for one in self.named:
            titles = [one.title] if one.title else self._beside(one)
            pages = {opens[title] for title in titles if title in opens}
            if not titles:
                yield Failure("number", one.page, one.box, "", one.number)
            elif not pages:
                yield Unjudged("reference", one.page, one.box, f"{titles[0]}: {one.number}")
            elif int(one.number) not in pages:
                expected = f"{titles[0]}: {' / '.join(map(str, sorted(pages)))}"
                yield Failure("number", one.page, one.box, expected, one.number)

    def _beside(self, number: _Named) -> list[str]:
        """The titles that begin on the number's baseline."""
        return [
            title.text
            for title in self.stood
            if title.page == number.page and abs(title.baseline - number.baseline) < BESIDE * number.size
        ]

    def _opens(self) -> dict[str, int]:
        """Title -> the page where it stands largest, the first of them."""
        largest: dict[str, _Title] = {}
        for title in self.stood:
            if title.page != COVER and (
                title.text not in largest or title.size > largest[title.text].size + 0.1
            ):
                largest[title.text] = title
        return {text: title.page for text, title in largest.items()}
