"""What a PDF draws: every glyph of every page with its font, size and place, gathered into lines.

Read from the content streams alone. The place of a glyph is where its outline's origin stands, in points
from the lower left corner of the trimmed page; a line that is turned is read along its own baseline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EM = 1000
MM = 72 / 25.4
SAME_LINE = 0.5  # of an em: how far a raised figure may stand from the baseline
APART = 0.4  # of an em: what stands farther apart is not one line
GAP = 0.12  # of an em: what stands farther apart is two words
LEAP = 0.2  # of an em: a space that the face has no glyph for
NOTHING = -1  # the glyph of such a gap
LEAPED = -2  # the glyph of such a place
UNSEEN = (3, 7)  # rendering modes that draw nothing: such words are not on the page
OVERLAP = 1.0  # of an em: kerned boxes begin a little before the one beside them ends


class Box(NamedTuple):
    """Left, bottom, right, top, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def in_mm(self) -> tuple[float, float, float, float]:
        """The same in millimetres."""
        return tuple(round(side / MM, 1) for side in self)  # type: ignore[return-value]

    def holds(self, x: float, y: float) -> bool:
        """True for a place inside, or on the edge."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


class Glyph(NamedTuple):
    """A glyph as drawn; `width` is the font's advance for it at this size, `box` its text object."""

    font: str
    gid: int
    x: float
    y: float
    size: float
    width: float
    box: int = 0


@dataclass(slots=True)
class Show:
    """What one text object draws with one matrix, from left to right; `end` is where the pen stops."""

    glyphs: list[Glyph]
    x: float
    end: float
    baseline: float
    size: float
    turned: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs of one baseline, from left to right; `at` is its place in the order of drawing."""

    page: int
    at: int
    glyphs: tuple[Glyph, ...]
    turned: tuple[float, float] = (1.0, 0.0)

    @property
    def box(self) -> Box:
        """The place of the line."""
        return box_of(self.glyphs, self.turned)

    @property
    def baseline(self) -> float:
        """Where most of its glyphs stand: marks stand higher or lower."""
        return Counter(round(glyph.y, 1) for glyph in self.glyphs).most_common(1)[0][0]


def box_of(glyphs: tuple[Glyph, ...] | list[Glyph], turned: tuple[float, float] = (1.0, 0.0)) -> Box:
    """The place of some glyphs of a line on the page: a quarter of an em below, an em above."""
    cos, sin = turned
    corners = [
        (x * cos - y * sin, x * sin + y * cos)
        for glyph in glyphs
        for x in (glyph.x, glyph.x + glyph.width)
        for y in (glyph.y - glyph.size * 0.3, glyph.y + glyph.size)
    ]
    across, up = zip(*corners, strict=True)
    return Box(min(across), min(up), max(across), max(up))


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines, its height, the places of its pictures."""

    number: int
    lines: tuple[Line, ...]
    height: float
    pictures: tuple[Box, ...] = ()


def read_pages(document: pikepdf.Pdf) -> Iterator[Page]:
    """Every page of the document, as printed: what stands outside the trim is left out.

    One at a time: a page is a thousand glyphs, and only its own proof needs them.
    """
    widths: dict[str, dict[int, float]] = {}
    for number, page in enumerate(document.pages, 1):
        trim = Box(*(float(side) for side in page.trimbox))
        reader = _Reader(widths)
        reader.read(page, page.obj.get("/Resources", pikepdf.Dictionary()), IDENTITY)
        shows = [_placed(show, trim) for show in reader.shows]
        inside = [show for show in shows if show.glyphs]
        pictures = (_seen(picture, trim) for picture in reader.pictures)
        lines, height = tuple(_lines(inside, number)), trim.top - trim.bottom
        yield Page(number, lines, height, tuple(box for box in pictures if box))


