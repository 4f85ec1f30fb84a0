"""Search, as a reader meets it: in Chromium, from a disk and under the strict policy from a server."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import POLICY, Watched, served
from lxml import html
from playwright.sync_api import Page
from tiny import ROOT, Tiny, tiny

from arabic.search import keys, words
from bench.search.corpus import articles
from bench.search.houses import costs, zipped
from concordance.index import Entry, build, shard_of
from concordance.texts import text_of
from magazine.catalogue import translations

Open = Callable[..., Watched]

LANGS = ("ar", "en")
VECTORS = tomllib.loads((ROOT / "tests/arabic/search-vectors.toml").read_text("utf-8"))
SETTLED = """() => !document.querySelector('#search').ariaBusy && document.querySelector('#said').textContent
    && [...document.querySelectorAll('#found li, #near li')].every(item => item.children.length)"""
DISCREET = 'discreet: true\nneutral_title: "ملاحظات"\nneutral_slug: page-7\n'
BODY = "نص عن {0} وحده، لا عن غيره."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """A tiny house with a piece for each thing that is looked for."""
    made = tiny(tmp_path_factory.mktemp("search"), "ISSUE_PDFS = False\n")
    made.piece("content/news/lawyer.ar.md", "في المحكمة", "دخلت القاعة والمُحـامِيَةُ معها من بنغازي.")
    made.piece("content/news/titled.ar.md", "الزيتون", "نص قصير.")
    made.piece("content/news/told.ar.md", "شجرة", "زيتون وزيتون وزيتون، ثم زيتون.\n\n" * 4)
    made.piece("content/news/unripe.ar.md", "مسودة القنفذ", BODY.format("القنفذ"), "status: draft\n")
    made.piece("content/news/hidden.ar.md", "مخفية الخلد", BODY.format("الخلد"), "status: hidden\n")
    future = made.piece("content/news/tomorrow.ar.md", "غدا العقاب", BODY.format("العقاب"))
    future.write_text(future.read_text("utf-8").replace("2026-01-04", "2999-01-04"), "utf-8")
    made.piece("content/news/quiet.ar.md", "صفحة عادية", BODY.format("السلحفاة"), DISCREET)
    for number in range(12):
        made.piece(f"content/news/many{number}.ar.md", f"خبر رقم {number}", f"نص عن الحصان {number}.")
    run = made.pelican()
    assert run.status == 0, run.said
    return made


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The project's own texts, built without PDFs."""
    here = tmp_path_factory.mktemp("ours")
    lines = f"from pelicanconf import *\nOUTPUT_PATH = {str(here / 'output')!r}\nISSUE_PDFS = False\n"
    (here / "tinyconf.py").write_text(f"import sys\nsys.path[:0] = [{str(ROOT)!r}]\n{lines}", "utf-8")
    run = Tiny(here).pelican()
    assert run.status == 0, run.said
    return Tiny(here)


def address(house: Tiny, lang: str = "ar") -> str:
    return (house.output / lang / "search/index.html").as_uri()


def ask(page: Page, query: str) -> list[str]:
    """Type a query, press Enter, wait; the titles that were found."""
    page.fill("#query", query)
    page.press("#query", "Enter")
    page.wait_for_function(SETTLED)
    return [link.inner_text() for link in page.query_selector_all("#found a")]


def scripts(house: Tiny, lang: str, pattern: str = "*") -> list[Path]:
    return sorted((house.output / lang / "search").glob(f"*/{pattern}.js"))


# --- One specification -----------------------------------------------------------------------


def opened(page: Page) -> None:
    page.evaluate("Search.open(document.forms.search.dataset.index)")


