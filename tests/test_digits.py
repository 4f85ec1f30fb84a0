"""An issue in both sets of digits: what stands on its pages, and where."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from test_press import plain, poppler
from tiny import ISSUE, Tiny, tiny

from press.desk import print_issue

TEXT = """نسبة 50% من 1,234 رجلًا وامرأة، بمعدل 1.5، في المواد 16–20.[^1] وقّعت يوم 18/6/2004.[^2]

1. أولًا
2. ثانيًا
3. ثالثًا

الوثيقة CEDAW/C/LBY/CO/5 والقرار A/RES/53/144 والموقع https://example.org/16 والبريد info16@example.org والهاتف +218 91 123 4567 ورمز `x16`.

/// chart | أعداد
| الجزء | المواد |
|---|---|
| الأول | 6 |
| الثاني | 3 |
///

/// timeline
1979
:   اعتُمدت.
///

/// question | كم مادة؟
فيها 30 مادة.
///

نصّ [المادة 16(1)(ب)](law:cedaw/16.1.b) هنا.

[^1]: تقرأها سنة 2026.
[^2]: ثانية.
"""
LATIN = ("CEDAW/C/LBY/CO/5", "A/RES/53/144", "A/RES/34/180", "https://example.org/16", "info16@example.org")
PHONE = "+218 91 123 4567"
INDIC = "[٠-٩٪٫٬]"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """The tiny issue by (digits, language)."""
    made: dict[tuple[str, str], Path] = {}
    for digits, languages in (("latn", ["ar"]), ("arab", ["ar", "en"])):
        house = tiny(tmp_path_factory.mktemp(digits))
        house.write("issues/1/issue.toml", f'digits = "{digits}"\n' + ISSUE)
        house.piece("content/articles/first.ar.md", "16 مادة", TEXT, "category: questions\n")
        for lang in languages:
            made[digits, lang] = pdf(house, lang)
    return made


def pdf(house: Tiny, lang: str) -> Path:
    from pelican.settings import read_settings

    settings = read_settings(str(house.here / "tinyconf.py"))
    return print_issue(settings, "1", lang, house.here / "dist")[0]


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [plain(page.get_textpage().get_text_range()) for page in document]


def without_latin(text: str) -> str:
    for run in (*LATIN, PHONE, "x16", "Source Serif 4"):
        text = text.replace(run, "")
    return text


def test_the_whole_issue_has_one_set(printed) -> None:
    text = poppler(printed["arab", "ar"])
    for run in (*LATIN, PHONE):
        assert run in text
    assert not re.findall(r"\S*[0-9%]\S*", without_latin(text))
    for figure in ("١٬٢٣٤", "١٫٥", "٢٠٢٦", "١٩٧٩"):
        assert figure in text


def test_the_default_is_latin(printed) -> None:
    text = poppler(printed["latn", "ar"])
    for figure in ("50%", "1,234", "1.5", "2026", "1979"):
        assert figure in text
    assert not re.findall(INDIC, text)


def test_english_is_not_touched(printed) -> None:
    text = poppler(printed["arab", "en"])
    assert re.search(r"article 16\(1\)\(b\)", text)
    assert not re.findall(INDIC, text)


FIGURES = {"latn": "0123456789", "arab": "٠١٢٣٤٥٦٧٨٩"}


def written(number: int, digits: str) -> str:
    return "".join(FIGURES[digits][int(figure)] for figure in str(number))


@pytest.mark.parametrize("digits", ["latn", "arab"])
def test_cover_colophon_contents_folios(printed, digits: str) -> None:
    text = pages(printed[digits, "ar"])
    assert f"العدد {written(1, digits)}" in text[0]
    assert f"{written(5, digits)} يناير {written(2026, digits)}" in text[1]
    opening = next(number for number, page in enumerate(text, 1) if "نسبة" in page and number > 3)
    contents = next(page for page in text[1:] if "المحتويات" in page)
    assert written(opening, digits) in contents.split()
    after = text[opening]  # the page that follows has a folio and a running foot
    assert written(opening + 1, digits) in after.split()
    assert f"العدد {written(1, digits)}" in after


@pytest.mark.parametrize("digits", ["latn", "arab"])
def test_lists_notes_and_questions_are_counted(printed, digits: str) -> None:
    page = "\n".join(re.sub(r"\s", "", line) for line in text_lines(printed[digits, "ar"]))
    one, two, three = (written(number, digits) for number in (1, 2, 3))
    for mark, words in (
        (f".{one}", "أولًا"),
        (f".{two}", "ثانيًا"),
        (f".{three}", "ثالثًا"),
        (one, "كم مادة؟"),
        (f".{one}", "تقرأها سنة"),
        (f".{two}", "ثانية."),
    ):
        line = re.escape(words[::-1].replace(" ", "")) + ".*" + re.escape(mark) + "$"  # outermost
        assert re.search(line, page, re.MULTILINE), (words, mark)
    assert f"{two}{one}" in page, "the calls of the notes, raised above their line"


@pytest.mark.parametrize(
    ("digits", "percent", "range_", "date"),
    [("latn", "50%", "16–20", "18/6/2004"), ("arab", "٪٥٠", "٢٠–١٦", "٢٠٠٤/٦/١٨")],
)
def test_percent_ranges_dates_from_the_left(printed, digits, percent: str, range_: str, date: str) -> None:
    """In Arabic-Indic digits percent is on the left, and what comes first is on the right."""
    page = "\n".join(text_lines(printed[digits, "ar"]))
    for figure in (percent, range_, date):
        assert page.count(figure) == 1, figure


def text_lines(path: Path) -> list[str]:
    """The lines of the pieces, each from its left."""
    with pypdfium2.PdfDocument(path) as document:
        return [line for page in list(document)[4:] for line in lines(page)]


def lines(page: pypdfium2.PdfPage) -> list[str]:
    text = page.get_textpage()
    rows: dict[int, list[tuple[float, str]]] = {}
    for index in range(text.count_chars()):
        left, bottom, _, _ = text.get_charbox(index, loose=True)
        rows.setdefault(round(bottom / 4), []).append((left, text.get_text_range(index, 1)))
    ordered = ("".join(ch for _, ch in sorted(row)) for _, row in sorted(rows.items(), reverse=True))
    return [re.sub(r"[\r\n\u200f]+", "", line) for line in ordered]
