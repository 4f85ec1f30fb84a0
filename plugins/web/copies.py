"""Copies to keep: a zip of each issue's pages, and one of the whole site. Unpacked, they open from a folder.

A copy holds less than the site, so in its pages a link that would lead nowhere is no link: an entry
of a menu or list that is nothing else goes, and a list without entries takes its heading along.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from magazine.model import Issue, Library

FORM = "zip"
WITH_AN_ISSUE = ("get-help", "safety", "privacy")  # pages that a reader needs beside it
FETCHED = {"img": "src", "script": "src", "link": "href", "source": "srcset"}
HELD = ("nav", "ul", "ol", "li")  # held back until it is known whether anything in them stays
URL = re.compile(r"url\(([^)]+)\)")
FOR_HOSTS: Final = re.compile(r"^[._]|^SHA256SUMS|\.zip$")
# In a page of the site: where the size of a file stands that is made after the page.
SIZE = re.compile(r'(<span class="size"[^>]*?) data-size-of="([^"]+)">')

Places = Mapping[str, str]  # a file of the output -> its place in the copy
PageOf = Callable[[str, str, str], str]


@dataclass
class _Level:
    """An open list or entry while a page is copied."""

    tag: str
    out: list[str] = field(default_factory=list)
    links_lost: int = 0
    entries_lost: int = 0
    holds: bool = False  # an entry that stays, or words outside a lost link


class PageCopy(HTMLParser):
    """One page on its way into a copy: everything passes as it is, except links."""

    def __init__(self, path: str, places: Places) -> None:
        super().__init__(convert_charrefs=False)
        self.path, self.places = path, places
        self.levels = [_Level("")]
        self.lost = self.beside = 0  # depth inside a link that is none, inside what does not count

    @property
    def text(self) -> str:
        """The page as it stands in the copy."""
        return "".join(self.levels[0].out)

    def _put(self, raw: str) -> None:
        self.levels[-1].out.append(raw)

    def _raw(self) -> str:
        return self.get_starttag_text() or ""

    def moved(self, link: str) -> str | None:
        """A link as it is in the copy; None where its file is not in it."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not parts.path:
            return link
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(parts.path)))
        if target not in self.places:
            return None
        here = posixpath.dirname(self.places[self.path]) or "."
        return parts._replace(path=quote(posixpath.relpath(self.places[target], here))).geturl()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Links are moved or lost."""
        given = dict(attrs)
        if tag in HELD:
            self.levels.append(_Level(tag))
        name = "href" if tag in ("a", "link") else FETCHED.get(tag, "")
        link = given.get(name)
        moved = self.moved(link) if link else None
        if link and moved is None and tag == "link":
            return
        if tag == "span" and given.get("class") == "size":
            self.beside += 1
        if link and moved is None and tag == "a":
            self.lost += 1
            self.levels[-1].links_lost += 1
            kept = "".join(f' {k}="{v}"' for k, v in attrs if k in ("lang", "dir", "class"))
            self._put(f"<span{kept}>")
            return
        self._put(self._raw().replace(f'"{link}"', f'"{moved}"', 1) if link and moved else self._raw())

    def handle_startendtag(self, _tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Drawings' own tags."""
        self._put(self._raw())

    def handle_endtag(self, tag: str) -> None:
        """Close, and decide on lists and entries."""
        if tag == "a" and self.lost:
            self.lost -= 1
            self._put("</span>")
            return
        self._put(f"</{tag}>")
        if tag == "span" and self.beside:
            self.beside -= 1
        if tag in HELD:
            self._close(self.levels.pop())

    def _close(self, level: _Level) -> None:
        around = self.levels[-1]
        if level.tag == "li" and level.links_lost and not level.holds:
            around.entries_lost += 1
        elif level.tag != "li" and level.entries_lost and not level.holds:
            around.entries_lost += 1
            _without_heading(around.out)
        else:
            around.holds = True
            around.out += level.out

    def handle_data(self, data: str) -> None:
        """Words."""
        if data.strip() and not self.lost and not self.beside:
            self.levels[-1].holds = True
        self._put(data)

    def handle_entityref(self, name: str) -> None:
        """As written."""
        self._put(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """As written."""
        self._put(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        """As written."""
        self._put(f"<!{decl}>")


def _without_heading(out: list[str]) -> None:
    """Take off the heading that a lost list stood below."""
    written = "".join(out)
    out[:] = [re.sub(r"<h([2-4])[^>]*>(?:(?!</h\1>).)*</h\1>\s*\Z", "", written, flags=re.S)]


@dataclass(frozen=True, slots=True)
class Copy:
    """A zip in the output, the folder it unpacks to, and what is in it."""

    path: str
    folder: str
    places: Places
    aliases: Places = field(default_factory=dict)  # what is not in it, and what its links lead to instead


def issue_path(library: Library, issue: Issue, lang: str) -> str:
    """Where an issue's copy stands."""
    return f"{lang}/magazine/{issue.name}/{library.imprint.file_name(issue, lang, FORM)}"


def site_path(library: Library) -> str:
    """Where the copy of the site stands."""
    return f"{library.imprint.magazine}-site.{FORM}"


def copies(library: Library, output: Path, page_of: PageOf) -> Iterator[Copy]:
    """Every issue in each of its languages, then the whole."""
    for issue in library.issues:
        for lang in issue.languages:
            path = issue_path(library, issue, lang)
            places = _places_of_issue(library, issue, lang, output, page_of)
            folder = posixpath.basename(path).removesuffix(f".{FORM}")
            yield Copy(path, folder, places, {f"{lang}/index.html": "index.html"})
    path = site_path(library)
    yield Copy(path, path.removesuffix(f".{FORM}"), {name: name for name in _site_files(output)})


def _site_files(output: Path) -> Iterator[str]:
    """All but other copies, and what is for hosts alone."""
    for file in sorted(output.rglob("*")):
        name = file.relative_to(output).as_posix()
        if file.is_file() and not FOR_HOSTS.search(name):
            yield name


def _places_of_issue(
    library: Library, issue: Issue, lang: str, output: Path, page_of: PageOf
) -> dict[str, str]:
    """The issue's page first, as the folder's index; its pieces; what they show."""
    contents = f"{lang}/magazine/{issue.name}/index.html"
    places = {contents: "index.html"}
    pieces = (library.piece(slug, lang) for slug in (*issue.slugs, *WITH_AN_ISSUE))
    pages = [page_of(piece.kind, piece.address, lang) for piece in pieces if piece]
    pages.append(f"{lang}/glossary/index.html")
    places |= {page: page for page in pages if (output / page).exists()}
    for page in tuple(places):
        places |= {name: name for name in fetched(page, output)}
    return places


def fetched(page: str, output: Path) -> Iterator[str]:
    """What a page makes a browser fetch, and its style sheets in turn."""

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            if tag in FETCHED and (tag != "link" or given.get("rel") in ("stylesheet", "icon")):
                names.extend(filter(None, [given.get(FETCHED[tag])]))

    names: list[str] = []
    reader = Reader()
    reader.feed((output / page).read_text("utf-8"))
    for name in names:
        file = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(name)))
        yield file
        if file.endswith(".css"):
            for url in URL.findall((output / file).read_text("utf-8")):
                yield posixpath.normpath(posixpath.join(posixpath.dirname(file), url.strip("\"'")))