def test_the_vectors_hold_in_the_browser(house: Tiny, watched: Open) -> None:
    page = watched(address(house)).page
    opened(page)
    meet = """pairs => pairs.map(([a, b]) => {
        const asked = new Set(Search.words(a).flatMap(Search.keys));
        return Search.words(b).flatMap(Search.keys).some(key => asked.has(key)); })"""
    for name, wanted in (("meet", True), ("apart", False)):
        pairs = VECTORS[name]
        wrong = [p for p, met in zip(pairs, page.evaluate(meet, pairs), strict=True) if met is not wanted]
        assert not wrong
    for text, found in VECTORS["words"].items():
        assert page.evaluate("text => Search.words(text)", text) == found


def test_browser_and_build_read_every_word_of_ours_alike(ours: Tiny, watched: Open) -> None:
    sources = sorted((ROOT / "content").glob("*/*.md"))
    texts = [path.read_text("utf-8") for path in sources]
    page = watched(address(ours)).page
    opened(page)
    for path, text, found in zip(
        sources, texts, page.evaluate("ts => ts.map(Search.words)", texts), strict=True
    ):
        assert found == list(words(text)), path
    vocabulary = sorted({word for text in texts for word in words(text)})
    assert len(vocabulary) > 8000
    there = page.evaluate("words => words.map(Search.keys)", vocabulary)
    assert [(w, tuple(k)) for w, k in zip(vocabulary, there, strict=True)] == [
        (w, keys(w)) for w in vocabulary
    ]


# --- What is found ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        *("كالمحامية", "ومحامية", "بمحامية", "لمحامية", "محامى", "محامیة", "المحاميات", "ﻣﺤﺎﻣﻴﺔ"),
        "المحامية",
        "المحاميه",
        "محامية",
        "مُحَامِيَة",
        "محـــامية",
        "والمحامية",
        "فالمحامية",
        "بالمحاميه",
        "للمحامية",
        "وللمحامية",
    ],
)
def test_each_way_to_write_a_word_finds_it(house: Tiny, watched: Open, query: str) -> None:
    assert ask(watched(address(house)).page, query) == ["في المحكمة"]


def test_the_words_found_are_marked(house: Tiny, watched: Open) -> None:
    page = watched(address(house)).page
    ask(page, "محامية بنغازى")
    assert [mark.inner_text() for mark in page.query_selector_all("#found mark")] == ["والمُحـامِيَةُ", "بنغازي"]


def test_titles_come_before_texts(house: Tiny, watched: Open) -> None:
    assert ask(watched(address(house)).page, "زيتون") == ["الزيتون", "شجرة"]


def test_every_piece_of_ours_is_found_by_its_title(ours: Tiny, watched: Open) -> None:
    for lang in LANGS:
        page = watched(address(ours, lang)).page
        opened(page)
        shown = [
            json.loads(re.sub(r"^[^{]*|[^}]*$", "", path.read_text("utf-8")))
            for path in scripts(ours, lang, "piece-*")
        ]
        titles = [piece["title"] for piece in shown]
        assert len(titles) > 70
        late = []
        for title in titles:
            numbers = page.evaluate("async q => (await Search.find(q)).numbers", title)
            first = [
                page.evaluate("async n => (await Search.load(`piece-${n}`)).title", n) for n in numbers[:3]
            ]
            late += [(title, first)] if title not in first else []
        assert not late


@pytest.mark.parametrize("lang", LANGS)
def test_counts_take_the_right_plural(house: Tiny, watched: Open, lang: str) -> None:
    page = watched(address(house, lang)).page
    opened(page)
    said = page.evaluate("[...Array(201).keys()].map(Search.count)")
    catalogue = translations(ROOT / "theme/translations", lang)
    assert said == [
        catalogue.ngettext("%(num)s result", "%(num)s results", n) % {"num": n} for n in range(201)
    ]
    if lang == "ar":
        assert [said[n] for n in (0, 1, 2, 3, 11, 100)] == [
            *("لا نتائج", "نتيجة واحدة", "نتيجتان", "3 نتائج", "11 نتيجة", "100 نتيجة")
        ]


