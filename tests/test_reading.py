"""What stands around a piece on the site, and what machines read of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from pelican.settings import read_settings
from PIL import Image
from tiny import ISSUE, Tiny, add_kit, tiny

from magazine.errors import MagazineError
from magazine.library import load
from magazine.model import Imprint, Library
from magazine.stamp import stamp
from web.reading import minutes
from web.sidenotes import beside

LANGS = ("ar", "en")
ADDRESS = "https://example.org"
TITLES = {
    "third": {"ar": "الثالثة", "en": "The third"},
    "apart": {"ar": "وحدها", "en": "Apart"},
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """An issue of three pieces, one apart, a translation that is older than its source; with an address."""
    house = tiny(tmp_path_factory.mktemp("reading"), f"SITEURL = {ADDRESS!r}\nISSUE_PDFS = False\n")
    house.write("issues/1/issue.toml", ISSUE.replace('"law-piece"', '"law-piece", "third"'))
    for slug, titles in TITLES.items():
        for lang, title in titles.items():
            more = "category: feature\ntags: [cedaw]\n"
            if (slug, lang) == ("third", "ar"):
                more += "updated: 2026-01-04\n"
            if (slug, lang) == ("third", "en"):
                more += "translation_of_hash: 0123456789ab\n"
            house.piece(f"content/articles/{slug}.{lang}.md", title, more=more)
    run = house.pelican()
    assert run.status == 0, run.said
    return house


def document(house: Tiny, path: str) -> html.HtmlElement:
    return html.document_fromstring(house.page(path))


def piece(house: Tiny, lang: str, slug: str) -> html.HtmlElement:
    return document(house, f"{lang}/articles/{slug}/index.html")


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


# --- notes ---------------------------------------------------------------------------------------

CALL = '<sup id="fnref:{0}"><a class="footnote-ref" href="#fn:{0}">{1}</a></sup>'
BACK = '<a class="footnote-backref" href="#fnref:{0}" title="Jump back">↑</a>'


def noted(blocks: str, *notes: tuple[str, str]) -> str:
    items = "\n".join(f'<li id="fn:{name}">\n{text}\n</li>' for name, text in notes)
    return f'{blocks}\n<div class="footnote">\n<hr>\n<ol>\n{items}\n</ol>\n</div>'


def test_a_note_stands_after_the_block_that_calls_it() -> None:
    blocks = (
        f"<p>One{CALL.format('a', 1)} <br> more.</p>\n"
        f"<ul>\n<li><p>Item{CALL.format('b', 2)}</p></li>\n<li>last</li>\n</ul>\n"
        '<p><img src="{static}/x.png"> end</p>'
    )
    text = beside(
        noted(
            blocks,
            ("a", f'<p>Of <a href="{{filename}}/y.md">one</a>.&#160;{BACK.format("a")}</p>'),
            ("b", f"<ul><li>q</li></ul>\n<p>Of the item.&#160;{BACK.format('b')}</p>"),
        )
    )
    outer = html.fragment_fromstring(text, create_parent="div")
    assert [child.tag for child in outer] == ["p", "aside", "ul", "aside", "p"]
    assert [words(aside) for aside in outer.findall("aside")] == ["1 Of one.", "2 q Of the item."]
    assert [aside.get("id") for aside in outer.findall("aside")] == ["fn:a", "fn:b"]
    assert "{static}/x.png" in text
    assert "{filename}/y.md" in text, "what Pelican will resolve is as it was"
    assert "Jump back" not in text


def test_a_note_that_is_called_twice_stands_once() -> None:
    again = '<sup id="fnref2:a"><a class="footnote-ref" href="#fn:a">1</a></sup>'
    text = beside(noted(f"<p>One{CALL.format('a', 1)}</p>\n<p>Two{again}</p>", ("a", "<p>N.</p>")))
    assert text.count('id="fn:a"') == 1
    assert text.index('id="fn:a"') < text.index("Two")


def test_a_text_without_notes_is_left_alone() -> None:
    assert beside("<p>No <em>notes</em></p>") == "<p>No <em>notes</em></p>"


@pytest.mark.parametrize("lang", LANGS)
def test_each_call_leads_to_its_note_and_back(house: Tiny, lang: str) -> None:
    page = piece(house, lang, "first")
    (call,) = page.find_class("footnote-ref")
    note = page.get_element_by_id(call.get("href")[1:])
    assert note.getprevious() is call.getparent().getparent()
    assert page.get_element_by_id(note.find(".//a").get("href")[1:]) is call.getparent()
    assert not page.find_class("footnote")


# --- around the piece ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "count", "said"),
    [("en", 238, 1), ("en", 2380, 10), ("ar", 181, 1), ("ar", 1810, 10), ("ar", 3, 1)],
)
def test_minutes_go_by_the_pace_of_the_language(lang: str, count: int, said: int) -> None:
    """Brysbaert 2019; markup is not read."""
    assert minutes("<p class='a b c'>" + "w <b>x</b> " * (count // 2) + "w</p>", lang) == said


@pytest.mark.parametrize(
    ("lang", "said"), [("ar", "قراءة في دقيقة"), ("en", "1 minute’s reading")], ids=LANGS
)
def test_the_byline_says_how_long_a_piece_takes(house: Tiny, lang: str, said: str) -> None:
    (shown,) = piece(house, lang, "first").find_class("minutes")
    assert words(shown) == said


@pytest.mark.parametrize("lang", LANGS)
def test_a_piece_leads_on_in_its_issue(house: Tiny, lang: str) -> None:
    """In the manifest's order; the first has nothing before it, a piece in no issue nothing at all."""
    links = {
        slug: {
            a.get("rel"): a.get("href")
            for a in piece(house, lang, slug).xpath("//*[@class='beside']//a[@rel]")
        }
        for slug in ("first", "law-piece", "third", "apart")
    }
    assert links["first"].keys() == {"next"}
    assert links["third"].keys() == {"prev"}
    assert not links["apart"]
    assert links["law-piece"]["prev"].endswith(f"{lang}/articles/first/index.html")
    assert links["law-piece"]["next"].endswith(f"{lang}/articles/third/index.html")


