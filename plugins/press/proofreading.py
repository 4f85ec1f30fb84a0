"""Proofreading: what is wrong with the pages of an edition, said to its editors.

Faults (errors) would be printed: a table wider than its place, a word longer than its column, a block
taller than a page, a character that no face has. Accidents (warnings) are what a good compositor
avoids: the make-up avoids most of them, and says where it could not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from lxml.html import HtmlElement

from magazine.errors import MagazineError
from magazine.findings import Finding, finding, report, report_language
from magazine.model import Edition, Piece
from press.fitting import MM, Fitted, Sheet, height_of
from press.galley import Strip
from press.makeup import KEEP, LINE, Page, Slice
from press.measures import note_id

FOUND_BY = 24  # letters by which a block is found again in its source
SHORT_COLUMN = 4  # lines that a full column may lack
SCANT_PAGE = 6  # lines, at least, on a last page
FAR = 1  # pages between a figure and its mention
RUNT = 5  # letters: a shorter word does not stand alone on a last line
INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the blocks of an edition stand in its files."""

    edition: Edition
    root: Path

    def at(self, code: str, item: Fitted, strip: Strip, /, **values: object) -> Finding:
        """A finding at a block; `words` of a message are its first."""
        shown = _shown(strip.element)
        return self.finding(code, item.matter.name, strip.element, words=shown, **values)

    def finding(self, code: str, slug: str, element: HtmlElement, /, **values: object) -> Finding:
        """A finding at the block's line; at the issue's manifest for what no piece says."""
        words = _letters(element.text_content())[:FOUND_BY]
        picture = next((image.get("src") or "" for image in element.iter("img")), "").rpartition("/")[2]
        named = [piece for piece in self.edition.pieces if piece.slug == slug]
        for piece in named or list(self.edition.pieces):
            line = _line_of(piece, words, picture)
            if line:
                return finding(code, piece.path.relative_to(self.root).as_posix(), line, **values)
        shown = (named[0].path if named else self.edition.issue.path).relative_to(self.root).as_posix()
        return finding(code, shown, 1, **values)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _line_of(piece: Piece, words: str, picture: str) -> int:
    """The line of the piece on which a block begins: by its first letters, or by its picture; else 0."""
    said, starts = "", []
    for number, row in enumerate(piece.body.splitlines(), piece.body_line):
        if picture and picture in row:
            return number
        starts.append((len(said), number))
        said += _letters(_unmarked(row))
    at = said.find(words) if words else -1
    return max((number for start, number in starts if start <= at), default=0) if at >= 0 else 0


def _unmarked(row: str) -> str:
    """A row without the targets of its links and the names of its notes."""
    out, depth, before = [], 0, ""
    for char in row:
        if char == "(" and (depth or before == "]"):
            depth += 1
        if not depth:
            out.append(char)
        if char == ")" and depth:
            depth -= 1
        before = char
    return "".join(out)


# --- faults --------------------------------------------------------------------------------------


def faults(fitted: Sequence[Fitted], sources: Sources, theme: Path) -> Iterator[Finding]:
    """What must not be printed."""
    for item in fitted:
        for strip in item.matter.strips:
            over = item.measures[strip.id].over
            if over > 0:
                yield _too_wide(item, strip, over, sources)
    yield from _without_glyph(sources, theme)


def too_tall(slug: str, element: HtmlElement, sources: Sources) -> Finding:
    """A block that no page holds."""
    return sources.finding("P012", slug, element, words=_shown(element))


def _too_wide(item: Fitted, strip: Strip, over: float, sources: Sources) -> Finding:
    millimetres = f"{over * MM:.1f}"
    if strip.element.find(".//table") is not None:
        return sources.at("P010", item, strip, mm=millimetres)
    word = max(strip.element.text_content().split(), key=len, default="")
    return sources.at("P011", item, strip, word=word, mm=millimetres)


def _without_glyph(sources: Sources, theme: Path) -> Iterator[Finding]:
    known = _characters(theme)
    for piece in sources.edition.pieces:
        shown = piece.path.relative_to(sources.root).as_posix()
        rows = [
            (piece.lines.get("title", 1), piece.title),
            (piece.lines.get("summary", 1), piece.summary),
            *enumerate(piece.body.splitlines(), piece.body_line),
        ]
        for number, row in rows:
            for char in sorted({*row} - known):
                if unicodedata.category(char) not in INVISIBLE:
                    yield finding("P013", shown, number, char=char, code=f"{ord(char):04X}")


@cache
def _characters(theme: Path) -> frozenset[str]:
    """Every character that a face of the theme has."""
    known: set[int] = set()
    for face in theme.glob("fonts/*/*.ttf"):
        with TTFont(face, lazy=True) as font:
            known |= font.getBestCmap().keys()
    return frozenset(map(chr, known))


def refuse(found: Sequence[Finding]) -> None:
    """MagazineError with the faults, when there are any."""
    if found:
        raise MagazineError("\n" + report(found, report_language()))


# --- accidents -----------------------------------------------------------------------------------


