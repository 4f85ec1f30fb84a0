"""The safety of readers, on the site as it is built: a test for each of the twenty-two points.

Each check is first shown a site that breaks it.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from zipfile import ZipFile

import pikepdf
import pytest
from lxml import html
from photographs import jpeg, png, told
from playwright.sync_api import Browser, BrowserContext, Page, Request
from served import serving
from test_hosts import nginx
from test_press import pdfium, poppler
from test_vocabulary import library_of
from tiny import ROOT, Tiny, tiny

from checks import check
from magazine.findings import is_error
from magazine.pictures import carried, cleaned
from web import hosts
from web.pictures import publish

LANGS = ("ar", "en")
EPOCH = "1798761600"  # 1 January 2027


# --- the site --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The project's own site, without its PDFs."""
    here = tmp_path_factory.mktemp("web")
    settings = f"from pelicanconf import *\nOUTPUT_PATH = {str(here / 'output')!r}\nISSUE_PDFS = False\n"
    (here / "tinyconf.py").write_text(f"import sys\nsys.path[:0] = [{str(ROOT)!r}]\n{settings}", "utf-8")
    house = Tiny(here)
    run = house.pelican()
    assert run.status == 0, run.said
    return house


def pages(site: Tiny | Path) -> list[Path]:
    output = site.output if isinstance(site, Tiny) else site
    found_pages = sorted(output.rglob("*.html"))
    assert len(found_pages) > 5
    return found_pages


def parsed(page: Path) -> html.HtmlElement:
    return html.document_fromstring(page.read_text("utf-8"))


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 390, "height": 800})
    yield opened
    opened.close()


# --- 1 ---------------------------------------------------------------------------------------------

FETCHING = {"img": ("src", "srcset"), "source": ("src", "srcset"), "script": ("src",), "iframe": ("src",)}
FETCHING |= {"object": ("data",), "embed": ("src",), "video": ("src", "poster"), "audio": ("src",)}
FETCHED_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
    "modulepreload",
}
ABROAD = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.I)


def foreign(path: Path) -> list[str]:
    """What a file makes a browser fetch from elsewhere."""
    text = path.read_text("utf-8")
    if path.suffix == ".css":
        found_urls = re.findall(r"url\(\s*[\"']?([^)\"']+)|@import\s+[\"']([^\"']+)", text)
        return [url for pair in found_urls for url in pair if ABROAD.match(url)]
    if path.suffix == ".svg":
        links = re.findall(r"(?:xlink:)?href\s*=\s*[\"']([^\"']+)|url\(([^)]+)\)", text)
        return [link for pair in links for link in pair if link and not link.startswith("#")]
    if path.suffix == ".js":
        return re.findall(r"[\"'`](https?://[^\"'`]+)", text)
    links = []
    for element in html.document_fromstring(text).iter():
        names = FETCHING.get(str(element.tag), ())
        links += [
            part.split()[0] for name in names for part in element.get(name, "").split(",") if part.strip()
        ]
        if element.tag == "link" and FETCHED_LINKS & set(element.get("rel", "").split()):
            links.append(element.get("href"))
    return [link for link in links if ABROAD.match(link)]


def test_01_no_foreign_subresource(web: Tiny, context: BrowserContext, tmp_path: Path) -> None:
    bad = {
        "a.html": "<img srcset='x.png 1x, //cdn.example/x.png 2x'><link rel='preconnect' href='https://a.example'>",
        "a.css": "@import 'https://a.example/x.css'; a { background: url(//b.example/x.png) }",
        "a.svg": "<svg><image xlink:href='https://a.example/x.png'/></svg>",
        "a.js": "fetch('https://a.example/')",
    }
    for name, text in bad.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert [len(foreign(tmp_path / name)) for name in bad] == [2, 2, 1, 1]
    seen = [path for path in web.output.rglob("*") if path.suffix in {".html", ".css", ".svg", ".js"}]
    assert len(seen) > 200
    assert not {path: links for path in seen if (links := foreign(path))}
    with serving(web.output) as served:
        asked, errors = visited(
            context, [f"{served.address}/{p.relative_to(web.output)}" for p in pages(web)]
        )
        assert len(asked) > 1000
        assert {urlsplit(url).netloc for url in asked} == {urlsplit(served.address).netloc}
        assert not errors


def visited(context: BrowserContext, addresses: Iterable[str]) -> tuple[list[str], list[str]]:
    """Every request that the pages make, and what the browser complains of."""
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    errors = complaints(page)
    for address in addresses:
        page.goto(address)
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.close()
    return asked, errors


def complaints(page: Page) -> list[str]:
    """What goes wrong in a page from now on; what a next page interrupts does not."""
    errors: list[str] = []

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            errors.append(f"{request.url}: {request.failure}")

    page.on("requestfailed", failed)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