@pytest.mark.parametrize("lang", LANGS)
def test_pieces_of_the_same_topics_are_near(house: Tiny, lang: str) -> None:
    """Without itself and without what the issue leads on to."""
    (section,) = piece(house, lang, "third").find_class("near")
    slugs = [a.get("href").split("/")[-2] for a in section.iter("a")]
    assert "apart" in slugs
    assert not {"third", "law-piece"} & set(slugs)


@pytest.mark.parametrize("lang", LANGS)
def test_a_track_is_a_path_in_the_order_of_its_kit(tmp_path: Path, lang: str) -> None:
    """Whatever the dates; and each piece says which step it is."""
    house = add_kit(tiny(tmp_path, "ISSUE_PDFS = False\n"))
    for slug in ("lesson", "drawing"):
        path = house.here / f"content/awareness/{slug}.{lang}.md"
        day = {"lesson": "2026-01-05", "drawing": "2026-01-01"}[slug]
        path.write_text(re.sub(r"date: \S+", f"date: {day}", path.read_text("utf-8")), "utf-8")
    assert house.pelican().status == 0
    (path,) = document(house, f"{lang}/tracks/schools/index.html").find_class("path")
    assert [a.get("href").split("/")[-2] for a in path.iter("a")] == ["lesson", "drawing"]
    (step,) = document(house, f"{lang}/awareness/drawing/index.html").find_class("in-track")
    assert re.findall(r"\d+", words(step)) == ["2", "2"]
    assert step.find(".//a").get("href").endswith(f"{lang}/tracks/schools/index.html")


