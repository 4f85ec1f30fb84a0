"""Proofreading: each accident on pages made for it, told at its place in both languages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from lxml import html as lxml_html
from pelican.settings import read_settings
from tiny import Tiny, tiny

from magazine.library import load
from magazine.model import Imprint
from press.fitting import Fitted, Sheet
from press.galley import Matter, Role, Strip
from press.makeup import Page, Slice
from press.measures import Line, Measured
from press.proofreading import Sources, accidents

FIRST = "content/articles/first.en.md"
SHEET = Sheet(width=168, height=200, column=81, unit=2.5)  # forty lines a page
TAGS: dict[str, str] = {"text": "p", "heading": "h2", "float": "figure"}
Block = tuple[Role, Sequence[str]]  # what it is, its lines
LONG: Block = ("text", ["some words of a line"] * 40)


def fitted(blocks: Sequence[Block], *pages: Sequence[tuple[int, int, int]]) -> Fitted:
    """Blocks on pages of one column; a slice is its block, its first line and the one after its last."""
    article = lxml_html.fragment_fromstring(
        "<article id='first' class='piece'><div class='text'></div></article>"
    )
    strips, measures = [], {}
    for number, (role, lines) in enumerate(blocks):
        element = article.makeelement(TAGS[role], {})
        element.text = " ".join(lines)
        strips.append(Strip(str(number), role, element))
        height = 2 * len(lines) * SHEET.unit * 96 / 25.4
        measures[str(number)] = Measured(0, height, 300, tuple(Line(text, 19, ()) for text in lines), 0)
    made = []
    for at, slices in enumerate(pages, 1):
        tops = [2 * sum(last - first for _, first, last in slices[:n]) for n in range(len(slices))]
        column = tuple(Slice(*slice_, top=top) for slice_, top in zip(slices, tops, strict=True))
        made.append(Page((column,), 0, SHEET.lines, last=at == len(pages)))
    return Fitted(Matter(article, tuple(strips), 1), made, measures=measures)


FIGURE: Block = ("float", [""] * 10)
ACCIDENTS = {
    "P020": fitted([("text", ["some words of a line", "end."])], [(0, 0, 2)]),
    "P021": fitted([LONG, ("text", ["some words of a line"] * 40)], [(0, 0, 40)], [(1, 0, 39)], [(1, 39, 40), (0, 0, 9)]),
    "P022": fitted([("text", ["some words"] * 39), ("heading", ["Heading"]), LONG], [(0, 0, 39), (1, 0, 1)], [(2, 0, 40)]),
    "P023": fitted([LONG, FIGURE, LONG, LONG], [(0, 0, 40)], [(2, 0, 40)], [(1, 0, 1), (3, 0, 40)]),
    "P024": fitted([LONG, ("text", ["some words of a line"] * 3)], [(0, 0, 40)], [(1, 0, 3)]),
    "P025": fitted([("text", ["some words of a line"] * 30), LONG], [(0, 0, 30)], [(1, 0, 40)]),
}  # fmt: skip
SOUND = fitted([LONG, ("text", ["some words of a line"] * 60)], [(0, 0, 40)], [(1, 0, 40)], [(1, 40, 60)])


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    house: Tiny = tiny(tmp_path_factory.mktemp("proofs"))
    imprint = Imprint.from_settings(read_settings(str(house.here / "tinyconf.py")))
    library, _ = load(imprint)
    return Sources(next(e for e in library.editions() if e.language.code == "en"), imprint.root)


@pytest.mark.parametrize("code", ACCIDENTS)
def test_an_accident_is_told(sources: Sources, code: str) -> None:
    (found,) = accidents([ACCIDENTS[code]], SHEET, sources)
    assert found.code == code
    assert found.path == FIRST
    assert found.text("en"), "its words are complete"
    assert found.text("ar")


def test_a_loose_line_is_told_once_by_its_words(sources: Sources) -> None:
    loose = [("0", "some words of"), ("0", "some words of"), ("99", "of another piece")]
    (found,) = accidents([SOUND], SHEET, sources, loose)
    assert (found.code, found.path) == ("P026", FIRST)
    assert "“some words of”" in found.text("en")
    assert "«some words of»" in found.text("ar")


def test_of_sound_pages_nothing_is_told(sources: Sources) -> None:
    assert not list(accidents([SOUND], SHEET, sources))
