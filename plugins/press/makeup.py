"""Make-up: which lines of a piece stand in which column of which page.

Pure arithmetic over measured blocks. Heights are counted in units of half a line, so that every
line of text in every column stands on one baseline grid. The search goes page by page, keeps the
cheapest ways to have come so far, and takes the way with the least of what a printer's reader
would mark: lines left alone, short or uneven columns, figures far from their mention, a last page
of a few lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from press.galley import IN_FLOW, Role

LINE = 2  # units
GAP = 1  # units above a float, unless at the head of a column
AROUND_WIDE = 2  # units, at least, between what is wide and the columns
KEEP = 2  # lines of a paragraph that stay together at either side of a break
BEAM = 12  # ways that are followed at once
MOST_SHORT = 8  # units that a full column may stay short
NOTE_SPACE = 2.0  # units between the text and the notes below it

# What a way costs.
SHORT = 1.5  # a column's missing lines, squared
UNEVEN = 1.0  # a unit of difference between columns
LATE = 2.5  # a float at the head of the next column, and as much again for each one more
NEXT_PAGE = 14.0  # what floats, a page after its mention
AGAIN = 20.0  # what floats, a second page after its mention
BEFORE = 1.0  # what is wide, above its mention
EDGE = 0.5  # a paragraph of which just two lines stay behind or go on
PAGE = 6.0  # each page
SCANT = ((4, 60.0), (8, 30.0), (12, 12.0), (16, 5.0))  # lines on the last page, when fewer
SCANT_OF = 68  # units of a page for which these are meant


@dataclass(frozen=True)
class Block:
    """A block as the make-up sees it; heights in units."""

    role: Role
    lines: tuple[int, ...]  # one for what does not break
    gap: int = 0  # above it, unless at the head of a column
    after: int = 0  # below it, unless at the foot
    on_grid: bool = True  # its lines stand on the grid of whole lines
    notes: tuple[float, ...] = ()  # of each line: the height of the notes that it calls
    hyphens: frozenset[int] = frozenset()  # lines that end within a word: no column ends there
    closing: bool = False  # what is wide: it stands below the last columns

    @cached_property
    def height(self) -> int:
        """Of the whole."""
        return sum(self.lines)

    def may_end(self, first: int, last: int) -> bool:
        """Whether a column may end after line `last` of those that began at `first`."""
        count = len(self.lines)
        if last == count:
            return self.role != "heading"
        alone = last - first < KEEP or count - last < KEEP
        return not alone and last - 1 not in self.hyphens


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's text block: columns side by side, `height` units high."""

    columns: int
    height: int
    opening: int = 0  # units at the head of a piece's first page


@dataclass(frozen=True, slots=True)
class Slice:
    """Lines `first` to `last` of a block, `top` units below the head of their column."""

    block: int
    first: int
    last: int
    top: int


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page; `head` is where the columns begin, in units."""

    columns: tuple[tuple[Slice, ...], ...]
    head: int
    height: int  # of the columns
    above: tuple[int, ...] = ()  # blocks across the columns
    below: tuple[int, ...] = ()
    last: bool = False


class TooTallError(Exception):
    """A block that no column holds; `block` is its index."""

    def __init__(self, block: int) -> None:
        super().__init__(f"block {block} is taller than a page")
        self.block = block


@dataclass(frozen=True, slots=True)
class _Place:
    """How far a way has come: the next line, and what still waits for room."""

    block: int = 0
    line: int = 0
    waiting: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fill:
    """One way to fill a column."""

    slices: tuple[Slice, ...]
    to: _Place
    short: float  # units left empty
    cost: float


@dataclass(slots=True)
class _Column:
    """A column in the making."""

    at: int = 0
    after: int = 0  # what the last block wants below it
    notes: float = 0.0
    slices: tuple[Slice, ...] = ()
    waiting: tuple[int, ...] = ()
    cost: float = 0.0


def make_up(blocks: Sequence[Block], frame: Frame) -> tuple[list[Page], float]:
    """The pages of a piece, and what they cost. TooTallError when a block can't stand anywhere."""
    for index, block in enumerate(blocks):
        if not _stands(block, frame.height):
            raise TooTallError(index)
    return _Search(blocks, frame).run()


