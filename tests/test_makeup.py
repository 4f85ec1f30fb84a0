"""Make-up as pure arithmetic: what holds of every way to make pages, and what each cost is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from press.galley import IN_FLOW, strips
from press.makeup import (
    AROUND_WIDE,
    GAP,
    KEEP,
    LINE,
    NOTE_SPACE,
    Block,
    Frame,
    Page,
    Slice,
    TooTallError,
    make_up,
)

EXAMPLES = settings(deadline=None, max_examples=100)


class Made(NamedTuple):
    """Blocks, the frame they were made up in, and the pages."""

    blocks: Sequence[Block]
    frame: Frame
    pages: Sequence[Page]

    def columns(self) -> Iterator[tuple[Page, tuple[Slice, ...]]]:
        """Every column that has anything in it, in the order of reading."""
        for page in self.pages:
            yield from ((page, column) for column in page.columns if column)

    def in_flow(self, column: Sequence[Slice]) -> list[Slice]:
        """What stands in its place in the text."""
        return [slice_ for slice_ in column if self.blocks[slice_.block].role in IN_FLOW]

    def bottom(self, slice_: Slice) -> int:
        """Where a slice ends."""
        return slice_.top + sum(self.blocks[slice_.block].lines[slice_.first : slice_.last])

    def notes(self, column: Sequence[Slice]) -> float:
        """The height of the notes that a column calls, with the space above them."""
        height = sum(sum(self.blocks[s.block].notes[s.first : s.last]) for s in column)
        return height + NOTE_SPACE if height else 0.0

    def used(self, column: Sequence[Slice]) -> float:
        """What a column takes of its page."""
        return self.bottom(column[-1]) + self.notes(column) if column else 0.0


def text(lines: int, **more: Any) -> Block:
    return Block("text", (LINE,) * lines, **more)


def made(blocks: Sequence[Block], frame: Frame) -> Made:
    return Made(blocks, frame, make_up(blocks, frame)[0])


# --- blocks made up at random -------------------------------------------------------------------


@st.composite
def paragraphs(draw: st.DrawFn) -> Block:
    """A paragraph or an item, now and then with a note or words cut at the ends of lines."""
    count = draw(st.integers(1, 14))
    notes = [0.0] * count
    if draw(st.integers(0, 4)) == 0:
        notes[draw(st.integers(0, count - 1))] = draw(st.sampled_from([1.5, 3.0, 6.25]))
    hyphens = frozenset(range(draw(st.integers(0, 5)), count - 1, draw(st.integers(2, 9))))
    on_grid = draw(st.integers(0, 3)) > 0
    return text(count, gap=draw(st.integers(0, 2)), notes=tuple(notes), hyphens=hyphens, on_grid=on_grid)


def solid(height: int, gap: int, notes: tuple[float, ...]) -> Block:
    return Block("solid", (height,), gap, on_grid=False, notes=notes)


BLOCKS = st.one_of(
    paragraphs(),
    paragraphs(),
    st.builds(lambda height, gap: Block("heading", (height,), gap), st.integers(2, 6), st.integers(2, 4)),
    st.builds(solid, st.integers(1, 14), st.integers(0, 3), st.sampled_from([(), (2.5,)])),
    st.builds(
        lambda height, after: Block("float", (height,), after=after), st.integers(2, 24), st.integers(0, 3)
    ),
    st.builds(lambda height: Block("wide", (height,)), st.integers(2, 24)),
)
FRAMES = st.builds(
    lambda columns, height, opening: Frame(columns, LINE * height, LINE * opening),
    st.integers(1, 3),
    st.integers(17, 26),
    st.integers(0, 12),
)


def led_by_one(blocks: list[Block]) -> list[Block]:
    """No heading right after a heading: any number of them would have to stay together."""
    kept: list[Block] = []
    for block in blocks:
        flow = [before.role for before in kept if before.role in IN_FLOW]
        if block.role != "heading" or flow[-1:] != ["heading"]:
            kept.append(block)
    return kept


MADE = st.builds(made, st.lists(BLOCKS, max_size=16).map(led_by_one), FRAMES)


@EXAMPLES
@given(MADE)
def test_every_line_stands_once_and_in_its_order(it: Made) -> None:
    flow = [
        (s.block, line)
        for _, column in it.columns()
        for s in it.in_flow(column)
        for line in range(s.first, s.last)
    ]
    assert flow == [
        (at, line)
        for at, block in enumerate(it.blocks)
        if block.role in IN_FLOW
        for line in range(len(block.lines))
    ]


@EXAMPLES
@given(MADE)
def test_every_float_stands_once(it: Made) -> None:
    standing = [s for _, column in it.columns() for s in column if s not in it.in_flow(column)]
    assert sorted(s.block for s in standing) == [
        at for at, block in enumerate(it.blocks) if block.role == "float"
    ]
    assert all((s.first, s.last) == (0, 1) for s in standing)
    across = [at for page in it.pages for at in (*page.above, *page.below)]
    assert across == [at for at, block in enumerate(it.blocks) if block.role == "wide"], "in their order"


@EXAMPLES
@given(MADE)
def test_nothing_overlaps_or_leaves_its_column(it: Made) -> None:
    for page, column in it.columns():
        assert column[0].top >= 0
        for above, below in pairwise(column):
            assert it.bottom(above) + it.blocks[above.block].after <= below.top
            block = it.blocks[below.block]
            gap = GAP if block.role == "float" else block.gap if not below.first else 0
            assert it.bottom(above) + gap <= below.top
        assert it.used(column) <= page.height, "with its notes"


@EXAMPLES
@given(MADE)
def test_what_is_wide_and_the_columns_share_the_page(it: Made) -> None:
    for number, page in enumerate(it.pages):
        opening = 0 if number else it.frame.opening
        above, below = (
            sum(it.blocks[at].height + AROUND_WIDE for at in part) for part in (page.above, page.below)
        )
        assert opening + above <= page.head
        assert page.height >= 0
        assert page.head + page.height + below <= it.frame.height
        assert len(page.columns) == it.frame.columns


@EXAMPLES
@given(MADE)
def test_a_paragraph_leaves_and_takes_over_enough_lines(it: Made) -> None:
    for _, column in it.columns():
        for s in column:
            count = len(it.blocks[s.block].lines)
            assert all(
                edge == 0 or edge == count or KEEP <= edge <= count - KEEP for edge in (s.first, s.last)
            )


@EXAMPLES
@given(MADE)
def test_no_column_ends_in_a_heading_or_within_a_word(it: Made) -> None:
    flows = [flow for _, column in it.columns() if (flow := it.in_flow(column))]
    for flow in flows[:-1]:  # where the text ends nothing follows
        block = it.blocks[flow[-1].block]
        assert block.role != "heading"
        assert flow[-1].last - 1 not in block.hyphens


@EXAMPLES
@given(MADE)
def test_text_stands_on_the_grid(it: Made) -> None:
    for page, column in it.columns():
        assert page.head % LINE == 0
        for s in it.in_flow(column):
            if it.blocks[s.block].on_grid:
                assert s.top % LINE == 0


@EXAMPLES
@given(MADE)
def test_floats_stand_where_they_are_mentioned_or_head_a_later_column(it: Made) -> None:
    flow: list[Slice] = []  # the text so far
    for _, column in it.columns():
        for at, s in enumerate(column):
            if it.blocks[s.block].role in IN_FLOW:
                flow.append(s)
                continue
            assert has_come(it, flow, s.block), "not before the text that mentions it"
            if it.in_flow(column[:at]):
                assert flow[-1].block < s.block, "below text only where it is mentioned"


@EXAMPLES
@given(MADE)
def test_what_is_wide_stands_on_no_page_before_its_mention(it: Made) -> None:
    flow: list[Slice] = []
    for page in it.pages:
        flow += [s for column in page.columns for s in it.in_flow(column)]
        assert all(has_come(it, flow, wide) for wide in (*page.above, *page.below))


def has_come(it: Made, flow: Sequence[Slice], block: int) -> bool:
    """Whether all the text before a block stands already."""
    lines = {at: len(it.blocks[at].lines) for at in range(block) if it.blocks[at].role in IN_FLOW}
    return lines.items() <= {s.block: s.last for s in flow}.items()


@EXAMPLES
@given(MADE)
def test_the_last_page_is_no_higher_than_it_must_be(it: Made) -> None:
    *before, last = it.pages
    assert last.last
    assert not any(page.last for page in before)
    assert last.height == 0 or max(map(it.used, last.columns)) > last.height - LINE


PARAGRAPHS = st.lists(st.integers(1, 30).map(text), min_size=1, max_size=9)


@EXAMPLES
@given(PARAGRAPHS, st.integers(10, 30))
def test_columns_end_alike_on_the_last_page(blocks: list[Block], height: int) -> None:
    """A paragraph of three lines is not broken, so two columns may differ by three lines, not more."""
    it = made(blocks, Frame(2, height * LINE))
    left, right = map(it.used, it.pages[-1].columns)
    assert abs(left - right) <= 3 * LINE


# --- what does not fit --------------------------------------------------------------------------

FRAME = Frame(2, 40)
TOO_TALL = {
    "a solid block": Block("solid", (41,), on_grid=False),
    "a solid block with its note": Block("solid", (36,), on_grid=False, notes=(4.0,)),
    "a float": Block("float", (41,)),
    "what is wide": Block("wide", (41,)),
    "what is wide, with the space to the columns": Block("wide", (39,)),
    "a heading": Block("heading", (42,)),
    "a heading, with the text that must follow": Block("heading", (38,)),
    "a line with its note": text(9, notes=(*[0.0] * 5, 38.0, *[0.0] * 3)),
    "two lines that stay together, with their notes": text(9, notes=(18.0, 18.0, *[0.0] * 7)),
}
JUST_FIT = {
    "a solid block": Block("solid", (40,), on_grid=False),
    "a solid block with its note": Block("solid", (34,), on_grid=False, notes=(4.0,)),
    "a float": Block("float", (40,)),
    "what is wide": Block("wide", (38,)),
    "a heading, with the text that must follow": Block("heading", (36,)),
    "two lines with their note": text(9, notes=(*[0.0] * 5, 34.0, *[0.0] * 3)),
}


@pytest.mark.parametrize("block", TOO_TALL.values(), ids=TOO_TALL)
def test_what_no_page_holds_is_named(block: Block) -> None:
    before = [text(5), Block("wide", (6,)), text(30), Block("float", (8,))]
    with pytest.raises(TooTallError) as caught:
        make_up([*before, block, text(9)], FRAME)
    assert caught.value.block == len(before)


@pytest.mark.parametrize("block", JUST_FIT.values(), ids=JUST_FIT)
def test_what_a_page_just_holds_has_its_page(block: Block) -> None:
    it = made([text(5), block, text(9)], FRAME)
    places = [s.block for _, column in it.columns() for s in column]
    assert 1 in (*places, *[at for page in it.pages for at in page.above + page.below])


@pytest.mark.parametrize("opening", [38, 40])
def test_an_opening_may_take_the_whole_of_its_page(opening: int) -> None:
    first, second = made([text(12)], Frame(2, 40, opening)).pages
    assert first.columns == ((), ())
    assert second.columns == ((Slice(0, 0, 6, 0),), (Slice(0, 6, 12, 0),))


def test_what_is_wide_does_not_stand_on_the_opening() -> None:
    """All that is left of the piece, but too tall for what the opening leaves of the page."""
    it = made([Block("wide", (30,))], Frame(2, 40, opening=20))
    assert [page.above + page.below for page in it.pages] == [(), (0,)]


def test_nothing_makes_one_empty_page() -> None:
    assert made([], FRAME).pages == [Page(((), ()), 0, 0, last=True)]


# --- what each cost is for ----------------------------------------------------------------------


def test_a_table_floats_and_text_fills_the_page() -> None:
    """SHORT: the column's last ten lines are too few for the table, so the text goes on before it."""
    page = made([text(10), Block("float", (24,)), text(50)], FRAME).pages[0]
    assert page.columns[0] == (Slice(0, 0, 10, 0), Slice(2, 0, 10, 20)), "full, without a gap"
    assert page.columns[1][0] == Slice(1, 0, 1, 0), "at the head of the next column"


