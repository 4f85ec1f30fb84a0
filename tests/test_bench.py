"""The bench on a tiny house: each way makes pages, and is told. What anything costs is no test."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pypdfium2
import pytest
from lxml import html as lxml_html
from tiny import ISSUE, ROOT, tiny

from bench.flow import flow
from bench.press import BEFORE, HEAD, NOW, PRINTER, RATIOS, Run, measure, rows, run
from bench.ways import FLOW, compose
from magazine.errors import MagazineError
from press.typeset import Typesetter

DOCUMENT = ROOT / "docs" / "performance.md"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its settings; the issue is in Arabic alone."""
    made = tiny(tmp_path_factory.mktemp("bench"))
    made.write("issues/1/issue.toml", ISSUE.replace("specimen", 'languages = ["ar"]\nspecimen'))
    return made.here / "tinyconf.py"


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_the_ways_make_pages_and_are_held_against_each_other(house: Path) -> None:
    """From WeasyPrint alone to what a printer gets, and a thick book of the same pages."""
    table = measure(house, 1, warm=False, thick=30)
    head, body = table[: len(HEAD)], [cells(row) for row in table[len(HEAD) :].split("\n") if row]
    assert head == HEAD
    told = [BEFORE, NOW, PRINTER, *RATIOS]
    assert [row[:2] for row in body] == [*(["1-ar", one] for one in told), ["1-ar × 3", PRINTER]]
    figures = [[float(cell) for cell in row[2:]] for row in body]
    runs, ratios, thick = dict(zip(told, figures, strict=False)), figures[3:5], figures[5]
    for pages, cpu, wall, mib in (*figures[:3], thick):
        assert pages >= 8
        assert 0 < cpu < 20
        assert 0 < wall < 60
        assert 40 < mib < 1000
    assert thick[0] == 3 * runs[PRINTER][0]
    for found, (of, to) in zip(ratios, RATIOS.values(), strict=True):
        for ratio, one, other in zip(found, runs[of], runs[to], strict=True):
            assert ratio == pytest.approx(one / other, abs=0.02, rel=0.02)


def test_ratios_are_of_pages_and_the_middle_of_the_turns() -> None:
    before, printer = Run(10.0, 10.0, 100.0, 10), Run(10.0, 10.0, 150.0, 20)
    turns = [
        {BEFORE: before, NOW: Run(cpu, 2 * cpu, 300.0, 20), PRINTER: printer} for cpu in (20.0, 60.0, 40.0)
    ]
    assert [cells(row)[2:] for row in rows("1-en", turns)] == [
        ["10", "1.000", "1.000", "100"],
        ["20", "2.000", "4.000", "300"],
        ["20", "0.500", "0.500", "150"],
        ["2.00", "2.00", "4.00", "3.00"],
        ["1.00", "0.25", "0.12", "0.50"],
    ]


def test_a_failure_says_what_the_process_said(tmp_path: Path) -> None:
    with pytest.raises(MagazineError, match="no such edition"):
        run([sys.executable, "-c", "raise SystemExit('no such edition')"], tmp_path / "log")


def test_memory_is_told_in_mebibytes(tmp_path: Path) -> None:
    """More than the process that starts it has, which is the least that is told."""
    taken = run([sys.executable, "-c", "b'x' * 1600 * 2**20"], tmp_path / "log")
    assert 1600 < taken.mib < 1630


def test_the_document_holds_the_table_of_a_run() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert ".venv/bin/inv bench" in text
    assert HEAD in text
    for way in (BEFORE, NOW, PRINTER):
        assert len(re.findall(rf"^\| \d-(?:ar|en) \| {way} \|", text, flags=re.M)) == 2


# --- the flow ----------------------------------------------------------------------------------

COMPOSED = """<html lang="en"><head><meta charset="utf-8"><style>p { color: red }</style></head><body>
<article class="piece two" data-columns="2"><header>Title</header>
<div class="text"><p>One<sup class="call" data-note="a-1"><a href="#note-a-1">1</a></sup>, on.</p>
<figure class="wide">Wide</figure><p>Two</p><p>Three</p></div>
<div class="end-notes"><p class="note-text" id="note-a-1" data-n="a-1"><span class="note-label"><a>1.</a></span>
<span>What the note says.</span></p></div></article></body></html>"""


def test_notes_float_where_they_are_called_and_what_is_wide_parts_the_runs() -> None:
    tree = lxml_html.document_fromstring(flow(COMPOSED, [ROOT / "theme/press/print.css"]))
    assert [child.tag for child in tree.find("head")] == ["meta", "link", "link", "style"]
    assert [Path(link.get("href")).name for link in tree.iter("link")] == ["print.css", "flow.css"]
    assert [run.get("class") for run in tree.find_class("text")[0]] == ["run", "wide-run", "run"]
    (note,) = tree.find_class("note-text")
    assert (note.tag, note.text_content().strip(), note.tail) == ("span", "What the note says.", ", on.")
    assert note.getparent().text == "One"
    assert not tree.find_class("end-notes")
    assert not tree.find_class("call")


def test_the_flow_sets_notes_at_the_foot_of_the_page(tmp_path: Path) -> None:
    here = tiny(tmp_path).here
    compose(here / "tinyconf.py", tmp_path / "editions")
    text = (tmp_path / "editions" / "1-en" / FLOW).read_text("utf-8")
    pdf, _ = Typesetter(here, ()).typeset(text)
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage() for page in document]
        found = next(page for page in pages if page.search("A first paragraph").get_next())
        call, note = (top(found, words) for words in ("A first paragraph", "A first footnote"))
        assert note < call
        assert note < document[0].get_height() * 0.2


def top(text: pypdfium2.PdfTextPage, words: str) -> float:
    """How high words stand on the page, in points from its foot."""
    index, _ = text.search(words).get_next()
    return float(text.get_charbox(index)[3])