def _stands(block: Block, height: int) -> bool:
    """Whether columns of a height, with nothing else in them, hold a block and its notes."""
    if block.role in ("float", "wide"):
        return (across_height(block) if block.role == "wide" else block.height) <= height
    place = _Place()
    while place.block == 0:
        filling = _Filling([block], height, frozenset())
        fills = [*filling.ways(place), filling.poor(place)]
        before, place = place, max((fill.to for fill in fills), key=lambda to: (to.block, to.line))
        if place == before:
            return False
    return True


@dataclass(slots=True)
class _Search:
    blocks: Sequence[Block]
    frame: Frame
    fills: dict[tuple[_Place, int, frozenset[int]], list[_Fill]] = field(default_factory=dict)

    def run(self) -> tuple[list[Page], float]:
        """Page by page, the cheapest ways first."""
        ways: dict[_Place, tuple[float, list[Page]]] = {_Place(): (0.0, [])}
        best: tuple[float, list[Page]] | None = None
        while ways:
            ahead: dict[_Place, tuple[float, list[Page]]] = {}
            for place, (cost, pages) in ways.items():
                for page, to, more in self.page(place, first=not pages):
                    if to == place and pages:  # an opening may leave no room, but nothing else may
                        continue
                    total = cost + more + PAGE
                    if best and total >= best[0]:
                        continue
                    if page.last:
                        best = total, [*pages, page]
                    elif to not in ahead or total < ahead[to][0]:
                        ahead[to] = total, [*pages, page]
            ways = dict(sorted(ahead.items(), key=lambda way: way[1][0])[:BEAM])
        if best is None:
            raise TooTallError(max((place.block for place, _, _ in self.fills), default=0))
        return best[1], best[0] - PAGE * len(best[1])

    # --- a page -------------------------------------------------------------------------------

    def page(self, place: _Place, *, first: bool) -> Iterator[tuple[Page, _Place, float]]:
        """The ways to make one page from here: the page, where it leads, what it costs."""
        opening = self.frame.opening if first else 0
        for above, below, cost in self.across(place, self.frame.height - opening):
            taken = frozenset((*above, *below))
            head = opening + sum(across_height(self.blocks[index]) for index in above)
            height = self.frame.height - head - sum(across_height(self.blocks[index]) for index in below)
            if height < 0:
                continue
            start = replace(place, waiting=tuple(i for i in place.waiting if i not in taken))
            page = Page(((),) * self.frame.columns, head, height, above, below)
            for page_, to, more in self.filled(page, start, taken):
                yield page_, to, cost + more + _waiting(place, to)

    def filled(
        self, page: Page, start: _Place, taken: frozenset[int]
    ) -> Iterator[tuple[Page, _Place, float]]:
        """The ways to fill the columns of a page; all that lead to the end are balanced alike."""
        ended = False
        for columns, to, cost in self.columns(start, page.height, taken):
            if not all(index < to.block for index in taken):
                continue
            if not self.is_end(to):
                yield replace(page, columns=columns), to, cost
            elif not ended:
                ended = True
                last, cost = self.balanced(replace(page, columns=columns, last=True), start, taken)
                yield last, to, cost

    def across(self, place: _Place, room: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], float]]:
        """What may stand above and below the columns: what waits and fits, and what comes next."""
        waiting: tuple[int, ...] = ()
        for index in self.wide(place.waiting):
            room -= across_height(self.blocks[index])
            if room < 0:
                break
            waiting = (*waiting, index)
        yield waiting, (), 0.0
        if waiting != self.wide(place.waiting):  # nothing overtakes what waits
            return
        coming = [i for i in range(place.block, len(self.blocks)) if self.blocks[i].role == "wide"][:2]
        for index in coming[:1]:
            yield waiting, (index,), 0.0
            if not self.blocks[index].closing:
                yield (*waiting, index), (), BEFORE
        if len(coming) == 2:
            yield (*waiting, coming[0]), (coming[1],), BEFORE

    def wide(self, indices: Sequence[int]) -> tuple[int, ...]:
        """Those that stand across the columns."""
        return tuple(index for index in indices if self.blocks[index].role == "wide")

    def is_end(self, place: _Place) -> bool:
        """Nothing is left."""
        return place.block >= len(self.blocks) and not place.waiting

    def balanced(self, page: Page, start: _Place, taken: frozenset[int]) -> tuple[Page, float]:
        """A last page with its columns as even as they go, no higher than they must be."""
        low, high = 0, even(page.height)
        found: tuple[tuple[tuple[Slice, ...], ...], int, float] | None = None
        for height in range(low, high + 1, LINE):
            if height * self.frame.columns < self.least(start):
                continue
            ends = [
                (columns, cost) for columns, to, cost in self.columns(start, height, taken) if self.is_end(to)
            ]
            if ends:
                columns, cost = min(ends, key=lambda end: end[1])
                found = columns, height, cost
                break
        if found is None:
            return page, 0.0
        columns, height, cost = found
        return replace(page, columns=columns, height=height), cost + self.scant(height, page.below)

    def scant(self, height: int, below: Sequence[int]) -> float:
        """What so few lines on the last page cost, fewer being few on a small page."""
        if not height and not any(self.blocks[index].closing for index in below):
            return 0.0
        share = min(1.0, self.frame.height / SCANT_OF)
        return next((fine for lines, fine in SCANT if height < lines * LINE * share), 0.0)

    def least(self, place: _Place) -> int:
        """Units that are still to be placed in columns, at least."""
        blocks = self.blocks[place.block :]
        inside = sum(block.height for block in blocks if block.role != "wide")
        begun = sum(self.blocks[place.block].lines[: place.line]) if place.line else 0
        return inside - begun

    def columns(
        self, place: _Place, height: int, taken: frozenset[int]
    ) -> Iterator[tuple[tuple[tuple[Slice, ...], ...], _Place, float]]:
        """The ways to fill all columns of a page."""
        ways: list[tuple[tuple[tuple[Slice, ...], ...], tuple[float, ...], _Place, float]]
        ways = [((), (), place, 0.0)]
        for _ in range(self.frame.columns):
            ways = [
                ((*columns, fill.slices), (*shorts, fill.short), fill.to, cost + fill.cost)
                for columns, shorts, at, cost in ways
                for fill in self.column(at, height, taken)
            ]
        for columns, shorts, to, cost in ways:
            yield columns, to, cost + _unfilled(shorts, end=self.is_end(to))

    # --- a column -----------------------------------------------------------------------------

    def column(self, place: _Place, height: int, taken: frozenset[int]) -> list[_Fill]:
        """The ways to fill one column: those that fill it well, else the one that fills it best."""
        key = place, height, taken
        if key not in self.fills:
            filling = _Filling(self.blocks, height, taken)
            self.fills[key] = [*filling.ways(place)] or [filling.poor(place)]
        return self.fills[key]


