"""What hosts are asked to say: nginx itself answers, the others' files say the same."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from socket import socket

import feedparser
import pytest
from tiny import ROOT, Tiny, installed, tiny

from web import hosts

NGINX = """daemon off;
pid {here}/pid;
error_log {here}/errors;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {here}/b; proxy_temp_path {here}/p; fastcgi_temp_path {here}/f;
    uwsgi_temp_path {here}/u; scgi_temp_path {here}/s;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        include {here}/site.conf;
    }}
}}
"""


@dataclass(frozen=True)
class Answer:
    """A status, the headers with all their values, and the body."""

    status: int
    headers: dict[str, list[str]]
    body: str


@contextmanager
def nginx(root: Path, snippet: str, here: Path) -> Iterator[Callable[[str], Answer]]:
    """nginx on loopback with this snippet, while the block runs: ask it for a path."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (here / "site.conf").write_text(snippet, "utf-8")
    (here / "nginx.conf").write_text(NGINX.format(here=here, port=port, root=root), "utf-8")
    program = installed("nginx")
    assert program
    user = ["-g", "user root;"] if Path("/proc/self").stat().st_uid == 0 else []
    server = subprocess.Popen([program, "-c", here / "nginx.conf", "-e", here / "errors", *user])

    def ask(path: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", path)
        response = connection.getresponse()
        headers: dict[str, list[str]] = {}
        for name, value in response.getheaders():
            headers.setdefault(name, []).append(value)
        body = response.read().decode("utf-8", "replace")
        connection.close()
        return Answer(response.status, headers, body)

    try:
        for _ in range(100):
            try:
                ask("/")
                break
            except OSError:
                assert server.poll() is None, (here / "errors").read_text()
                time.sleep(0.05)
        yield ask
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The tiny house as it is published: at an address, with files for hosts."""
    here = tmp_path_factory.mktemp("published")
    more = f"""SITEURL = "https://example.org"
HOSTS_PATH = {str(here / "hosts")!r}
CONTACT = {{"email": "post@example.org"}}
ISSUE_PDFS = False
"""
    house = tiny(here, more)
    run = house.pelican()
    assert run.status == 0, run.said
    return house


def test_nginx_says_every_header_once(published: Tiny, tmp_path: Path) -> None:
    snippet = (published.here / "hosts/nginx.conf").read_text("utf-8")
    with nginx(published.output, snippet, tmp_path) as ask:
        for path in (
            "/",
            "/ar/",
            "/en/articles/first/",
            "/covers/1.svg",
            "/theme/css/web.css",
            "/en/none/at/all/",
        ):
            answer = ask(path)
            for header in hosts.HEADERS:
                assert answer.headers[header.name] == [header.value], path
            kept = path.startswith("/theme/")
            assert answer.headers["Cache-Control"] == [hosts.KEPT if kept else hosts.UNKEPT], path
        assert ask("/theme/fonts/naskh.woff2").headers["Content-Type"] == ["font/woff2"]
        assert ask("/ar/").headers["Content-Type"] == ["text/html; charset=utf-8"]
        assert "nginx/" not in "".join(ask("/").headers["Server"])


@pytest.mark.parametrize(("lang", "words"), [("ar", "لا توجد هذه الصفحة"), ("en", "No such page")])
def test_a_lost_reader_gets_a_page_in_her_language(
    published: Tiny, tmp_path: Path, lang: str, words: str
) -> None:
    snippet = (published.here / "hosts/nginx.conf").read_text("utf-8")
    with nginx(published.output, snippet, tmp_path) as ask:
        answer = ask(f"/{lang}/deep/below/none.html")
        assert answer.status == 404
        assert f'<html lang="{lang}"' in answer.body
        assert words in answer.body
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', answer.body)
        assert len(sheets) == 4
        assert {ask(sheet).status for sheet in sheets} == {200}, "its styles are found from any depth"


def test_every_host_s_file_says_the_same(published: Tiny) -> None:
    folder = published.here / "hosts"
    lines = {
        "nginx.conf": 'add_header {name} "{value}" always;',
        ".htaccess": 'Header always set {name} "{value}"',
        "Caddyfile": '    {name} "{value}"',
        "_headers": "  {name}: {value}",
    }
    assert {path.name for path in folder.iterdir()} == set(lines)
    for name, line in lines.items():
        text = (folder / name).read_text("utf-8")
        for header in hosts.HEADERS:
            assert line.format(name=header.name, value=header.value) in text, (name, header.name)
    for name in ("_headers", ".htaccess"):
        assert (published.output / name).read_text("utf-8") == (folder / name).read_text("utf-8")


def test_no_file_for_hosts_unless_it_is_asked_for(site: Tiny) -> None:
    assert not [name for name in hosts.FILES if (site.output / name).exists()]
    assert not (site.output / ".well-known").exists()


def test_security_txt_where_there_is_an_address_to_write_to(published: Tiny) -> None:
    rows = dict(row.split(": ") for row in published.page(".well-known/security.txt").splitlines())
    assert set(rows) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}
    assert rows["Contact"] == "mailto:post@example.org"
    assert rows["Canonical"] == "https://example.org/.well-known/security.txt"
    expires = date.fromisoformat(rows["Expires"][:10])
    assert 0 < (expires - date.today()).days <= 365
    settings = {"CONTACT": {"email": ""}, "SITEURL": "https://example.org", "LANGUAGES": []}
    assert hosts.security_txt(settings, date.today()) == ""


def test_publishing_asks_for_the_files_of_hosts() -> None:
    assert "HOSTS_PATH" in (ROOT / "publishconf.py").read_text("utf-8")


def test_absolute_addresses_stand_only_where_the_web_needs_them(published: Tiny) -> None:
    page = published.page("en/articles/first/index.html")
    links = re.findall(r"<[^>]*https://example\.org[^>]*>", page)
    assert links
    asked = r'rel="(canonical|alternate)"|property="og:|name="citation_public_url"'
    assert all(re.search(asked, link) for link in links)
    feed = feedparser.parse(published.page("en/feeds/all.atom.xml"))
    assert all(entry.link.startswith("https://example.org/") for entry in feed.entries)
