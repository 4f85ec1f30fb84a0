"""The catalogues: every word has its Arabic, with the same placeholders and all plural forms."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from tiny import ROOT

from magazine.catalogue import translations
from magazine.findings import RULES, TRANSLATIONS, Finding

THEME = ROOT / "theme"
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source)


SITE = catalogue(THEME / "translations/ar/LC_MESSAGES/messages.po")


def template_messages() -> set[str | tuple[str, ...]]:
    """What the templates say, found by Babel's own extractor."""
    found = extract_from_dir(
        THEME / "templates",
        method_map=[("**.html", "jinja2"), ("**.opf", "jinja2")],
        options_map={key: {"trimmed": "true", "silent": "false"} for key in ("**.html", "**.opf")},
        keywords={"_": None, "gettext": None, "ngettext": (1, 2), "gettext_in": (2,)},
    )
    return {message for _, _, message, _, _ in found}


def test_every_word_of_the_templates_has_its_arabic() -> None:
    known = {message.id for message in SITE if message.string}
    missing = {message for message in template_messages() if message not in known}
    assert not missing


def test_every_label_of_the_settings_has_its_arabic() -> None:
    from pelican.settings import read_settings

    settings = read_settings(str(ROOT / "pelicanconf.py"))
    labels = [label for key in ("KINDS", "TRACKS", "CATEGORIES") for label in settings[key].values()]
    known = {message.id for message in SITE if message.string}
    assert not set(labels) - known


def test_placeholders_agree() -> None:
    for message in SITE:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        allowed = set(PLACEHOLDER.findall(" ".join(ids)))
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in strings:
            assert set(PLACEHOLDER.findall(text)) <= allowed, message.id


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "لا مواد"),
        (1, "مادة واحدة"),
        (2, "مادتان"),
        (3, "3 مواد"),
        (10, "10 مواد"),
        (11, "11 مادة"),
        (99, "99 مادة"),
        (100, "100 مادة"),
        (103, "103 مواد"),
    ],
)
def test_six_plural_forms(number: int, words: str) -> None:
    arabic = translations(THEME / "translations", "ar")
    form = arabic.ngettext("%(num)s piece", "%(num)s pieces", number)
    assert form % {"num": number} == words


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_finding_speaks_arabic(code: str) -> None:
    arabic = translations(TRANSLATIONS, "ar", "findings")
    rule = RULES[code]
    for english in (rule.message, rule.hint):
        translated = arabic.gettext(english)
        assert fields(translated) == fields(english), code
        if english != "{problem}":
            assert translated != english, f"{code}: no Arabic for {english!r}"


def test_a_finding_is_a_line_a_person_can_follow() -> None:
    found = Finding("content/news/x.ar.md", 3, "M004", (("key", "title"),))
    assert found.text("en") == (
        "content/news/x.ar.md:3: M004 “title” is missing — add a line “title: …” to the front matter"
    )
    assert found.text("ar").startswith("content/news/x.ar.md:3: M004 ينقص «title» — ")
