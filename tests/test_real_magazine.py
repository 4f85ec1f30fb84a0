"""The project's own magazine, built once: what a reader and a printer would find in it."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from lxml import html
from test_press import FACES, pdfium, poppler
from test_screen_pdf import assert_tells, editions
from tiny import ROOT, Tiny

from magazine.library import load
from magazine.model import Imprint, Library
from press.screen import HEAVIEST, faults

EDITIONS = [(number, lang) for number in ("1", "2") for lang in ("ar", "en")]
KITS = [(name, lang) for name in ("detention", "schools") for lang in ("ar", "en")]
PAGES = {"1": 32, "2": 16, "detention": 16, "schools": 24}  # at least


@pytest.fixture(scope="module")
def library() -> Library:
    from pelican.settings import read_settings

    return load(Imprint.from_settings(read_settings(str(ROOT / "pelicanconf.py"))))[0]


def pdf(real: Tiny, number: str, lang: str) -> Path:
    folder, kind = ("magazine", "") if number.isdigit() else ("kits", "kit-")
    return real.output / lang / folder / number / f"defender-{kind}{number}-{lang}.pdf"


def test_the_plan_of_contents(library: Library) -> None:
    kinds = Counter(slug_kind for slug_kind in library.kinds_by_slug.values())
    assert kinds["awareness"] >= 8
    assert kinds["news"] >= 6
    assert kinds["studies"] >= 2
    tracks = {piece.track for piece in library.pieces.values() if piece.track}
    assert tracks == set(library.imprint.tracks)
    for slug in ("about", "get-help", "safety", "contact", "privacy", "training", "legal-counselling"):
        assert library.kinds_by_slug[slug] == "pages"


def test_every_piece_has_its_twin(library: Library) -> None:
    alone = [piece.path.name for piece in library.pieces.values() if not library.twins(piece)]
    assert not alone


def test_every_link_leads_somewhere(real: Tiny) -> None:
    from test_tiny_site import test_every_link_is_relative_and_leads_somewhere as check

    check(real)


@pytest.mark.parametrize(("number", "lang"), EDITIONS + KITS)
def test_pages_fonts_and_binding(real: Tiny, number: str, lang: str) -> None:
    path = pdf(real, number, lang)
    with pikepdf.open(path) as document:
        assert len(document.pages) >= PAGES[number]
        assert document.Root.ViewerPreferences.Direction == {"ar": "/R2L", "en": "/L2R"}[lang]
    rows = subprocess.run(["pdffonts", str(path)], capture_output=True, encoding="utf-8", check=True)
    names = [row.split()[0].partition("+")[2] for row in rows.stdout.splitlines()[2:]]
    assert names
    assert all(any(name.startswith(face) for face in FACES) for name in names), names


@pytest.mark.parametrize(("number", "lang"), EDITIONS + KITS)
def test_the_screen_editions_are_sound(real: Tiny, number: str, lang: str) -> None:
    data = pdf(real, number, lang).read_bytes()
    assert faults(data) == []
    assert len(data) < HEAVIEST


def test_the_tags_tell_every_word_of_every_edition(real: Tiny) -> None:
    for edition, _, composed in editions(str(ROOT / "pelicanconf.py")):
        path = pdf(real, edition.issue.name, edition.language.code)
        assert_tells(path.read_bytes(), composed)


@pytest.mark.parametrize(("number", "lang"), EDITIONS)
def test_specimens_say_so(real: Tiny, number: str, lang: str) -> None:
    words = {"ar": ("عدد تجريبي", "هذا عدد تجريبي"), "en": ("Specimen issue", "is not one of the issues")}
    path = pdf(real, number, lang)
    assert words[lang][0] in poppler(path, 1)
    assert words[lang][1] in poppler(path, 2)
    page = real.page(f"{lang}/magazine/{number}/index.html")
    assert words[lang][0] in html.document_fromstring(page).text_content()


@pytest.mark.parametrize(("name", "lang"), KITS)
def test_kits_are_whole_sheets_and_say_what_they_are(real: Tiny, name: str, lang: str) -> None:
    path = pdf(real, name, lang)
    kit, legal = {"ar": ("حقيبة توعوية", "ليست مشورة قانونية"), "en": ("Kit", "not legal advice")}[lang]
    with pikepdf.open(path) as document:
        pages = len(document.pages)
    assert pages % 4 == 0
    assert kit in poppler(path, 1)
    assert legal in poppler(path, pages), "the imprint is the back of a kit"
    for page in ("awareness", f"tracks/{name}"):
        assert path.name in real.page(f"{lang}/{page}/index.html")


def test_kits_are_made_of_awareness_pieces(library: Library) -> None:
    assert [kit.name for kit in library.kits] == ["detention", "schools"]
    for kit in library.kits:
        assert {library.kinds_by_slug[slug] for slug in kit.slugs} == {"awareness"}
        assert kit.name in {library.pieces[slug, "ar"].track for slug in kit.slugs}


WORD = re.compile(r"[\u0621-\u063a\u0641-\u0652]{3,}")


@pytest.mark.parametrize("extract", [poppler, pdfium])
@pytest.mark.parametrize("number", ["1", "2"])
def test_arabic_comes_back(real: Tiny, library: Library, number: str, extract: Callable[[Path], str]) -> None:
    """98 of 100 words of the pieces' bodies, vowelled or not, from both extractors."""
    issue = next(issue for issue in library.issues if issue.name == number)
    bodies = " ".join(text_of(piece.body) for piece in library.edition(issue, "ar").pieces)
    wanted = Counter(WORD.findall(bodies))
    found = Counter(WORD.findall(extract(pdf(real, number, "ar"))))
    kept = sum(min(count, found[word]) for word, count in wanted.items())
    assert sum(wanted.values()) > 4000
    share = kept / sum(wanted.values())
    assert share >= 0.98, f"{share:.2%} of {sum(wanted.values())} words"


def text_of(body: str) -> str:
    """A body without its marks: targets of links, block lines, bold."""
    return unicodedata.normalize("NFKC", re.sub(r"\]\([^)]*\)|^///.*$|\*\*", "", body, flags=re.M))


def test_the_front_pages_say_what_they_are(real: Tiny) -> None:
    for lang, name in (("ar", "مدافعات"), ("en", "Defender")):
        root = html.document_fromstring(real.page(f"{lang}/index.html"))
        assert name in root.findtext(".//title")
        assert len(root.find_class("entry")) >= 8
    both = html.document_fromstring(real.page("index.html"))
    assert {link.get("lang") for link in both.find_class("door")} == {"ar", "en"}