@dataclass(slots=True)
class _Filling:
    """The search down one column."""

    blocks: Sequence[Block]
    height: int
    taken: frozenset[int]
    best: tuple[float, _Column, int, int, Slice | None] | None = None  # of the ends that leave too much empty

    def poor(self, place: _Place) -> _Fill:
        """The end that leaves least empty, or nothing at all."""
        if self.best is None:
            return _Fill((), place, self.height, 0.0)
        short, column, index, line, slice_ = self.best
        return _fill(column, index, line, slice_, short)

    def ways(self, place: _Place) -> Iterator[_Fill]:
        """Down the column, from the floats that wait to the line where it ends."""
        column = _Column()
        for index in place.waiting:
            block = self.blocks[index]
            top = column.at + max(GAP, column.after) if column.at else 0
            if block.role == "wide" or column.waiting or top + block.height > self.height:
                column.waiting = (*column.waiting, index)
                column.cost += LATE
                continue
            column.slices = (*column.slices, Slice(index, 0, 1, top))
            column.at, column.after = top + block.height, block.after
        if column.slices:
            yield from self.end(column, place.block, place.line, None, column.at)
        yield from self.down(place.block, place.line, column)

    def down(self, index: int, line: int, column: _Column) -> Iterator[_Fill]:
        """On from a block: each place where the column may end."""
        if index == len(self.blocks):
            yield _fill(column, index, 0, None, self.height - column.at - column.notes)
            return
        role = self.blocks[index].role
        if self.blocks[index].closing and index not in self.taken:
            return
        if role == "wide":
            waits = () if index in self.taken else (index,)
            yield from self.down(index + 1, 0, replace(column, waiting=(*column.waiting, *waits)))
        elif role == "float":
            yield from self.floating(index, column)
        else:
            yield from self.lines(index, line, column)

    def floating(self, index: int, column: _Column) -> Iterator[_Fill]:
        """A float: here, or at the head of the next column."""
        block = self.blocks[index]
        top = column.at + max(GAP, column.after) if column.at else 0
        bottom = top + block.height
        overtaken = any(self.blocks[waits].role == "float" for waits in column.waiting)
        if not overtaken and bottom + column.notes <= self.height:
            slices = (*column.slices, Slice(index, 0, 1, top))
            here = replace(column, at=bottom, after=block.after, slices=slices)
            if not self.after_heading(index):
                yield from self.end(here, index + 1, 0, None, bottom + column.notes)
            yield from self.down(index + 1, 0, here)
        late = replace(column, waiting=(*column.waiting, index), cost=column.cost + LATE)
        yield from self.down(index + 1, 0, late)

    def after_heading(self, index: int) -> bool:
        """Whether what floats comes right after a heading, which must not end a column with it."""
        before = (self.blocks[at].role for at in range(index - 1, -1, -1))
        return next((role for role in before if role in IN_FLOW), None) == "heading"

    def lines(self, index: int, line: int, column: _Column) -> Iterator[_Fill]:
        """Lines of text, or a block that does not break."""
        block = self.blocks[index]
        top, count = self.top(block, line, column), len(block.lines)
        bottom, notes = top, column.notes
        for at in range(line, count):
            added = block.notes[at] if block.notes else 0.0
            notes += added + (NOTE_SPACE if added and not notes else 0.0)
            bottom += block.lines[at]
            if bottom + notes > self.height:
                return
            if block.may_end(line, at + 1):
                after = (index + 1, 0) if at + 1 == count else (index, at + 1)
                yield from self.end(column, *after, Slice(index, line, at + 1, top), bottom + notes)
        slices = (*column.slices, Slice(index, line, count, top))
        yield from self.down(index + 1, 0, _Column(bottom, 0, notes, slices, column.waiting, column.cost))

    def top(self, block: Block, line: int, column: _Column) -> int:
        """Where a block begins: below what stands there, on the grid, at the head without a gap."""
        top = column.at + column.after
        if column.at and not line:
            top = max(top, column.at + block.gap)
        return even(top) if block.on_grid else top

    def end(
        self, column: _Column, index: int, line: int, slice_: Slice | None, used: float
    ) -> Iterator[_Fill]:
        """The column may end here."""
        short = self.height - used
        if short <= MOST_SHORT:
            yield _fill(column, index, line, slice_, short)
        elif self.best is None or short < self.best[0]:
            self.best = short, column, index, line, slice_


def _fill(column: _Column, index: int, line: int, slice_: Slice | None, short: float) -> _Fill:
    slices = (*column.slices, slice_) if slice_ else column.slices
    edge = EDGE if line and slice_ and slice_.last - slice_.first == KEEP else 0.0
    return _Fill(slices, _Place(index, line, column.waiting), short, column.cost + edge)


def _waiting(before: _Place, after: _Place) -> float:
    """What it costs that floats wait for the next page, and more when they have waited already."""
    again = len({*before.waiting, before.block} & {*after.waiting})
    return NEXT_PAGE * len(after.waiting) + AGAIN * again


def across_height(block: Block) -> int:
    """Of what is wide, with the space to the columns: whole lines, so that the grid goes on below."""
    return even(block.height + AROUND_WIDE)


def even(units: int) -> int:
    """Up to whole lines."""
    return units + units % LINE


def _unfilled(shorts: Sequence[float], *, end: bool) -> float:
    """What short and uneven columns cost; where the text ends only its evenness counts."""
    uneven = UNEVEN * (max(shorts) - min(shorts))
    return uneven if end else uneven + sum(SHORT * (max(0.0, short) / LINE) ** 2 for short in shorts)
