"""Where a word may be lengthened: ranks by example, and what holds of every word."""

from __future__ import annotations

import re
import unicodedata

import pytest
from arabic_reshaper.letters import INITIAL, LETTERS_ARABIC, MEDIAL
from hypothesis import assume, given
from hypothesis import strategies as st

from arabic.kashida import LEAST_LETTERS, STROKE, best_place
from arabic.script import TATWEEL

LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
MARKS = "ًٌٍَُِّْٰ"
ALEFS = "اأإآٱ"

# A word, and the same with a stroke in its best place.
PLACES = [
    ("السلام", "السـلام", "after seen, and not in the lam-alef behind it"),
    ("المساواة", "المسـاواة", "after seen, though a teh marbuta closes it"),
    ("تضامن", "تضـامن", "after dad"),
    ("سياسي", "سياسـي", "of two seens the last"),
    ("العنيفه", "العنيفـه", "before a closing heh"),
    ("حقيقة", "حقيقـة", "before a closing teh marbuta"),
    ("الكتاب", None, "a closing beh that stands alone"),
    ("محامية", "محاميـة", "before a closing teh marbuta, not before the alef inside"),
    ("شبكتنا", "شـبكتنا", "after sheen rather than before a closing alef"),
    ("قريتنا", "قريتنـا", "before a closing alef"),
    ("تنقلك", "تنقلـك", "before a closing kaf"),
    ("كثيف", "كثـيف", "in the curve before yeh, rather than before a closing feh"),
    ("تبرعات", "تبـرعات", "in the curve before reh, when the end gives none"),
    ("نوفمبر", "نوفمبـر", "in the curve before reh, at the end"),
    ("مجتمع", "مجتمـع", "before a closing ain"),
    ("التعليم", "التعليـم", "before any other last letter"),
    ("أحلام", None, "a lam-alef, and a meem that stands alone"),
    ("الأول", None, "a lam-alef, and letters that do not join"),
]


@pytest.mark.parametrize(("word", "lengthened", "why"), PLACES, ids=[case[2] for case in PLACES])
def test_the_best_place(word: str, lengthened: str | None, why: str) -> None:
    assert stroked(word) == lengthened


def stroked(word: str) -> str | None:
    place = best_place(word)
    return word[: place.at] + TATWEEL + word[place.at :] if place else None


def test_the_examples_are_of_every_rank() -> None:
    ranks = {place.rank for word, *_ in PLACES if (place := best_place(word))}
    assert ranks == {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize(
    "word", "الله لله اللهم والله بالله فالله تالله واللهم آلله ولله عبدالله ٱلله".split()
)
@pytest.mark.parametrize("marks", ["", "\u0651\u064e"], ids=["bare", "vowelled"])
def test_the_name_is_never_lengthened(word: str, marks: str) -> None:
    """Nor what stands before it in its word."""
    assert best_place(word.replace("لله", f"لل{marks}ه")) is None


def test_other_words_that_begin_with_its_letters_are() -> None:
    assert (stroked("اللهجة"), stroked("اللهفة")) == ("اللهجـة", "اللهفـة")


@pytest.mark.parametrize(
    ("word", "lengthened"),
    [("المُسَاوَاةُ", "المُسَـاوَاةُ"), ("مُحَامِيَةٌ", "مُحَامِيَـةٌ"), ("الشَّبَكَةُ", "الشَّـبَكَةُ"), ("التَّعْلِيمُ", "التَّعْلِيـمُ")],
)
def test_marks_stay_with_their_letter(word: str, lengthened: str) -> None:
    assert stroked(word) == lengthened


@pytest.mark.parametrize("word", ["", "من", "على", "بَعْدَ", "سَنَةً", "ـــــــ"])
def test_short_words_are_left_alone(word: str) -> None:
    assert best_place(word) is None


# --- every word ----------------------------------------------------------------------------------

letters = st.sampled_from(LETTERS)
words = st.lists(st.tuples(letters, st.text(MARKS, max_size=2)), min_size=1, max_size=12).map(
    lambda pairs: "".join(letter + marks for letter, marks in pairs)
)


@given(words)
def test_a_stroke_stands_between_two_letters_that_join(word: str) -> None:
    """Behind the marks of the first; another's tables say what joins."""
    place = best_place(word)
    assume(place)
    assert place is not None
    before, after = bare(word[: place.at])[-1], word[place.at]
    assert LETTERS_ARABIC[before][INITIAL], "joins to what follows it"
    assert any(LETTERS_ARABIC[after][MEDIAL:]), "joins to what stands before it"
    assert not (before == "ل" and after in ALEFS)
    assert len(bare(word)) >= LEAST_LETTERS


@given(words)
def test_marks_do_not_move_the_stroke(word: str) -> None:
    plain, vowelled = best_place(bare(word)), best_place(word)
    assert (plain is None) == (vowelled is None)
    if plain and vowelled:
        assert (plain.rank, plain.at) == (vowelled.rank, len(bare(word[: vowelled.at])))


@given(words)
def test_a_lengthened_word_is_not_lengthened_again(word: str) -> None:
    place = best_place(word)
    assume(place)
    assert place is not None
    assert best_place(word[: place.at] + STROKE + word[place.at :]) is None


@given(st.text("وفبكأ", max_size=2), st.sampled_from(["الله", "لله", "اللهم"]), st.text(MARKS, max_size=2))
def test_nothing_before_the_name_is_lengthened(before: str, name: str, marks: str) -> None:
    assert best_place(f"{before}{name}{marks}") is None


@given(st.lists(letters, max_size=6).map("".join))
def test_a_lam_alef_is_never_opened(before: str) -> None:
    for alef in ALEFS:
        assert not re.search(f"ل{TATWEEL}[{ALEFS}]", stroked(f"{before}ل{alef}ت") or "")


def bare(word: str) -> str:
    return "".join(char for char in word if not unicodedata.combining(char))
