"""The proof of pages: every word of every line held against the source, in three ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from proof.astray import Astray
from proof.forms import formed
from proof.matching import CLOSE, Fit, Piece, Setter, Showing
from proof.numbering import BESIDE, Numbers
from proof.pages import LEAPED, NOTHING, Glyph, Line, Page, box_of
from proof.places import Places, Word
from proof.script import SILENT, has_arabic
from proof.source import Passage
from proof.verdict import Failure, Kind, Tally

BULLETS = "•–"


@dataclass(slots=True)
class Desk:
    """Goes through the pages in their order; keeps what failed."""

    places: Places
    numbers: Numbers
    failures: list[Failure] = field(default_factory=list)
    astray: Astray = field(init=False)

    def __post_init__(self) -> None:
        """For lines that stand in no passage."""
        self.astray = Astray(self.places)

    @property
    def setter(self) -> Setter:
        """Holds words against glyphs."""
        return self.places.setter

    @property
    def said(self) -> Sequence[Passage]:
        """What the source says."""
        return self.places.said

    def page(self, page: Page) -> Tally:
        """Prove a page's lines."""
        foot = min((line.baseline for line in page.lines if line.turned == (1.0, 0.0)), default=0.0)
        tally = Tally(page.number)
        for line in page.lines:
            folio = abs(line.baseline - foot) < 1 and self._is_folio(line)
            tally += Tally(0, 1, 1, ordered=1, furniture=1) if folio else self._line(line, page.lines)
        return tally

    def _is_folio(self, line: Line) -> bool:
        """True for the page's own number."""
        words = self.setter.split(line.glyphs)
        if len(words) != 1:
            return False
        digits = (number for number in self.setter.numbers(words[0]) if int(number) == line.page)
        fits = (self.setter.fit(words[0], (("", number, "", False),)) for number in digits)
        return any(fit and fit.off <= CLOSE for fit in fits)

    def _line(self, line: Line, around: Sequence[Line]) -> Tally:
        words = self.setter.split(line.glyphs)
        tally = Tally(line.page)
        bullets = [word for word in words if self._is_bullet(word)]
        if bullets and len(words) > 1:
            count = len(bullets)
            tally += Tally(0, count, count, ordered=count, furniture=count)
            words = [word for word in words if word not in bullets]
        if not words:
            return tally
        if found := self.places.find(words, listed=len(words) == 1 and self._titled(line, around)):
            return tally + self._shown(line, *found)
        if entry := self._entry(line, words):
            return tally + entry
        if parts := _parts(line):
            return sum((self._line(part, parts) for part in parts), tally)
        return tally + self._astray(line, words)

    def _titled(self, line: Line, around: Sequence[Line]) -> bool:
        """True when a title begins beside the line, as beside its page's number in a list of contents."""
        reach = BESIDE * line.glyphs[0].size
        beside = (one for one in around if one is not line and abs(one.baseline - line.baseline) < reach)
        return any(self.places.is_title(self.setter.split(one.glyphs)) for one in beside)

    def _is_bullet(self, word: Word) -> bool:
        face = self.setter.faces.get(word[0].font)
        return (
            len(word) == 1
            and face is not None
            and word[0].gid in {face.characters.get(ord(char)) for char in BULLETS}
        )

    def _entry(self, line: Line, words: Sequence[Word]) -> Tally | None:
        """The line as the beginning of a list's entry, with its number before its words."""
        for number, rest, pieces in _markers(words):
            marker = next((n for n in self.setter.numbers(number) if self._is_near(number, pieces(n))), None)
            if marker is None or not rest or (found := self.places.find(rest)) is None:
                continue
            item = self.said[found[0]].item
            if item != marker:
                self._fail("number", line, number, f"{item}.", f"{marker}.", found[0])
            right = int(item == marker)
            return self._shown(line, *found) + Tally(0, 1, right, ordered=right, furniture=1)
        return None

    def _is_near(self, word: Word, pieces: tuple[Piece, ...]) -> bool:
        fit = self.setter.fit(word, pieces)
        return fit is not None and fit.off <= CLOSE

    def _shown(self, line: Line, number: int, showing: Showing) -> Tally:
        self.numbers.shown(line, self.said[number], showing)
        tally = Tally(line.page)
        for word, pieces, fit in showing.words:
            if fit:
                tally += self._word(line, number, word, pieces, fit)
        return tally

    def _word(
        self,
        line: Line,
        number: int,
        word: Word,
        pieces: tuple[Piece, ...],
        fit: Fit,
        ordered: bool = True,
    ) -> Tally:
        passage = self.said[number]
        said = fit.text or "".join(text for _, text, _, _ in (pieces[::-1] if passage.rtl else pieces))
        near = fit.off <= CLOSE
        if not near:
            self._fail("place", line, word, said, f"a glyph stands {fit.off:.3f} em from its place", number)
        letters = has_arabic(said)
        right = letters and self._formed(pieces, fit, word)
        if letters and not right:
            self._fail("form", line, word, said, self._names(word), number)
        own = passage.role == "furniture"
        return Tally(0, 1, *map(int, (near, letters, right, ordered, fit.strokes > 0, own)))

    def _formed(self, pieces: tuple[Piece, ...], fit: Fit, word: Word) -> bool:
        said = fit.text or "".join(text for _, text, _, rtl in reversed(pieces) if rtl or has_arabic(text))
        glyphs = [(self.setter.faces[glyph.font], glyph.gid) for glyph in reversed(word)]
        return formed(said, glyphs)

    def _astray(self, line: Line, words: Sequence[Word]) -> Tally:
        """A line that is no stretch of the source: the words it has, and the stretch it comes nearest to."""
        if lost := [glyph for word in words for glyph in word if glyph.gid == 0]:
            self._fail("notdef", line, lost, "a glyph", ".notdef")
        nearest = self.astray.nearest(words)
        if nearest is None:
            self._fail("unknown", line, _drawn(line), "words of the source", self._names(_drawn(line)))
            return Tally(0, len(words))
        number, start, end = nearest
        text = self.places.texts[number][start:end]
        asked = text.split()
        fits = list(self.astray.fits(words, asked))
        tally = Tally(0)
        for word, fit in zip(words, fits, strict=True):
            if fit is None:
                self._fail("shape", line, word, text, self._names(word), number)
                tally += Tally(0, 1)
            else:
                token, found = fit
                piece = ("", token, "", has_arabic(token))
                tally += self._word(line, number, word, (piece,), found, ordered=False)
        if all(fits):
            read = " | ".join(fit[0] for fit in fits if fit)
            self._fail("lost" if asked else "order", line, _drawn(line), text, read, number)
        self.places.reached(number, start, end, self.places.texts[number])
        return tally

    def _names(self, glyphs: Sequence[Glyph]) -> str:
        faces = self.setter.faces
        return " ".join(
            faces[g.font].name_of(g.gid) if g.font in faces else f"{g.font.partition('@')[0]} {g.gid}"
            for g in glyphs
        )

    def _fail(
        self,
        kind: Kind,
        line: Line,
        glyphs: Sequence[Glyph],
        expected: str,
        found: str,
        number: int | None = None,
    ) -> None:
        box = box_of(list(glyphs) or list(line.glyphs), line.turned).in_mm()
        where = self.said[number].at(expected) if number is not None else ""
        self.failures.append(Failure(kind, line.page, box, SILENT.sub("", expected), found, where))


def _markers(
    words: Sequence[Word],
) -> Iterator[tuple[Word, Sequence[Word], Callable[[str], tuple[Piece, ...]]]]:
    """A line's first and its last word with the others, and how a list's number is written there."""
    yield words[0], words[1:], lambda number: (("", f"{number}.", "", False),)
    yield words[-1], words[:-1], lambda number: (("", ".", "", True), ("", number, "", False))


def _parts(line: Line) -> list[Line]:
    """A line parted where its boxes stand apart: cells side by side may look like one line."""
    gaps = [at for at, glyph in enumerate(line.glyphs) if glyph.gid == NOTHING]
    edges = [-1, *gaps, len(line.glyphs)]
    parts = [line.glyphs[left + 1 : right] for left, right in pairwise(edges)]
    return [replace(line, glyphs=part) for part in parts if part] if gaps else []


def _drawn(line: Line) -> list[Glyph]:
    return [glyph for glyph in line.glyphs if glyph.gid not in (NOTHING, LEAPED)]