def test_a_piece_is_cited_in_both_languages(house: Tiny) -> None:
    ar, en = (words(p) for p in piece(house, "ar", "third").find_class("cite")[0].iter("p"))
    assert ar.startswith("هيئة التحرير، «الثالثة»، ")
    assert ar.endswith(f". {ADDRESS}/ar/articles/third/")
    assert en.startswith("Editorial desk, “The third”, ")
    assert "Issue 1" in en
    assert en.endswith(f". {ADDRESS}/en/articles/third/")


def test_a_translation_that_is_older_than_its_source_says_so(house: Tiny) -> None:
    (notice,) = piece(house, "en", "third").find_class("stale")
    assert "older than its source" in words(notice)
    assert "4 January 2026" in words(notice)
    assert notice.find("a").get("href").endswith("ar/articles/third/index.html")
    assert not piece(house, "ar", "third").find_class("stale")


def test_a_translation_of_the_text_as_it_stands_says_nothing(house: Tiny) -> None:
    """And an editor's stamp that fits is no mistake."""
    library = library_of(house)
    source, translation = library.pieces["third", "ar"], library.pieces["third", "en"]
    assert library.outdated(translation) is source
    house.piece(
        "content/articles/fresh.en.md",
        "Fresh",
        more=f"category: feature\ntranslation_of_hash: {source.fingerprint}\n",
    )
    house.piece("content/articles/fresh.ar.md", "جديدة", more="category: feature\n")
    library = library_of(house)
    assert library.pieces["fresh", "ar"].body == source.body
    assert library.outdated(library.pieces["fresh", "en"]) is None


def library_of(house: Tiny) -> Library:
    return load(Imprint.from_settings(read_settings(str(house.here / "tinyconf.py"))))[0]


@pytest.mark.parametrize("before", ["", "translation_of_hash: 0123456789ab\n"], ids=["new", "again"])
def test_stamping_a_translation_changes_one_line(tmp_path: Path, before: str) -> None:
    house = tiny(tmp_path)
    path = house.piece("content/news/stamped.en.md", "x", "Text.\n\n---\n\nMore.", before)
    house.piece("content/news/stamped.ar.md", "س", "نص.")
    old = path.read_text("utf-8")
    assert stamp(library_of(house), "stamped", "en") == path
    library = library_of(house)
    assert library.outdated(library.pieces["stamped", "en"]) is None
    line = f"translation_of_hash: {library.pieces['stamped', 'ar'].fingerprint}\n"
    assert path.read_text("utf-8").replace(line, before) == old


@pytest.mark.parametrize("slug", ["nobody", "alone"])
def test_what_cannot_be_stamped_is_said(tmp_path: Path, slug: str) -> None:
    house = tiny(tmp_path)
    house.piece("content/news/alone.en.md", "x", "Text.")
    with pytest.raises(MagazineError, match=rf"{slug}\.en\.md"):
        stamp(library_of(house), slug, "en")


# --- what machines read --------------------------------------------------------------------------


def data_of(page: html.HtmlElement) -> Any:
    (script,) = page.xpath("//script[@type='application/ld+json']")
    return json.loads(script.text)


def metas(page: html.HtmlElement, key: str) -> dict[str, str]:
    return {meta.get(key): meta.get("content") for meta in page.xpath(f"//meta[@{key}]")}


@pytest.mark.parametrize("lang", LANGS)
def test_a_piece_says_what_it_is_part_of(house: Tiny, lang: str) -> None:
    article, crumbs = data_of(piece(house, lang, "third"))["@graph"]
    assert article["headline"] == TITLES["third"][lang]
    assert article["inLanguage"] == lang
    assert article["url"] == f"{ADDRESS}/{lang}/articles/third/"
    assert article["isPartOf"]["issueNumber"] == 1
    assert article["isPartOf"]["isPartOf"]["@type"] == "Periodical"
    assert [item["position"] for item in crumbs["itemListElement"]] == [1, 2, 3]
    for item in crumbs["itemListElement"]:
        path = item["item"].removeprefix(f"{ADDRESS}/")
        assert (house.output / path / "index.html").is_file()
    assert "isPartOf" not in data_of(piece(house, lang, "apart"))["@graph"][0]


