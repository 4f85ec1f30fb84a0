"""Search folding: what must meet, and what must stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic.normalise import fold, plain


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("بنغازى", "بنغازي"),
        ("الانسان", "الإنسان"),
        ("مدرسه", "مدرسة"),
        ("مدافعات", "مدافِعات"),
        ("مـــدافعات", "مدافعات"),
        ("مسوول", "مسؤول"),
        ("هيية", "هيئة"),
        ("کتاب", "كتاب"),
        ("ﻋﺪﺍﻟﺔ", "عدالة"),
        ("ﺳﻼﻡ", "سلام"),
        ("الان", "الآن"),
        ("ا\u0654من", "أمن"),
    ],
)
def test_spellings_that_meet(typed: str, printed: str) -> None:
    assert typed != printed
    assert fold(typed) == fold(printed)


@pytest.mark.parametrize(("letter", "folded"), [*zip("أإآٱىیئؤةک", "ااااييي" + "وهك", strict=True)])
def test_each_letter_that_is_folded(letter: str, folded: str) -> None:
    assert fold(letter) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("سجن", "سجون"),
        ("القانون", "قانون"),
        ("حق", "حقّي"),
        ("علم", "ألم"),
        ("ماء", "ما"),
        ("A", "a"),
    ],
)
def test_words_that_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_every_mark_of_the_specification_is_stripped() -> None:
    marks = [*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6EE), 0x640]
    assert plain("ب" + "".join(map(chr, marks)) + "ت") == "بت"


def test_plain_keeps_letters_as_they_are() -> None:
    assert plain("إِلَى الأُسْـرَةِ، 50% (CEDAW)") == "إلى الأسرة، 50% (CEDAW)"


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFEFC, exclude_categories=["Cs"])))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
