"""A browser for the tests: the system's Chromium, without a window, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for the whole session."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("there is no chromium here; type: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, headless=True, args=["--no-sandbox"])
        yield opened
        opened.close()