@pytest.mark.parametrize("lang", LANGS)
def test_an_issue_says_that_it_is_one(house: Tiny, lang: str) -> None:
    data = data_of(document(house, f"{lang}/magazine/1/index.html"))
    assert (data["@type"], data["issueNumber"]) == ("PublicationIssue", 1)


def test_words_of_a_title_cannot_end_the_data(tmp_path: Path) -> None:
    house = tiny(tmp_path, "ISSUE_PDFS = False\n")
    title = "A </script><b>bold</b> & “quoted” title"
    house.piece("content/news/odd.en.md", title.replace('"', ""))
    assert house.pelican().status == 0
    page = document(house, "en/news/odd/index.html")
    assert data_of(page)["@graph"][0]["headline"] == title
    assert not page.xpath("//head//b")


def test_citation_managers_find_author_date_and_issue(house: Tiny) -> None:
    tags = metas(piece(house, "en", "third"), "name")
    assert tags["citation_title"] == "The third"
    assert tags["citation_author"] == "Editorial desk"
    assert tags["citation_issue"] == "1"
    assert tags["citation_publication_date"].count("/") == 2
    assert tags["citation_public_url"] == f"{ADDRESS}/en/articles/third/"


def cards(house: Tiny) -> Iterator[Path]:
    yield from (house.output / "cards").rglob("*.png")


def test_what_is_shared_names_a_card_that_is_there(house: Tiny) -> None:
    for path in ("ar/articles/third", "en/articles/first", "ar/magazine/1", "en/magazine/1"):
        image = metas(document(house, f"{path}/index.html"), "property")["og:image"]
        assert (house.output / image.removeprefix(f"{ADDRESS}/")).is_file()


def test_cards_are_of_their_size_light_and_without_words_about_a_machine(house: Tiny) -> None:
    found = list(cards(house))
    assert len(found) > 10
    for path in found:
        with Image.open(path) as image:
            assert image.size == (1200, 630)
            assert not image.info.keys() - {"transparency"}
        assert path.stat().st_size < 30_000


def ink(path: Path, left: int, right: int) -> tuple[int, int]:
    """From where to where there is ink between two places of a card, below the magazine's name."""
    with Image.open(path) as image:
        part = image.convert("L").crop((left, 180, right, 620)).point(lambda dark: 255 * (dark < 120))
    box = part.getbbox()
    assert box
    return left + box[0], left + box[2]


@pytest.mark.parametrize("side", [32, 192])
def test_the_mark_is_there_in_pixels(site: Tiny, side: int) -> None:
    """Every thread of it whole, in its three colours, and named by the pages."""
    with Image.open(site.output / f"theme/mark-{side}.png") as image:
        assert image.size == (side, side)
        assert len(image.convert("RGB").getcolors() or []) == 3
    for path in ("index.html", "ar/index.html", "en/articles/first/index.html"):
        assert f"theme/mark-{side}.png" in site.page(path)


def test_titles_begin_at_their_languages_side(house: Tiny) -> None:
    """Arabic at the right, with the picture at the left; English the other way round."""
    assert abs(ink(house.output / "cards/ar/third.png", 450, 1200)[1] - 1136) < 8
    assert abs(ink(house.output / "cards/en/third.png", 0, 750)[0] - 64) < 8


def test_a_house_without_an_address_says_nothing_of_the_web(site: Tiny) -> None:
    page = piece(site, "ar", "first")
    assert not metas(page, "property")
    assert "citation_public_url" not in metas(page, "name")
    assert "url" not in data_of(page)["@graph"][0]
    assert not (site.output / "cards").exists()
    (cited,) = {words(p) for p in page.find_class("cite")[0].iter("p") if p.get("lang") == "ar"}
    assert cited.endswith("2026.")
