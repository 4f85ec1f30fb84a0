"""Which words of the source a line of a page shows, and whether it shows them as it should.

The words of a line are what stands between its spaces. A line goes on where a passage stopped, or begins
one; for such a stretch of the source python-bidi gives the visual order of the words, uharfbuzz the glyphs
of each, and both must be what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from proof.faces import Face
from proof.order import Stretch, UnorderedError, visual
from proof.pages import LEAPED, NOTHING, Glyph
from proof.phrases import readings
from proof.script import MARKS, SILENT, has_arabic
from proof.shaping import STROKE, Set, scripts, shape, strokes, ways
from proof.source import PLACES

# Of an em: how near a glyph must stand to its place, a hundredth; a PDF's numbers are whole thousandths.
CLOSE = 0.01 + 0.0015
HYPHEN = "\u2010"
MOST_STROKES = 2
MOST_NUMBERS = 12  # of a line, among which those of pages are sought
MOST_KNOWN = 30_000  # words held against glyphs: a few dozen megabytes
WORD = re.compile(r"[ \u00a0]*[^ \u00a0]+")
BREAKS = re.compile(r"(?<=[-–—/])(?=\w)")


class Fit(NamedTuple):
    """How a word stands: how far off its glyphs are, in ems, and how many strokes lengthen it."""

    off: float
    strokes: int = 0
    text: str = ""


Piece = tuple[str, str, str, bool]  # before, text, after, right to left


@lru_cache(maxsize=20_000)
def words_of(text: str, rtl: bool) -> tuple[tuple[Piece, ...], ...]:
    """The words of a line as they stand from left to right, each in pieces of one direction."""
    words: list[list[Piece]] = [[]]
    for stretch in visual(text, rtl):
        for number, piece in enumerate(_between_spaces(text, stretch)):
            if number:
                words.append([])
            if piece is not None:
                words[-1].append(piece)
    return tuple(tuple(word) for word in words if word)


def _between_spaces(text: str, stretch: Stretch) -> list[Piece | None]:
    """A stretch's words in visual order; None for the nothing beside a space at its edge."""
    found: list[Piece | None] = []
    for match in re.finditer(r"[^ \u00a0]*(?:[ \u00a0]|$)", text[stretch.start : stretch.end]):
        word = match[0].rstrip(" \u00a0")
        start = stretch.start + match.start()
        found.append(_piece(text, start, start + len(word), stretch.rtl) if word else None)
        if match.end() == stretch.end - stretch.start and not match[0].endswith((" ", "\u00a0")):
            break
    return found[::-1] if stretch.rtl else found


def _piece(text: str, start: int, end: int, rtl: bool) -> Piece | None:
    before = SILENT.sub("", text[max(0, start - 4) : start]).rpartition(" ")[2]
    after = SILENT.sub("", text[end : end + 4]).partition(" ")[0]
    said = SILENT.sub("", text[start:end])
    return (before, said, after, rtl) if said else None


# --- one word -----------------------------------------------------------------------------------


