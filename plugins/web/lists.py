"""The lists of each language: front page, kinds, tracks, tags, authors, years, glossary, 404.

Every list holds every published piece. One that exists in the other language only stands there
too, marked plainly, and has a page in this tree that offers what there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from pelican import signals
from pelican.generators import Generator

from arabic.sorting import index_letter, sort_key
from magazine import names
from magazine.model import Language, Library
from web.reading import as_taught
from web.twins import in_tree, missing


@dataclass(frozen=True)
class ListPage:
    """A page to write: its file below the language's folder, its template and what it shows."""

    path: str
    template: str
    values: dict[str, Any] = field(default_factory=dict)


class Lists(Generator):  # type: ignore[misc]
    """Writes what Pelican's stock generators would write for one language only."""

    library: Library

    def generate_context(self) -> None:
        """Nothing is read: the articles generator has it all."""
        self.library = self.settings["LIBRARY"]

    def generate_output(self, writer: Any) -> None:
        """Write every list in every language, and the pages that stand in for missing twins."""
        for language in self.library.imprint.languages:
            rows = self.rows(language)
            for page in self.pages(language, rows):
                self.write(writer, f"{language.code}/{page.path}", page.template, page.values)
        for content, code in missing(self.contents(), self.codes()):
            self.write(writer, in_tree(content.save_as, code), "elsewhere", {"content": content})
        for name in ("index", "404"):
            self.write(writer, f"{name}.html", f"both/{name}", {})

    def codes(self) -> list[str]:
        """The languages' codes."""
        return [language.code for language in self.library.imprint.languages]

    def contents(self) -> list[Any]:
        """Every published piece that has a page."""
        return [*self.context["articles"], *self.context["pages"]]

    def rows(self, language: Language) -> list[Any]:
        """One row a slug: this language's piece, or its only twin. Newest first."""
        chosen: dict[str, Any] = {}
        for article in self.context["articles"]:
            if article.lang == language.code or article.slug not in chosen:
                chosen[article.slug] = article
        return sorted(chosen.values(), key=lambda a: (-a.date.toordinal(), a.slug))

    def pages(self, language: Language, rows: list[Any]) -> Iterator[ListPage]:
        """All the lists of a language."""
        yield ListPage("index.html", "home", {"articles": rows})
        yield ListPage("404.html", "404")
        yield ListPage("glossary/index.html", "glossary", {"terms": self.terms(language)})
        yield ListPage("titles/index.html", "titles", {"letters": self.letters(language)})
        yield from self.closed("kind", self.listed_kinds(), rows, lambda a: [a.kind])
        taught = as_taught(self.library, rows)
        yield from self.closed("track", self.library.imprint.tracks, taught, lambda a: [a.piece.track])
        yield from self.open("tag", language, rows, lambda a: a.piece.tags)
        yield from self.open("author", language, rows, lambda a: a.piece.authors)
        yield from self.years(rows)

    def listed_kinds(self) -> Iterable[str]:
        """The kinds that have a list."""
        imprint = self.library.imprint
        return [kind for kind in imprint.kinds if kind not in imprint.unlisted_kinds]

    def terms(self, language: Language) -> list[Any]:
        """The glossary as this language sorts it."""
        entries = [entry[language.code] for entry in self.library.glossary.values()]
        return sorted(entries, key=lambda term: sort_key(term.term))

    def letters(self, language: Language) -> list[tuple[str, list[Any]]]:
        """Every piece and page by the letter its title stands under."""
        chosen: dict[str, Any] = {}
        for content in self.contents():
            if content.lang == language.code or content.slug not in chosen:
                chosen[content.slug] = content
        ordered = sorted(chosen.values(), key=lambda content: sort_key(content.title))
        return [(letter, [*found]) for letter, found in groupby(ordered, lambda c: index_letter(c.title))]

    def closed(
        self, what: str, values: Iterable[str], rows: list[Any], of: Callable[[Any], Iterable[str]]
    ) -> Iterator[ListPage]:
        """A list for each value the house has set, empty or not."""
        for value in values:
            chosen = [row for row in rows if value in of(row)]
            folder = value if what == "kind" else f"{what}s/{value}"
            yield ListPage(f"{folder}/index.html", "list", {"articles": chosen, what: value})

    def open(
        self, what: str, language: Language, rows: list[Any], of: Callable[[Any], Iterable[str]]
    ) -> Iterator[ListPage]:
        """A list for each value that occurs, and the list of these lists."""
        grouped: dict[str, list[Any]] = defaultdict(list)
        for row in rows:
            for value in of(row):
                grouped[value].append(row)
        for value, chosen in grouped.items():
            values = {"articles": chosen, what: value}
            yield ListPage(f"{what}s/{value}/index.html", "list", values)
        name = {"tag": names.tag, "author": names.author}[what]
        groups = sorted(
            ((value, len(chosen)) for value, chosen in grouped.items()),
            key=lambda group: sort_key(name(self.library, group[0], language.code)),
        )
        yield ListPage(f"{what}s/index.html", "groups", {"groups": groups, "what": what})

    def years(self, rows: list[Any]) -> Iterator[ListPage]:
        """The archive: all years on one page, and each year's pieces."""
        by_year: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            by_year[row.date.year].append(row)
        counts = [(year, len(chosen)) for year, chosen in sorted(by_year.items(), reverse=True)]
        yield ListPage("archive/index.html", "groups", {"groups": counts, "what": "year"})
        for year, chosen in by_year.items():
            values = {"articles": chosen, "year": year}
            yield ListPage(f"archive/{year}/index.html", "list", values)

    def write(self, writer: Any, path: str, template: str, values: dict[str, Any]) -> None:
        """One page, paginated when its template is in PAGINATED_TEMPLATES.

        A host shows the 404 page below any address: there its links begin at the site's top.
        """
        if path.endswith("404.html") and self.library.imprint.site_url:
            values = values | {"SITEURL": urlsplit(self.library.imprint.site_url).path}
        writer.write_file(
            path,
            self.get_template(template),
            self.context,
            relative_urls=self.settings["RELATIVE_URLS"],
            template_name=template,
            url=path,
            **values,
        )


def generators(_pelican: Any) -> type[Lists]:
    """Pelican asks for more generators."""
    return Lists


def register() -> None:
    """Connect the lists."""
    signals.get_generators.connect(generators)
