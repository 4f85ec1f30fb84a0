"""A line that is no stretch of the source: the stretch it comes nearest to, and the words that it has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from proof.matching import Fit
from proof.places import Head, Place, Places, Word, shapes
from proof.script import has_arabic


@dataclass(slots=True)
class Astray:
    """Finds for such lines what they ought to show."""

    places: Places
    index: dict[Head, set[str]] = field(default_factory=dict)

    def nearest(self, words: Sequence[Word]) -> tuple[int, int, int] | None:
        """The stretch of a passage, not yet shown, that has the most of the line's words."""
        read = self._read(words)
        most, best = 0, self._due()
        for number, start in self._waiting():
            tokens = Counter(self.places.texts[number][start:].split()[: len(words)])
            if (common := (read & tokens).total()) > most:
                most, best = common, (number, start)
        if best is None:
            return None
        number, start = best
        end = start
        for token in self.places.texts[number][start:].split()[: len(words)]:
            end = self.places.texts[number].index(token, end) + len(token)
        return number, start, end

    def _waiting(self) -> Iterator[Place]:
        """Where passages stopped, the last first, and those that have not begun."""
        yield from reversed(self.places.open)
        for number in self.places.wordy:
            if self.places.may_begin(number) and not self.places.begun[number]:
                yield number, 0

    def _due(self) -> Place | None:
        """Where a line stands of which no word is known: a passage goes on, or the next one begins."""
        places = self.places
        due = (n for n in places.wordy if n >= places.last and places.said[n].least > places.begun[n])
        return next(iter((*places.open[-1:], *((number, 0) for number in due))), None)

    def _read(self, words: Sequence[Word]) -> Counter[str]:
        """The words of the source that the glyphs look like."""
        if not self.index:
            self.index = self._indexed()
        faces = self.places.setter.faces
        return Counter(
            token
            for word in words
            if (face := faces.get(word[0].font))
            for token in sorted(self.index.get((face.path, tuple(g.gid for g in word)), ()))[:1]
        )

    def _indexed(self) -> dict[Head, set[str]]:
        """Every word of the source as each face sets it by itself."""
        index: dict[Head, set[str]] = defaultdict(set)
        tokens = sorted({token for text in self.places.texts for token in text.split()})
        for face in set(self.places.setter.faces.values()):
            for token in tokens:
                for glyphs in shapes(face, token):
                    index[face.path, glyphs].add(token)
        return index

    def fits(self, words: Sequence[Word], asked: list[str]) -> Iterator[tuple[str, Fit] | None]:
        """Each word as one of those asked for, which is then asked for no more."""
        for word in words:
            found = self._fit(word, asked)
            if found:
                asked.remove(found[0])
            yield found

    def _fit(self, word: Word, tokens: Sequence[str]) -> tuple[str, Fit] | None:
        for token in dict.fromkeys(tokens):
            if fit := self.places.setter.fit(word, (("", token, "", has_arabic(token)),)):
                return token, fit
        return None