def test_a_float_that_has_room_stands_in_its_place() -> None:
    """LATE: even where the column is then a line short, and full when the float heads the next one."""
    page = made([text(10), Block("float", (6,)), text(63, hyphens=frozenset({5}))], Frame(1, 40)).pages[0]
    assert page.columns[0] == (Slice(0, 0, 10, 0), Slice(1, 0, 1, 21), Slice(2, 0, 5, 28))


def test_floats_that_wait_keep_their_order() -> None:
    """The third has room in the right column, but the second waits before it."""
    floats = [Block("float", (height,)) for height in (28, 20, 8)]
    it = made([text(18), *floats, text(60)], FRAME)
    assert [s.block for _, column in it.columns() for s in column if 1 <= s.block <= 3] == [1, 2, 3]


def test_floats_that_head_a_column_have_a_gap_between_them() -> None:
    page = made([text(18), Block("float", (28,)), Block("float", (8,)), text(60)], FRAME).pages[0]
    assert page.columns[1][:2] == (Slice(1, 0, 1, 0), Slice(2, 0, 1, 28 + GAP))


def test_columns_side_by_side_end_alike() -> None:
    """UNEVEN: the right column can't be full, so the left one is a line short too."""
    it = made([text(30), text(82, hyphens=frozenset({9}))], FRAME)
    assert [it.used(column) for column in it.pages[0].columns] == [38, 38]