class Setter:
    """Knows the faces of the document's fonts; holds words against glyphs."""

    def __init__(self, faces: Mapping[str, Face]) -> None:
        self.faces = faces
        self.known: dict[object, Fit | None] = {}

    def split(self, glyphs: Sequence[Glyph]) -> list[tuple[Glyph, ...]]:
        """The words of a line, at its spaces."""
        words: list[list[Glyph]] = [[]]
        leapt = False
        for glyph in glyphs:
            face = self.faces.get(glyph.font)
            if glyph.gid == LEAPED:
                leapt = True
            elif glyph.gid == NOTHING or (face and glyph.gid in face.spaces):
                words.append([])
            else:
                if leapt and face and ord("\u00a0") not in face.characters:
                    words.append([])
                leapt = False
                words[-1].append(glyph)
        return [tuple(word) for word in words if word]

    def numbers(self, word: Sequence[Glyph]) -> list[str]:
        """The numbers written with figures in a word."""
        figures = (self.faces[g.font].digits.get(g.gid, " ") if g.font in self.faces else " " for g in word)
        return "".join(figures).split()

    def fit(self, word: Sequence[Glyph], pieces: Sequence[Piece]) -> Fit | None:
        """How the glyphs stand when they are those of these pieces, in this order; or None."""
        first = word[0]
        key = (
            tuple(pieces),
            tuple(
                (
                    g.font,
                    g.gid,
                    round((g.x - first.x) / g.size, 3),
                    round((g.y - first.y) / g.size, 3),
                    g.box == first.box,
                )
                for g in word
            ),
        )
        if key not in self.known:
            if len(self.known) == MOST_KNOWN:
                self.known.clear()
            self.known[key] = self._fit(word, pieces)
        return self.known[key]

    def _fit(self, word: Sequence[Glyph], pieces: Sequence[Piece]) -> Fit | None:
        if plain := self._plain(word, pieces):
            return plain
        return next(self._stroked(word, pieces), None)

    def _plain(self, word: Sequence[Glyph], pieces: Sequence[Piece]) -> Fit | None:
        at, off = 0, 0.0
        for before, text, after, rtl in pieces:
            while text:
                if at == len(word):
                    return None
                taken = self._taken(word[at:], before, text, after, rtl)
                if taken is None:
                    return None
                count, left, worse = taken
                off, at = max(off, worse), at + count
                if rtl:
                    text, after = text[:left], text[left:] + after
                else:
                    before, text = before + text[:left], text[left:]
        return Fit(off) if at == len(word) else None

    def _taken(
        self, word: Sequence[Glyph], before: str, text: str, after: str, rtl: bool
    ) -> tuple[int, int, float] | None:
        """How many glyphs from the left are this text's, where in it they end, how far off they are."""
        face = self.faces.get(word[0].font)
        if face is None:
            return None
        font = word[0].font
        reach = next((n for n, glyph in enumerate(word) if glyph.font != font), len(word))
        if reach < len(word) and (part := self._part(word[:reach], before, text, after, rtl)):
            return part
        best: tuple[int, int, float] | None = None
        for sets in _sets(face, before, text, after, rtl):
            found = _common(word[:reach], sets, text, rtl)
            if found and (best is None or (found[0], -found[2]) > (best[0], -best[2])):
                best = found
            if best and best[0] == len(sets) and best[2] <= CLOSE:
                return best
        return best

    def _part(
        self, glyphs: Sequence[Glyph], before: str, text: str, after: str, rtl: bool
    ) -> tuple[int, int, float] | None:
        """The same when another face goes on: letters of two faces join, but change no others' glyphs."""
        for cut in range(1, len(text)):
            first, last = text[:cut], text[cut:]
            around = (before + first, last, after) if rtl else (before, first, last + after)
            for sets in _sets(self.faces[glyphs[0].font], *around, rtl):
                alike = [one.gid for one in sets] == [glyph.gid for glyph in glyphs]
                if alike and (off := _off(glyphs, sets)) <= CLOSE:
                    return len(glyphs), cut, off
        return None

    def _stroked(self, word: Sequence[Glyph], pieces: Sequence[Piece]) -> Iterator[Fit]:
        """The word with a stroke or more at one place."""
        if not any(glyph.gid in strokes(face) for glyph in word if (face := self.faces.get(glyph.font))):
            return
        for number, (before, text, after, rtl) in enumerate(pieces):
            if not (rtl and has_arabic(text)):
                continue
            for count in range(1, MOST_STROKES + 1):
                for place in range(1, len(text)):
                    if MARKS.match(text[place]) or not has_arabic(text[place]):
                        continue
                    longer = text[:place] + STROKE * count + text[place:]
                    tried = [*pieces[:number], (before, longer, after, rtl), *pieces[number + 1 :]]
                    if (found := self._plain(word, tried)) and found.off <= CLOSE:
                        yield Fit(found.off, count, longer)


def _sets(face: Face, before: str, text: str, after: str, rtl: bool) -> Iterator[tuple[Set, ...]]:
    """The text's glyphs in each way in which it may be set, the likeliest first."""
    for script in scripts(text, before + after):
        for features in ways(face):
            yield shape(face, before, text, after, rtl, features, script)


def _common(
    word: Sequence[Glyph], sets: Sequence[Set], text: str, rtl: bool
) -> tuple[int, int, float] | None:
    """The glyphs that begin both, up to a character's edge, and the largest difference of their steps."""
    count = next(
        (n for n, (glyph, wanted) in enumerate(zip(word, sets, strict=False)) if glyph.gid != wanted.gid),
        min(len(word), len(sets)),
    )
    if count == 0:
        return None
    left = 0 if rtl else len(text)
    if count < len(sets):
        if rtl:
            left = sets[count - 1].cluster
            if sets[count].cluster == left:
                return None
        else:
            left = sets[count].cluster
            if sets[count - 1].cluster == left:
                return None
    return count, left, _off(word[:count], sets[:count])


