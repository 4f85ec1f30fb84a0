"""Twins: one slug, two languages, neither second class.

Both trees of the output are symmetric, so a page's twin is the same path under the other language.
Where a piece has no twin, a page in its place offers what there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pelican import signals


def pair(generator: Any) -> None:
    """Set `translations` on every article: Pelican's own pairing is off."""
    _pair([*generator.articles, *generator.hidden_articles])


def pair_pages(generator: Any) -> None:
    """The same for pages."""
    _pair([*generator.pages, *generator.hidden_pages])


def _pair(contents: Iterable[Any]) -> None:
    by_slug: dict[str, list[Any]] = defaultdict(list)
    for content in contents:
        by_slug[content.slug].append(content)
    for twins in by_slug.values():
        for content in twins:
            content.translations = [twin for twin in twins if twin is not content]


def in_tree(path: str, lang: str) -> str:
    """The same path in another language's tree: ar/news/x/ -> en/news/x/."""
    _, slash, rest = path.partition("/")
    return f"{lang}{slash}{rest}"


def missing(contents: Iterable[Any], codes: Iterable[str]) -> list[tuple[Any, str]]:
    """Every content with a language it does not exist in."""
    languages = tuple(codes)
    return [
        (content, code)
        for content in contents
        for code in languages
        if code != content.lang and code not in {twin.lang for twin in content.translations}
    ]


def register() -> None:
    """Connect the pairing."""
    signals.article_generator_pretaxonomy.connect(pair)
    signals.page_generator_finalized.connect(pair_pages)
