"""The tiny magazine as built by Pelican: addresses, twins, lists, feeds, links."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

import feedparser
import html5lib
import pytest
from lxml import html
from tiny import Tiny, tiny

LANGS = ("ar", "en")
XHTML = "{http://www.w3.org/1999/xhtml}"


def document(site: Tiny, path: str) -> html.HtmlElement:
    """A page of the output."""
    return html.document_fromstring(site.page(path))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "404.html",
        "magazine/index.html",
        "magazine/1/index.html",
        "articles/index.html",
        "articles/first/index.html",
        "news/index.html",
        "news/post/index.html",
        "awareness/index.html",
        "tracks/schools/index.html",
        "studies/index.html",
        "tags/index.html",
        "tags/cedaw/index.html",
        "authors/index.html",
        "authors/desk/index.html",
        "archive/index.html",
        "archive/2026/index.html",
        "glossary/index.html",
        "titles/index.html",
        "search/index.html",
        "about/index.html",
        "get-help/index.html",
        "feeds/all.atom.xml",
        "feeds/news.atom.xml",
    ],
)
def test_both_trees_have_each_address(site: Tiny, lang: str, path: str) -> None:
    assert (site.output / lang / path).is_file()


def pages(site: Tiny) -> list[Path]:
    return sorted(site.output.rglob("*.html"))


def test_trees_are_symmetric(site: Tiny) -> None:
    trees = [
        {p.relative_to(site.output / lang) for p in (site.output / lang).rglob("*.html")} for lang in LANGS
    ]
    assert trees[0] == trees[1]
    assert len(trees[0]) > 25


def test_every_page_says_language_and_direction_and_parses(site: Tiny) -> None:
    for path in pages(site):
        text = path.read_text("utf-8")
        html5lib.HTMLParser(strict=True).parse(text)
        root = html.document_fromstring(text)
        folder = path.relative_to(site.output).parts[0]
        lang = folder if folder in LANGS else "ar"
        assert root.get("lang") == lang, path
        assert root.get("dir") == {"ar": "rtl", "en": "ltr"}[lang], path
        assert root.findtext(".//title"), path


def test_every_link_is_relative_and_leads_somewhere(site: Tiny) -> None:
    """The folder opens from a USB stick: no link of our own is absolute, none is broken."""
    seen = 0
    for path in pages(site):
        root = html.document_fromstring(path.read_text("utf-8"))
        ids = {element.get("id") for element in root.iter() if element.get("id")}
        for element, _, link, _ in root.iterlinks():
            if link.startswith(("https://", "mailto:")):
                assert element.tag == "a", f"{path}: a resource from elsewhere: {link}"
                continue
            address, fragment = urldefrag(link)
            assert not address.startswith("/"), f"{path}: {link}"
            target = (path.parent / unquote(address)).resolve() if address else path
            assert target.is_file(), f"{path}: {link} leads nowhere"
            if fragment and not address:
                assert unquote(fragment) in ids, f"{path}: no {link} on the page"
            elif fragment:
                there = html.document_fromstring(target.read_text("utf-8"))
                assert there.get_element_by_id(unquote(fragment)) is not None
            seen += 1
    assert seen > 500


def test_switch_and_alternates_lead_to_the_twin(site: Tiny) -> None:
    for lang, other in (("ar", "en"), ("en", "ar")):
        root = document(site, f"{lang}/articles/first/index.html")
        switch = root.find_class("switch")[0].find(".//a")
        assert switch is not None
        assert switch.get("href").endswith(f"{other}/articles/first/index.html")
        alternates = {link.get("hreflang") for link in root.findall(".//link[@hreflang]")}
        assert alternates == {"ar", "en", "x-default"}


def test_piece_in_one_language_stands_in_both_lists(site: Tiny) -> None:
    listed = words(document(site, "en/news/index.html"))
    assert "خبر بالعربية وحدها" in listed
    assert "in Arabic only" in listed
    assert "بالإنجليزية فقط" in words(document(site, "ar/awareness/index.html"))


def test_piece_in_one_language_offers_what_there_is(site: Tiny) -> None:
    root = document(site, "en/news/arabic-only/index.html")
    main = root.get_element_by_id("content")
    assert "in Arabic only" in words(main)
    links = [a.get("href") for a in main.findall(".//a")]
    assert any(link.endswith("ar/news/arabic-only/index.html") for link in links)
    canonical = root.find(".//link[@rel='canonical']").get("href")
    assert canonical.endswith("ar/news/arabic-only/index.html")
    there = document(site, "ar/news/arabic-only/index.html")
    assert {link.get("hreflang") for link in there.findall(".//link[@hreflang]")} == {"ar", "x-default"}


def test_counts_take_the_right_plural(site: Tiny) -> None:
    """Two articles: the Arabic dual; two news posts of which one is in Arabic only: two rows each."""
    assert "مادتان" in words(document(site, "ar/articles/index.html"))
    assert "2 pieces" in words(document(site, "en/articles/index.html"))
    assert "لا مواد" in words(document(site, "ar/studies/index.html"))


def test_dates_are_written_as_in_libya(site: Tiny) -> None:
    assert "4 يناير 2026" in words(document(site, "ar/news/post/index.html"))
    assert "4 January 2026" in words(document(site, "en/news/post/index.html"))


@pytest.mark.parametrize("lang", LANGS)
def test_feeds_parse_and_speak_their_language(site: Tiny, lang: str) -> None:
    for path in sorted((site.output / lang / "feeds").glob("*.xml")):
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, (path, feed.get("bozo_exception"))
        assert feed.feed.language == lang
    entries = feedparser.parse((site.output / lang / "feeds/all.atom.xml").read_bytes()).entries
    assert {entry.title for entry in entries} >= {{"ar": "خبر", "en": "A post"}[lang]}
    assert len({entry.id for entry in entries}) == len(entries)
    assert all("content" not in entry for entry in entries), "summaries only"


def test_feed_ids_differ_between_feeds(site: Tiny) -> None:
    ids = [feedparser.parse(p.read_bytes()).feed.id for p in site.output.glob("*/feeds/*.xml")]
    assert len(ids) == len(set(ids)) == 10


def test_sitemap_lists_pages_with_alternates(site: Tiny) -> None:
    root = ElementTree.fromstring(site.page("sitemap.xml"))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    rows = {url.findtext(f"{space}loc"): url for url in root}
    first = rows["./ar/articles/first/index.html"]
    assert {link.get("hreflang") for link in first.findall(f"{XHTML}link")} == {"ar", "en"}
    assert all((site.output / loc).is_file() for loc in rows if loc)


def test_law_citation_leads_to_the_instrument(site: Tiny) -> None:
    root = document(site, "ar/articles/first/index.html")
    citation = root.find_class("law")[0]
    entry = root.get_element_by_id(citation.get("href")[1:])
    assert "اتفاقية القضاء على جميع أشكال التمييز ضد المرأة" in words(entry)
    assert "A/RES/34/180" in words(entry)


def test_chart_stays_a_table_and_grows_from_its_side(site: Tiny) -> None:
    for lang, ends in (("ar", [("100%", "0%"), ("100%", "50%")]), ("en", [("0%", "100%"), ("0%", "50%")])):
        root = document(site, f"{lang}/articles/first/index.html")
        (chart,) = root.find_class("chart")
        assert [(bar.get("x1"), bar.get("x2")) for bar in chart.iter("line")] == ends
        assert [words(value) for value in chart.find_class("value")] == ["6", "3"]
        assert not root.findall(".//svg//text")


def test_html_in_a_piece_would_be_text(tmp_path: Path) -> None:
    """The vocabulary is closed in the renderer too, not in the check alone."""
    from pelican.settings import read_settings

    from magazine.library import load
    from magazine.markup import render
    from magazine.model import Imprint
    from web.reader import WebLinks

    house = tiny(tmp_path, "ISSUE_PDFS = False\n")
    house.piece("content/news/sly.en.md", "Sly", "Text <script>alert(1)</script> <b onclick='x'>b</b>")
    library, _ = load(Imprint.from_settings(read_settings(str(tmp_path / "tinyconf.py"))))
    page = render(library.pieces["sly", "en"], library, WebLinks(library)).html
    assert "<script" not in page
    assert "<b " not in page
    assert "&lt;script&gt;" in page


def test_titles_are_escaped(tmp_path: Path) -> None:
    house = tiny(tmp_path, "ISSUE_PDFS = False\n")
    house.piece("content/news/sly.en.md", "A <script>alert(1)</script> & more", "Text.")
    run = house.pelican()
    assert run.status == 0, run.said
    for path in ("en/news/sly/index.html", "en/news/index.html", "ar/news/sly/index.html"):
        assert "<script>" not in house.page(path)
        assert "&lt;script&gt;" in house.page(path)


def test_absolute_addresses_where_the_site_is_known(tmp_path: Path) -> None:
    house = tiny(tmp_path, 'ISSUE_PDFS = False\nSITEURL = "https://example.org"\n')
    run = house.pelican()
    assert run.status == 0, run.said
    root = document(house, "ar/articles/first/index.html")
    assert root.find(".//link[@rel='canonical']").get("href") == "https://example.org/ar/articles/first/"
    alternates = {link.get("hreflang"): link.get("href") for link in root.findall(".//link[@hreflang]")}
    assert alternates == {
        "ar": "https://example.org/ar/articles/first/",
        "en": "https://example.org/en/articles/first/",
        "x-default": "https://example.org/",
    }
    assert root.find_class("switch")[0].find(".//a").get("href") == "../../../en/articles/first/index.html"
    entry = feedparser.parse(house.page("en/feeds/news.atom.xml")).entries[0]
    assert entry.link == "https://example.org/en/news/post/"
    assert "<loc>https://example.org/en/news/post/</loc>" in house.page("sitemap.xml")


def test_drafts_and_the_future_are_not_published(tmp_path: Path) -> None:
    house = tiny(tmp_path, "ISSUE_PDFS = False\n")
    house.piece("content/news/unripe.en.md", "Not yet", "Text.", "status: draft\n")
    future = house.piece("content/news/tomorrow.en.md", "Tomorrow", "Text.")
    future.write_text(future.read_text().replace("2026-01-04", "2999-01-04"), "utf-8")
    run = house.pelican()
    assert run.status == 0, run.said
    for slug in ("unripe", "tomorrow"):
        assert not list(house.output.rglob(f"*{slug}*")), "not even the name of its picture"
        assert slug not in house.page("en/news/index.html")
        assert slug not in house.page("sitemap.xml")


def test_lists_are_paginated(tmp_path: Path) -> None:
    house = tiny(tmp_path, "ISSUE_PDFS = False\nPAGINATED_TEMPLATES = {'list': 3}\n")
    for number in range(5):
        for lang in LANGS:
            house.piece(f"content/news/n{number}.{lang}.md", f"{number}", "…")
    run = house.pelican()
    assert run.status == 0, run.said
    second = document(house, "ar/news/page/2/index.html")
    assert "الصفحة 2 من 2" in words(second)
    assert "6 مواد" in words(second)
    assert second.find(".//a[@rel='prev']").get("href").endswith("ar/news/index.html")


def test_unset_contact_says_so_and_set_contact_is_shown(site: Tiny, tmp_path: Path) -> None:
    assert "not published yet" in words(document(site, "en/get-help/index.html"))
    house = tiny(tmp_path, 'ISSUE_PDFS = False\nCONTACT = {"email": "post@example.org"}\n')
    assert house.pelican().status == 0
    page = words(document(house, "en/get-help/index.html"))
    assert "post@example.org" in page
    assert "not published yet" not in page


def test_pelican_dropping_a_piece_is_an_error(tmp_path: Path) -> None:
    """Were Pelican to swallow a piece, the run would say so instead of publishing without it."""
    house = tiny(tmp_path, "ISSUE_PDFS = False\nARTICLE_PATHS = ['articles']\n")
    run = house.pelican()
    assert run.status == 1
    assert "no page was written for: content/news/post.ar.md, content/news/post.en.md" in run.said
    assert "Traceback" not in run.said


def test_what_is_withdrawn_is_gone_and_a_faulty_run_deletes_nothing(tmp_path: Path) -> None:
    house = tiny(tmp_path, "ISSUE_PDFS = False\n")
    lone = house.piece("content/news/lone.en.md", "Withdrawn later", "Text.")
    assert house.pelican().status == 0
    assert (house.output / "en/news/lone/index.html").exists()
    broken = house.write("content/news/broken.en.md", "no front matter")
    lone.unlink()
    assert house.pelican().status == 1
    assert (house.output / "en/news/lone/index.html").exists(), "the last good pages stay"
    broken.unlink()
    assert house.pelican().status == 0
    assert not list(house.output.rglob("lone*"))


def test_the_preview_sets_no_type_and_keeps_the_pdfs(site: Tiny) -> None:
    from web.preview import PREVIEW_SETTINGS

    pdf = site.output / "ar/magazine/1/defender-1-ar.pdf"
    before = pdf.read_bytes()
    source = site.here / "content/articles/first.ar.md"
    sound = source.read_text("utf-8")
    source.write_text(sound.replace("فقرة أولى", "فقرة جديدة"), "utf-8")
    try:
        run = site.pelican("-e", *PREVIEW_SETTINGS)
        assert run.status == 0, run.said
        assert "فقرة جديدة" in site.page("ar/articles/first/index.html")
        assert "defender-1-ar.pdf" in site.page("ar/magazine/1/index.html")
        assert pdf.read_bytes() == before
    finally:
        source.write_text(sound, "utf-8")
        assert site.pelican().status == 0