def _off(word: Sequence[Glyph], sets: Sequence[Set]) -> float:
    """How far a glyph stands from where the one before it asks it to, at the worst, in ems."""
    size, pen, worst = word[0].size, 0.0, 0.0
    places = list[tuple[float, float]]()
    for wanted in sets:
        places.append((pen + wanted.x, wanted.y))
        pen += wanted.advance
    for (left, right), (one, two) in zip(pairwise(word), pairwise(places), strict=True):
        step = (right.x - left.x) / size
        across = abs(step - (two[0] - one[0]))
        if left.box != right.box:  # between boxes nothing is kerned
            across = min(across, abs(step - left.width / size))
        up = abs((right.y - left.y) / size - (two[1] - one[1]))
        worst = max(worst, across, up, abs(right.size / size - 1))
    return worst


# --- one line -----------------------------------------------------------------------------------


class Showing(NamedTuple):
    """A line as the place of a passage: its words from left to right, with how each stands.

    `told` is the passage with its pages' numbers, when they were read here; `pages` are these, each with
    the sign that stood in its place.
    """

    start: int
    end: int
    words: tuple[tuple[tuple[Glyph, ...], tuple[Piece, ...], Fit | None], ...]
    told: str = ""
    pages: tuple[tuple[str, str], ...] = ()


def show(
    setter: Setter, words: Sequence[tuple[Glyph, ...]], text: str, start: int, rtl: bool
) -> Showing | None:
    """The line as what follows in the passage, as far as it has words; None when they are not these."""
    end = _end(text, start, len(words))
    if end is None:
        return None
    if PLACES.search(text, start, end):
        return _with_pages(setter, words, text, start, end, rtl)
    for reading in readings(text[start:end], rtl):
        if found := _held(setter, words, reading, rtl):
            return Showing(start, end, found)
    return _broken(setter, words, text, start, end, rtl)


@lru_cache(maxsize=20_000)
def _end(text: str, start: int, count: int) -> int | None:
    """Where so many words end; None when there are fewer."""
    end = start
    for _ in range(count):
        match = WORD.match(text, end)
        if match is None:
            return None
        end = match.end()
    return end


def _with_pages(
    setter: Setter, words: Sequence[tuple[Glyph, ...]], text: str, start: int, end: int, rtl: bool
) -> Showing | None:
    """The line with the page numbers that stand in it where the source has places for them."""
    across = [setter.numbers(word) for word in words]
    numbers = [number for word in (reversed(across) if rtl else across) for number in word]
    signs = PLACES.findall(text, start, end)
    for chosen in dict.fromkeys(combinations(numbers[:MOST_NUMBERS], len(signs))):
        told = text[:start] + _told(text[start:], chosen)
        if found := show(setter, words, told, start, rtl):
            return found._replace(told=told, pages=tuple(zip(signs, chosen, strict=True)))
    return None


def _told(text: str, numbers: Sequence[str]) -> str:
    given = iter(numbers)
    return PLACES.sub(lambda _: next(given), text, count=len(numbers))


def _held(
    setter: Setter, words: Sequence[tuple[Glyph, ...]], reading: str, rtl: bool, spare: int = 0
) -> tuple[tuple[tuple[Glyph, ...], tuple[Piece, ...], Fit | None], ...] | None:
    try:
        wanted = words_of(reading, rtl)
    except UnorderedError:
        return None
    if len(wanted) != len(words):
        return None
    found = []
    order = range(len(words) - 1, -1, -1) if rtl else range(len(words))
    for number in order:
        fit = setter.fit(words[number], wanted[number])
        if fit is None:
            spare -= 1
            if spare < 0:
                return None
        found.append((words[number], wanted[number], fit))
    return tuple(found[::-1] if rtl else found)


def _broken(
    setter: Setter, words: Sequence[tuple[Glyph, ...]], text: str, start: int, end: int, rtl: bool
) -> Showing | None:
    """The line when it ends inside its last word: after a dash or a slash, or with a hyphen."""
    whole = next(
        (
            held
            for reading in readings(text[start:end], rtl)
            if (held := _held(setter, words, reading, rtl, 1))
        ),
        None,
    )
    if whole is None and len(words) > 1:
        return None
    last = max(text.rfind(" ", start, end), text.rfind("\u00a0", start, end), start - 1) + 1
    cuts = [(last + match.start(), "") for match in BREAKS.finditer(text[last:end])]
    if not has_arabic(text[last:end]):
        cuts += [(place, HYPHEN) for place in range(last + 2, end - 1)]
    for place, hyphen in cuts:
        for reading in readings(text[start:place] + hyphen, rtl):
            if found := _held(setter, words, reading, rtl):
                return Showing(start, place, found)
    return None
