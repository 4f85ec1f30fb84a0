"""Where in the source a line stands: the passage that it goes on with, or that begins with it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from proof.faces import Face
from proof.matching import Setter, Showing, show
from proof.pages import Glyph
from proof.script import has_arabic
from proof.shaping import scripts, shape, ways
from proof.source import ANY, PLACES, Passage

NEAR = 40  # passages: farther on, a number is a page's rather than a table's
SPACE = " \u00a0"
NUMBER = re.compile(rf"\d+|{ANY}")
Word = tuple[Glyph, ...]
Place = tuple[int, int]  # a passage's number, and how far in it
Head = tuple[Path, tuple[int, ...]]  # a face's file, and glyphs in it


@dataclass(slots=True)
class Places:
    """Remembers, line by line in the order of drawing, where each passage stopped."""

    said: Sequence[Passage]
    setter: Setter
    texts: list[str] = field(init=False)  # the passages' texts, with the pages' numbers that were read
    begun: Counter[int] = field(default_factory=Counter)
    open: list[Place] = field(default_factory=list)
    heads: dict[Head, list[int]] = field(default_factory=lambda: defaultdict(list))
    figures: dict[str, list[int]] = field(default_factory=dict)
    wordy: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    last: int = 0
    latest: Place = (-1, 0)  # where the line before this one ended a passage
    rivals: dict[Place, list[tuple[int, Showing]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Set the first word of each passage in every face."""
        self.texts = [passage.text for passage in self.said]
        firsts: dict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(self.said):
            firsts[passage.text.split()[0]].append(number)
        self.figures = {word: numbers for word, numbers in firsts.items() if word.isdecimal()}
        for face in set(self.setter.faces.values()):
            for first in firsts.keys() - self.figures.keys():
                for glyphs in shapes(face, first):
                    self.heads[face.path, glyphs] += firsts[first]
        self.wordy = [number for number, one in enumerate(self.said) if not one.text.isdecimal()]
        self.numbers = firsts[ANY]

    def find(self, words: Sequence[Word], listed: bool = False) -> tuple[int, Showing] | None:
        """The passage that the line shows, from where it stopped or from its beginning; now shown so far.

        What is `listed` beside a title is rather a page's number than a table's, unless the theme has it.
        """
        found = self._listed(words) if listed else None
        found = found or self._continued(words) or self._corrected(words) or self._begun(words)
        if found:
            self._took(*found)
        return found

    def _listed(self, words: Sequence[Word]) -> tuple[int, Showing] | None:
        told = (n for figure in self.setter.numbers(words[0]) for n in self.figures.get(figure, ()))
        if any(self.said[number].role == "furniture" for number in told):
            return None
        shown = ((number, self.show(words, number, 0)) for number in self.numbers)
        return next(((number, showing) for number, showing in shown if showing), None)

    def is_title(self, words: Sequence[Word]) -> bool:
        """True when a title or heading begins with these words; a number alone, as in a cell, is none."""
        return not all(self.setter.numbers(word) for word in words) and any(
            self.said[number].most is None and self.show(words, number, 0)
            for number in self._headed(words)
            if not NUMBER.fullmatch(self.said[number].text)
        )

    def _continued(self, words: Sequence[Word]) -> tuple[int, Showing] | None:
        for number, start in reversed(self.open):
            if showing := self.show(words, number, start):
                return number, showing
        return None

    def _corrected(self, words: Sequence[Word]) -> tuple[int, Showing] | None:
        """The line when it goes on with another of the passages that the line before it may have begun."""
        latest, self.latest = self.latest, (-1, 0)
        for place in (*reversed(self.open), latest):
            for number, showing in self.rivals.get(place, ()):
                if found := self.show(words, number, self._next(number, showing)):
                    self.begun[place[0]] -= 1
                    self.open = [other for other in self.open if other != place]
                    self._took(number, showing)
                    return number, found
        return None

    def _begun(self, words: Sequence[Word]) -> tuple[int, Showing] | None:
        begun: list[tuple[int, Showing]] = []
        for numbers in (self._headed(words), self.wordy):
            for number in numbers:
                if self.may_begin(number) and (showing := self.show(words, number, 0)):
                    if showing.end == len(showing.told or self.texts[number]):
                        self.latest = number, showing.end
                        self.rivals[self.latest] = begun
                        return number, showing
                    begun.append((number, showing))
            if begun:
                break
        # More than one passage may begin like this: the next line tells which it is.
        if begun:
            number, showing = begun[0]
            self.rivals[number, self._next(number, showing)] = begun[1:]
        return begun[0] if begun else None

    def show(self, words: Sequence[Word], number: int, start: int) -> Showing | None:
        """The line as what stands in a passage from there."""
        return show(self.setter, words, self.texts[number], start, self.said[number].rtl)

    def _headed(self, words: Sequence[Word]) -> list[int]:
        """Passages that begin with the first or last word here, those not yet shown first."""
        found = [
            number
            for word in (words[0], words[-1])
            if (face := self.setter.faces.get(word[0].font))
            for number in self.heads.get((face.path, tuple(glyph.gid for glyph in word)), ())
        ]
        figures = [figure for word in (words[0], words[-1]) for figure in self.setter.numbers(word)]
        found += [number for figure in figures for number in self.figures.get(figure, ())]
        found += self.numbers if figures else []
        return sorted(dict.fromkeys(found), key=self._unlikely)

    def _unlikely(self, number: int) -> tuple[bool, int, int]:
        """Last what was shown; first what stands near the passage shown last: a cell beside a cell."""
        own = self.said[number].role == "furniture"
        again = self.begun[number] > 0 and not (own and NUMBER.fullmatch(self.said[number].text))
        return again, NEAR if own else abs(number - self.last), number

    def may_begin(self, number: int) -> bool:
        """False when the passage has stood as often as it may."""
        most = self.said[number].most
        return most is None or self.begun[number] < most

    def _took(self, number: int, showing: Showing) -> None:
        """Remember how far the passage has come."""
        once = self.said[number].most == 1
        text = showing.told or self.texts[number]
        if once:
            self.last, self.texts[number] = number, text
        self.reached(number, showing.start, showing.end, text)

    def reached(self, number: int, start: int, end: int, text: str) -> None:
        """The passage stands on the page from there to there."""
        if start == 0:
            self.begun[number] += 1
        self.open = [place for place in self.open if place != (number, start)]
        end = _after_spaces(text, end)
        if end < len(text):
            self.open.append((number, end))

    def _next(self, number: int, showing: Showing) -> int:
        """Where the passage goes on in the next line."""
        return _after_spaces(showing.told or self.texts[number], showing.end)

    def missing(self) -> Iterator[tuple[int, str]]:
        """Passages that do not stand in the file, or not to their end, with the words that do not."""
        for number, passage in enumerate(self.said):
            if self.begun[number] < passage.least:
                yield number, passage.text
        for number, start in self.open:
            if self.said[number].role == "text":
                yield number, self.texts[number][start:]


def _after_spaces(text: str, end: int) -> int:
    return end + len(text[end:]) - len(text[end:].lstrip(SPACE))


def shapes(face: Face, word: str) -> Iterator[tuple[int, ...]]:
    """A word's glyphs in a face, in each way that it may be set."""
    if PLACES.search(word):
        return
    script = scripts(word, "")[0]
    made = (shape(face, "", word, "", has_arabic(word), features, script) for features in ways(face))
    yield from {tuple(one.gid for one in sets) for sets in made}
