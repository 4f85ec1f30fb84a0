"""Atom feeds per language and kind, and a sitemap with alternates.

Feeds carry summaries: whole texts would cost a reader's data twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any

from pelican import signals
from pelican.generators import Generator

from magazine import names
from magazine.model import Language, Library


class Feeds(Generator):  # type: ignore[misc]
    """Writes `<lang>/feeds/all.atom.xml`, one a kind, and `sitemap.xml`."""

    def generate_context(self) -> None:
        """Nothing is read."""

    def generate_output(self, writer: Any) -> None:
        """Every feed of every language, then the sitemap."""
        library: Library = self.settings["LIBRARY"]
        articles = sorted(_told(self.context["articles"]), key=lambda a: (-a.date.toordinal(), a.slug))
        for language in library.imprint.languages:
            own = [article for article in articles if article.lang == language.code]
            self.feed(writer, language, "all", own, "")
            for kind, label in library.imprint.kinds.items():
                if kind not in library.imprint.unlisted_kinds:
                    chosen = [article for article in own if article.kind == kind]
                    title = names.catalogue(library, language.code).gettext(label)
                    self.feed(writer, language, kind, chosen, title)
        writer.write_file(
            "sitemap.xml",
            self.get_template("sitemap"),
            self.context,
            relative_urls=self.settings["RELATIVE_URLS"],
            contents=sorted([*articles, *_told(self.context["pages"])], key=lambda c: str(c.url)),
            fixed=[*self.fixed(library)],
        )

    def fixed(self, library: Library) -> Iterator[list[tuple[str, str]]]:
        """The pages that are no piece, each as its (language, output file) pairs."""
        listed = [kind for kind in library.imprint.kinds if kind not in library.imprint.unlisted_kinds]
        issues = [f"magazine/{issue.name}" for issue in library.issues]
        for path in ("", "magazine/", "glossary/", "titles/", *(f"{name}/" for name in (*listed, *issues))):
            codes = (language.code for language in library.imprint.languages)
            yield [(code, f"{code}/{path}index.html") for code in codes]

    def feed(self, writer: Any, language: Language, name: str, articles: list[Any], title: str) -> None:
        """One feed, in its language."""
        library: Library = self.settings["LIBRARY"]
        site = library.imprint.site_url
        path = f"{language.code}/feeds/{name}.atom.xml"
        context = self.context | {
            "SITENAME": library.imprint.names[language.code],
            "SITESUBTITLE": None,
            "SITEURL": site or "../..",
            "FEED_DOMAIN": site or "../..",
            "FEED_LANGUAGE": language.code,
            "FEED_NAME": name,
            "FEED_TITLE": " · ".join(filter(None, (library.imprint.names[language.code], title))),
        }
        writer.write_feed(articles, context, path, path, feed_title=title)


def _told(contents: Iterable[Any]) -> Iterator[Any]:
    """Those that other programs may tell of: not the discreet ones."""
    return (content for content in contents if not content.piece.discreet)


def localise(context: Any, feed: Any) -> None:
    """Say the feed's language, keep summaries only, give addresses and ids that do not move."""
    feed.feed["language"] = context["FEED_LANGUAGE"]
    feed.feed["title"] = context["FEED_TITLE"]
    feed.feed["id"] = (
        f"tag:{_authority(context)},2016:{context['FEED_LANGUAGE']}/feeds/{context['FEED_NAME']}"
    )
    if not feed.items:  # or it would be dated by the clock
        newest = max(piece.date for piece in context["LIBRARY"].pieces.values() if piece.date)
        feed.latest_post_date = lambda: datetime.combine(newest, time())
    for item in feed.items:
        clean = item["link"].removesuffix("index.html")
        address = clean.removeprefix(context["SITEURL"]).strip("/")
        item["unique_id"] = f"tag:{_authority(context)},2016:{address}"
        item["link"], item["content"] = clean if context["SITEURL"] != "../.." else item["link"], None


def _authority(context: Any) -> str:
    """The naming authority of tag: ids (RFC 4151): the site's host, or a name that can be none."""
    site = context["LIBRARY"].imprint.site_url
    return site.partition("://")[2].partition("/")[0] or f"{context['LIBRARY'].imprint.magazine}.invalid"


def generators(_pelican: Any) -> type[Feeds]:
    """Pelican asks for more generators."""
    return Feeds


def register() -> None:
    """Connect the feeds."""
    signals.get_generators.connect(generators)
    signals.feed_generated.connect(localise)