# --- 2 ---------------------------------------------------------------------------------------------


def inline(root: html.HtmlElement) -> list[str]:
    """What a strict policy forbids in a page."""
    wrong = [element.tag for element in root.iter("style", "base")]
    wrong += [form.tag for form in root.iter("form") if "action" in form.attrib]  # the search sends nothing
    wrong += [
        "script"
        for script in root.iter("script")
        if script.get("type") != "application/ld+json"  # data, which nothing runs
        and (not script.get("src") or (script.text or "").strip())
    ]
    for element in root.iter():
        wrong += [name for name in element.attrib if name == "style" or name.startswith("on")]
        wrong += [
            value for value in element.attrib.values() if value.strip().lower().startswith("javascript:")
        ]
    return wrong


def test_02_strict_policy_and_nothing_inline(web: Tiny, context: BrowserContext, tmp_path: Path) -> None:
    bad = "<p style='x' onclick='y'><a href='javascript:z'></a><script>1</script><style></style></p>"
    assert len(inline(html.document_fromstring(bad))) == 5
    for path in pages(web):
        root = parsed(path)
        assert not inline(root), path
        head = list(root.find("head"))
        policies = [meta for meta in head if meta.get("http-equiv") == "Content-Security-Policy"]
        assert [meta.get("content") for meta in policies] == [hosts.policy()], path
        assert head.index(policies[0]) < min(head.index(e) for e in head if e.tag in ("link", "script")), path
    # and a browser holds to it
    shutil.copytree(web.output, tmp_path / "site")
    page_file = tmp_path / "site/en/about/index.html"
    wicked = "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
    page_file.write_text(page_file.read_text("utf-8").replace("</main>", f"{wicked}</main>"), "utf-8")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(page_file.as_uri())
    assert page.title() != "run"
    assert sum("Content Security Policy" in line for line in said) >= 2
    page.close()


# --- 3 ---------------------------------------------------------------------------------------------


def test_03_header_files_for_hosts_from_one_table(web: Tiny, tmp_path: Path) -> None:
    from pelican.settings import read_settings

    settings = read_settings(str(ROOT / "pelicanconf.py"))
    files = hosts.files(settings, web.output)
    assert set(files) == {"_headers", ".htaccess", "nginx.conf", "Caddyfile"}
    for name, text in files.items():
        for header in hosts.HEADERS:
            assert header.name in text, name
            assert header.value in text, name
    with nginx(web.output, files["nginx.conf"], tmp_path) as answer:
        for path, status in (
            ("/", 200),
            ("/ar/about/", 200),
            ("/theme/css/web.css", 200),
            ("/en/none/", 404),
        ):
            there = answer(path)
            assert there.status == status
            for header in hosts.HEADERS:
                assert there.headers[header.name] == [header.value], (path, header.name)


# --- 4 ---------------------------------------------------------------------------------------------


def test_04_no_referrer_and_outbound_links_say_so(web: Tiny) -> None:
    outbound = 0
    for path in pages(web):
        root = parsed(path)
        assert [meta.get("content") for meta in root.iter("meta") if meta.get("name") == "referrer"] == [
            "no-referrer"
        ]
        for anchor in root.iter("a"):
            if ABROAD.match(anchor.get("href", "")):
                outbound += 1
                assert {"noopener", "noreferrer"} <= set(anchor.get("rel", "").split()), path
            assert anchor.get("referrerpolicy") is None
            assert anchor.get("ping") is None
            assert anchor.get("target") is None
    assert outbound > 2 * len(pages(web)) - 1


# --- 5, 6 ------------------------------------------------------------------------------------------


def test_05_exit_link_on_every_page(web: Tiny) -> None:
    """What it does is told by test_exit.py; here: that it is on each page, before the content."""
    for path in pages(web):
        root = parsed(path)
        body = list(root.find("body").iter())
        exits = [element for element in body if element.get("data-exit") is not None]
        assert [element.tag for element in exits] == ["a", "a"], path
        assert {element.get("href") for element in exits} == {"https://www.wikipedia.org/"}
        assert all({"nofollow", "noreferrer"} <= set(element.get("rel").split()) for element in exits)
        assert max(map(body.index, exits)) < body.index(root.find(".//main")), path
        assert any(script.get("src", "").endswith("theme/js/exit.js") for script in root.iter("script"))
    for lang, words in (("ar", "ولا يمحو السجل"), ("en", "it does not erase the history")):
        assert words in parsed(web.output / lang / "safety/index.html").text_content()


