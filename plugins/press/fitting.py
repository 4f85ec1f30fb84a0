"""Fitting: measured galleys to pages, in units of half a line.

Where the plain make-up ends in a page of a few lines or a ragged column, the piece gives way by
less than a reader sees: its columns begin some lines lower, its pages end a line or two earlier,
its text is set a fiftieth smaller or larger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, inf

from lxml.html import HtmlElement

from magazine.errors import MagazineError
from press import galley
from press.galley import PROBES, Matter, Strip
from press.makeup import AROUND_WIDE, NOTE_SPACE, Block, Frame, Page, TooTallError, make_up
from press.measures import Measured, Measures, note_id, with_notes
from press.tables import cut_tall

MM = 25.4 / 96  # a CSS pixel
BELOW = 3.2  # mm below a float, at least

Measure = Callable[[str], Measures]


class UnplaceableError(MagazineError):
    """A block that is taller than a page."""

    def __init__(self, piece: str, element: HtmlElement) -> None:
        super().__init__(f"{piece}: taller than a page")
        self.piece, self.element = piece, element

    def __reduce__(self) -> tuple[type[MagazineError], tuple[str]]:
        """From process to process goes the message alone: elements do not travel."""
        return MagazineError, (str(self),)


class TablesCutError(Exception):
    """Tables were taller than a page and are now several: the blocks are to be counted again."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text block's measures in mm, as the style sheets set them."""

    width: float
    height: float
    column: float
    unit: float  # half a line

    @property
    def gap(self) -> float:
        """Between two columns; none where only one has room."""
        return max(0.0, self.width - 2 * self.column)

    @property
    def lines(self) -> int:
        """Units on a page, in whole lines."""
        return int(self.height / self.unit + 0.01) // 2 * 2

    def units(self, pixels: float, step: int = 1) -> int:
        """Pixels in units, up to a multiple of `step`; a tenth is forgiven."""
        return step * max(0, ceil(pixels * MM / self.unit / step - 0.1))

    def room(self, strip: Strip) -> float:
        """The pixels of a page that a block may take, its notes counted."""
        around = AROUND_WIDE if strip.role == "wide" else NOTE_SPACE if strip.in_flow and strip.notes else 0.0
        return (self.lines - around) * self.unit / MM

    @classmethod
    def of(cls, measures: Measures) -> Sheet:
        """Read off the galley's probes."""
        page, column, line = (measures[f"probe-{name}"] for name in PROBES)
        return cls(page.width * MM, page.height * MM, column.width * MM, line.height * MM / 2)


@dataclass(frozen=True, slots=True)
class Room:
    """Units that a piece gives: before the columns of its first page, at the foot of each page."""

    lower: int = 0
    shorter: int = 0

    @property
    def cost(self) -> float:
        """A lower beginning is hardly seen, a short page is."""
        return 0.4 * self.lower + 2.0 * self.shorter


ROOMS = sorted(
    (Room(lower, shorter) for lower in (0, 2, 4, 6) for shorter in (0, 2, 4)),
    key=lambda room: room.cost,
)
LOWER = 0.15  # of a page, at most, between an opening and its columns
# Classes of tokens.css, and what they cost.
TEXTS = {"": 0.0, "tight": 3.0, "loose": 3.0, "tighter": 9.0, "looser": 9.0}
BALANCED = "data-balanced"  # on what is seen as a spread
CONTENT = 10.0  # what pages may cost before something else is tried


@dataclass(slots=True)
class Fitted:
    """A matter and the best pages so far, with the measures they were made from."""

    matter: Matter
    pages: Sequence[Page] = ()
    cost: float = inf
    text_class: str = ""
    measures: Measures = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)  # of its blocks, as they were measured

    def __post_init__(self) -> None:
        """Take note of the texts, which the binding takes apart."""
        self.texts = [strip.element.text_content() for strip in self.matter.strips]


