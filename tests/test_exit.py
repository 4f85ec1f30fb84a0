"""The exit as a reader uses it, in Chromium: the site and the site it leads to stand on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from served import Served, serving
from tiny import tiny

WITHIN = 5000  # milliseconds, theme/static/js/exit.js


@dataclass(frozen=True)
class Stage:
    """The site, and where its exit leads."""

    site: Served
    away: Served
    output: Path


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "index.html").write_text("<!doctype html><title>Weather</title><p>Fair.", "utf-8")
    with serving(elsewhere) as away:
        settings = f"ISSUE_PDFS = False\nEXIT_URL = {away.address + '/'!r}\n"
        house = tiny(tmp_path_factory.mktemp("exit"), settings)
        run = house.pelican()
        assert run.status == 0, run.said
        with serving(house.output) as site:
            yield Stage(site, away, house.output)


@pytest.fixture
def page(browser: Browser, stage: Stage) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 720})
    yield context.new_page()
    context.close()


def left(page: Page, stage: Stage) -> None:
    page.wait_for_url(f"{stage.away.address}/")
    assert page.title() == "Weather"


def open_piece(page: Page, stage: Stage, lang: str = "ar") -> None:
    page.goto(f"{stage.site.address}/{lang}/index.html")
    page.goto(f"{stage.site.address}/{lang}/articles/first/index.html")


def test_a_press_replaces_the_page_and_tells_nobody_where_from(page: Page, stage: Stage) -> None:
    open_piece(page, stage)
    del stage.away.asked[:]
    page.locator(".exit").click()
    left(page, stage)
    path, headers = stage.away.asked[0]
    assert path == "/"
    assert "referer" not in headers
    assert page.evaluate("document.referrer") == ""
    page.go_back()
    assert page.url == f"{stage.site.address}/ar/index.html", "what was read is not behind the exit"


def test_without_javascript_the_exit_is_a_link(browser: Browser, stage: Stage) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 568})
    page = context.new_page()
    open_piece(page, stage, "en")
    del stage.away.asked[:]
    page.locator(".exit").click()
    page.wait_for_url(f"{stage.away.address}/")
    assert "referer" not in stage.away.asked[0][1]
    context.close()


@pytest.mark.parametrize(
    ("lang", "two", "one"),
    [
        ("en", "Shift: press it twice more to leave.", "Shift: press it once more to leave."),
        ("ar", "مفتاح Shift: ضغطتان أخريان للمغادرة.", "مفتاح Shift: ضغطة أخيرة للمغادرة."),
    ],
)
def test_shift_three_times_leaves_and_is_counted_aloud(
    page: Page, stage: Stage, lang: str, two: str, one: str
) -> None:
    open_piece(page, stage, lang)
    status = page.get_by_role("status")
    expect(status).to_have_text("")
    for said in (two, one):
        page.keyboard.press("Shift")
        expect(status).to_have_text(said)
    page.keyboard.press("Shift")
    left(page, stage)


def test_shift_with_other_keys_does_not_count(page: Page, stage: Stage) -> None:
    open_piece(page, stage, "en")
    for _ in range(4):
        page.keyboard.press("Shift+A")
    expect(page.get_by_role("status")).to_have_text("")
    page.keyboard.press("Shift")
    page.keyboard.press("b")
    expect(page.get_by_role("status")).to_have_text("You are still on this site.")
    assert page.url.startswith(stage.site.address)


def test_the_count_is_forgotten_after_five_seconds(page: Page, stage: Stage) -> None:
    page.clock.install()
    open_piece(page, stage, "en")
    status = page.get_by_role("status")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.clock.run_for(WITHIN - 100)
    expect(status).to_have_text("Shift: press it once more to leave.")
    page.clock.run_for(200)
    expect(status).to_have_text("You are still on this site.")
    page.clock.run_for(WITHIN)
    expect(status).to_have_text("")
    page.keyboard.press("Shift")
    expect(status).to_have_text("Shift: press it twice more to leave.")


@pytest.fixture
def waiting(page: Page, stage: Stage) -> Page:
    """A piece whose reader has pressed the exit, while the other site gives no page."""
    open_piece(page, stage, "en")
    page.route(f"{stage.away.address}/**", lambda route: route.fulfill(status=204))
    page.locator(".exit").click()
    return page


def test_the_page_is_blank_while_the_other_site_is_awaited(waiting: Page) -> None:
    sheet = waiting.get_by_role("alert")
    expect(sheet).to_have_text("Loading.")
    expect(waiting.locator("h1")).to_be_hidden()
    box = sheet.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (1280, 720)


def test_a_page_that_is_brought_back_can_be_read(waiting: Page) -> None:
    expect(waiting.locator("h1")).to_be_hidden()
    waiting.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(waiting.locator("h1")).to_be_visible()
    expect(waiting.get_by_role("alert")).to_have_count(0)


def test_the_second_exit_is_among_the_skip_links(page: Page, stage: Stage) -> None:
    open_piece(page, stage, "en")
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
    assert reached == ["Skip to the text", "Leave this site", "Leave this site"]
    page.locator(".skip[data-exit]").focus()
    page.keyboard.press("Enter")
    left(page, stage)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path", ["ar/articles/first/index.html", "en/articles/first/index.html", "index.html"]
)
def test_the_exit_stays_in_sight(page: Page, stage: Stage, width: int, path: str) -> None:
    page.set_viewport_size({"width": width, "height": 568})
    page.goto(f"{stage.site.address}/{path}")
    for down in (0, 400, 100_000):
        page.evaluate(f"window.scrollTo(0, {down})")
        box = page.locator(".exit").bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 568
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        middle = f"{box['x'] + box['width'] / 2}, {box['y'] + box['height'] / 2}"
        assert page.evaluate(f"document.elementFromPoint({middle}).closest('.exit') !== null"), "covered"


def test_the_exit_is_not_printed(page: Page, stage: Stage) -> None:
    open_piece(page, stage)
    page.emulate_media(media="print")
    expect(page.locator(".leave")).to_be_hidden()
    expect(page.locator(".skip[data-exit]")).to_be_hidden()