def test_06_safety_page_linked_from_each_page(web: Tiny) -> None:
    for path in pages(web):
        targets = {
            (path.parent / unquote(a.get("href").split("#")[0])).resolve() for a in parsed(path).iter("a")
        }
        folder = path.relative_to(web.output).parts[0]
        for lang in (folder,) if folder in LANGS else LANGS:
            assert (web.output / lang / "safety/index.html").resolve() in targets, path


# --- 7 ---------------------------------------------------------------------------------------------

STORES = """async () => ({
    cookies: document.cookie.length,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
STORING = re.compile(
    r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|serviceWorker|storage\."
)


def test_07_nothing_is_stored(web: Tiny, browser: Browser) -> None:
    for script in web.output.rglob("*.js"):
        assert not STORING.search(script.read_text("utf-8")), script
    assert not list(web.output.rglob("*.webmanifest"))
    context = browser.new_context()
    with serving(web.output) as served:
        visited(context, [f"{served.address}/{path.relative_to(web.output)}" for path in pages(web)[::8]])
        page = context.new_page()
        page.goto(f"{served.address}/ar/index.html")
        stored = page.evaluate(STORES)
        assert set(stored.values()) == {0}, stored
        assert context.cookies() == []
        assert context.storage_state() == {"cookies": [], "origins": []}
        page.evaluate("localStorage.setItem('a', 'b')")  # and were it otherwise, it would be seen
        assert page.evaluate(STORES)["local"] == 1
    context.close()


# --- 8 ---------------------------------------------------------------------------------------------

DISCREET = 'discreet: true\nneutral_title: "{}"\nneutral_slug: page-7\n'


def test_08_discreet_pieces_have_a_neutral_title_and_address(tmp_path: Path) -> None:
    house = tiny(tmp_path, "ISSUE_PDFS = False\n")
    for lang, title, neutral in (
        ("ar", "الخروج من بيت عنيف", "ملاحظات"),
        ("en", "Leaving a violent home", "Notes"),
    ):
        more = f"track: schools\n{DISCREET.format(neutral)}"
        house.piece(f"content/awareness/leaving.{lang}.md", title, "نص." if lang == "ar" else "Text.", more)
    run = house.pelican()
    assert run.status == 0, run.said
    for lang, title, neutral in (
        ("ar", "الخروج من بيت عنيف", "ملاحظات"),
        ("en", "Leaving a violent home", "Notes"),
    ):
        page = parsed(house.output / lang / "awareness/page-7/index.html")
        assert page.findtext(".//title") == neutral
        assert page.findtext(".//h1") == title
        assert page.find(".//meta[@name='description']") is None
        switch = page.find_class("switch")[0].find(".//a").get("href")
        assert switch.endswith("awareness/page-7/index.html")
        assert "awareness/page-7/index.html" in house.page(f"{lang}/awareness/index.html")
        assert title not in house.page(f"{lang}/feeds/all.atom.xml")
    assert "page-7" not in house.page("sitemap.xml")
    addresses = [path.relative_to(house.output).as_posix() for path in house.output.rglob("*")]
    assert not [address for address in addresses if "leaving" in address]


# --- 9, 10 -----------------------------------------------------------------------------------------


def with_photograph(
    house: Tiny, data: bytes, name: str = "meeting.jpg", answered: str = "people: none"
) -> None:
    house.write(f"content/news/images/{name}", data)
    house.write("content/pictures.yaml", f"news/images/{name}: {{{answered}}}\n")
    for lang, alt in (("ar", "قاعة"), ("en", "A hall")):
        house.piece(
            f"content/news/shown.{lang}.md", alt, f"/// figure | x\n![{alt}](images/{name})\n\nx\n///"
        )


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [("a.jpg", jpeg(), "EXIF, IPTC, XMP, a comment"), ("a.png", png(), "EXIF, PNG text, XMP")],
)
def test_09_pictures_are_rebuilt_without_metadata(house: Tiny, name: str, data: bytes, what: str) -> None:
    with_photograph(house, data, name)
    run = house.pelican("-e", "ISSUE_PDFS=false")
    assert run.status == 1, "what would be committed carries it"
    assert f"content/news/images/{name}:1: P002" in run.said
    assert what in run.said
    path = house.here / f"content/news/images/{name}"
    path.write_bytes(cleaned(path))
    assert not told((house.here / f"content/news/images/{name}").read_bytes())
    run = house.pelican("-e", "ISSUE_PDFS=false")
    assert run.status == 0, run.said
    seen = (path for path in house.output.rglob("*") if path.suffix in {".webp", ".jpg", ".png"})
    published = [path for path in seen if not path.name.startswith("mark-")]  # that is drawn here
    assert {path.suffix for path in published} == {".webp", Path(name).suffix}
    for path in published:
        assert not told(path.read_bytes()), path
        assert path.stat().st_size <= 60_000
    image = parsed(house.output / "en/news/shown/index.html").find(".//figure//img")
    assert image.get("loading") == "lazy"
    assert int(image.get("width")) > int(image.get("height")) > 0


def test_09_a_drawing_keeps_its_lines_alone(tmp_path: Path) -> None:
    drawing = tmp_path / "x.svg"
    drawing.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://sodipodi.example/" viewBox="0 0 2 1" onload="x()"'
        ' s:docname="/home/someone/x.svg"><!-- someone --><metadata>someone</metadata><script>x()</script>'
        '<s:view who="someone"/><title>Two</title><use href="https://a.example/x.svg#y"/>'
        '<path id="p" d="M0 0h2v1z" style="fill: red"/><use href="#p"/></svg>',
        "utf-8",
    )
    assert carried(drawing) == (
        "<metadata>", "<script>", "<view>", "a comment", "docname", "href", "onload", "style"
    )  # fmt: skip
    drawing.write_bytes(cleaned(drawing))
    assert carried(drawing) == ()
    text = drawing.read_text("utf-8")
    assert '<path id="p" d="M0 0h2v1z"/><use href="#p"/>' in text
    assert "<title>Two</title>" in text
    assert not re.search("someone|x\\(\\)|example", text)


def test_09_what_is_published_is_rebuilt_whatever_the_source_carries(house: Tiny) -> None:
    source = house.write("content/news/images/a.jpg", jpeg(2400, 1600))
    settings = {
        "PATH": house.here / "content",
        "CACHE_PATH": house.here / ".cache",
        "OUTPUT_PATH": house.output,
    }
    shown = publish(source, {**settings, "WEIGHTS": {"picture": 60_000}})
    assert told(source.read_bytes())
    for name in shown.files:
        data = (house.output / name).read_bytes()
        assert not told(data)
        assert len(data) <= 60_000


def test_09_what_is_committed_carries_nothing() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "content", "docs"], cwd=ROOT, capture_output=True, check=True
    )
    names = [
        name
        for name in tracked.stdout.decode().split("\0")
        if name.endswith((".png", ".jpg", ".webp", ".svg"))
    ]
    assert len(names) > 8
    for name in names:
        data = (ROOT / name).read_bytes()
        assert b"<metadata" not in data if name.endswith(".svg") else not told(data), name


@pytest.mark.parametrize(
    ("answered", "code"),
    [
        ("people: none", ""),
        ("people: adults, faces: blurred", ""),
        ("people: adults, consent: public", ""),
        ('people: minors, consent: written, consent_ref: "C-1", expires: 2999-01-01', ""),
        ("people: adults", "P006"),
        ("people: adults, faces: shown, consent: none", "P006"),
        ("people: minors, consent: public", "P006"),
        ("people: adults, consent: written", "P005"),
        ('people: adults, consent: written, consent_ref: "C-1", expires: 2020-01-01', "P007"),
        ("people: crowd", "P005"),
        ("consent: none", "P005"),
        ("people: none, place: Benghazi", "P005"),
    ],
)
def test_10_shown_without_consent_or_expired_fails_the_build(house: Tiny, answered: str, code: str) -> None:
    """Errors, each of which stops a build: test_bad_input.py."""
    with_photograph(house, jpeg(carrying=False), answered=answered)
    told_of = check(library_of(house))
    assert [(item.path, item.line, item.code) for item in told_of] == [
        ("content/pictures.yaml", 1, code)
    ] * bool(code)
    assert all(map(is_error, told_of))


def test_10_every_photograph_is_answered_for(house: Tiny) -> None:
    with_photograph(house, jpeg(carrying=False))
    house.write("content/pictures.yaml", "news/images/other.jpg: {people: none}\n")
    told_of = {(item.path, item.code) for item in check(library_of(house))}
    assert told_of == {("content/news/images/meeting.jpg", "P003"), ("content/pictures.yaml", "P004")}


# --- 11 --------------------------------------------------------------------------------------------


def test_11_names_of_the_deny_list_are_in_no_output(
    house: Tiny, tmp_path_factory: pytest.TempPathFactory
) -> None:
    listed = tmp_path_factory.mktemp("elsewhere") / "names.txt"
    listed.write_text("سلوى بنت فلان\n\nAnnexa Nobody\n", "utf-8")
    quiet = ("-e", "ISSUE_PDFS=false")
    assert house.pelican(*quiet, DENY_LIST=str(listed)).status == 0
    house.piece("content/news/post.ar.md", "خبر", "قالت سَلْوى  بنت **فلان** إن الأمر انتهى.")
    run = house.pelican(*quiet, DENY_LIST=str(listed))
    assert run.status == 1
    assert "ar/news/post/index.html: the name on line 1 of the deny-list" in run.said
    assert "فلان" not in run.said
    assert house.pelican(*quiet, DENY_LIST=str(listed) + ".none").status == 1
    house.piece("content/news/post.ar.md", "خبر", "نص.")
    for command in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "x")):
        git = ["git", "-c", "user.name=annexa nobody", "-c", "user.email=a@example.org", *command]
        subprocess.run(git, cwd=house.here, check=True)
    run = house.pelican(*quiet, DENY_LIST=str(listed))
    assert run.status == 1
    assert "git log: the name on line 3" in run.said


# --- 12 --------------------------------------------------------------------------------------------

INFO = {"/Title", "/Author"}  # the issue's title and the publisher's name; dates are the issue's
WORKSHOP = re.compile(r"/(?:home|root|tmp|Users|work)/|[A-Z]:\\|weasyprint|pikepdf|@[a-z]+\.[a-z]", re.I)


def test_12_pdf_and_epub_metadata_by_policy(site: Tiny) -> None:
    assert WORKSHOP.search("file:///home/someone/x") and WORKSHOP.search("WeasyPrint 70")
    publishers = {
        "مبادرة شبكة مدافعات عن حقوق المرأة",
        "Women’s Rights & Women’s Network Initiative (Defenders)",
    }
    for path in sorted(site.output.rglob("*.pdf")):
        with pikepdf.open(path) as document:
            assert set(document.docinfo.keys()) <= INFO, path
            assert str(document.docinfo["/Author"]) in publishers
            metadata = document.Root.Metadata.read_bytes().decode()
            dates = set(re.findall(r"<xmp:\w+Date>([^<]+)<", metadata))
            assert dates <= {"2026-01-05", "2026-01-06"}, path
            assert not WORKSHOP.search(metadata)
            assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
            assert not document.Root.get("/OpenAction")
            assert not document.Root.get("/AcroForm")
    books = sorted(site.output.rglob("*.epub"))
    assert len(books) == 2
    for path in books:
        with ZipFile(path) as book:
            assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert not any(entry.comment or entry.extra for entry in book.infolist())
            package = book.read("EPUB/package.opf").decode()
        assert not WORKSHOP.search(package)
        assert re.findall(r'property="dcterms:modified"[^>]*>([^<]+)<', package) == ["2026-01-05T00:00:00Z"]
        creators = set(re.findall(r"<dc:(?:creator|publisher|contributor)[^>]*>([^<]+)<", package))
        assert creators <= {p.replace("&", "&amp;") for p in publishers} | {"هيئة التحرير", "Editorial desk"}


# --- 13 --------------------------------------------------------------------------------------------


def everywhere(output: Path, word: str) -> list[str]:
    """The files of the output in which a word is, packed or not."""
    found_in = []
    for path in sorted(p for p in output.rglob("*") if p.is_file()):
        texts = [path.read_bytes().decode("utf-8", "ignore")]
        if path.suffix == ".pdf":
            texts += [poppler(path), pdfium(path)]
        elif path.suffix in {".epub", ".zip"}:
            with ZipFile(path) as archive:
                texts += [archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()]
        if any(word in text for text in texts):
            found_in.append(path.relative_to(output).as_posix())
    return found_in


def test_13_what_is_redacted_at_the_source_is_nowhere(tmp_path: Path) -> None:
    house = tiny(tmp_path)
    piece = house.here / "content/articles/first.en.md"
    text = piece.read_text("utf-8")
    piece.write_text(text.replace("A first paragraph", "Xenolith and a first paragraph"), "utf-8")
    assert house.pelican().status == 0
    before = {Path(name).suffix for name in everywhere(house.output, "Xenolith")}
    assert before >= {".html", ".pdf", ".epub", ".zip"}, "the search finds it where it is"
    piece.write_text(text.replace("A first paragraph", "[…] and a first paragraph"), "utf-8")
    run = house.pelican()
    assert run.status == 0, run.said
    assert everywhere(house.output, "Xenolith") == []


def test_13_there_is_no_way_to_hide_instead(house: Tiny) -> None:
    house.piece("content/news/post.en.md", "A post", "Seen. <!-- not seen -->")
    run = house.pelican("-e", "ISSUE_PDFS=false")
    assert run.status == 1
    assert "B004" in run.said


# --- 14 --------------------------------------------------------------------------------------------


def test_14_onion_addresses_are_text(house: Tiny, web: Tiny) -> None:
    onion = f"http://{'a' * 56}.onion/"
    house.piece("content/news/post.en.md", "A post", f"Go to [the mirror]({onion}).")
    run = house.pelican("-e", "ISSUE_PDFS=false")
    assert run.status == 1
    assert "content/news/post.en.md:8: B029" in run.said
    house.piece("content/news/post.en.md", "A post", f"Go to `{onion}`.")
    assert house.pelican("-e", "ISSUE_PDFS=false").status == 0
    assert onion in house.page("en/news/post/index.html")
    for path in [*pages(house), *pages(web)]:
        assert not [a for a in parsed(path).iter("a") if ".onion" in a.get("href", "")]


# --- 15, 18 ----------------------------------------------------------------------------------------


def crawl(context: BrowserContext, start: Path) -> tuple[set[str], list[str]]:
    """Follow every link from a page in a folder: the files reached, and every failure."""
    page = context.new_page()
    errors = complaints(page)
    waiting, reached = [start.as_uri()], set[str]()
    while waiting:
        address = waiting.pop()
        if address in reached:
            continue
        reached.add(address)
        if not Path(unquote(urlsplit(address).path)).is_file():
            errors.append(f"no file: {address}")
        elif address.endswith(".html"):
            page.goto(address)
            waiting += local_links(page, address)
    page.close()
    return reached, errors


def local_links(page: Page, address: str) -> list[str]:
    links = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))")
    return [urljoin(address, link).split("#")[0] for link in links if not ABROAD.match(link)]


def test_15_the_site_opens_from_a_folder(web: Tiny, context: BrowserContext, tmp_path: Path) -> None:
    shutil.copytree(web.output, tmp_path / "مجلد with space")
    reached, errors = crawl(context, tmp_path / "مجلد with space/index.html")
    assert not errors
    there = {path.as_uri() for path in pages(tmp_path / "مجلد with space") if path.name != "404.html"}
    assert there <= {address for address in reached if address.endswith(".html")} | hidden(tmp_path)
    (tmp_path / "مجلد with space/ar/about/index.html").unlink()
    assert crawl(context, tmp_path / "مجلد with space/index.html")[1], "a page that is missing is a failure"


def hidden(folder: Path) -> set[str]:
    """Pages that stand in no list: the vocabulary's."""
    return {path.as_uri() for path in folder.rglob("vocabulary/index.html")}


