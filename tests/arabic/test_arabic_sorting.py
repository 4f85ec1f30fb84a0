"""The order of an Arabic index, and why code points do not give it."""

import random

import pytest

from arabic.sorting import ALPHABET, index_letter, sort_key


def order(*words: str) -> list[str]:
    shuffled = list(words)
    random.Random(7).shuffle(shuffled)
    return sorted(shuffled, key=sort_key)


def test_code_point_order_is_wrong() -> None:
    names = ["ابتسام", "أمل", "إيمان", "باسمة"]
    assert sorted(names) != names
    assert order(*names) == names


@pytest.mark.parametrize(
    "words",
    [
        ["آمنة", "أميرة", "إنصاف"],
        ["التعليم", "حقوق الإنسان", "الزواج", "السجون", "مدافعات", "النساء"],
        ["ألبانيا", "الله", "ألم", "إلهام", "أمن"],
        ["التزام", "التقاء", "بيان"],
        ["مَدرسة", "مدرسـة ثانوية", "مدرسون"],
        ["حق", "حق العمل", "حقل", "حقوق"],
        ["باب", "پاریس", "تاج", "جبل", "چاد", "حبل", "زهر", "ژاله", "سلم", "فن", "ڤيينا", "قلم"],
        ["«البيان»", "(تقرير)", "ثقافة"],
        ["حق ياسمين", "حقل"],
        ["حق (باسمة)", "حق تالة", "حق «ثريا»"],
        ["لؤي", "لوي الأخير"],
    ],
)
def test_order(words: list[str]) -> None:
    assert order(*words) == words


def test_article_does_not_count_but_its_letters_in_a_root_do() -> None:
    assert order("الكتاب", "قلم", "لغة") == ["قلم", "الكتاب", "لغة"]
    assert order("بيان", "التزام") == ["التزام", "بيان"]
    assert order("بيان", "تعليم", "التعليم", "ثقافة") == ["بيان", "التعليم", "تعليم", "ثقافة"]


def test_the_article_alone_or_before_one_letter_stays() -> None:
    assert order("ال", "الم", "بيت") == ["ال", "الم", "بيت"]


def test_digits_then_arabic_then_latin_without_regard_to_case() -> None:
    expected = ["16 يوما", "آسيا", "ياسمين", "Äpfel", "CEDAW", "cell", "Dakar"]
    assert order(*expected) == expected


def test_arabic_indic_digits_sort_as_digits() -> None:
    assert sort_key("١٦").partition("\0")[0] == sort_key("16").partition("\0")[0]


def test_the_28_letters_are_in_their_order() -> None:
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    assert [ch for ch in ALPHABET if ch in letters] == list(letters)
    assert order(*letters) == list(letters)


def test_texts_that_sort_alike_have_one_stable_order() -> None:
    assert order("أمل", "امل", "الأمل") == order("الأمل", "أمل", "امل")


def test_english_titles_stand_under_their_first_noun() -> None:
    titles = ["The weave", "A mural", "An article", "Anchor", "Theatre", "Prison"]
    assert sorted(titles, key=sort_key) == [
        "Anchor",
        "An article",
        "A mural",
        "Prison",
        "Theatre",
        "The weave",
    ]


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("القرار 1325", "ق"),
        ("إعلان", "ا"),
        ("«نسأل» سيداو", "ن"),
        ("The weave", "W"),
        ("1325", "0–9"),
        ("؟", ""),
    ],
)
def test_the_letter_a_title_stands_under(title: str, letter: str) -> None:
    assert index_letter(title) == letter