def test_what_was_found_is_said_and_ten_are_shown_at_a_time(house: Tiny, watched: Open) -> None:
    page = watched(address(house)).page
    assert len(ask(page, "حصان")) == 10
    assert page.inner_text("#said") == "12 نتيجة"
    assert page.get_attribute("#said", "role") == "status"
    page.click("#more")
    page.wait_for_function("() => document.querySelectorAll('#found a').length === 12")
    assert page.is_hidden("#more")
    assert page.evaluate("document.activeElement === document.querySelectorAll('#found a')[10]")


def test_what_was_not_found_is_said(house: Tiny, watched: Open) -> None:
    page = watched(address(house)).page
    assert ask(page, "ديناصور") == []
    assert page.inner_text("#said").startswith("لا نتائج")
    assert page.is_hidden("#near")
    assert ask(page, "الزيتون وديناصورٌ") == ["الزيتون", "شجرة"]
    assert "لم ترد كلمة «وديناصورٌ»" in page.inner_text("#said")
    assert set(ask(page, "زيتون محامية")) == {"الزيتون", "شجرة", "في المحكمة"}
    assert "لا صفحة تجمع هذه الكلمات كلها" in page.inner_text("#said")


def test_pieces_with_some_of_the_words_follow_those_with_all(house: Tiny, watched: Open) -> None:
    page = watched(address(house)).page
    assert ask(page, "زيتون شجرة") == ["شجرة"]
    assert page.inner_text("#said") == "نتيجة واحدة"
    assert page.inner_text("#near a") == "الزيتون"
    ask(page, "محامية")
    assert page.is_hidden("#near")
    assert not page.query_selector_all("#near li")


@pytest.mark.parametrize("query", ["<b onclick=alert()>", "من في على", "(.*)", "\\", "؟", "ا", "constructor"])
def test_no_query_does_harm(house: Tiny, watched: Open, query: str) -> None:
    seen = watched(address(house))
    assert ask(seen.page, query) == []
    assert seen.page.inner_text("#said").startswith("لا نتائج")
    assert not seen.errors


def test_nothing_is_asked_for_by_an_empty_field(house: Tiny, watched: Open) -> None:
    seen = watched(address(house))
    assert ask(seen.page, "زيتون")
    before = len(seen.asked)
    seen.page.fill("#query", "  ")
    seen.page.press("#query", "Enter")
    seen.page.wait_for_timeout(100)
    assert len(seen.asked) == before
    assert not seen.page.query_selector_all("#found li"), "and what was found before is gone"
    assert seen.page.inner_text("#said") == ""


# --- Safety ----------------------------------------------------------------------------------


def test_it_works_under_the_strict_policy_and_asks_no_one_else(ours: Tiny, watched: Open) -> None:
    with served(ours.output, {"Content-Security-Policy": POLICY}) as host:
        seen = watched(f"{host}/ar/search/index.html")
        before = list(seen.asked)
        assert not [url for url in before if re.search(r"/search/[0-9a-f]+/", url)], "nothing before a search"
        assert ask(seen.page, "سجون النساء")
        after = seen.asked[len(before) :]
        assert any("/start.js" in url for url in after)
        assert any("/words-" in url for url in after)
        assert all(url.startswith(host) for url in seen.asked)
        assert not seen.errors


