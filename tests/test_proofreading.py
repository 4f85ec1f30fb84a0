"""Proofreading of made-up pages: faults are not printed, accidents are told, each made for real."""

from __future__ import annotations

import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from lxml import html as lxml_html
from pelican.settings import read_settings
from tiny import Tiny, tiny

from magazine.errors import MagazineError
from magazine.findings import Finding
from magazine.library import load
from magazine.model import Imprint
from press.compose import compose, style_sheets
from press.desk import print_issue
from press.fitting import UnplaceableError
from press.leaves import paginate
from press.makeup import Slice
from press.proofreading import Sources, accidents, faults, too_tall
from press.room import print_all
from press.typeset import Typesetter

A = "content/articles/first.en.md"
LONG = "A paragraph of words that goes on for a line and a little more than that, so that it breaks. " * 3


def proofread(house: Tiny) -> tuple[list[Finding], list[Finding]]:
    """Faults and accidents of the English edition."""
    library, found = load(Imprint.from_settings(read_settings(str(house.here / "tinyconf.py"))))
    assert not found
    edition = library.edition(library.issues[0], "en")
    sources = Sources(edition, library.imprint.root)
    theme = library.imprint.theme
    typesetter = Typesetter(theme, tuple(style_sheets(theme, "en")))
    try:
        _, sheet, fitted = paginate(compose(edition, library), typesetter.measure, lambda *_: "")
    except UnplaceableError as error:
        return [too_tall(error.piece, error.element, sources)], []
    return list(faults(fitted, sources, theme)), list(accidents(fitted, sheet, sources))


@pytest.fixture
def house(tmp_path: Path) -> Tiny:
    return tiny(tmp_path)


def write(house: Tiny, body: str, more: str = "category: feature\n") -> None:
    house.piece(A, "The first article", body, more=more)


FAULTS = {
    "P010": "One.\n\n/// table | Wide\n| A | B |\n|---|---|\n| "
    + "x" * 60
    + " | "
    + "y" * 60
    + " |\n///\n\nTwo.",
    "P011": "One.\n\nTwo " + "9" * 120 + " three.",
    "P012": "One.\n\n/// pullquote\n" + LONG * 12 + "\n///\n\nTwo.",
    "P013": "One.\n\nTwo \u4e2d three.",
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_found_at_its_line(house: Tiny, code: str) -> None:
    write(house, FAULTS[code])
    found = {(item.code, item.path): item.line for item in proofread(house)[0]}
    assert (code, A) in found
    text = (house.here / A).read_text("utf-8").splitlines()
    assert 8 < found[code, A] <= len(text)


def test_a_fault_is_not_printed(house: Tiny) -> None:
    write(house, FAULTS["P013"])
    library, _ = load(Imprint.from_settings(read_settings(str(house.here / "tinyconf.py"))))
    edition = library.edition(library.issues[0], "en")
    with pytest.raises(MagazineError, match=r"first\.en\.md:\d+: P013"):
        print_all([edition], library)
    assert not list((house.here / ".cache" / "press").glob("1-en-*.pdf"))


def test_what_no_page_holds_comes_from_the_press_as_a_finding(house: Tiny) -> None:
    """From the process that sets it, with its file and line."""
    write(house, FAULTS["P012"])
    settings = read_settings(str(house.here / "tinyconf.py"))
    with pytest.raises(MagazineError) as caught:
        print_issue(settings, "1", "en", house.here / "dist")
    line = (house.here / A).read_text("utf-8").splitlines().index("/// pullquote") + 2
    assert re.search(rf"^issue 1-en: .*{A}:{line}: P012", str(caught.value), flags=re.S)
    assert "“A paragraph of words that” is taller than a page" in str(caught.value)
    assert not list((house.here / "dist").rglob("*.pdf"))


def test_what_no_page_holds_is_said_from_process_to_process() -> None:
    """Its element stays behind."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        problem = pool.submit(_unplaceable).exception()
    assert type(problem) is MagazineError
    assert str(problem) == "first: taller than a page"


def _unplaceable() -> None:
    raise UnplaceableError("first", lxml_html.fragment_fromstring("<p>Text</p>"))


def test_the_accidents_are_seen(house: Tiny) -> None:
    """Sound pages are taken and spoilt: each accident must be told of."""
    write(house, "\n\n".join([LONG] * 60) + "\n\n## A heading\n\n" + LONG)
    library, _ = load(Imprint.from_settings(read_settings(str(house.here / "tinyconf.py"))))
    edition = library.edition(library.issues[0], "en")
    sources = Sources(edition, library.imprint.root)
    theme = library.imprint.theme
    typesetter = Typesetter(theme, tuple(style_sheets(theme, "en")))
    _, sheet, fitted = paginate(compose(edition, library), typesetter.measure, lambda *_: "")
    item = next(item for item in fitted if item.matter.name == "first")
    assert not [found for found in accidents([item], sheet, sources) if found.code in ("P021", "P022")]
    heading = next(n for n, strip in enumerate(item.matter.strips) if strip.role == "heading")
    first = item.pages[0]
    column = first.columns[0]
    cut = replace(column[-1], first=0, last=1)
    lone = replace(first, columns=((*column[:-1], cut), (Slice(heading, 0, 1, 0),)))
    item.pages = [lone, *item.pages[1:]]
    codes = {found.code for found in accidents([item], sheet, sources)}
    assert {"P021", "P022", "P025"} <= codes
