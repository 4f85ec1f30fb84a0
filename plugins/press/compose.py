"""Edition -> one HTML document for the typesetter.

The pieces go through the shared vocabulary and the theme's press templates; then the HTML stage
does for Arabic what the typesetter does not: directions, isolates, joins (see docs/decisions).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html as lxml_html
from markupsafe import Markup

import weave
from arabic import locale
from arabic.direction import direct
from arabic.joining import join_across_inlines
from magazine import names
from magazine.blocks import CANONICAL
from magazine.manifest import SHEETS
from magazine.markup import Rendered, render
from magazine.model import Edition, Instrument, Library, Piece
from press.notes import notes_to_the_foot
from press.references import lead_in_own_piece, tell_pages

RIBBON_MODULES = 28  # as long as the text block of the larger sheets is wide
WIDE = 3  # columns of a table that does not fit into a column of the text


@dataclass(frozen=True, slots=True)
class SetPiece:
    """A piece as the press template sees it."""

    piece: Piece
    body: Markup
    instruments: tuple[str, ...]


class PressLinks:
    """Links inside an issue lead to its pages; others stay words."""

    def __init__(self, edition: Edition) -> None:
        self.slugs = {piece.slug for piece in edition.pieces}
        self.has_glossary = any(_has_glossary(piece) for piece in edition.pieces)

    def piece(self, slug: str, source: Piece) -> str | None:  # noqa: ARG002
        """The piece's opening page, when it is in this issue."""
        return f"#{slug}" if slug in self.slugs else None

    def term(self, term: str, source: Piece) -> str | None:  # noqa: ARG002
        """The issue's own glossary, when it has one."""
        return f"#term-{term}" if self.has_glossary else None

    def picture(self, file: str, source: Piece) -> str:
        """The file itself."""
        return (source.path.parent / file).as_uri()


def _has_glossary(piece: Piece) -> bool:
    return any(
        row.startswith("///") and CANONICAL.get(row.strip("/ ")) == "glossary"
        for row in piece.body.splitlines()
    )


def compose(edition: Edition, library: Library) -> str:
    """The whole issue as HTML, ready for the typesetter."""
    links = PressLinks(edition)
    sections = [
        (name, [_set(piece, library, links) for piece in pieces]) for name, pieces in edition.sections
    ]
    text = (
        _environment(edition, library)
        .get_template("press/issue.html")
        .render(
            **_words(edition, library),
            edition=edition,
            issue=edition.issue,
            sections=sections,
            instruments=_cited(sections, library),
        )
    )
    return prepare(text, edition.language.direction)


def _cited(sections: list[tuple[str, list[SetPiece]]], library: Library) -> list[Instrument]:
    """The instruments that the issue cites, oldest first: one list, where each piece would have its own."""
    ids = {id_ for _, pieces in sections for piece in pieces for id_ in piece.instruments}
    return sorted((library.instruments[id_] for id_ in ids), key=lambda cited: (cited.year, cited.id))


def prepare(text: str, base: str) -> str:
    """The HTML stage: directions, then joins across inline elements."""
    tree = lxml_html.document_fromstring(text)
    direct(tree, "rtl" if base == "rtl" else "ltr")
    join_across_inlines(tree)
    return "<!doctype html>\n" + lxml_html.tostring(tree, encoding="unicode")


def _set(piece: Piece, library: Library, links: PressLinks) -> SetPiece:
    rendered: Rendered = render(piece, library, links)
    root = lxml_html.fragment_fromstring(rendered.html, create_parent="div")
    notes_to_the_foot(root)
    lead_in_own_piece(root, piece.slug)
    _own_ids(root, piece.slug)
    tell_pages(root, names.catalogue(library, piece.lang))
    _close(root)
    body = Markup("".join(lxml_html.tostring(child, encoding="unicode") for child in root))
    return SetPiece(piece, body, rendered.instruments)


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


def _environment(edition: Edition, library: Library) -> Environment:
    code = edition.language.code
    environment = Environment(
        loader=FileSystemLoader(library.imprint.theme / "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    catalogue = names.catalogue(library, code)
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(
        date=partial(locale.format_date, lang=edition.language.locale),
        number=partial(locale.format_number, lang=edition.language.locale),
        month_year=partial(locale.month_year, lang=edition.language.locale),
        author_name=lambda author: names.author(library, author, code),
        section_name=lambda section: names.section(library, section, code),
        names_list=partial(locale.list_and, lang=edition.language.locale),
    )
    return environment


def _runs(body: Markup) -> list[tuple[bool, Markup]]:
    """A text cut at its wide tables: (is it a table, its HTML), in order.

    A table across the columns (`column-span`) makes the typesetter forget the notes of the text
    above it; as a block between two columned runs it does not.
    """
    runs: list[tuple[bool, list[str]]] = []
    for child in lxml_html.fragment_fromstring(body, create_parent="div"):
        wide = _is_wide(child)
        if wide or not runs or runs[-1][0]:
            runs.append((wide, []))
        runs[-1][1].append(lxml_html.tostring(child, encoding="unicode"))
    return [(wide, Markup("".join(parts))) for wide, parts in runs]


def _is_wide(figure: lxml_html.HtmlElement) -> bool:
    """Set across the columns: as its editor asked, or because a table does not fit into one."""
    classes = figure.get("class", "").split()
    return "wide" in classes or ("table" in classes and any(len(row) >= WIDE for row in figure.iter("tr")))


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
        "cover": Markup(weave.cover_art(int(issue.number), issue.motif, issue.ink, width, height)),
        "opener": lambda index, tall: Markup(weave.opener(int(issue.number), index, issue.ink, width, tall)),
        "ribbon": b64encode(weave.band(int(issue.number), issue.ink, RIBBON_MODULES).encode()).decode(),
        "runs": _runs,
        "ink": weave.INKS[issue.ink],
        "categories": imprint.categories,
        "tracks": imprint.tracks,
    }


def style_sheets(theme: Path, lang: str) -> list[Path]:
    """The press style sheets, in order."""
    press = theme / "press"
    return [
        press / "fonts.css",
        theme / "static" / "css" / "tokens.css",
        press / "print.css",
        press / f"{lang}.css",
    ]