def test_what_is_wide_stands_on_the_page_of_its_mention() -> None:
    """NEXT_PAGE: even where both columns above it are then a line short."""
    it = made([text(10), Block("wide", (12,)), text(94, hyphens=frozenset({2, 15}))], FRAME)
    assert it.pages[0].below == (1,)
    assert [it.pages[0].height - it.used(column) for column in it.pages[0].columns] == [2, 2]


def test_what_is_wide_and_mentioned_too_late_heads_the_next_page() -> None:
    it = made([text(34), Block("wide", (12,)), text(60)], FRAME)
    assert [page.above for page in it.pages[:2]] == [(), (1,)]


def test_what_waits_and_what_comes_share_a_page() -> None:
    it = made([text(34), Block("wide", (12,)), text(20), Block("wide", (8,)), text(60)], FRAME)
    assert [(page.above, page.below) for page in it.pages[:2]] == [((), ()), ((1,), (3,))]


def test_nothing_wide_overtakes_what_waits() -> None:
    """The second must wait for a page of its own, though the third would fit below the first."""
    wide = [Block("wide", (height,)) for height in (24, 24, 4)]
    it = made([text(26), wide[0], text(2), wide[1], text(12), wide[2], text(40)], FRAME)
    assert [page.above + page.below for page in it.pages if page.above + page.below] == [(1,), (3, 5)]