def test_18_a_zip_of_each_issue_and_of_the_site(site: Tiny, context: BrowserContext, tmp_path: Path) -> None:
    for lang in LANGS:
        path = site.output / lang / f"magazine/1/defender-1-{lang}.zip"
        with ZipFile(path) as archive:
            archive.extractall(tmp_path)
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        folder = tmp_path / f"defender-1-{lang}"
        reached, errors = crawl(context, folder / "index.html")
        assert not errors
        for slug in ("first", "law-piece"):
            assert (folder / lang / f"articles/{slug}/index.html").as_uri() in reached
        assert {p.as_uri() for p in folder.rglob("*.html")} == reached, "nothing in it is out of reach"
        page = parsed(site.output / lang / "magazine/1/index.html")
        offered = {
            a.get("href").rpartition(".")[2]: a.getparent() for a in page.find_class("downloads")[0].iter("a")
        }
        assert set(offered) == {"pdf", "epub", "zip"}
        for item in offered.values():
            assert re.search(r"\d[.,]\d\s\w+", item.find_class("size")[0].text_content())
        assert "data-size-of" not in site.page(f"{lang}/magazine/1/index.html")
    with ZipFile(site.output / "defender-site.zip") as archive:
        archive.extractall(tmp_path)
    reached, errors = crawl(context, tmp_path / "defender-site/index.html")
    assert not errors
    assert {Path(address).suffix for address in reached} == {".html", ".pdf", ".epub", ".xml"}
    whole = {
        p.relative_to(site.output) for p in site.output.rglob("*") if p.suffix in {".html", ".pdf", ".epub"}
    }
    packed = {p.relative_to(tmp_path / "defender-site") for p in (tmp_path / "defender-site").rglob("*")}
    assert whole <= packed
    alone = tmp_path / "alone"  # as docs/mirrors.md says
    alone.mkdir()
    for name in ("defender-site.zip", "SHA256SUMS"):
        shutil.copyfile(site.output / name, alone / name)
    assert checked_sums(alone, "--ignore-missing").returncode == 0
    for lang in LANGS:
        assert "defender-site.zip" in site.page(f"{lang}/magazine/index.html")


