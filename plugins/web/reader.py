"""Pelican's reader for our Markdown: the library has read the file, this hands it over."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.contents import Author, Category, Tag
from pelican.readers import BaseReader

from magazine import names
from magazine.markup import render
from magazine.model import Library, Piece
from web import pictures
from web.gate import page_of
from web.sidenotes import beside


def top_from(page: str) -> str:
    """The way from a page to the top of the site."""
    return "../" * page.count("/")


class WebLinks:
    """Links as Pelican resolves them: `{filename}`, relative to any page; and the pictures that are shown."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.pictures: dict[str, Path] = {}

    def piece(self, slug: str, source: Piece) -> str | None:
        """The piece in this language, or in the one it exists in."""
        codes = [source.lang, *(language.code for language in self.library.imprint.languages)]
        found = next((p for code in codes if (p := self.library.piece(slug, code))), None)
        return f"{{filename}}/{found.kind}/{found.path.name}" if found else None

    def term(self, term: str, source: Piece) -> str | None:
        """The site's glossary. It has no source file, so the way there is told by depth."""
        up = top_from(page_of(source.kind, source.address, source.lang))
        return f"{up}{source.lang}/glossary/index.html#term-{term}"

    def picture(self, file: str, source: Piece) -> str:
        """A picture beside the piece: its name is known once it is made for the site."""
        self.pictures[file] = source.path.parent / file
        return file


class PieceReader(BaseReader):  # type: ignore[misc]
    """Reads `<slug>.<lang>.md`; the front matter was checked when the library was loaded."""

    enabled = True
    file_extensions = ("md",)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """HTML with Pelican's link placeholders, and Pelican's metadata."""
        library: Library = self.settings["LIBRARY"]
        slug, _, lang = Path(source_path).stem.rpartition(".")
        piece = library.pieces[slug, lang]
        links = WebLinks(library)
        rendered = render(piece, library, links)
        shown = {file: pictures.publish(path, self.settings) for file, path in links.pictures.items()}
        up = top_from(page_of(piece.kind, piece.address, piece.lang))
        html = pictures.dressed(beside(rendered.html), shown, up)
        return html, self._metadata(piece, library) | {"rendered": rendered}

    def _metadata(self, piece: Piece, library: Library) -> dict[str, Any]:
        metadata: dict[str, Any] = {
            "title": piece.title,
            "slug": piece.slug,
            "address": piece.address,
            "lang": piece.lang,
            "kind": piece.kind,
            "summary": piece.summary,
            "status": piece.status,
            "piece": piece,
            "category": Category(piece.kind, self.settings),
            "tags": [self._tag(tag, piece.lang, library) for tag in piece.tags],
            "authors": [self._author(author, piece.lang, library) for author in piece.authors],
            "template": "page" if piece.kind == "pages" else "article",
        }
        if piece.date:
            metadata["date"] = datetime.combine(piece.date, time())
        if not piece.authors:
            del metadata["authors"]
        return metadata

    def _tag(self, tag: str, lang: str, library: Library) -> Tag:
        named = Tag(names.tag(library, tag, lang), self.settings)
        named.slug = tag
        return named

    def _author(self, author: str, lang: str, library: Library) -> Author:
        named = Author(names.author(library, author, lang), self.settings)
        named.slug = author
        return named


def add_reader(readers: Any) -> None:
    """Take the place of Pelican's own Markdown reader."""
    for extension in PieceReader.file_extensions:
        readers.reader_classes[extension] = PieceReader


def register() -> None:
    """Connect the reader."""
    signals.readers_init.connect(add_reader)