def test_what_is_wide_stands_below_its_mention_rather_than_above() -> None:
    """One of two goes above the columns, so that they stand between the two."""
    one, two = (
        made([text(10), *[Block("wide", (8,))] * count, text(60)], FRAME).pages[0] for count in (1, 2)
    )
    assert (one.above, one.below) == ((), (1,))
    assert (two.above, two.below) == ((1,), (2,))


def test_more_than_two_lines_stay_behind_where_it_costs_nothing() -> None:
    """EDGE: seven lines and six either way, but three of the paragraph on the left and not two."""
    page = made([text(4), text(9)], FRAME).pages[0]
    assert page.columns[0] == (Slice(0, 0, 4, 0), Slice(1, 0, 3, 8))


def test_no_last_page_of_three_lines_where_there_is_a_choice() -> None:
    """SCANT: the page before it gives up lines, down to a last page that is no orphan."""
    tall = Frame(2, 68)
    it = made([text(73)], tall)
    assert all(it.used(column) < tall.height for column in it.pages[0].columns)
    assert it.pages[-1].height >= 8


def test_an_entry_that_says_so_does_not_break() -> None:
    text = lxml_html.fragment_fromstring("<div><ul><li class='solid'>1979</li><li>1989</li></ul></div>")
    assert [strip.role for strip in strips(text, 0)] == ["solid", "text"]
