"""Edition -> one HTML document, not yet in pages.

The pieces go through the shared vocabulary and the theme's press templates; then the HTML stage
does for Arabic what the typesetter does not: directions, isolates, joins (see docs/decisions).
What is to be made up in pages (`press.leaves`) says so with `data-columns`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from lxml import html as lxml_html
from markupsafe import Markup

import weave
from arabic import digits, locale
from arabic.direction import direct
from arabic.joining import join_across_inlines
from magazine import names
from magazine.blocks import CANONICAL
from magazine.manifest import SHEETS
from magazine.markup import Rendered, render
from magazine.model import Edition, Instrument, Library, Piece
from magazine.templates import environment
from press.cutting import add_class
from press.notes import notes_to_the_foot
from press.references import keep_citations, lead_in_own_piece, tell_pages
from press.ties import tie, wrap_ties

EXPLAINED = re.compile(r'id="term-([^"]+)"')
WRITING_MM = 9.0  # from line to line by hand; `.lines` of print.css
RIBBON_MODULES = 28  # as long as the text block of the larger sheets is wide
DOCUMENTS = {"issue": "press/issue.html", "kit": "press/issue.html", "leaflet": "press/leaflet.html"}
Edges = tuple[str, ...]  # that a cloth runs off, weave.sheet.EDGES
SIDES: Edges = ("left", "right")
SIDES_FOOT: Edges = ("left", "right", "bottom")
HEAD_SIDES: Edges = ("top", "left", "right")
WIDE = 3  # columns of a table that does not fit into a column of the text


@dataclass(frozen=True, slots=True)
class Template:
    """How a piece is laid out; its opening is the style sheets' affair."""

    columns: int = 2
    narrow_columns: int = 1  # on a sheet that holds no two columns of the larger sheets
    quotes: Literal["column", "wide"] = "column"


TEMPLATES: Mapping[str, Template] = {
    "feature": Template(quotes="wide"),
    "short": Template(),
    "explainer": Template(),
    "review": Template(),
    "questions": Template(),
    "track": Template(),
    "glossary": Template(),
    "editorial": Template(columns=1),
    "timeline": Template(columns=1),
    "data": Template(columns=1),
    "art": Template(columns=1),
    "leaflet": Template(narrow_columns=2),
}
NARROW_SHEETS = frozenset({"A5"})
COPIED = frozenset({"kit", "leaflet"})  # on whatever paper there is: nothing stands twice


@dataclass(frozen=True, slots=True)
class SetPiece:
    """A piece as the press template sees it."""

    piece: Piece
    template: str
    columns: int
    body: Markup
    notes: Markup
    instruments: tuple[str, ...]


class PressLinks:
    """Links inside an issue lead to its pages; others stay words."""

    def __init__(self, edition: Edition, library: Library) -> None:
        self.slugs = {piece.slug for piece in edition.pieces}
        self.terms = frozenset[str]()
        glossaries = [piece for piece in edition.pieces if _has_glossary(piece)]
        self.terms = frozenset(
            term for piece in glossaries for term in EXPLAINED.findall(render(piece, library, self).html)
        )

    def piece(self, slug: str, source: Piece) -> str | None:  # noqa: ARG002
        """The piece's opening page, when it is in this issue."""
        return f"#{slug}" if slug in self.slugs else None

    def term(self, term: str, source: Piece) -> str | None:  # noqa: ARG002
        """The issue's own glossary, when that explains it."""
        return f"#term-{term}" if term in self.terms else None

    def picture(self, file: str, source: Piece) -> str:
        """The file itself."""
        return (source.path.parent / file).as_uri()


def _has_glossary(piece: Piece) -> bool:
    return any(
        row.startswith("///") and CANONICAL.get(row.strip("/ ")) == "glossary"
        for row in piece.body.splitlines()
    )


def compose(edition: Edition, library: Library, **more: Any) -> str:
    """The whole issue as HTML, ready for the typesetter; `more` is what its template alone knows."""
    links = PressLinks(edition, library)
    sections = [
        (name, [_set(piece, edition, library, links) for piece in pieces])
        for name, pieces in edition.sections
    ]
    text = (
        environment(edition, library)
        .get_template(DOCUMENTS[edition.issue.kind])
        .render(
            _words(edition, library),
            edition=edition,
            issue=edition.issue,
            sections=sections,
            instruments=_cited(sections, library),
            **more,
        )
    )
    return prepare(text, edition.language.direction, edition.digits)


def _cited(sections: list[tuple[str, list[SetPiece]]], library: Library) -> list[Instrument]:
    """The instruments that the issue cites, oldest first: one list, where each piece would have its own."""
    ids = {id_ for _, pieces in sections for piece in pieces for id_ in piece.instruments}
    return sorted((library.instruments[id_] for id_ in ids), key=lambda cited: (cited.year, cited.id))


def prepare(text: str, base: str, numerals: locale.Numerals = "latn") -> str:
    """The HTML stage: ties, then directions, then digits, then joins across inline elements."""
    tree = lxml_html.document_fromstring(text)
    tie(tree)
    direct(tree, "rtl" if base == "rtl" else "ltr")
    if numerals == "arab":
        digits.exchange(tree)
    join_across_inlines(tree)
    wrap_ties(tree)
    return "<!doctype html>\n" + lxml_html.tostring(tree, encoding="unicode")


