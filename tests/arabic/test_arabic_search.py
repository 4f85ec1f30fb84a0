"""Words as a search sees them: the vectors that the browser is held to as well."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic.search import RULES, fold, keys, own_beginnings, readings, stem, words

VECTORS = tomllib.loads(Path(__file__).with_name("search-vectors.toml").read_text("utf-8"))
ARABIC = st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآؤئء"), min_size=2, max_size=12)


def meet(typed: str, printed: str) -> bool:
    """Whether a word that is printed goes by a key of one that was typed."""
    asked, there = ({key for word in words(text) for key in keys(word)} for text in (typed, printed))
    return bool(asked & there)


@pytest.mark.parametrize(("typed", "printed"), VECTORS["meet"])
def test_words_that_meet(typed: str, printed: str) -> None:
    assert typed != printed
    assert meet(typed, printed)
    assert meet(printed, typed)


@pytest.mark.parametrize(("typed", "printed"), VECTORS["apart"])
def test_words_that_stay_apart(typed: str, printed: str) -> None:
    assert list(words(typed))
    assert list(words(printed))
    assert not meet(typed, printed)


@pytest.mark.parametrize(("text", "found"), VECTORS["words"].items())
def test_the_words_of_a_text(text: str, found: list[str]) -> None:
    assert list(words(text)) == found


def test_an_article_tells_whose_a_first_letter_is() -> None:
    own = own_beginnings(["الوالدين", "والدين", "وكتاب", "كتاب"])
    assert stem("والدين") in own
    assert stem("وكتاب") not in own


@given(ARABIC, st.sampled_from([*RULES["clitics"]["bare"], *RULES["clitics"]["article"]]))
def test_a_word_is_found_whatever_stands_before_it(word: str, clitic: str) -> None:
    """Unless the two make a stop word together, as «ب» and «ها» do, or a letter is taken in by another."""
    alone, joined = fold(word), clitic + fold(word)
    if len(alone) >= RULES["shortest"] and fold(joined) == joined:
        assert keys(alone)[0] in keys(joined)


@given(ARABIC)
def test_the_first_reading_of_a_word_is_the_word(word: str) -> None:
    assert next(readings(fold(word))) == ("", fold(word))
    assert keys(fold(word))[0] == stem(fold(word))


@given(ARABIC)
def test_a_stem_is_its_own_stem(word: str) -> None:
    assert stem(stem(fold(word))) == stem(fold(word))


def test_the_families_do_not_overlap() -> None:
    families = [set(map(fold, family.split())) for family in RULES["kin"]["families"]]
    every = [word for family in families for word in family]
    assert len(every) == len(set(every)), sorted({word for word in every if every.count(word) > 1})


def test_no_exchange_is_without_effect() -> None:
    """Each row of the table changes what it names, after those above it."""
    for part in ("before", "letters", "after"):
        for written, meant in RULES[part].items():
            assert written != meant
            assert fold(f"ب{written}ب") == fold(f"ب{meant}ب")
