"""Markdown -> HTML: plain Markdown and the small closed vocabulary, for every medium.

What differs between media is only where links lead: each renderer gives a Linker.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.treeprocessors import Treeprocessor

from magazine import data
from magazine.blocks import VocabularyBlocks
from magazine.model import Library, Piece

LAW = re.compile(r"law:(?P<id>[a-z0-9-]+)(?:/(?P<place>[0-9]+(?:\.[0-9a-z]+)*))?")
# The forms of pictures that the site, paper and e-books can all show, with their media types.
PICTURES: Mapping[str, str] = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
SCHEMES = ("law:", "term:", "piece:", "https://", "http://", "mailto:", "#")


class Linker(Protocol):
    """Where a medium finds things; None: the words stay without a link."""

    def piece(self, slug: str, source: Piece) -> str | None:
        """The address of another piece."""

    def term(self, term: str, source: Piece) -> str | None:
        """The address of a glossary entry."""

    def picture(self, file: str, source: Piece) -> str:
        """The address of a picture that stands beside the piece."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body: its level (2 or 3), its anchor, its words."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A piece's body as HTML, and what a page may want to know of it."""

    html: str
    headings: tuple[Heading, ...]
    instruments: tuple[str, ...]
    anchors: tuple[str, ...] = ()  # what a link may lead to: headings, and figures with an id


class _Links(Treeprocessor):
    """Turns the vocabulary's links into the medium's, and collects the cited instruments."""

    def __init__(self, md: Markdown, piece: Piece, linker: Linker) -> None:
        super().__init__(md)
        self.piece, self.linker = piece, linker
        self.cited: list[str] = []
        self.figures: list[str] = []

    def run(self, root: etree.Element) -> None:
        """Visit every link, picture and anchor."""
        self.figures = [figure.get("id", "") for figure in root.iter("figure") if figure.get("id")]
        for anchor in root.iter("a"):
            scheme, _, target = anchor.get("href", "").partition(":")
            {"law": self._law, "term": self._term, "piece": self._piece}.get(scheme, _outward)(anchor, target)
        for picture in root.iter("img"):
            picture.set("src", self.linker.picture(picture.get("src", ""), self.piece))

    def _law(self, anchor: etree.Element, target: str) -> None:
        id_ = target.partition("/")[0]
        if id_ not in self.cited:
            self.cited.append(id_)
        anchor.set("href", f"#law-{id_}")
        anchor.set("class", "law")

    def _term(self, anchor: etree.Element, target: str) -> None:
        _link(anchor, self.linker.term(target, self.piece), "term")

    def _piece(self, anchor: etree.Element, target: str) -> None:
        slug, _, place = target.partition("#")
        address = self.linker.piece(slug, self.piece)
        _link(anchor, address and place_in(address, place), "piece")


def place_in(address: str, place: str) -> str:
    """The address of an anchor in a piece: where pieces share one document it has the piece's name."""
    if not place:
        return address
    return f"{address}--{place}" if address.startswith("#") else f"{address}#{place}"


def _outward(anchor: etree.Element, _target: str) -> None:
    if anchor.get("href", "").startswith("http"):
        anchor.set("rel", "noopener noreferrer")


def _link(anchor: etree.Element, address: str | None, kind: str) -> None:
    anchor.set("class", kind)
    if address is None:
        anchor.tag = "span"
        del anchor.attrib["href"]
    else:
        anchor.set("href", address)


class _Pictures(Treeprocessor):
    """A picture alone in a paragraph stands without it."""

    def run(self, root: etree.Element) -> None:
        """Unwrap, in figures, the paragraph around a lone picture."""
        for figure in root.iter("figure"):
            for paragraph in figure.findall("p"):
                if len(paragraph) == 1 and paragraph[0].tag == "img" and not (paragraph.text or "").strip():
                    figure[list(figure).index(paragraph)] = paragraph[0]


class _Cells(Treeprocessor):
    """A column's `:---:` as a class: sides are the style sheets' affair, and differ by language.

    An empty cell of a head is no heading: the corner above the names of the rows.
    """

    CLASSES: ClassVar[Mapping[str, str]] = {"left": "start", "center": "center", "right": "end"}

    def run(self, root: etree.Element) -> None:
        """Visit every cell."""
        for cell in root.iter():
            if cell.tag in {"td", "th"} and "align" in cell.attrib:
                cell.set("class", f"align-{self.CLASSES[cell.attrib.pop('align')]}")
            if cell.tag == "th" and not len(cell) and not (cell.text or "").strip():
                cell.tag = "td"


class _NoHtml(Extension):
    """HTML in a piece is text: the vocabulary is closed (and a reader is safe)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")


def engine(piece: Piece, library: Library, linker: Linker) -> tuple[Markdown, _Links]:
    """A Markdown engine for one piece."""
    language = library.imprint.language(piece.lang)
    terms = {id_: entry[piece.lang] for id_, entry in library.glossary.items()}
    extensions: list[Any] = [
        TableExtension(use_align_attribute=True),
        FootnoteExtension(UNIQUE_IDS=False, BACKLINK_TEXT="↑", PLACE_MARKER="\0"),
        TocExtension(slugify=slugify_unicode, toc_depth="2-3"),
        "def_list",
        "sane_lists",
        _NoHtml(),
        VocabularyBlocks(
            direction=language.direction,
            glossary=terms,
            read=lambda file: data.read(file, piece, library.imprint)[0],
        ),
    ]
    md = Markdown(extensions=extensions, output_format="html")
    links = _Links(md, piece, linker)
    md.treeprocessors.register(links, "vocabulary-links", 5)
    md.treeprocessors.register(_Pictures(md), "vocabulary-pictures", 4)
    md.treeprocessors.register(_Cells(md), "vocabulary-cells", 3)
    return md, links


def render(piece: Piece, library: Library, linker: Linker) -> Rendered:
    """A piece's body in HTML, its links as the medium wants them."""
    md, links = engine(piece, library, linker)
    html = md.convert(piece.body)
    tokens: list[Mapping[str, Any]] = getattr(md, "toc_tokens", [])
    headings = tuple(_headings(tokens))
    anchors = (*(heading.id for heading in headings), *links.figures)
    return Rendered(html, headings, tuple(links.cited), anchors)


def _headings(tokens: list[Mapping[str, Any]]) -> list[Heading]:
    flat: list[Heading] = []
    for token in tokens:
        flat.append(Heading(token["level"], token["id"], token["name"]))
        flat += _headings(token["children"])
    return flat
