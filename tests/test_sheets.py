"""One set of tokens on every sheet: the size of the page, its margins, the glossary's order, the charts' words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2
import pytest
from pelican.settings import read_settings
from test_press import pdfium, plain, poppler
from tiny import ISSUE, Tiny, tiny

from magazine.manifest import SHEETS
from press.desk import print_issue

LANGS = ("ar", "en")
MM = 72 / 25.4
LEAST = 5.0  # mm from the edge, at least, of any letter
# In the order of a dictionary: the article, hamza and capitals do not count. Their code points go otherwise.
TERMS = {
    "ar": ["الإعلان", "إنفاذ", "أهلية", "التحفظ", "الصك", "ميثاق"],
    "en": ["Accession", "CEDAW", "child", "Denunciation", "Ratification", "State party"],
}
AS_REGISTERED = (4, 2, 0, 5, 1, 3)
CHART = {
    "ar": ("المواد في كل جزء", "الجزء", "الأول", "الثاني", "6", "3"),
    "en": ("Articles in each part", "Part", "One", "Two", "6", "3"),
}

Printed = Mapping[tuple[str, str], Path]


def glossary() -> str:
    """A register in no order; a number in each text tells which it is."""
    lines = [
        "discrimination:",
        "  ar: {term: التمييز, text: تفرقة.}",
        "  en: {term: Discrimination, text: One.}",
    ]
    for at in AS_REGISTERED:
        lines.append(f"t{at}:")
        lines += [f'  {lang}: {{term: "{TERMS[lang][at]}", text: "{9000 + at}."}}' for lang in LANGS]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The screen PDF on each sheet, in each language."""
    made = {}
    chosen = "\n".join(f"- t{at}" for at in AS_REGISTERED)
    for sheet in SHEETS:
        house: Tiny = tiny(tmp_path_factory.mktemp(sheet))
        house.write("content/glossary.yaml", glossary())
        house.write(
            "issues/1/issue.toml",
            ISSUE.replace("specimen", f'sheet = "{sheet}"\nspecimen').replace(
                '"law-piece"', '"law-piece", "words"'
            ),
        )
        for lang in LANGS:
            house.piece(
                f"content/articles/words.{lang}.md",
                "W",
                f"x\n\n/// glossary\n{chosen}\n///",
                "category: glossary\n",
            )
        settings = read_settings(str(house.here / "tinyconf.py"))
        for path in print_issue(settings, "1", "", house.here / "dist"):
            made[sheet, path.stem[-2:]] = path
    return made


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("lang", LANGS)
def test_pages_have_their_sheets_size_and_margins(printed: Printed, sheet: str, lang: str) -> None:
    with pypdfium2.PdfDocument(printed[sheet, lang]) as document:
        for page in document:
            width, height = page.get_size()
            assert (round(width / MM), round(height / MM)) == SHEETS[sheet]
            text = page.get_textpage()
            boxes = [
                text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()
            ]
            for left, bottom, right, top in boxes:
                assert min(left, bottom, width - right, height - top) > LEAST * MM


@pytest.mark.parametrize("lang", LANGS)
def test_a_glossary_stands_in_the_order_of_its_language(printed: Printed, lang: str) -> None:
    """As the file tells it; poppler goes by its own idea of columns."""
    read = re.findall(r"900\d", pdfium(printed["A4", lang]))
    assert read == [str(9000 + at) for at in range(len(TERMS[lang]))]


@pytest.mark.parametrize(("lang", "term"), [("ar", "التمييز"), ("en", "discrimination")])
def test_a_term_that_the_issues_glossary_leaves_out_stays_words(
    printed: Printed, lang: str, term: str
) -> None:
    """The issue once could not be set: its link led to no entry."""
    assert term in plain(pdfium(printed["A4", lang]))


@pytest.mark.parametrize("extract", [poppler, pdfium])
@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("lang", LANGS)
def test_a_charts_words_are_text(
    printed: Printed, sheet: str, lang: str, extract: Callable[[Path], str]
) -> None:
    """Caption, heads, labels and values, one after the other."""
    read = plain(extract(printed[sheet, lang]))
    at = read.index(CHART[lang][0])
    for words in CHART[lang]:
        assert words in read[at : at + 200], words