def fonts_of(document: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Every font that a page or a form it draws may ask for, by the name it goes by here."""
    found, seen = dict[str, pikepdf.Object](), set[tuple[int, int]]()
    waiting: list[Any] = [page.obj.get("/Resources", pikepdf.Dictionary()) for page in document.pages]
    while waiting:
        resources = waiting.pop()
        found |= {font_name(font): font for font in resources.get("/Font", {}).values()}
        for drawn in resources.get("/XObject", {}).values():
            if "/Resources" in drawn and drawn.objgen not in seen:
                seen.add(drawn.objgen)
                waiting.append(drawn.Resources)
    return found


def font_name(font: Any) -> str:
    """The name by which a font is known here: that of its object, for subsets share theirs."""
    return f"{font.get('/BaseFont', '/')!s}@{font.objgen[0]}"


def _seen(picture: Box, trim: Box) -> Box | None:
    """The part of a picture inside the trim, from its corner."""
    left, bottom = max(picture.left, trim.left), max(picture.bottom, trim.bottom)
    right, top = min(picture.right, trim.right), min(picture.top, trim.top)
    if left >= right or bottom >= top:
        return None
    return Box(left - trim.left, bottom - trim.bottom, right - trim.left, top - trim.bottom)


def _placed(show: Show, trim: Box) -> Show:
    """A show seen from the corner of the trimmed page, without what is cut off."""
    cos, sin = show.turned
    along, across = trim.left * cos + trim.bottom * sin, trim.bottom * cos - trim.left * sin
    show.glyphs = [
        glyph._replace(x=glyph.x - along, y=glyph.y - across)
        for glyph in show.glyphs
        if trim.holds(glyph.x * cos - glyph.y * sin, glyph.x * sin + glyph.y * cos)
    ]
    show.x, show.end, show.baseline = show.x - along, show.end - along, show.baseline - across
    return show


# --- content streams ----------------------------------------------------------------------------


@dataclass(slots=True)
class _State:
    """The part of the graphics state that places text."""

    ctm: Matrix
    font: str = ""
    size: float = 1.0
    rise: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    mode: int = 0


@dataclass(slots=True)
class _Reader:
    """Follows the operators of a page and of the forms it draws."""

    widths: dict[str, dict[int, float]]
    shows: list[Show] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    text: Matrix = IDENTITY
    line: Matrix = IDENTITY
    fresh: bool = True

    def read(self, content: Any, resources: Any, ctm: Matrix) -> None:
        """One content stream, in its own resources."""
        state, kept = _State(ctm), list[_State]()
        names = {str(name): font for name, font in resources.get("/Font", {}).items()}
        for instruction in pikepdf.parse_content_stream(content):
            operands: Any = instruction.operands
            match str(instruction.operator):
                case "q":
                    kept.append(_State(*(getattr(state, name) for name in _State.__slots__)))
                case "Q":
                    state = kept.pop() if kept else state
                case "cm":
                    state.ctm = _times(_matrix(operands), state.ctm)
                case "BT":
                    self.text = self.line = IDENTITY
                    self.fresh = True
                case "Tf":
                    state.font, state.size = self._font(names[str(operands[0])]), float(operands[1])
                case "Do":
                    self._form(resources.XObject[str(operands[0])], resources, state.ctm)
                case "INLINE IMAGE":
                    self.pictures.append(_square(state.ctm))
                case name:
                    self._text(state, name, operands)

    def _form(self, drawn: Any, resources: Any, ctm: Matrix) -> None:
        if drawn.get("/Subtype") == "/Form":
            own = _times(_matrix(drawn.Matrix), ctm) if "/Matrix" in drawn else ctm
            self.read(drawn, drawn.get("/Resources", resources), own)
        elif drawn.get("/Subtype") == "/Image":
            self.pictures.append(_square(ctm))

    def _font(self, font: Any) -> str:
        name = font_name(font)
        if name not in self.widths:
            self.widths[name] = widths_of(font)
        return name

    def _text(self, state: _State, operator: str, operands: Any) -> None:
        match operator:
            case "Tm":
                self._move(_matrix(operands))
            case "Td" | "TD":
                if operator == "TD":
                    state.leading = -float(operands[1])
                self._move(_times((1, 0, 0, 1, float(operands[0]), float(operands[1])), self.line))
            case "TL":
                state.leading = float(operands[0])
            case "T*":
                self._move(_times((1, 0, 0, 1, 0, -state.leading), self.line))
            case "Ts":
                state.rise = float(operands[0])
            case "Tc":
                state.char_space = float(operands[0])
            case "Tw":
                state.word_space = float(operands[0])
            case "Tz":
                state.scale = float(operands[0]) / 100
            case "Tr":
                state.mode = int(operands[0])
            case "TJ":
                self._show(state, operands[0])
            case "Tj":
                self._show(state, [operands[0]])
            case "'" | '"':
                self._move(_times((1, 0, 0, 1, 0, -state.leading), self.line))
                self._show(state, [operands[-1]])

    def _move(self, matrix: Matrix) -> None:
        self.text = self.line = matrix
        self.fresh = True

    def _show(self, state: _State, items: Any) -> None:
        """Draw the codes of an array, two bytes a glyph, and move the pen."""
        a, b, c, d, e, f = _times(self.text, state.ctm)
        along = (a * a + b * b) ** 0.5
        size = state.size * along
        cos, sin = round(a / along, 6), round(b / along, 6)
        up = (d * cos - c * sin) * state.rise
        x0, baseline = e * cos + f * sin, f * cos - e * sin
        show = self._at(x0, baseline, size, (cos, sin))
        widths = self.widths[state.font]
        pen = 0.0
        items = list(items)
        for number, item in enumerate(items):
            if isinstance(item, (int, float, Decimal)):
                pen -= float(item) / EM * state.size * state.scale
                continue
            if bytes(item) and _moved(items, number) > LEAP:
                show.glyphs.append(Glyph("", LEAPED, x0 + pen * along, baseline, size, 0.0))
            codes = bytes(item)
            for place in range(0, len(codes), 2):
                gid = (codes[place] << 8) + codes[place + 1] if place + 1 < len(codes) else codes[place]
                width = widths.get(gid, widths[-1]) / EM * state.size * state.scale
                x = x0 + pen * along
                if state.mode not in UNSEEN:
                    show.glyphs.append(
                        Glyph(state.font, gid, x, baseline + up, size, width * along, len(self.shows))
                    )
                pen += width + state.char_space * state.scale
        show.end = x0 + pen * along
        self.text = _times((1, 0, 0, 1, pen, 0), self.text)

    def _at(self, x: float, baseline: float, size: float, turned: tuple[float, float]) -> Show:
        """The show that goes on here, or a new one."""
        if self.fresh or not self.shows:
            self.shows.append(Show([], x, x, baseline, size, turned))
            self.fresh = False
        return self.shows[-1]


def _moved(items: list[Any], number: int) -> float:
    """How far the pen went before a glyph, in ems, and did not go back after it as for a mark."""
    before, at = 0.0, number - 1
    while at >= 0 and not (isinstance(items[at], pikepdf.String) and bytes(items[at])):
        before -= 0.0 if isinstance(items[at], pikepdf.String) else float(items[at])
        at -= 1
    if at < 0 or before <= 0:
        return 0.0
    after = next((-float(item) for item in items[number + 1 :] if not isinstance(item, pikepdf.String)), 0.0)
    return (before + min(after, 0.0)) / EM


def widths_of(font: Any) -> dict[int, float]:
    """The advances of a composite font in thousandths of an em; -1 is that of every other glyph."""
    found: dict[int, float] = {-1: 1000.0}
    if "/DescendantFonts" not in font:
        return found
    descendant = font.DescendantFonts[0]
    found[-1] = float(descendant.get("/DW", 1000))
    items = list(descendant.get("/W", []))
    at = 0
    while at < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], pikepdf.Array):
            found |= {first + step: float(width) for step, width in enumerate(items[at + 1])}
            at += 2
        else:
            found |= dict.fromkeys(range(first, int(items[at + 1]) + 1), float(items[at + 2]))
            at += 3
    return found


def _square(m: Matrix) -> Box:
    """Where the unit square comes to stand, which every picture fills."""
    across, up = (
        (m[4], m[4] + m[0], m[4] + m[2], m[4] + m[0] + m[2]),
        (m[5], m[5] + m[1], m[5] + m[3], m[5] + m[1] + m[3]),
    )
    return Box(min(across), min(up), max(across), max(up))


def _matrix(operands: Any) -> Matrix:
    return tuple(float(number) for number in operands)  # type: ignore[return-value]


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


# --- lines --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Row:
    """Shows side by side, being gathered."""

    shows: list[tuple[int, Show]]

    @property
    def first(self) -> int:
        """Its place in the order of drawing."""
        return min(at for at, _ in self.shows)


def _lines(shows: list[Show], page: int) -> Iterator[Line]:
    """Shows that touch on one baseline are one line; lines in the order in which they are drawn."""
    rows = list[_Row]()
    for numbered in _bands(list(enumerate(shows))):
        rows += _parted(numbered)
    for row in sorted(rows, key=lambda row: row.first):
        glyphs = list(_in_a_row([show for _, show in row.shows]))
        yield Line(page, row.first, tuple(glyphs), row.shows[0][1].turned)


def _in_a_row(shows: list[Show]) -> Iterator[Glyph]:
    """The glyphs of shows side by side; where they stand apart, as boxes do, NOTHING between them."""
    end = shows[0].x
    for show in shows:
        if show.x - end > GAP * show.size:
            yield Glyph("", NOTHING, end, show.baseline, show.size, show.x - end)
        yield from show.glyphs
        end = show.end


def _bands(shows: list[tuple[int, Show]]) -> Iterator[list[tuple[int, Show]]]:
    """Shows by baseline: a smaller one beside a larger may stand higher, by half of the larger's em."""
    bands: list[tuple[Show, list[tuple[int, Show]]]] = []
    for at, show in sorted(shows, key=lambda pair: (pair[1].turned, -pair[1].size)):
        for first, band in bands:
            near = abs(show.baseline - first.baseline) < 0.02 * first.size
            raised = (
                show.size < 0.85 * first.size and 0 < show.baseline - first.baseline < SAME_LINE * first.size
            )
            beside = raised and _touches(show, band)
            if show.turned == first.turned and (near or beside):
                band.append((at, show))
                break
        else:
            bands.append((show, [(at, show)]))
    return (band for _, band in bands)


def _touches(show: Show, band: list[tuple[int, Show]]) -> bool:
    gap = APART * show.size
    return any(show.x - gap < one.end and one.x < show.end + gap for _, one in band)


def _parted(band: list[tuple[int, Show]]) -> Iterator[_Row]:
    band.sort(key=lambda pair: (pair[1].x, pair[1].end))
    start = 0
    for number, ((_, left), (_, right)) in enumerate(pairwise(band), 1):
        gap = right.x - left.end
        size = min(left.size, right.size)
        if not -OVERLAP * size < gap < APART * size:
            yield _Row(band[start:number])
            start = number
    yield _Row(band[start:])
