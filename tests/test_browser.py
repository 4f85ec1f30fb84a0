"""The magazine as Chromium shows it: every kind of page, in both languages, wide and narrow, by day and night."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest
from browser import Watched
from playwright.sync_api import Browser, Page
from tiny import Tiny

LANGS = ("ar", "en")
PAGES = {
    "front": "index.html",
    "cover wall": "magazine/index.html",
    "issue": "magazine/1/index.html",
    "list": "articles/index.html",
    "feature with notes": "articles/what-the-state-owes/index.html",
    "charts": "articles/thirty-articles-in-six-parts/index.html",
    "timeline": "articles/forty-years-of-a-convention/index.html",
    "questions": "articles/asking-cedaw/index.html",
    "leaflet": "awareness/rights-in-the-classroom/index.html",
    "awareness": "awareness/index.html",
    "track": "tracks/schools/index.html",
    "study": "studies/benghazi-families-study/index.html",
    "news": "news/index.html",
    "glossary": "glossary/index.html",
    "topics": "tags/index.html",
    "topic": "tags/cedaw/index.html",
    "author": "authors/editorial-desk/index.html",
    "archive": "archive/index.html",
    "vocabulary": "vocabulary/index.html",
    "help": "information/index.html",
    "safety": "safety/index.html",
    "search": "search/index.html",
    "lost": "404.html",
}
WIDTHS = (320, 768, 1280)
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# axe takes a word whose letters join for an icon and leaves out its contrast: its measure of a
# word is made the sum of its letters', so that it judges Arabic too.
LETTERS_APART = "CanvasRenderingContext2D.prototype.measureText = text => ({width: 20 * String(text).length})"

Opened = Callable[..., Watched]


def address(real: Tiny, lang: str, kind: str) -> str:
    return (real.output / lang / PAGES[kind]).as_uri()


def judged(page: Page) -> Any:
    """What axe says of a page."""
    page.evaluate(LETTERS_APART)
    page.evaluate(AXE)
    return page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", RULES)


def violations(result: Any) -> list[str]:
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary']}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("lang", LANGS)
def test_axe_finds_nothing(real: Tiny, watched: Opened, lang: str, kind: str, scheme: str) -> None:
    page = watched(
        address(real, lang, kind), color_scheme=scheme, viewport={"width": 768, "height": 900}
    ).page
    result = judged(page)
    assert not violations(result)
    contrast = [rule for rule in result["passes"] if rule["id"] == "color-contrast"]
    assert contrast
    assert len(contrast[0]["nodes"]) > 10, "the contrast of the words was looked at"


@pytest.mark.parametrize("lang", LANGS)
def test_axe_would_find_pale_words(real: Tiny, watched: Opened, lang: str) -> None:
    page = watched(address(real, lang, "feature with notes"), bypass_csp=True).page
    page.add_style_tag(content=".text p { color: #bbb !important }")
    assert [said for said in violations(judged(page)) if said.startswith("color-contrast")]


# --- narrow and wide -----------------------------------------------------------------------------

# Elements of the text that stick out of the window, where nothing scrolls to them.
STICKS_OUT = """() => {
  const wide = document.documentElement.clientWidth, out = [];
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest('.table, .chart, .hidden, .skip, svg')) continue;
    const box = element.getBoundingClientRect();
    if (box.width && box.height && (box.left < -1 || box.right > wide + 1))
      out.push(element.outerHTML.slice(0, 100));
  }
  return out;
}"""


def settled(page: Page) -> Page:
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("lang", LANGS)
def test_nothing_sticks_out(real: Tiny, watched: Opened, lang: str, kind: str, width: int) -> None:
    page = settled(watched(address(real, lang, kind), viewport={"width": width, "height": 800}).page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(STICKS_OUT) == []


def test_what_sticks_out_would_be_seen(real: Tiny, watched: Opened) -> None:
    page = watched(address(real, "ar", "front"), bypass_csp=True, viewport={"width": 320, "height": 800}).page
    page.add_style_tag(content=".masthead .name { margin-inline-start: -40px }")
    assert page.evaluate(STICKS_OUT)


@pytest.mark.parametrize("kind", ["front", "feature with notes", "glossary"])
@pytest.mark.parametrize("lang", LANGS)
def test_four_times_as_large_still_fits(real: Tiny, watched: Opened, lang: str, kind: str) -> None:
    """WCAG 1.4.10: 1280 pixels at 400 % are 320; and letters twice as large in 640."""
    page = settled(
        watched(address(real, lang, kind), viewport={"width": 640, "height": 800}, bypass_csp=True).page
    )
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-block-end: 2em !important }"
)
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(element => {
  const style = getComputedStyle(element);
  return style.overflow === 'hidden' && !element.closest('.hidden, .skip, .cloth') && element.innerText
    && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
}).map(element => element.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("kind", ["front", "feature with notes", "issue"])
def test_the_readers_own_spacing_cuts_nothing_off(real: Tiny, watched: Opened, kind: str) -> None:
    """WCAG 1.4.12."""
    page = settled(
        watched(address(real, "en", kind), viewport={"width": 360, "height": 800}, bypass_csp=True).page
    )
    page.add_style_tag(content=SPACED)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(CUT_OFF) == []


# --- both languages ------------------------------------------------------------------------------


def edges(page: Page, which: str) -> tuple[float, float]:
    """How far a part of the page is from the left of the window, and from the right."""
    box = page.locator(which).first.bounding_box()
    size = page.viewport_size
    assert box and size
    return box["x"], size["width"] - box["x"] - box["width"]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_frame_is_mirrored(real: Tiny, watched: Opened, width: int) -> None:
    """The name and headings stand where lines begin, the switch where they end."""
    ar, en = (
        settled(watched(address(real, lang, "front"), viewport={"width": width, "height": 800}).page)
        for lang in LANGS
    )
    for which in (".masthead .name", "main .shelf h2"):
        assert abs(edges(ar, which)[1] - edges(en, which)[0]) < 2, which
    assert abs(edges(ar, ".switch")[0] - edges(en, ".switch")[1]) < 2


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("lang", LANGS)
def test_the_switch_leads_to_the_twin(real: Tiny, watched: Opened, lang: str, kind: str) -> None:
    page = watched(address(real, lang, kind)).page
    page.locator(".switch a").first.click()
    other = "en" if lang == "ar" else "ar"
    assert page.url == address(real, other, kind)
    assert page.evaluate("document.documentElement.lang") == other


# --- the keyboard --------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_stop_of_the_keyboard_leads_to_the_text(real: Tiny, watched: Opened, lang: str) -> None:
    page = watched(address(real, lang, "feature with notes")).page
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#content"
    assert (skip.bounding_box() or {"width": 0})["width"] > 40, "it is seen while it has the focus"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def stops(page: Page, most: int = 400) -> Iterator[str]:
    """What the keyboard comes to, one after the other, until it has been everywhere."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "() => document.activeElement === document.body ? '' : document.activeElement.outerHTML.slice(0, 120)"
        )
        if not said:
            return
        yield said


