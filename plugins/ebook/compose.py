"""Edition -> the documents of an e-book: a piece each, and what stands before and after them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement
from markupsafe import Markup

from arabic.sorting import sort_key
from ebook.faces import FAMILIES, chosen
from ebook.xhtml import prepare
from magazine.markup import render
from magazine.model import Edition, Instrument, Library, Piece, Term
from magazine.names import catalogue
from magazine.templates import environment

GLOSSARY, INSTRUMENTS = "glossary.xhtml", "instruments.xhtml"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A document of the book: its file, what it is among the landmarks (or ""), its title, its tree."""

    file: str
    landmark: str
    title: str
    root: HtmlElement


@dataclass(frozen=True, slots=True)
class Book:
    """What the package is made of: documents in reading order, and the pictures they show."""

    leaves: tuple[Leaf, ...]
    pictures: Mapping[str, Path]


class BookLinks:
    """Links between the documents of the book; what is not in it is words."""

    def __init__(self, edition: Edition) -> None:
        self.slugs = {piece.slug for piece in edition.pieces}
        self.pictures: dict[str, Path] = {}

    def piece(self, slug: str, source: Piece) -> str | None:  # noqa: ARG002
        """The piece's document, when it is in this issue."""
        return file_of(slug) if slug in self.slugs else None

    def term(self, term: str, source: Piece) -> str | None:  # noqa: ARG002
        """The entry, wherever it turns out to be: see `lead_home`."""
        return f"#term-{term}"

    def picture(self, file: str, source: Piece) -> str:
        """The picture, which goes into the book."""
        name = f"{source.kind}/{file}"
        self.pictures[name] = source.path.parent / file
        return name


def file_of(slug: str) -> str:
    """A piece's document."""
    return f"piece-{slug}.xhtml"


def compose(desk: Desk) -> Book:
    """All documents of the edition, with every link between them in place."""
    links = BookLinks(desk.edition)
    pieces, cited = desk.pieces(links)
    back = [*desk.glossary(_missing_terms(pieces)), *desk.instruments(cited)]
    leaves = [*desk.front([*pieces, *back]), *pieces, *back]
    lead_home(leaves)
    return Book(tuple(leaves), links.pictures)


class Desk:
    """Fills the templates of one edition."""

    def __init__(self, edition: Edition, library: Library) -> None:
        self.edition, self.library = edition, library
        self.environment = environment(edition, library)
        imprint, code = library.imprint, edition.language.code
        self.say = catalogue(library, code).gettext
        self.common = {
            "edition": edition,
            "issue": edition.issue,
            "lang": edition.language,
            "name": imprint.names[code],
            "publisher": imprint.publishers[code],
            "categories": imprint.categories,
            "tracks": imprint.tracks,
        }

    def fill(self, template: str, **values: Any) -> str:
        """A template with its words."""
        return self.environment.get_template(f"epub/{template}").render(**self.common, **values)

    def leaf(self, template: str, file: str, landmark: str, title: str, **values: Any) -> Leaf:
        """A template filled and made XHTML."""
        text = self.fill(f"{template}.html", title=title, **values)
        return Leaf(file, landmark, title, prepare(text, self.edition.language.direction))

    def pieces(self, links: BookLinks) -> tuple[list[Leaf], list[Instrument]]:
        """A document a piece, and the instruments that the issue cites, oldest first."""
        leaves, cited = [], set()
        for section, pieces in self.edition.sections:
            for place, piece in enumerate(pieces):
                rendered = render(piece, self.library, links)
                cited |= set(rendered.instruments)
                values = {
                    "piece": piece,
                    "section": section,
                    "opens": place == 0,
                    "picture": piece.picture and links.picture(piece.picture.file, piece),
                    "body": Markup(rendered.html),
                }
                leaves.append(self.leaf("piece", file_of(piece.slug), "", piece.title, **values))
        known = self.library.instruments
        return leaves, sorted((known[id_] for id_ in cited), key=lambda entry: (entry.year, entry.id))

    def glossary(self, ids: Iterable[str]) -> Iterator[Leaf]:
        """The terms that pieces refer to and no piece explains."""
        terms = [self.library.glossary[id_][self.edition.language.code] for id_ in ids]
        if terms:
            yield self.leaf("glossary", GLOSSARY, "glossary", self.say("Glossary"), terms=_sorted(terms))

    def instruments(self, cited: list[Instrument]) -> Iterator[Leaf]:
        """One list for the whole issue."""
        if cited:
            title = self.say("Instruments cited")
            yield self.leaf("instruments", INSTRUMENTS, "bibliography", title, cited=cited)

    def front(self, rest: list[Leaf]) -> Iterator[Leaf]:
        """Cover, title and contents, which tell of the rest."""
        title = self.edition.issue.titles[self.edition.language.code]
        families = {face.family: None for face, _ in chosen(self.edition, [leaf.root for leaf in rest])}
        faces = [self.say(FAMILIES[family]) for family in families]
        yield self.leaf("cover", "cover.xhtml", "cover", self.say("Cover"))
        yield self.leaf("title", "title.xhtml", "titlepage", title, faces=faces)
        yield self.leaf("contents", "nav.xhtml", "toc", self.say("Contents"), rest=rest, file_of=file_of)


def _sorted(terms: list[Term]) -> list[Term]:
    return sorted(terms, key=lambda entry: sort_key(entry.term))


def _missing_terms(pieces: list[Leaf]) -> list[str]:
    """The glossary entries that are linked to and stand in no piece."""
    there = {id_ for leaf in pieces for id_ in leaf.root.xpath(".//dt/@id")}
    wanted = (href[1:] for leaf in pieces for href in leaf.root.xpath(".//a[@class='term']/@href"))
    return sorted({id_.removeprefix("term-") for id_ in wanted if id_ not in there})


def lead_home(leaves: list[Leaf]) -> None:
    """Links to a term (dt) or an instrument (li) know its id alone: add the document it stands in."""
    home = {id_: leaf.file for leaf in leaves for id_ in leaf.root.xpath(".//dt/@id | .//li/@id")}
    for leaf in leaves:
        for link in leaf.root.iterfind(".//a[@href]"):
            file = home.get(link.get("href", "").removeprefix("#"))
            if file and file != leaf.file:
                link.set("href", file + link.get("href", ""))