# --- 16, 17 ----------------------------------------------------------------------------------------


def contents(output: Path) -> dict[str, bytes]:
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in output.rglob("*") if p.is_file()}


def test_16_two_builds_are_byte_equal(tmp_path: Path) -> None:
    """In two folders, two time zones, two languages and two orders of hashing, at one SOURCE_DATE_EPOCH."""
    built = []
    for name, environ in (
        ("one", {"TZ": "Africa/Tripoli", "PYTHONHASHSEED": "1"}),
        ("another/folder", {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "2"}),
    ):
        house = tiny(tmp_path / name)
        house.piece("content/news/alone.ar.md", "خبر وحده", "نص.")
        house.write("content/news/images/a.jpg", jpeg(carrying=False))
        house.write("content/pictures.yaml", "news/images/a.jpg: {people: none}\n")
        house.piece("content/news/seen.en.md", "Seen", "/// figure | x\n![A hall](images/a.jpg)\n\nx\n///")
        run = house.pelican(SOURCE_DATE_EPOCH=EPOCH, **environ)
        assert run.status == 0, run.said
        built.append(contents(house.output))
    one, another = built
    assert set(one) == set(another)
    assert {Path(name).suffix for name in one} >= {
        ".html",
        ".pdf",
        ".epub",
        ".zip",
        ".woff2",
        ".webp",
        ".xml",
        ".svg",
    }
    assert [name for name in one if one[name] != another[name]] == []


