"""Dates, numbers, plurals and lists as each country writes them (CLDR through Babel)."""

import datetime
import re
from typing import Literal

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.numbers import format_percent as babel_percent

Lang = Literal["ar", "en"]
Numerals = Literal["latn", "arab"]
DateStyle = Literal["long", "full", "medium"]

# A bare code means these. Never Babel's own `ar`, which groups 1,234.5; and countries differ in
# the names of months (يناير, جانفي, كانون الثاني), so a house sets its locale: LANGUAGES.
LOCALES: dict[str, str] = {"ar": "ar_LY", "en": "en_GB"}

# CLDR puts U+200F into short dates; the direction of a date is the page's business.
_CONTROLS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_ARABIC_INDIC = str.maketrans("0123456789%", "٠١٢٣٤٥٦٧٨٩٪")


def format_date(date: datetime.date, lang: str, style: DateStyle = "long") -> str:
    """Write `date`: 4 يناير 2026 / 4 January 2026; `full` adds the weekday.

    `lang` is a language code or a full locale such as `ar_EG`, here and in all functions below;
    `babel.UnknownLocaleError` for one that CLDR does not know.
    """
    return _clean(babel_date(date, style, locale=_locale(lang)))


def month_year(date: datetime.date, lang: str) -> str:
    """Write the month and year of `date`: يناير 2026 / January 2026."""
    return _clean(format_skeleton("yMMMM", date, locale=_locale(lang)))


def format_number(n: float, lang: str, numerals: Numerals = "latn") -> str:
    """Write `n` with its separators: 1.234,5 (ar), ١٬٢٣٤٫٥ (ar, arab), 1,234.5 (en).

    English has Latin digits whatever `numerals` says.
    """
    system = _system(lang, numerals)
    # `native` raises in Babel, and `arab` exchanges the separators but keeps 0-9.
    return _digits(format_decimal(n, locale=_locale(lang), numbering_system=system), system)


def format_percent(n: float, lang: str, numerals: Numerals = "latn") -> str:
    """Write the fraction `n` as a percentage, to two places at most: 0.5 is 50% or ٥٠٪."""
    system = _system(lang, numerals)
    written = babel_percent(n, "#,##0.##%", locale=_locale(lang), numbering_system=system)
    return _digits(written, system)


def to_arabic_indic(text: str) -> str:
    """Exchange 0-9 for ٠-٩ and % for ٪ in `text`, and nothing else."""
    return text.translate(_ARABIC_INDIC)


def plural_category(n: float, lang: str) -> str:
    """Name the CLDR plural category of `n`: zero, one, two, few, many or other."""
    return Locale.parse(_locale(lang)).plural_form(n)


def list_and(items: list[str], lang: str) -> str:
    """Join `items` as prose does: منى وسلوى وحنان / Mona, Salwa and Hanan. None give ""."""
    return _clean(format_list(items, locale=_locale(lang))) if items else ""


def _locale(lang: str) -> str:
    return LOCALES.get(lang, lang)


def _system(lang: str, numerals: Numerals) -> Numerals:
    return numerals if lang.startswith("ar") else "latn"


def _digits(written: str, system: Numerals) -> str:
    clean = _clean(written)
    return to_arabic_indic(clean) if system == "arab" else clean


def _clean(written: str) -> str:
    return _CONTROLS.sub("", written)