def test_it_works_from_a_disk_under_the_strict_policy(house: Tiny, watched: Open, tmp_path: Path) -> None:
    stick = tmp_path / "عصا USB"
    shutil.copytree(house.output, stick)
    page = stick / "ar/search/index.html"
    text = page.read_text("utf-8")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    page.write_text(text.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{meta}'), "utf-8")
    seen = watched(page.as_uri())
    assert ask(seen.page, "المحاميه") == ["في المحكمة"]
    assert not seen.errors
    assert {url.partition(":")[0] for url in seen.asked} == {"file"}


def test_the_policy_of_the_test_would_stop_what_it_forbids(ours: Tiny, watched: Open) -> None:
    with served(ours.output, {"Content-Security-Policy": POLICY}) as host:
        seen = watched(f"{host}/ar/search/index.html")
        refused = "fetch('start.js').then(() => 'let through', () => 'refused')"
        assert seen.page.evaluate(refused) == "refused"
        assert seen.errors


def test_nothing_is_kept_and_the_query_is_in_no_address(ours: Tiny, watched: Open) -> None:
    with served(ours.output) as host:
        seen = watched(f"{host}/ar/index.html")
        page = seen.page
        page.click(".menu a[href$='search/index.html']")
        page.wait_for_load_state()
        where, length = page.url, page.evaluate("history.length")
        assert ask(page, "العنف الأسري")
        assert (page.url, page.evaluate("history.length")) == (where, length)
        assert page.evaluate("history.state") is None
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
        assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
        assert page.evaluate("caches.keys().then(found => found.length)") == 0
        assert not [url for url in seen.asked if "?" in url or "%D8" in url]
        page.reload()
        assert page.input_value("#query") == ""
        assert page.inner_text("#said") == ""
        page.go_back()
        assert page.url == f"{host}/ar/index.html"


def test_the_exit_leaves_no_result_behind(house: Tiny, watched: Open) -> None:
    page = watched(address(house)).page
    assert ask(page, "زيتون")
    page.route(lambda url: not url.startswith("file:"), lambda route: route.abort("aborted"))  # stay, to see
    page.click(".exit")
    assert page.input_value("#query") == ""
    assert page.query_selector_all("#found li") == []


def test_drafts_and_the_future_are_not_in_the_index(house: Tiny) -> None:
    index = "".join(path.read_text("utf-8") for path in scripts(house, "ar"))
    assert "زيتون" in index
    for word in ("قنفذ", "خلد", "عقاب"):
        assert word not in index, word


def test_of_a_discreet_piece_no_text_is_shown(house: Tiny, watched: Open) -> None:
    page = watched(address(house)).page
    assert ask(page, "سلحفاة") == ["صفحة عادية"]
    assert "سلحفاة" not in page.inner_text("#found")


def test_without_script_topics_and_titles_stand_in(ours: Tiny, watched: Open) -> None:
    page = watched(address(ours), java_script_enabled=False).page
    assert page.is_hidden("#search")
    assert len(page.query_selector_all("main .tags a")) > 10
    page.click("main a[href$='titles/index.html']")
    titles = [link.inner_text() for link in page.query_selector_all(".letter a")]
    sources = list((ROOT / "content").glob("*/*.ar.md"))
    assert len(titles) == sum("\nstatus: hidden" not in path.read_text("utf-8") for path in sources)
    assert titles.index("اجتماع البيضاء: من هنا يبدأ التعريف بالشبكة") < titles.index(
        "قواعد بانكوك في الميزان"
    )
    assert [h.inner_text() for h in page.query_selector_all(".letter h2")][:3] == ["ا", "ب", "ت"]


def test_every_page_leads_to_the_search(ours: Tiny) -> None:
    for path in ours.output.glob("*/**/*.html"):
        links = {link.get("href") for link in html.document_fromstring(path.read_text("utf-8")).iter("a")}
        assert any(link.endswith("search/index.html") for link in links), path


def test_a_lost_connection_is_said(ours: Tiny, watched: Open) -> None:
    with served(ours.output) as host:
        page = watched(f"{host}/en/search/index.html").page
        page.route("**/words-*.js", lambda route: route.abort())
        assert ask(page, "prison") == []
        assert "could not be loaded" in page.inner_text("#said")
        page.unroute("**/words-*.js")
        assert ask(page, "prison"), "and the next try succeeds"


# --- The index -------------------------------------------------------------------------------


def test_the_same_texts_give_the_same_index(house: Tiny, tmp_path: Path) -> None:
    def contents() -> dict[str, bytes]:
        return {path.parent.name + path.name: path.read_bytes() for path in scripts(house, "ar")}

    before = contents()
    assert house.pelican(PYTHONHASHSEED="7").status == 0
    assert contents() == before


def test_a_changed_text_changes_the_folder() -> None:
    one, two = (build([Entry("a/index.html", "عنوان", text=text)], {})[0] for text in ("نص", "نصّ"))
    assert one != two


def test_a_word_stands_in_the_shard_of_each_of_its_keys() -> None:
    entries = [Entry(f"{n}/index.html", f"خبر {n}", text=" ".join(texts(n))) for n in range(40)]
    _, files = build(entries, {})
    shards = [files[name] for name in sorted(files, key=len) if name.startswith("words-")]
    assert len(shards) > 3
    vocabulary = {word for n in range(40) for word in words(" ".join(texts(n)))}
    for word in sorted(vocabulary):
        lines = [re.search(rf"(?:\\n|\"){word}([ !])", shard) for shard in shards]
        sure = any(line and line[1] == "!" for line in lines)
        wanted = {shard_of(key, len(shards)) for key in keys(word)[: 1 if sure else None]}
        assert {n for n, line in enumerate(lines) if line} == wanted, word


def texts(number: int) -> Iterator[str]:
    for path in sorted((ROOT / "content").glob("*/*.ar.md"))[number : number + 1]:
        yield path.read_text("utf-8")


def test_what_repeats_the_text_is_not_in_it() -> None:
    text, headings = text_of(
        '<p>One<sup id="r"><a class="footnote-ref" href="#f">2</a></sup> two</p><h2>Head</h2>'
        '<aside class="pullquote"><p>One two</p></aside><table><tr><td>a</td><td>b</td></tr></table>'
        '<svg><text>x</text></svg><p>End <a class="footnote-backref" href="#r">↑</a></p>'
    )
    assert text == "One two\nHead\na\nb\nEnd"
    assert headings == "Head"


def test_the_rules_are_written_once(house: Tiny) -> None:
    """What the browser is given is the table itself."""
    table = tomllib.loads((ROOT / "plugins/arabic/search.toml").read_text("utf-8"))
    (start,) = scripts(house, "ar", "start")
    given = json.loads(
        start.read_text("utf-8").removeprefix('Search.give("start",').rstrip().removesuffix(")")
    )
    assert given["rules"] == table


# --- What is promised of its quality and weight ----------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_what_readers_want_is_among_the_first_ten(ours: Tiny, watched: Open, lang: str) -> None:
    table = tomllib.loads((ROOT / "bench/search/queries.toml").read_text("utf-8"))
    assert sum(len(rows) for forms in table.values() for rows in forms.values()) >= 60
    page = watched(address(ours, lang)).page
    opened(page)
    recalls = []
    for query, *wanted in (row for rows in table[lang].values() for row in rows):
        urls = page.evaluate(
            """async query => {
                const { numbers, others } = await Search.find(query);
                const first = [...numbers, ...others].slice(0, 10);
                return Promise.all(first.map(async n => (await Search.load(`piece-${n}`)).url)); }""",
            query,
        )
        found = {
            url.removesuffix("/index.html").rpartition("/")[2].replace("index.html#term-", "term:")
            for url in urls
        }
        recalls.append(len(found & {*wanted}) / len(wanted))
    assert sum(recalls) / len(recalls) >= 0.95


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_result_weighs_little_at_250_articles(lang: str) -> None:
    source = [
        Entry("", "", text=path.read_text("utf-8"))
        for path in sorted((ROOT / "content").glob(f"*/*.{lang}.md"))
    ]
    made = list(articles(250, lang, source))
    _, files = build(made, {})
    first, _ = costs(made, {name: zipped(script.encode()) for name, script in files.items()})
    assert max(first) <= 60_000