def checked_sums(output: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sha256sum", "--check", "--quiet", *more, "SHA256SUMS"],
        cwd=output,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def verified(output: Path, public: str) -> bool:
    command = ["minisign", "-V", "-P", public, "-m", "SHA256SUMS"]
    return subprocess.run(command, cwd=output, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A key pair without a password, outside the house."""
    here = tmp_path_factory.mktemp("keys")
    subprocess.run(
        ["minisign", "-G", "-W", "-p", "key.pub", "-s", "key"], cwd=here, check=True, capture_output=True
    )
    return here / "key", (here / "key.pub").read_text().splitlines()[1]


def test_17_sums_and_signature(tmp_path: Path, keys: tuple[Path, str]) -> None:
    secret, public = keys
    house = tiny(tmp_path, f"ISSUE_PDFS = False\nSIGNING_KEY = {public!r}\n")
    run = house.pelican(MINISIGN_KEY=str(secret))
    assert run.status == 0, run.said
    listed = {row[66:] for row in house.page("SHA256SUMS").splitlines()}
    assert listed == set(contents(house.output)) - {"SHA256SUMS", "SHA256SUMS.minisig"}
    assert checked_sums(house.output).returncode == 0
    assert verified(house.output, public)
    assert public in house.page("en/magazine/index.html")
    assert not list(house.output.rglob("key"))
    page = house.output / "ar/news/post/index.html"
    page.write_text(page.read_text("utf-8").replace("نص الخبر", "نص آخر"), "utf-8")
    tampered = checked_sums(house.output)
    assert tampered.returncode == 1
    assert "ar/news/post/index.html: FAILED" in tampered.stdout
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    sums = re.sub(r"^\S+(?=  ar/news/post/index.html$)", digest, house.page("SHA256SUMS"), flags=re.M)
    (house.output / "SHA256SUMS").write_text(sums, "utf-8")
    assert checked_sums(house.output).returncode == 0, "the sums were mended to hide it"
    assert not verified(house.output, public), "and so the signature fails"


def test_17_a_key_that_the_site_does_not_print_signs_nothing(tmp_path: Path, keys: tuple[Path, str]) -> None:
    house = tiny(tmp_path, "ISSUE_PDFS = False\n")
    assert house.pelican().status == 0
    assert not (house.output / "SHA256SUMS.minisig").exists()
    run = house.pelican(MINISIGN_KEY=str(keys[0]))
    assert run.status == 1
    assert "SIGNING_KEY in the settings is not the public half" in run.said
    assert "names no file" in house.pelican(MINISIGN_KEY="/none").said


# --- 19 --------------------------------------------------------------------------------------------


def test_19_weight(web: Tiny, context: BrowserContext, tmp_path: Path) -> None:
    """In a browser: a first visit to the longest articles, text and scripts packed as hosts pack them."""
    articles = [p for p in pages(web) if p.parent.parent.name == "articles"]
    longest = sorted(articles, key=lambda p: -p.stat().st_size)[:8]
    with serving(web.output) as served:
        for path in longest:
            visit = weighed(context, f"{served.address}/{path.relative_to(web.output)}", web.output)
            assert sum(visit.values()) <= 150_000
            assert (
                sum(size for name, size in visit.items() if name.endswith((".html", ".css", ".js"))) <= 25_000
            )
            assert sum(size for name, size in visit.items() if name.endswith(".woff2")) <= 40_000
            assert max(size for name, size in visit.items() if name.endswith(".svg")) <= 60_000


def weighed(context: BrowserContext, address: str, output: Path) -> dict[str, int]:
    from web.weights import transferred

    page, asked = context.new_page(), set[str]()
    page.on("requestfinished", lambda request: asked.add(unquote(urlsplit(request.url).path).lstrip("/")))
    page.goto(address)
    page.evaluate("document.fonts.ready.then(() => 0)")
    page.close()
    return {name: transferred(output / name) for name in asked}


def test_19_a_build_over_budget_fails_and_says_which_file_grew(house: Tiny) -> None:
    quiet = ("-e", "ISSUE_PDFS=false")
    assert house.pelican(*quiet).status == 0
    theme = house.here / "theme"
    shutil.copytree(ROOT / "theme", theme)
    noise = "".join(
        f".x{hashlib.sha256(str(n).encode()).hexdigest()} {{ color: red }}\n" for n in range(2000)
    )
    css = theme / "static/css/vocabulary.css"
    css.write_text(css.read_text("utf-8") + noise, "utf-8")
    run = house.pelican(*quiet, f"THEME={json.dumps(str(theme))}")
    assert run.status == 1
    told_of = next(line for line in run.said.splitlines() if "ar/articles/first/index.html" in line)
    assert re.search(r"code [\d,]+ bytes, 60,000 allowed", told_of)
    assert re.search(r"theme/css/vocabulary.css: [\d,]+ → [\d,]+", told_of), told_of
    assert "Traceback" not in run.said


# --- 20 --------------------------------------------------------------------------------------------


def test_20_everything_can_be_read_without_javascript(web: Tiny, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for lang in LANGS:
        for path in (
            "index.html",
            "articles/cedaw-article-by-article/index.html",
            "tags/index.html",
            "archive/index.html",
        ):
            address = web.output / lang / path
            page.goto(address.as_uri())
            seen = " ".join(page.locator("main").inner_text().split())
            wanted = " ".join(parsed(address).get_element_by_id("content").text_content().split())
            assert len(seen) > 0.9 * len(wanted) - 400
    context.close()
    for path in pages(web):
        assert parsed(path).find(".//noscript") is None, "nothing needs an apology"
    for lang in LANGS:  # what stands in for search leads to every piece
        listed = set()
        for folder in ("archive", "tags"):
            for index in (web.output / lang / folder).rglob("index.html"):
                listed |= {
                    (index.parent / a.get("href")).resolve()
                    for a in parsed(index).iter("a")
                    if not ABROAD.match(a.get("href"))
                }
        pieces = {
            p.resolve()
            for kind in ("articles", "news", "awareness", "studies")
            for p in (web.output / lang / kind).glob("[!p]*/index.html")
        }
        assert len(pieces) > 30
        assert pieces <= listed


# --- 21 --------------------------------------------------------------------------------------------

OVERRIDES, OPEN, CLOSE = re.compile("[\u202a-\u202e]"), "\u2066\u2067\u2068", "\u2069"
WRITTEN = {".html", ".xml", ".css", ".js", ".svg"}


def unbalanced(text: str) -> bool:
    depth = 0
    for mark in text:
        depth += (mark in OPEN) - (mark == CLOSE)
        if depth < 0:
            return True
    return depth != 0


def test_21_no_bidi_overrides_and_isolates_are_balanced(web: Tiny, site: Tiny) -> None:
    assert unbalanced("\u2067a") and unbalanced("\u2069\u2066") and not unbalanced("\u2068a\u2069")
    for path in [p for house in (web, site) for p in house.output.rglob("*") if p.suffix in WRITTEN]:
        text = path.read_text("utf-8")
        assert not OVERRIDES.search(text), path
        assert not re.search(r"&(?:#x202[a-e]|#823[4-8]|rlo|lro|rle|lre|pdf);", text, re.I), path
        assert not unbalanced(text), path
    for book in site.output.rglob("*.epub"):
        with ZipFile(book) as archive:
            for name in archive.namelist():
                if name.endswith(("xhtml", "opf")):
                    assert not OVERRIDES.search(archive.read(name).decode()), name


# --- 22 --------------------------------------------------------------------------------------------

TRACES = re.compile(
    rb"/tmp/pytest|/home/|/root/|sourceMappingURL|[\w.]+@users\.noreply|" + re.escape(str(ROOT).encode())
)


def test_22_nothing_of_the_workshop(web: Tiny, site: Tiny) -> None:
    assert TRACES.search(b"//# sourceMappingURL=x.map") and TRACES.search(str(ROOT / "x").encode())
    for house in (web, site):
        for path in (p for p in house.output.rglob("*") if p.is_file()):
            data = path.read_bytes()
            assert not TRACES.search(data), path
            assert path.suffix not in {".map", ".md", ".py", ".po", ".toml", ".yaml", ".csv"}, path
            assert not set(path.relative_to(house.output).parts) & {".git", ".cache", ".DS_Store"}
            if path.suffix == ".html":
                assert parsed(path).find(".//meta[@name='generator']") is None
                assert parsed(path).find(".//meta[@name='author']") is None
            if path.suffix == ".xml":
                assert b"<generator" not in data
                assert b"<email" not in data
