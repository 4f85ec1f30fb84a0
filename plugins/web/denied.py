"""Names that must not be published: a list that is kept outside the project, sought in all that was built.

`DENY_LIST` names its file: one name a line, in either script. What is found is told by the number of
its line, since a build's messages are read by others too.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf

from arabic.search import fold
from magazine.errors import MagazineError

TEXT = (".html", ".xhtml", ".xml", ".opf", ".css", ".js", ".svg", ".csv", ".txt", ".json", ".ncx")
PACKED = (".zip", ".epub")
TAG = re.compile(r"<[^>]*>")
AUTHORS = ("git", "log", "--all", "--format=%an%n%ae%n%cn%n%ce")


def check(output: Path, root: Path) -> None:
    """Nothing of the list is in the output, nor among the names in the history of the sources."""
    listed = os.environ.get("DENY_LIST")
    if not listed:
        return
    if not Path(listed).is_file():
        raise MagazineError("DENY_LIST names no file: nothing was sought")
    names = Path(listed).read_text("utf-8").splitlines()
    sought = {number: told for number, name in enumerate(names, 1) if (told := alike(name))}
    found = sorted(
        {(where, n) for where, text in told_by(output, root) for n, name in sought.items() if name in text}
    )
    if found:
        rows = (f"{where}: the name on line {number} of the deny-list is in it" for where, number in found)
        raise MagazineError("\n".join(rows))


def alike(text: str) -> str:
    """A text in which a name is found however it is vowelled, spelled, spaced or capitalised."""
    return " ".join(fold(text).casefold().split())


def told_by(output: Path, root: Path) -> Iterator[tuple[str, str]]:
    """Every text that readers get, with the file it is in; then the history's names."""
    for file in sorted(path for path in output.rglob("*") if path.is_file()):
        name = file.relative_to(output).as_posix()
        yield name, alike(name)
        yield from ((name, alike(text)) for text in texts(name, file.read_bytes()))
    logged = subprocess.run(AUTHORS, cwd=root, capture_output=True, encoding="utf-8", check=False)
    yield "git log", alike(logged.stdout)


def texts(name: str, data: bytes) -> Iterable[str]:
    """The texts of a file: with its marks, and without them; of a book, those of its files."""
    suffix = Path(name).suffix
    if suffix in TEXT or not suffix:
        text = data.decode("utf-8", "replace")
        yield unescape(text)
        yield unescape(TAG.sub("", text))
    elif suffix in PACKED:
        with ZipFile(BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from texts(inner, archive.read(inner))
    elif suffix == ".pdf":
        with pikepdf.open(BytesIO(data)) as document:
            yield " ".join(map(str, document.docinfo.values()))
            yield document.Root.Metadata.read_bytes().decode() if "/Metadata" in document.Root else ""
