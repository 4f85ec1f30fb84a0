"""`inv serve` in a browser: the page is renewed, and its file keeps the strict policy."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from socket import create_connection, socket

from playwright.sync_api import Browser, expect
from tiny import ROOT, tiny

SERVE = "import sys; sys.path[:0] = {path}; from pathlib import Path; from web.preview import serve; serve(Path('.'), Path('output'), {port})"


def free_port() -> int:
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answering(port: int) -> None:
    for _ in range(300):
        try:
            create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the preview does not answer")


def test_a_saved_change_is_shown(browser: Browser, tmp_path: Path) -> None:
    house = tiny(tmp_path)
    (house.here / "tinyconf.py").rename(house.here / "pelicanconf.py")
    conf = house.here / "pelicanconf.py"
    conf.write_text(  # the name of the settings is the preview's own
        conf.read_text("utf-8").replace(
            "from pelicanconf import *",
            f"import runpy; globals().update(runpy.run_path({str(ROOT / 'pelicanconf.py')!r}))",
        ),
        "utf-8",
    )
    port = free_port()
    code = SERVE.format(path=[str(ROOT / "plugins")], port=port)
    server = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stdout=-3, stderr=-3)
    try:
        answering(port)
        page = browser.new_page()
        heard: list[str] = []
        page.on(
            "websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame)))
        )
        page.goto(f"http://127.0.0.1:{port}/en/news/post/index.html")
        expect(page.locator("main")).to_contain_text("The post’s text")
        for _ in range(200):  # a change before the two have met would not be told
            if not any("hello" in frame for frame in heard):
                page.wait_for_timeout(50)
        source = house.here / "content/news/post.en.md"
        source.write_text(source.read_text("utf-8").replace("The post’s text", "Another text"), "utf-8")
        expect(page.locator("main")).to_contain_text("Another text", timeout=30_000)
        assert "unsafe-inline" not in house.page("en/news/post/index.html")
        page.close()
    finally:
        server.terminate()
        server.wait(10)
