"""Reading without marks."""

from arabic.normalise import plain


def test_every_mark_of_the_specification_is_stripped() -> None:
    marks = [*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6EE), 0x640]
    assert plain("ب" + "".join(map(chr, marks)) + "ت") == "بت"


def test_plain_keeps_letters_as_they_are() -> None:
    assert plain("إِلَى الأُسْـرَةِ، 50% (CEDAW)") == "إلى الأسرة، 50% (CEDAW)"
