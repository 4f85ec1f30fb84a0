"""Dates, numbers, plurals and lists."""

import datetime
import locale as system_locale
import unicodedata

import pytest
from babel import UnknownLocaleError

from arabic import locale

DAY = datetime.date(2026, 1, 4)
MONTHS = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()


@pytest.mark.parametrize(
    ("lang", "style", "written"),
    [
        ("ar", "long", "4 يناير 2026"),
        ("ar", "full", "الأحد، 4 يناير 2026"),
        ("ar", "medium", "04/01/2026"),
        ("en", "long", "4 January 2026"),
        ("en", "full", "Sunday, 4 January 2026"),
        ("en", "medium", "4 Jan 2026"),
    ],
)
def test_dates(lang: str, style: locale.DateStyle, written: str) -> None:
    assert locale.format_date(DAY, lang, style) == written


def test_long_is_the_style_when_none_is_named() -> None:
    assert locale.format_date(DAY, "ar") == locale.format_date(DAY, "ar", "long")


def test_months_are_those_of_libya() -> None:
    written = [locale.month_year(datetime.date(2026, m, 1), "ar") for m in range(1, 13)]
    assert written == [f"{month} 2026" for month in MONTHS]


def test_month_and_year_in_english() -> None:
    assert locale.month_year(DAY, "en") == "January 2026"


@pytest.mark.parametrize(
    ("n", "lang", "numerals", "written"),
    [
        (1234567.89, "ar", "latn", "1.234.567,89"),
        (1234567.89, "ar", "arab", "١٬٢٣٤٬٥٦٧٫٨٩"),
        (1234567.89, "en", "latn", "1,234,567.89"),
        (1234567.89, "en", "arab", "1,234,567.89"),
        (-89, "ar", "latn", "-89"),
        (-89, "ar", "arab", "-٨٩"),
        (0, "ar", "latn", "0"),
    ],
)
def test_numbers(n: float, lang: str, numerals: locale.Numerals, written: str) -> None:
    assert locale.format_number(n, lang, numerals) == written


@pytest.mark.parametrize(
    ("n", "lang", "numerals", "written"),
    [
        (0.5, "ar", "latn", "50%"),
        (0.5, "ar", "arab", "٥٠٪"),
        (0.125, "ar", "latn", "12,5%"),
        (0.125, "ar", "arab", "١٢٫٥٪"),
        (0.125, "en", "latn", "12.5%"),
    ],
)
def test_percentages(n: float, lang: str, numerals: locale.Numerals, written: str) -> None:
    assert locale.format_percent(n, lang, numerals) == written


def test_arabic_indic_digits() -> None:
    assert locale.to_arabic_indic("المادة 16(1)، 50% ٣") == "المادة ١٦(١)، ٥٠٪ ٣"


@pytest.mark.parametrize(
    ("n", "category"),
    [(0, "zero"), (1, "one"), (2, "two"), (3, "few"), (10, "few"), (11, "many"), (99, "many"),
     (100, "other"), (102, "other"), (103, "few"), (111, "many"), (1.5, "other")],
)  # fmt: skip
def test_arabic_plurals(n: float, category: str) -> None:
    assert locale.plural_category(n, "ar") == category


def test_english_plurals() -> None:
    assert [locale.plural_category(n, "en") for n in (0, 1, 2)] == ["other", "one", "other"]


@pytest.mark.parametrize(
    ("items", "lang", "written"),
    [
        ([], "ar", ""),
        (["نسرين"], "ar", "نسرين"),
        (["نسرين", "سلوى"], "ar", "نسرين وسلوى"),
        (["نسرين", "سلوى", "حنان"], "ar", "نسرين وسلوى وحنان"),
        (["Nisreen", "Salwa", "Hanan"], "en", "Nisreen, Salwa and Hanan"),
    ],
)
def test_lists(items: list[str], lang: str, written: str) -> None:
    assert locale.list_and(items, lang) == written


def test_nothing_carries_direction_marks() -> None:
    styles: tuple[locale.DateStyle, ...] = ("long", "full", "medium")
    written = [locale.format_date(DAY, lang, style) for lang in ("ar", "en") for style in styles]
    written += [locale.format_number(-1.5, "ar", "arab"), locale.format_percent(-0.5, "ar")]
    written += [locale.format_percent(-0.5, "ar", "arab"), locale.month_year(DAY, "ar")]
    assert not [ch for text in written for ch in text if unicodedata.category(ch) == "Cf"]


def test_the_process_locale_is_left_alone() -> None:
    before = system_locale.setlocale(system_locale.LC_ALL)
    locale.format_date(DAY, "ar", "full")
    assert system_locale.setlocale(system_locale.LC_ALL) == before


@pytest.mark.parametrize(
    ("lang", "written"),
    [("ar_TN", "4 جانفي 2026"), ("ar_LB", "4 كانون الثاني 2026"), ("ar_EG", "4 يناير 2026")],
)
def test_a_house_may_write_as_its_own_country_does(lang: str, written: str) -> None:
    assert locale.format_date(DAY, lang) == written


def test_a_bare_code_is_libya_not_egypt() -> None:
    assert locale.format_number(1234.5, "ar") == locale.format_number(1234.5, "ar_LY") == "1.234,5"
    assert locale.format_number(1234.5, "ar_EG") == "1,234.5"


def test_any_arabic_locale_may_have_its_digits() -> None:
    assert locale.format_number(1234.5, "ar_EG", "arab") == "١٬٢٣٤٫٥"


def test_an_unknown_locale_is_refused() -> None:
    with pytest.raises(UnknownLocaleError, match="xx"):
        locale.format_date(DAY, "xx")