def _set(piece: Piece, edition: Edition, library: Library, links: PressLinks) -> SetPiece:
    rendered: Rendered = render(piece, library, links)
    root = lxml_html.fragment_fromstring(rendered.html, create_parent="div")
    name = "leaflet" if edition.issue.kind == "leaflet" else edition.template(piece)
    template = TEMPLATES[name]
    columns = template.narrow_columns if edition.issue.sheet in NARROW_SHEETS else template.columns
    notes = notes_to_the_foot(root, piece.slug)
    lead_in_own_piece(root, piece.slug)
    _own_ids(root, piece.slug)
    tell_pages(root, names.catalogue(library, piece.lang))
    keep_citations(root)
    _number_questions(root)
    _ink_charts(root, weave.INKS[edition.issue.ink])
    _place_quotes(root, "none" if edition.issue.kind in COPIED else template.quotes)
    if columns > 1:
        _widen_tables(root)
    _close(root)
    return SetPiece(piece, name, columns, _inside(root), _inside(notes), rendered.instruments)


def _inside(elements: Iterable[lxml_html.HtmlElement]) -> Markup:
    return Markup("".join(lxml_html.tostring(child, encoding="unicode") for child in elements))


def _ink_charts(root: lxml_html.HtmlElement, ink: str) -> None:
    """The marks of charts in the issue's ink: the typesetter asks the drawing for it, not the style sheet."""
    for drawing in root.iter("svg"):
        drawing.set("color", ink)


def _widen_tables(root: lxml_html.HtmlElement) -> None:
    """A table that has too many columns of its own goes across the page's."""
    for figure in root.find_class("table"):
        if any(len(row) >= WIDE for row in figure.iter("tr")):
            add_class(figure, "wide")


def _place_quotes(root: lxml_html.HtmlElement, place: Literal["column", "wide", "none"]) -> None:
    """Pull quotes in a column, across the columns, or not at all: their words stand in the text."""
    for quotation in root.find_class("pullquote"):
        if place == "wide":
            add_class(quotation, "wide")
        if place == "none":
            quotation.drop_tree()


def _number_questions(root: lxml_html.HtmlElement) -> None:
    """Questions are numbered in the text, not by a counter, so that they can be cited and found."""
    for number, question in enumerate(root.find_class("question"), 1):
        heading = question.find("h2")
        if heading is not None:
            label = heading.makeelement("span", {"class": "question-number"})
            label.text, label.tail, heading.text = str(number), f"\u00a0{heading.text or ''}", None
            heading.insert(0, label)


def _close(root: lxml_html.HtmlElement) -> None:
    """A place for the closing mark after the last word of a piece that ends in a paragraph."""
    last = root[-1] if len(root) else None
    if last is not None and last.tag == "p":
        last.append(last.makeelement("span", {"class": "end"}))


def _own_ids(root: lxml_html.HtmlElement, slug: str) -> None:
    """Many pieces share one document: their anchors get the piece's name (terms are the issue's)."""
    for element in root.iter():
        id_ = element.get("id")
        if id_ and not id_.startswith("term-"):
            element.set("id", f"{slug}--{id_}")


def _groups(pieces: Sequence[SetPiece]) -> list[list[SetPiece]]:
    """Shorts that follow each other are one; any other piece stands alone."""
    groups: list[list[SetPiece]] = []
    for set_piece in pieces:
        if groups and set_piece.template == groups[-1][0].template == "short":
            groups[-1].append(set_piece)
        else:
            groups.append([set_piece])
    return groups


def _words(edition: Edition, library: Library) -> Mapping[str, Any]:
    """What the template shows besides the pieces."""
    issue, imprint = edition.issue, library.imprint
    width, height = SHEETS[issue.sheet]
    return {
        "lang": edition.language,
        "name": imprint.names[edition.language.code],
        "publisher": imprint.publishers[edition.language.code],
        "width": width,
        "height": height,
        "cover": Markup(
            weave.cover_art(issue.seed, issue.motif, issue.ink, width, height, bleeds=SIDES_FOOT)
        ),
        "hanging": lambda index, tall: _hanging(edition, index, tall, SIDES_FOOT),
        "selvage": lambda index, tall: _hanging(edition, index, tall, SIDES),
        "fringe_of": lambda index, tall, shown: _hanging(edition, index, tall, HEAD_SIDES, shown),
        "ribbon": b64encode(weave.band(issue.seed, issue.ink, RIBBON_MODULES).encode()).decode(),
        "lines": lambda tall: Markup(lines(tall)),
        "groups": _groups,
        "columns": "one" if issue.sheet in NARROW_SHEETS else "two",
        "ink": weave.INKS[issue.ink],
        "categories": imprint.categories,
        "tracks": imprint.tracks,
    }


def _hanging(edition: Edition, index: int, tall: float, bleeds: Edges, shown: float | None = None) -> Markup:
    issue = edition.issue
    width, height = SHEETS[issue.sheet]
    bleeds = (*bleeds, "top") if tall == height else bleeds
    return Markup(weave.opener(issue.seed, index, issue.ink, width, tall, bleeds=bleeds, shown_mm=shown))


def lines(tall: float) -> str:
    """Lines to write on, so many millimetres in all."""
    return f'<div class="lines" aria-hidden="true">{"<i></i>" * int(tall / WRITING_MM)}</div>'


def style_sheets(theme: Path, lang: str) -> list[Path]:
    """The press style sheets, in order."""
    press = theme / "press"
    return [
        press / "fonts.css",
        theme / "static" / "css" / "tokens.css",
        press / "tokens.css",
        press / "print.css",
        press / f"{lang}.css",
    ]