def packed(copy: Copy, output: Path) -> bytes:
    """The zip. The same pages give the same bytes: no date of any machine, names sorted."""
    files = {place: _file(name, copy, output) for name, place in copy.places.items()}
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for place in sorted(files):
            entry = ZipInfo(f"{copy.folder}/{place}")  # dated 1 January 1980, as early as a zip can
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, files[place], compresslevel=9)
    return out.getvalue()


def _file(name: str, copy: Copy, output: Path) -> bytes:
    data = (output / name).read_bytes()
    if not name.endswith(".html") or name.endswith(
        "404.html"
    ):  # that one is shown by hosts, below any address
        return data
    page = PageCopy(name, {**copy.aliases, **copy.places})
    page.feed(SIZE.sub(r"\1>", data.decode()))
    page.close()
    return page.text.encode()


def write(library: Library, output: Path, page_of: PageOf, size: Callable[[str, int], str]) -> None:
    """Every copy; then the pages that offer them say how large they are."""
    sizes: dict[str, int] = {}
    for copy in copies(library, output, page_of):
        data = packed(copy, output)
        (output / copy.path).write_bytes(data)
        sizes[copy.path] = len(data)
    for page in sorted(output.glob("*/magazine/**/index.html")):
        lang = page.relative_to(output).parts[0]
        text = page.read_text("utf-8")
        told = SIZE.sub(lambda found: f"{found[1]}>{size(lang, sizes[found[2]])}", text)  # noqa: B023
        if told != text:
            page.write_text(told, "utf-8")