def fit(
    tree: HtmlElement, matters: Sequence[Matter], measure: Measure, known: Sequence[Fitted | None] = ()
) -> tuple[Sheet, list[Fitted]]:
    """Pages for everything that is not known.

    UnplaceableError for a block that no page holds; TablesCutError as it says.
    """
    known = [*known, *[None] * (len(matters) - len(known))]
    fitted = [item or Fitted(matter) for matter, item in zip(matters, known, strict=True)]
    new = [item for item, before in zip(fitted, known, strict=True) if before is None]
    sheet: Sheet | None = None
    for text_class in TEXTS:
        ill = [item for item in new if item.cost > CONTENT + TEXTS[text_class]]
        if not ill:
            break
        measures = measure(galley.document(tree, [item.matter for item in ill], text_class))
        sheet = sheet or Sheet.of(measures)
        if cut_tall([item.matter for item in ill], measures, sheet.room):
            raise TablesCutError
        for item in ill:
            _improve(item, text_class, measures, sheet)
    assert sheet is not None
    for item in new:
        if BALANCED in item.matter.element.attrib:
            _level(item, sheet)
    return sheet, fitted


def _level(item: Fitted, sheet: Sheet) -> None:
    """The same number of pages, each as high as the others: for a text that is seen as a spread."""
    blocks = list(_blocks(item.matter, item.measures, sheet))
    opening = sheet.units(item.measures[item.matter.opening_id].height, step=2)
    for height in range(sheet.lines - 2, opening, -2):
        try:
            pages, _ = make_up(blocks, Frame(item.matter.columns, height, opening))
        except TooTallError:
            return
        if len(pages) > len(item.pages):
            return
        item.pages = pages


def _improve(item: Fitted, text_class: str, measures: Measures, sheet: Sheet) -> None:
    """Take the pages of this size of text where they are better than those there are."""
    blocks = list(_blocks(item.matter, measures, sheet))
    opening = sheet.units(measures[item.matter.opening_id].height, step=2)
    most_lower = sheet.lines * LOWER if opening else 0
    for room in ROOMS:
        if room.lower > most_lower:
            continue
        price = room.cost + TEXTS[text_class]
        if price >= item.cost or item.cost <= CONTENT:
            return
        frame = Frame(item.matter.columns, sheet.lines - room.shorter, opening + room.lower)
        try:
            pages, cost = make_up(blocks, frame)
        except TooTallError as error:
            if item.pages:  # there was room for it before the piece gave any away
                continue
            raise UnplaceableError(item.matter.name, item.matter.strips[error.block].element) from error
        if cost + price < item.cost:
            item.pages, item.cost = pages, cost + price
            item.text_class, item.measures = text_class, measures


def _blocks(matter: Matter, measures: Measures, sheet: Sheet) -> Iterator[Block]:
    before: Measured | None = None
    for strip in matter.strips:
        measured = measures[strip.id]
        if not strip.in_flow:
            yield _floating(strip, measures, sheet)
            continue
        gap = round((measured.top - before.bottom) * MM / sheet.unit) if before else 0
        before = measured
        yield _in_flow(strip, max(0, gap), measures, sheet)


def _floating(strip: Strip, measures: Measures, sheet: Sheet) -> Block:
    height = height_of(strip, measures)
    units = sheet.units(height)
    after = sheet.units(height + BELOW / MM) - units
    return Block(strip.role, (units,), after=after, closing=strip.closing)


def height_of(strip: Strip, measures: Measures) -> float:
    """In pixels; what floats has its notes right below it, as a table has."""
    return with_notes(strip.id, () if strip.in_flow else strip.notes, measures)


def _in_flow(strip: Strip, gap: int, measures: Measures, sheet: Sheet) -> Block:
    measured = measures[strip.id]
    calls = [line.notes for line in measured.lines] if strip.role == "text" else [strip.notes]
    notes = tuple(
        sum(measures[note_id(note)].height for note in called) * MM / sheet.unit for called in calls
    )
    if strip.role != "text":
        grid = strip.role == "heading"
        return Block(strip.role, (sheet.units(measured.height),), gap, on_grid=grid, notes=notes)
    hyphens = frozenset(at for at, line in enumerate(measured.lines) if line.hyphenated)
    grid = strip.element.tag == "p"
    return Block("text", (2,) * len(measured.lines), gap, on_grid=grid, notes=notes, hyphens=hyphens)
