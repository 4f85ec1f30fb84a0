"""The proof of a finished file: every word of every line held against the source, in three ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pikepdf

from magazine.model import Edition, Library
from proof.faces import Face, differing, known_as, theme_faces
from proof.forms import formed
from proof.matching import CLOSE, Fit, Piece, Setter, Showing, show
from proof.pages import LEAPED, NOTHING, Glyph, Line, Page, box_of, read_pages
from proof.script import has_arabic
from proof.shaping import scripts, shape, ways
from proof.source import PLACE, Passage, passages

Kind = Literal["font", "notdef", "shape", "place", "form", "order", "lost", "unknown", "missing"]
NEAR = 40  # passages: farther on, a number is a page's rather than a table's
BULLETS = "•–"
SPACE = " \u00a0"


@dataclass(frozen=True, slots=True)
class Failure:
    """What does not stand as the source says: the place in millimetres, what was expected and found."""

    kind: Kind
    page: int
    box: tuple[float, float, float, float]
    expected: str
    found: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """The words of a page, and how many of them are proven in each way.

    `letters` are those with Arabic letters: only they have forms. `furniture` are those among the words
    that are the theme's own.
    """

    page: int
    words: int = 0
    shaped: int = 0
    letters: int = 0
    formed: int = 0
    ordered: int = 0
    kashida: int = 0
    furniture: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both together, as of the first page."""
        return Tally(
            self.page,
            self.words + other.words,
            self.shaped + other.shaped,
            self.letters + other.letters,
            self.formed + other.formed,
            self.ordered + other.ordered,
            self.kashida + other.kashida,
            self.furniture + other.furniture,
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven of a file, and what was not."""

    edition: str
    pages: tuple[Tally, ...]
    failures: tuple[Failure, ...]
    fonts: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> Tally:
        """All pages together."""
        return sum(self.pages, Tally(0))

    @property
    def holds(self) -> bool:
        """True when every word is proven in every way, and nothing is missing."""
        total = self.total
        whole = total.words == total.shaped == total.ordered and total.letters == total.formed
        return whole and total.words > 0 and not self.failures


def prove(pdf: Path, edition: Edition, library: Library) -> Proof:
    """Hold a finished PDF of an edition against its sources."""
    return prove_passages(pdf, passages(edition, library), library.imprint.theme / "fonts", edition.name)


def prove_passages(pdf: Path, said: Sequence[Passage], fonts: Path, name: str = "") -> Proof:
    """Hold a PDF against these passages, set in the faces of a folder."""
    theme = theme_faces(fonts)
    with pikepdf.open(pdf) as document:
        pages = list(read_pages(document))
        embedded = {font: page.fonts[font] for page in pages for font in page.fonts}
        faces = {font: theme[known] for font in embedded if (known := _known(font)) in theme}
        failures = list(_fonts(pages, embedded, faces))
    desk = _Desk(said, Setter(faces))
    tallies = tuple(desk.page(page) for page in pages)
    told = {font: face.path.name for font, face in sorted(faces.items())}
    return Proof(name, tallies, (*failures, *desk.failures, *desk.missing()), told)


def _known(font: str) -> str:
    return known_as(font.partition("@")[0])


def _fonts(
    pages: Sequence[Page], embedded: Mapping[str, pikepdf.Object], faces: Mapping[str, Face]
) -> Iterator[Failure]:
    """Fonts that are not the theme's, and glyphs in them that are not the theme's glyphs."""
    used: dict[str, dict[int, tuple[int, Glyph]]] = defaultdict(dict)
    for page in pages:
        for line in page.lines:
            for glyph in line.glyphs:
                if glyph.gid >= 0:
                    used[glyph.font].setdefault(glyph.gid, (page.number, glyph))
    for font, glyphs in used.items():
        number, first = next(iter(glyphs.values()))
        if font not in faces:
            box = box_of([first]).in_mm()
            yield Failure("font", number, box, "a face of the theme", font.partition("@")[0].lstrip("/"))
            continue
        for gid, why in differing(embedded[font], faces[font], set(glyphs) - {0}):
            number, glyph = glyphs[gid]
            yield Failure("font", number, box_of([glyph]).in_mm(), faces[font].name_of(gid), why)


@dataclass(slots=True)
class _Desk:
    """Goes through the lines in the order of drawing, and remembers where each passage stopped."""

    said: Sequence[Passage]
    setter: Setter
    texts: list[str] = field(init=False)
    begun: Counter[int] = field(default_factory=Counter)
    open: list[tuple[int, int]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    heads: dict[tuple[Path, tuple[int, ...]], list[int]] = field(default_factory=lambda: defaultdict(list))
    last: int = 0
    latest: tuple[int, int] = (-1, 0)  # where the line before this one ended a passage
    rivals: dict[tuple[int, int], list[tuple[int, Showing]]] = field(default_factory=dict)
    figures: dict[str, list[int]] = field(default_factory=dict)
    odd: list[int] = field(default_factory=list)
    words_at: dict[tuple[Path, tuple[int, ...]], set[str]] | None = None

    def __post_init__(self) -> None:
        self.texts = [passage.text for passage in self.said]
        firsts: dict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(self.said):
            firsts[passage.text.split()[0]].append(number)
        self.figures = {word: numbers for word, numbers in firsts.items() if word.isdecimal()}
        for face in set(self.setter.faces.values()):
            for first in firsts.keys() - self.figures.keys():
                for glyphs in _shapes(face, first):
                    self.heads[face.path, glyphs] += firsts[first]
        self.odd = [number for number, one in enumerate(self.said) if not one.text.isdecimal()]

    def page(self, page: Page) -> Tally:
        """Prove a page's lines."""
        return sum((self._line(line) for line in page.lines), Tally(page.number))

    def _line(self, line: Line) -> Tally:
        words = self.setter.split(line.glyphs)
        tally = Tally(line.page)
        bullets = [word for word in words if self._is_bullet(word)]
        if bullets and len(words) > 1:
            count = len(bullets)
            tally += Tally(0, count, count, 0, 0, count, 0, count)
            words = [word for word in words if word not in bullets]
        if not words:
            return tally
        found = self._place(words)
        if found is None and len(words) > 1 and (marker := self._numbered(words)) is not None:
            rest = [word for word in words if word is not marker]
            if found := self._place(rest):
                tally += Tally(0, 1, 1, 0, 0, 1, 0, 1)
        if found is None and (parts := _parts(line)):
            return sum((self._line(part) for part in parts), tally)
        if found is None:
            return tally + self._astray(line, words)
        number, showing = found
        self._took(number, showing)
        return tally + self._proven(line, number, showing)

    def _is_bullet(self, word: Sequence[Glyph]) -> bool:
        face = self.setter.faces.get(word[0].font)
        return (
            len(word) == 1
            and face is not None
            and word[0].gid in {face.characters.get(ord(c)) for c in BULLETS}
        )

    def _numbered(self, words: Sequence[tuple[Glyph, ...]]) -> tuple[Glyph, ...] | None:
        """The number of an entry of a list, before its words."""
        for word, pieces in ((words[0], lambda n: (("", f"{n}.", "", False),)), (words[-1], _from_the_right)):
            for number in self.setter.numbers(word):
                fit = self.setter.fit(word, pieces(number))
                if fit and fit.off <= CLOSE:
                    return word
        return None

    def _place(self, words: Sequence[tuple[Glyph, ...]]) -> tuple[int, Showing] | None:
        """The passage that the line shows, from where it stopped or from its beginning."""
        for number, start in reversed(self.open):
            if showing := self._show(words, number, start):
                return number, showing
        latest, self.latest = self.latest, (-1, 0)
        for place in (*reversed(self.open), latest):
            for number, showing in self.rivals.get(place, ()):
                if found := self._show(words, number, self._next(number, showing)):
                    self.begun[place[0]] -= 1
                    self.open = [other for other in self.open if other != place]
                    self._took(number, showing)
                    return number, found
        begun: list[tuple[int, Showing]] = []
        for numbers in (self._headed(words), self.odd):
            for number in numbers:
                if self._may_begin(number) and (showing := self._show(words, number, 0)):
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

    def _show(self, words: Sequence[tuple[Glyph, ...]], number: int, start: int) -> Showing | None:
        return show(self.setter, words, self.texts[number], start, self.said[number].rtl)

    def _headed(self, words: Sequence[tuple[Glyph, ...]]) -> list[int]:
        """Passages that begin with the first or last word here, those not yet shown first."""
        found = [
            number
            for word in (words[0], words[-1])
            if (face := self.setter.faces.get(word[0].font))
            for number in self.heads.get((face.path, tuple(glyph.gid for glyph in word)), ())
        ]
        figures = (figure for word in (words[0], words[-1]) for figure in self.setter.numbers(word))
        found += [number for figure in figures for number in self.figures.get(figure, ())]
        return sorted(dict.fromkeys(found), key=self._unlikely)

    def _unlikely(self, number: int) -> tuple[bool, int, int]:
        """Last what was shown; first what stands near the passage shown last: a cell beside a cell."""
        text = self.said[number].role == "text"
        return self.begun[number] > 0, abs(number - self.last) if text else NEAR, number

    def _may_begin(self, number: int) -> bool:
        most = self.said[number].most
        return most is None or self.begun[number] < most

    def _took(self, number: int, showing: Showing) -> None:
        """Remember how far the passage has come."""
        if self.said[number].most == 1:
            self.last = number
        if showing.start == 0:
            self.begun[number] += 1
        self.open = [place for place in self.open if place != (number, showing.start)]
        if self.said[number].most == 1:
            self.texts[number] = showing.told or self.texts[number]
        end = self._next(number, showing)
        if end < len(showing.told or self.texts[number]):
            self.open.append((number, end))

    def _next(self, number: int, showing: Showing) -> int:
        """Where the passage goes on in the next line."""
        text, end = showing.told or self.texts[number], showing.end
        while end < len(text) and text[end] in SPACE:
            end += 1
        return end

    def _proven(self, line: Line, number: int, showing: Showing) -> Tally:
        own = self.said[number].role == "furniture"
        return sum(
            (self._word(line, number, word, pieces, fit, own) for word, pieces, fit in showing.words if fit),
            Tally(line.page),
        )

    def _word(
        self,
        line: Line,
        number: int,
        word: tuple[Glyph, ...],
        pieces: tuple[Piece, ...],
        fit: Fit,
        own: bool,
        ordered: bool = True,
    ) -> Tally:
        said = fit.text or "".join(
            text for _, text, _, _ in (pieces[::-1] if self.said[number].rtl else pieces)
        )
        near = fit.off <= CLOSE
        if not near:
            self._fail("place", line, word, said, f"a glyph stands {fit.off:.3f} em from its place", number)
        letters = has_arabic(said)
        right = letters and self._formed(pieces, fit, word)
        if letters and not right:
            self._fail("form", line, word, said, self._names(word), number)
        return Tally(0, 1, int(near), int(letters), int(right), int(ordered), int(fit.strokes > 0), int(own))

    def _formed(self, pieces: tuple[Piece, ...], fit: Fit, word: tuple[Glyph, ...]) -> bool:
        said = fit.text or "".join(text for _, text, _, rtl in reversed(pieces) if rtl or has_arabic(text))
        glyphs = [(self.setter.faces[glyph.font], glyph.gid) for glyph in reversed(word)]
        return formed(said, glyphs)

    # --- what is not as it should be ------------------------------------------------------------

    def _astray(self, line: Line, words: Sequence[tuple[Glyph, ...]]) -> Tally:
        """A line that is no stretch of the source: the words it has, and the stretch it comes nearest to."""
        if any(glyph.gid == 0 for word in words for glyph in word):
            self._fail("notdef", line, [g for w in words for g in w if g.gid == 0], "a glyph", ".notdef")
        nearest = self._nearest(words)
        if nearest is None:
            self._fail("unknown", line, _drawn(line), "words of the source", self._names(_drawn(line)))
            return Tally(0, len(words))
        number, start, end = nearest
        text = self.texts[number][start:end]
        asked = text.split()
        fits = list(self._fits(words, asked))
        tally = Tally(0)
        for word, fit in zip(words, fits, strict=True):
            if fit is None:
                self._fail("shape", line, word, text, self._names(word), number)
                tally += Tally(0, 1)
            else:
                token, found = fit
                piece = ("", token, "", has_arabic(token))
                tally += self._word(line, number, word, (piece,), found, False, ordered=False)
        if all(fits):
            read = " | ".join(fit[0] for fit in fits if fit)
            self._fail("lost" if asked else "order", line, _drawn(line), text, f"{read}", number)
        self.begun[number] += start == 0
        self.open = [place for place in self.open if place[0] != number]
        while end < len(self.texts[number]) and self.texts[number][end] in SPACE:
            end += 1
        if end < len(self.texts[number]):
            self.open.append((number, end))
        return tally

    def _fits(self, words: Sequence[tuple[Glyph, ...]], asked: list[str]) -> Iterator[tuple[str, Fit] | None]:
        """Each word as one of those asked for, which is then asked for no more."""
        for word in words:
            found = self._fit_any(word, asked)
            if found:
                asked.remove(found[0])
            yield found

    def _fit_any(self, word: tuple[Glyph, ...], tokens: Sequence[str]) -> tuple[str, Fit] | None:
        for token in dict.fromkeys(tokens):
            if fit := self.setter.fit(word, (("", token, "", has_arabic(token)),)):
                return token, fit
        return None

    def _nearest(self, words: Sequence[tuple[Glyph, ...]]) -> tuple[int, int, int] | None:
        """The stretch of a passage, not yet shown, that has the most of the line's words."""
        index = self._indexed()
        read = Counter(
            token
            for word in words
            if (face := self.setter.faces.get(word[0].font))
            for token in sorted(index.get((face.path, tuple(g.gid for g in word)), ()))[:1]
        )
        best, most = None, 0
        places = [(n, s) for n, s in self.open[::-1]]
        places += [(n, 0) for n in self.odd if self._may_begin(n) and not self.begun[n]]
        for number, start in places:
            tokens = self.texts[number][start:].split()[: len(words)]
            common = sum((read & Counter(tokens)).values())
            if common > most:
                most, best = common, (number, start, tokens)
        if best is None:
            # None of its words is known: it stands where a passage goes on, or where the next one begins.
            due = (n for n in self.odd if n >= self.last and self.said[n].least > self.begun[n])
            places = [*self.open[-1:], *((number, 0) for number in due)]
            if not places:
                return None
            number, start = places[0]
            best = number, start, self.texts[number][start:].split()[: len(words)]
        number, start, tokens = best
        end = start
        for token in tokens:
            end = self.texts[number].index(token, end) + len(token)
        return number, start, end

    def _indexed(self) -> dict[tuple[Path, tuple[int, ...]], set[str]]:
        """Every word of the source as each face sets it by itself; made when it is first needed."""
        if self.words_at is None:
            self.words_at = defaultdict(set)
            tokens = sorted({token for text in self.texts for token in text.split()})
            for face in set(self.setter.faces.values()):
                for token in tokens:
                    for glyphs in _shapes(face, token):
                        self.words_at[face.path, glyphs].add(token)
        return self.words_at

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
        where = self.said[number].where if number is not None else ""
        self.failures.append(Failure(kind, line.page, box, expected, found, where))

    def missing(self) -> Iterator[Failure]:
        """Passages that do not stand in the file, or not to their end."""
        nowhere = (0.0, 0.0, 0.0, 0.0)
        for number, passage in enumerate(self.said):
            if self.begun[number] < passage.least:
                yield Failure("missing", 0, nowhere, passage.text, "", passage.where)
        for number, start in self.open:
            passage = self.said[number]
            if passage.role == "text":
                yield Failure("missing", 0, nowhere, self.texts[number][start:], "", passage.where)


def _parts(line: Line) -> list[Line]:
    """A line parted where its boxes stand apart: cells side by side may look like one line."""
    gaps = [at for at, glyph in enumerate(line.glyphs) if glyph.gid == NOTHING]
    edges = [-1, *gaps, len(line.glyphs)]
    parts = [line.glyphs[left + 1 : right] for left, right in pairwise(edges)]
    return [replace(line, glyphs=part) for part in parts if part] if gaps else []


def _from_the_right(number: str) -> tuple[Piece, ...]:
    return ("", ".", "", True), ("", number, "", False)


def _drawn(line: Line) -> list[Glyph]:
    return [glyph for glyph in line.glyphs if glyph.gid not in (NOTHING, LEAPED)]


def _shapes(face: Face, word: str) -> Iterator[tuple[int, ...]]:
    """A word's glyphs in a face, in each way that it may be set."""
    if PLACE in word:
        return
    script = scripts(word, "")[0]
    made = (shape(face, "", word, "", has_arabic(word), features, script) for features in ways(face))
    yield from {tuple(one.gid for one in sets) for sets in made}
