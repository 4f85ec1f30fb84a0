"""Characters: script, strong direction, joining types against Unicode and against a shaper."""

import arabic_reshaper
import pytest

from arabic.script import is_arabic_letter, joining_type, strong_direction

# Unicode 14 ArabicShaping.txt, by joining type.
BOTH_SIDES = "ب ت ث ج ح خ س ش ص ض ط ظ ع غ ف ق ك ل م ن ه ي ئ ى پ چ گ ک ی ڤ ڨ ں ٹ ھ ہ ڭ ٮ ٯ ڡ ڪ"
RIGHT_ONLY = "ا آ أ إ ٱ د ذ ر ز و ؤ ة ژ ڈ ڑ ۀ ۃ ۍ ے ە ٵ ٷ"


@pytest.mark.parametrize("letter", BOTH_SIDES.split())
def test_letters_that_join_on_both_sides(letter: str) -> None:
    assert joining_type(letter) == "D"


@pytest.mark.parametrize("letter", RIGHT_ONLY.split())
def test_letters_that_join_only_the_letter_before(letter: str) -> None:
    assert joining_type(letter) == "R"


@pytest.mark.parametrize("ch", ["ء", "\u0674", "؟", "،", "٣", "۳", "a", " ", "\u200c", "\u06dd", "ﻋ"])
def test_what_joins_nothing(ch: str) -> None:
    assert joining_type(ch) == "U"


@pytest.mark.parametrize("ch", ["\u064b", "\u0651", "\u0670", "\u200f", "\u2060", "\u0301"])
def test_marks_and_controls_are_transparent(ch: str) -> None:
    assert joining_type(ch) == "T"


def test_tatweel_and_joiner_cause_joining() -> None:
    assert joining_type("\u0640") == joining_type("\u200d") == "C"


@pytest.mark.parametrize("letter", [*"ابتثجحخدذرزسشصضطظعغفقكلمنهوي", *"ءآأؤإئةى", *"پچژگکیڤ"])
def test_a_shaper_agrees(letter: str) -> None:
    """A letter that changes before ن joins forward, one that changes after it joins backward."""
    plain = arabic_reshaper.ArabicReshaper({"support_ligatures": False}).reshape
    forward = plain(letter + "ن")[0] != plain(letter)
    backward = plain("ن" + letter)[1] != plain(letter)
    expected = {(True, True): "D", (False, True): "R", (False, False): "U"}
    assert joining_type(letter) == expected[forward, backward]


@pytest.mark.parametrize("ch", ["ع", "ڨ", "ء", "ی", "ﻋ", "ە"])
def test_arabic_letters(ch: str) -> None:
    assert is_arabic_letter(ch)


@pytest.mark.parametrize("ch", ["\u0640", "\u064e", "،", "٣", "a", "ש", "%", "\u200d"])
def test_not_arabic_letters(ch: str) -> None:
    assert not is_arabic_letter(ch)


@pytest.mark.parametrize(
    ("ch", "direction"),
    [("ع", "rtl"), ("ש", "rtl"), ("؟", "rtl"), ("a", "ltr"), ("é", "ltr"), ("ⵣ", "ltr"), ("5", None),
     ("٥", None), ("(", None), (" ", None), ("،", None), ("\u200f", None), ("\u200e", None)],
)  # fmt: skip
def test_strong_direction(ch: str, direction: str | None) -> None:
    assert strong_direction(ch) == direction
