"""The documents, their pictures and faces -> one EPUB file (EPUB 3.3): package and container."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import weave
from ebook import cover
from ebook.compose import Book, Desk, Leaf, compose
from ebook.faces import Face, embedded
from ebook.xhtml import written
from magazine.markup import PICTURES
from magazine.model import Edition, Imprint, Issue, Library

FOLDER: Final = "EPUB"
CLOTH_MODULES, RIBBON_MODULES = (35, 42), 28
MEDIA_TYPES: Mapping[str, str] = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    **PICTURES,
}
CONTAINER = f"""<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
  <rootfiles>
    <rootfile full-path="{FOLDER}/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book, and what the manifest says of it."""

    name: str
    data: bytes
    properties: str = ""

    @property
    def id(self) -> str:
        """The name as an XML name; each name has another."""
        plain = (c if (c.isascii() and c.isalnum()) or c in "-." else f"_{ord(c):x}_" for c in self.name)
        return f"i-{''.join(plain)}"

    @property
    def href(self) -> str:
        """The name as an address."""
        return quote(self.name)

    @property
    def media_type(self) -> str:
        """By its suffix."""
        return MEDIA_TYPES[PurePosixPath(self.name).suffix.lower()]


def bound(edition: Edition, library: Library) -> bytes:
    """The EPUB of an edition. The same sources give the same bytes."""
    desk = Desk(edition, library)
    book = compose(desk)
    leaves = [_document(leaf) for leaf in book.leaves]
    items = [*leaves, *_pictures(book, desk), *_styles(book, desk)]
    package = desk.fill(
        "package.opf",
        identifier=identifier(edition, library.imprint),
        modified=f"{_modified(edition.issue):%Y-%m-%dT%H:%M:%SZ}",
        items=sorted(items, key=lambda item: item.name),
        spine=[item.id for item in leaves],
    )
    files = {f"{FOLDER}/{item.name}": item.data for item in items}
    files |= {"META-INF/container.xml": CONTAINER.encode(), f"{FOLDER}/package.opf": package.encode()}
    return _packed(files)


def _document(leaf: Leaf) -> Item:
    properties = {"nav": leaf.landmark == "toc", "svg": leaf.root.find(".//svg") is not None}
    return Item(leaf.file, written(leaf.root), " ".join(name for name, true in properties.items() if true))


def _pictures(book: Book, desk: Desk) -> Iterator[Item]:
    """The cover, the issue's ornament, and the pictures of its pieces."""
    issue = desk.edition.issue
    number = issue.number or 0
    yield Item("cover.png", cover.picture(desk.edition, desk.library), "cover-image")
    yield Item("art/cloth.svg", weave.cloth(*CLOTH_MODULES, number, issue.motif, issue.ink).encode())
    yield Item("art/ribbon.svg", weave.band(number, issue.ink, RIBBON_MODULES).encode())
    for name, path in book.pictures.items():
        yield Item(name, path.read_bytes())


def _styles(book: Book, desk: Desk) -> Iterator[Item]:
    """Faces with their licences, and style sheets."""
    imprint, texts = desk.library.imprint, [leaf.root for leaf in book.leaves]
    theme = imprint.theme
    faces: list[Face] = []
    for face, data in embedded(desk.edition, imprint, texts):
        faces.append(face)
        yield Item(f"fonts/{face.name}.ttf", data)
    for family in dict.fromkeys(PurePosixPath(face.source).parent for face in faces):
        yield Item(f"fonts/OFL-{family}.txt", (theme / "fonts" / family / "OFL.txt").read_bytes())
    yield Item("css/vocabulary.css", (theme / "static" / "css" / "vocabulary.css").read_bytes())
    yield Item("css/book.css", (theme / "epub" / "book.css").read_bytes())
    yield Item("css/faces.css", desk.fill("faces.css", faces=faces).encode())


def identifier(edition: Edition, imprint: Imprint) -> str:
    """A name that is the edition's own for ever, whatever changes in it."""
    publisher = imprint.publishers[edition.language.code]
    told = f"urn:magazine:{publisher}:{imprint.magazine}:{edition.name}"
    return uuid.uuid5(uuid.NAMESPACE_URL, told).urn


def _modified(issue: Issue) -> datetime:
    """The day of the issue; SOURCE_DATE_EPOCH gives another (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.combine(issue.date, time())


def _packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP with `mimetype` first, bare and in the open, the rest sorted, and no date of any machine."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(_entry("mimetype", ZIP_STORED), b"application/epub+zip")
        for name in sorted(files):
            archive.writestr(_entry(name, ZIP_DEFLATED), files[name], compresslevel=9)
    return out.getvalue()


def _entry(name: str, compression: int) -> ZipInfo:
    entry = ZipInfo(name)  # dated 1 January 1980, as early as a ZIP can
    entry.compress_type, entry.create_system, entry.external_attr = compression, 3, 0o644 << 16
    return entry
