"""What stands around a piece: how long it reads, its place in its issue, pieces near it, how to cite it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from pelican import signals

from arabic import locale
from magazine import names
from magazine.model import Issue, Library, Piece
from web.pages import clean_address
from web.twins import in_tree

# Words a minute, silently and in prose: Brysbaert, “How many words do we read per minute?”, Journal of
# Memory and Language 109 (2019): 238 in English, 181 in Arabic, whose words carry more.
PACE = {"ar": 181, "en": 238}
TAG = re.compile(r"<[^>]*>")
NEAR = 3  # related pieces


def minutes(html: str, lang: str) -> int:
    """Minutes that a text takes, at least one."""
    return max(1, round(len(TAG.sub(" ", html).split()) / PACE[lang]))


def reading_minutes(content: Any) -> int:
    """Minutes that a piece takes, in its own language."""
    return minutes(content.content, content.lang)


def beside(issue: Issue | None, slug: str, articles: Iterable[Any]) -> tuple[Any | None, Any | None]:
    """The pieces before and after one in its issue, in this language's reading order."""
    by_slug = {article.slug: article for article in articles}
    order = [by_slug[each] for each in issue.slugs if each in by_slug] if issue else []
    at = next((n for n, article in enumerate(order) if article.slug == slug), None)
    if at is None:
        return None, None
    return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)


def as_taught(library: Library, articles: Iterable[Any]) -> list[Any]:
    """A track is a path: first what kits hold, in their order, then the rest, the oldest first."""
    slugs = [slug for kit in library.kits for slug in kit.slugs]
    order = {slug: at for at, slug in reversed(list(enumerate(slugs)))}
    return sorted(articles, key=lambda a: (order.get(a.slug, len(slugs)), a.date, a.slug))


def near(article: Any, articles: Iterable[Any], without: Sequence[Any]) -> list[Any]:
    """Pieces with most of the same topics, the newest first; `without` stand on the page already."""
    tags, shown = set(article.piece.tags), {article.slug, *(other.slug for other in without if other)}
    others = [other for other in articles if other.slug not in shown and tags & set(other.piece.tags)]
    others.sort(key=lambda other: (len(tags & set(other.piece.tags)), other.date), reverse=True)
    return others[:NEAR]


@pass_context
def articles_in(context: Context, lang: str) -> list[Any]:
    """The listed pieces of a language."""
    return [article for article in context["articles"] if article.lang == lang]


@pass_context
def citation(context: Context, piece: Piece, issue: Issue | None) -> str:
    """How to cite a piece in its own language: author, title, magazine, issue, date, address."""
    library: Library = context["LIBRARY"]
    say, tongue = names.catalogue(library, piece.lang).gettext, library.imprint.language(piece.lang).locale
    parts = [
        locale.list_and([names.author(library, author, piece.lang) for author in piece.authors], tongue),
        say("“%(title)s”") % {"title": piece.title},
        library.imprint.names[piece.lang],
        say("Issue %(number)s") % {"number": issue.number} if issue else "",
        locale.format_date(piece.date, tongue, "long") if piece.date else "",
    ]
    text = say(", ").join(part for part in parts if part)
    if not library.imprint.site_url:
        return f"{text}."
    return f"{text}. {context.call(clean_address, in_tree(context['output_file'], piece.lang))}"


@pass_context
def step_of(context: Context, article: Any, articles: Iterable[Any]) -> tuple[int, int]:
    """Which step of its track a piece is, and of how many; (0, 0) for what is in none."""
    track = article.piece.track
    inside = [other for other in articles if track and other.piece.track == track]
    steps = [other.slug for other in as_taught(context["LIBRARY"], inside)]
    return (steps.index(article.slug) + 1, len(steps)) if article.slug in steps else (0, 0)


GLOBALS = {
    "reading_minutes": reading_minutes,
    "articles_in": articles_in,
    "beside": beside,
    "near": near,
    "citation": citation,
    "step_of": step_of,
}


def equip(generator: Any) -> None:
    """Give the templates their functions."""
    generator.env.globals.update(GLOBALS)


def register() -> None:
    """Connect them."""
    signals.generator_init.connect(equip)