@pytest.mark.parametrize("kind", ["front", "feature with notes", "search"])
def test_the_keyboard_comes_to_all_links_and_is_seen(real: Tiny, watched: Opened, kind: str) -> None:
    page = watched(address(real, "ar", kind), viewport={"width": 1280, "height": 800}).page
    links = page.evaluate(
        "[...document.querySelectorAll('main a[href]')].filter(a => a.checkVisibility()).length"
    )
    seen = list(stops(page))
    assert len(seen) >= links
    page.locator("main a[href]").first.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


# --- the reader's settings -----------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_night_is_dark_and_day_is_light(real: Tiny, browser: Browser, lang: str) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(address(real, lang, "front"))
        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        grounds[scheme] = sum(int(part) for part in colour.strip("rgb()").split(",")[:3]) / 3
        context.close()
    assert grounds["dark"] < 60 < 200 < grounds["light"]


@pytest.mark.parametrize("kind", ["front", "charts", "search"])
@pytest.mark.parametrize("lang", LANGS)
def test_the_readers_own_colours_are_kept(real: Tiny, watched: Opened, lang: str, kind: str) -> None:
    """Forced colours: words and the marks of charts are the system's; only woven art keeps its own."""
    page = watched(address(real, lang, kind), forced_colors="active", bypass_csp=True).page
    page.add_style_tag(content="#probe { color: CanvasText } #ground { background: Canvas }")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<i id=probe></i><i id=ground></i>')")
    colour = "element => getComputedStyle(element).color"
    ground = "element => getComputedStyle(element).backgroundColor"
    text = page.locator("#probe").evaluate(colour)
    for which in ("main p:not(.cover *)", ".chart svg"):
        for element in page.locator(which).all()[:5]:
            assert element.evaluate(colour) == text
    assert page.locator("html").evaluate(ground) in (
        page.locator("#ground").evaluate(ground),
        "rgba(0, 0, 0, 0)",
    )
    assert not violations(judged(page))


def test_nothing_moves(real: Tiny, watched: Opened) -> None:
    """So there is nothing to hold still for those who ask for it."""
    page = watched(address(real, "ar", "front")).page
    assert page.evaluate(
        "[...document.querySelectorAll('*')].every(e => { const s = getComputedStyle(e);"
        " return s.animationName === 'none' && s.transitionDuration === '0s' })"
    )


@pytest.mark.parametrize("lang", LANGS)
def test_on_paper_the_text_stands_alone(real: Tiny, watched: Opened, lang: str) -> None:
    page = watched(address(real, lang, "feature with notes")).page
    page.emulate_media(media="print")
    for gone in (".leave", ".menu", ".switch"):
        assert not page.locator(gone).first.is_visible()
    assert page.locator(".text").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
