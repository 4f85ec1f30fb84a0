"""What machines read of a page: schema.org in JSON-LD, Highwire citation tags, Open Graph.

Absolute addresses only where SITEURL is set: in a folder or on a USB stick nothing is said of the web.
Sources: schema.org (Periodical, PublicationIssue, Article, BreadcrumbList), Google Scholar's inclusion
guidelines (citation_*), ogp.me.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from pelican import signals

from magazine import names
from magazine.model import Issue, Library, Piece
from web.cards import card_path
from web.pages import clean_address, lang_of, list_of, locale_of

Node = dict[str, Any]
CONTEXT = "https://schema.org"


@pass_context
def article_data(context: Context, piece: Piece, issue: Issue | None) -> Node:
    """A piece and the way to it, for `<script type="application/ld+json">`."""
    return {"@context": CONTEXT, "@graph": [_article(context, piece, issue), _breadcrumbs(context, piece)]}


@pass_context
def issue_data(context: Context, issue: Issue) -> Node:
    """An issue of the magazine."""
    return {"@context": CONTEXT, **_issue(context, issue), **_address(context)}


def _article(context: Context, piece: Piece, issue: Issue | None) -> Node:
    library: Library = context["LIBRARY"]
    node: Node = {
        "@type": "NewsArticle" if piece.kind == "news" else "Article",
        "headline": piece.title,
        "description": piece.summary,
        "inLanguage": piece.lang,
        "author": [{"@type": "Organization", "name": name} for name in _authors(context, piece)],
        "publisher": {"@type": "Organization", "name": library.imprint.publishers[piece.lang]},
    }
    if piece.date:
        node["datePublished"] = piece.date.isoformat()
    if piece.updated:
        node["dateModified"] = piece.updated.isoformat()
    if issue:
        node["isPartOf"] = _issue(context, issue)
    return node | _address(context)


def _issue(context: Context, issue: Issue) -> Node:
    lang = lang_of(context)
    return {
        "@type": "PublicationIssue",
        "issueNumber": issue.number,
        "name": issue.titles[lang],
        "datePublished": issue.date.isoformat(),
        "isPartOf": {"@type": "Periodical", "name": context["LIBRARY"].imprint.names[lang]},
    }


def _breadcrumbs(context: Context, piece: Piece) -> Node:
    """The magazine, the piece's list, the piece."""
    library: Library = context["LIBRARY"]
    lang = lang_of(context)
    imprint = library.imprint
    listed = imprint.tracks.get(piece.track) or imprint.kinds[piece.kind]
    steps = [
        (imprint.names[lang], f"{lang}/index.html"),
        (names.catalogue(library, lang).gettext(listed), f"{lang}/{list_of(piece)}/index.html"),
        (piece.title, context["output_file"]),
    ]
    items = [
        {"@type": "ListItem", "position": at, "name": name, **_address(context, path, "item")}
        for at, (name, path) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _address(context: Context, path: str | None = None, key: str = "url") -> Node:
    site = context["LIBRARY"].imprint.site_url
    return {key: context.call(clean_address, path)} if site else {}


def _authors(context: Context, piece: Piece) -> Iterator[str]:
    library: Library = context["LIBRARY"]
    return (names.author(library, author, piece.lang) for author in piece.authors)


@pass_context
def citation_tags(context: Context, piece: Piece, issue: Issue | None) -> list[tuple[str, str]]:
    """The `<meta name=citation_…>` of a piece: name, content."""
    library: Library = context["LIBRARY"]
    tags = [
        ("citation_title", piece.title),
        *(("citation_author", author) for author in _authors(context, piece)),
        ("citation_journal_title", library.imprint.names[piece.lang]),
        ("citation_language", piece.lang),
    ]
    if piece.date:
        tags.append(("citation_publication_date", f"{piece.date:%Y/%m/%d}"))
    if issue:
        tags.append(("citation_issue", str(issue.number)))
    if library.imprint.site_url:
        tags.append(("citation_public_url", str(context.call(clean_address))))
    return tags


@pass_context
def open_graph(context: Context, title: str, summary: str, card: str, kind: str) -> list[tuple[str, str]]:
    """The `<meta property=og:…>` of a page; `card` is the name of its picture (web.cards)."""
    library: Library = context["LIBRARY"]
    if not library.imprint.site_url:
        return []
    lang = lang_of(context)
    return [
        ("og:type", kind),
        ("og:title", title),
        ("og:description", summary),
        ("og:site_name", library.imprint.names[lang]),
        ("og:locale", locale_of(context)),
        ("og:url", str(context.call(clean_address))),
        ("og:image", f"{library.imprint.site_url}/{card_path(card, lang)}"),
        ("og:image:alt", title),
    ]


GLOBALS = {
    "article_data": article_data,
    "issue_data": issue_data,
    "citation_tags": citation_tags,
    "open_graph": open_graph,
}


def equip(generator: Any) -> None:
    """Give the templates their functions."""
    generator.env.globals.update(GLOBALS)
    generator.env.policies["json.dumps_kwargs"] = {"ensure_ascii": False}


def register() -> None:
    """Connect them."""
    signals.generator_init.connect(equip)