def accidents(
    fitted: Iterable[Fitted], sheet: Sheet, sources: Sources, loose: Iterable[tuple[str, str]] = ()
) -> Iterator[Finding]:
    """What a reader of pages would mark; `loose` lines as `press.measures.loosened` tells them."""
    lines = sorted(dict.fromkeys(loose))
    for item in fitted:
        if "piece" not in (item.matter.element.get("class") or "").split():
            continue  # contents and lists are nobody's text
        yield from _runts(item, sources)
        yield from _parted(item, sources)
        yield from _far(item, sources)
        yield from _ill_filled(item, sheet, sources)
        yield from _loose(item, lines, sources)


def _runts(item: Fitted, sources: Sources) -> Iterator[Finding]:
    """Paragraphs that end in a line of one short word."""
    for strip in item.matter.strips:
        lines = item.measures[strip.id].lines
        if strip.role == "text" and len(lines) > 1:
            words = lines[-1].text.replace("\u00a0", " ").split()
            if len(words) == 1 and len(_letters(words[0])) <= RUNT:
                yield sources.at("P020", item, strip, word=words[0])


def _parted(item: Fitted, sources: Sources) -> Iterator[Finding]:
    """A line alone at the head or foot of a column; a heading that its text has left."""
    for page in item.pages:
        for column in page.columns:
            for slice_ in column:
                if _alone(item, slice_):
                    strip = item.matter.strips[slice_.block]
                    yield sources.at("P021", item, strip)
            if column and not page.last and item.matter.strips[column[-1].block].role == "heading":
                strip = item.matter.strips[column[-1].block]
                yield sources.at("P022", item, strip)


def _alone(item: Fitted, slice_: Slice) -> bool:
    strip = item.matter.strips[slice_.block]
    count = len(item.measures[strip.id].lines) if strip.role == "text" else 0
    length = slice_.last - slice_.first
    return count > length and length < KEEP


def _far(item: Fitted, sources: Sources) -> Iterator[Finding]:
    """What floats, on another page than the text it belongs to."""
    pages = _page_of(item.pages)
    for number, strip in enumerate(item.matter.strips):
        if strip.in_flow:
            continue
        beside = next((pages[n] for n in range(number - 1, -1, -1) if n in pages), pages[number])
        if abs(pages[number] - beside) > FAR:
            away = abs(pages[number] - beside)
            yield sources.at("P023", item, strip, count=away)


def _page_of(pages: Sequence[Page]) -> Mapping[int, int]:
    """The page on which each block begins (ends, for the text before a float: it is the same block)."""
    found: dict[int, int] = {}
    for number, page in enumerate(pages):
        for block in (*page.above, *(s.block for column in page.columns for s in column), *page.below):
            found[block] = number
    return found


def _ill_filled(item: Fitted, sheet: Sheet, sources: Sources) -> Iterator[Finding]:
    """Columns that end early, and a last page of a few lines."""
    strips = item.matter.strips
    for number, page in enumerate(item.pages):
        filled = [_bottom(item, column, sheet) for column in page.columns]
        if page.last and len(item.pages) > 1 and not (page.above or page.below):
            if max(filled) < SCANT_PAGE * LINE:
                first = next(column[0] for column in page.columns if column)
                yield sources.at("P024", item, strips[first.block], count=max(filled) // LINE)
        elif not page.last:
            short = page.height - min(filled)
            if short > SHORT_COLUMN * LINE and any(page.columns):
                last = strips[next(c for c in page.columns if c)[-1].block]
                yield sources.at("P025", item, last, count=short // LINE, page=number + 1)


def _loose(item: Fitted, lines: Sequence[tuple[str, str]], sources: Sources) -> Iterator[Finding]:
    """Lines that were stretched until gaps run through them."""
    strips = {strip.id: strip for strip in item.matter.strips}
    for block, line in lines:
        if block in strips:
            yield sources.at("P026", item, strips[block], line=line)


def _bottom(item: Fitted, column: Sequence[Slice], sheet: Sheet) -> int:
    """Where a column's text and notes end, in units."""
    if not column:
        return 0
    notes = sum(item.measures[note_id(note)].height for slice_ in column for note in _calls(item, slice_))
    last = column[-1]
    strip = item.matter.strips[last.block]
    height = (
        LINE * (last.last - last.first)
        if strip.role == "text"
        else sheet.units(height_of(strip, item.measures))
    )
    return last.top + height + (sheet.units(notes) + LINE if notes else 0)


def _calls(item: Fitted, slice_: Slice) -> Sequence[str]:
    strip = item.matter.strips[slice_.block]
    if not strip.in_flow:
        return ()
    if strip.role != "text":
        return strip.notes
    return [n for line in item.measures[strip.id].lines[slice_.first : slice_.last] for n in line.notes]


def _shown(element: HtmlElement) -> str:
    """A block's first words, as a message names it."""
    words = element.text_content().split()
    return " ".join(words[:5]) or next((image.get("src") or "" for image in element.iter("img")), "")
