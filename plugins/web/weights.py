"""What a reader's line is charged for, held against budgets (WEIGHTS, in pelicanconf.py).

Text is counted as gzip sends it, which every host can; pictures and faces are packed already. A build
over a budget fails, and names the file that grew most since the last build within it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from magazine.errors import MagazineError
from press import store
from web.fonts import FETCHED as FACES

TEXT = (".html", ".css", ".js", ".svg", ".xml")
Sizes = Mapping[str, int]  # file of the output -> bytes on the line


@dataclass(frozen=True, slots=True)
class Load:
    """What is held against one budget: the files that count together."""

    page: str
    budget: str
    files: Sizes

    @property
    def total(self) -> int:
        """Their bytes."""
        return sum(self.files.values())

    def said(self, allowed: int, before: Sizes) -> str:
        """What is over, by how much, and since which file grew."""
        grew = max(self.files, key=lambda name: (self.files[name] - before.get(name, 0), name))
        was = f"{before[grew]:,} → " if before.get(grew, self.files[grew]) != self.files[grew] else ""
        return (
            f"{self.page}: {self.budget} {self.total:,} bytes, {allowed:,} allowed (WEIGHTS); "
            f"{grew}: {was}{self.files[grew]:,} · {self.page}: الوزن {self.total:,} بايت والمسموح {allowed:,}"
        )


class _Asked(HTMLParser):
    """What a page makes a browser ask for. Of a picture, the form for every browser counts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.code: list[str] = []
        self.pictures: list[str] = []
        self.later: list[str] = []  # asked for when the reader comes near
        self.direction = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.direction = given.get("dir", "")
        elif tag == "link" and given.get("rel") == "stylesheet":
            self.code.append(given["href"])
        elif tag == "script" and "src" in given:
            self.code.append(given["src"])
        elif tag == "img":
            (self.later if given.get("loading") == "lazy" else self.pictures).append(given["src"])


def check(output: Path, budgets: Mapping[str, int], cache: Path) -> None:
    """Hold every page against every budget; the sizes of a build within them are kept."""
    record = cache / "weights.json"
    files = (file for file in output.rglob("*") if file.is_file())
    sizes = {file.relative_to(output).as_posix(): transferred(file) for file in files}
    before: Sizes = json.loads(record.read_text("utf-8")) if record.exists() else {}
    pages = sorted(name for name in sizes if name.endswith(".html"))
    every = (load for page in pages for load in loads(page, (output / page).read_text("utf-8"), sizes))
    over = [load for load in every if load.total > budgets[load.budget]]
    if over:
        raise MagazineError("\n".join(load.said(budgets[load.budget], before) for load in over))
    store.write(record, json.dumps(sizes, indent=0, sort_keys=True).encode())


def loads(page: str, text: str, sizes: Sizes) -> Iterator[Load]:
    """A page's: its text with what it runs, its faces, each picture, and what a first visit asks for."""
    asked = _Asked(text)

    def weighed(links: list[str]) -> dict[str, int]:
        names = [normpath(join(dirname(page), unquote(link))).lstrip("/") for link in links]
        return {name: sizes[name] for name in names if name in sizes}

    code = {page: sizes[page], **weighed(asked.code)}
    faces = {name: sizes[name] for name in map("theme/fonts/{}.woff2".format, FACES[asked.direction])}
    pictures = weighed(asked.pictures)
    later = weighed(asked.later)
    yield Load(page, "code", code)
    yield Load(page, "fonts", faces)
    yield from (Load(page, "picture", {name: size}) for name, size in {**pictures, **later}.items())
    yield Load(page, "visit", {**code, **faces, **pictures})


def transferred(file: Path) -> int:
    """The bytes that go over the line."""
    data = file.read_bytes()
    return len(gzip.compress(data, 9, mtime=0)) if file.suffix in TEXT else len(data)
