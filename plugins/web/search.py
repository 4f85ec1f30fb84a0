"""Search on the site: an index of each language, and the page that looks words up in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator

from arabic.locale import format_date, plural_category
from concordance.index import Entry, build
from concordance.texts import text_of
from magazine import names
from magazine.model import Issue, Language, Library, Piece, Term


class Search(Generator):  # type: ignore[misc]
    """Writes `<lang>/search/`: the page, and the index in a folder named by its digest."""

    library: Library

    def generate_context(self) -> None:
        """Nothing is read: the generators of articles and pages have it all."""
        self.library = self.settings["LIBRARY"]

    def generate_output(self, writer: Any) -> None:
        """The index first, then the page that names its folder."""
        for language in self.library.imprint.languages:
            folder = Path(self.output_path, language.code, "search")
            shutil.rmtree(folder, ignore_errors=True)  # the preview keeps what earlier builds left
            digest, files = build([*self.entries(language)], speech(self.library, language))
            (folder / digest).mkdir(parents=True)
            for name, script in files.items():
                (folder / digest / name).write_text(script, "utf-8")
            path = f"{language.code}/search/index.html"
            values = {"url": path, "index": digest, "tags": self.tags(language)}
            relative = self.settings["RELATIVE_URLS"]
            writer.write_file(path, self.get_template("search"), self.context, relative, **values)

    def entries(self, language: Language) -> Iterator[Entry]:
        """All that can be found: pieces and pages, newest first, then issues, then the glossary."""
        contents = [*self.context["articles"], *self.context["pages"]]
        own = [content for content in contents if content.lang == language.code]
        for content in sorted(own, key=lambda c: (-c.piece.date.toordinal(), c.slug)):
            yield of_piece(self.library, content.piece, content.rendered, content.url)
        for issue in reversed(self.library.issues):
            if language.code in issue.languages:
                yield of_issue(self.library, issue, language)
        for entry in self.library.glossary.values():
            yield of_term(self.library, entry[language.code], language)

    def tags(self, language: Language) -> list[str]:
        """The topics in use: the way in for who has no script."""
        tags = {tag for article in self.context["articles"] for tag in article.piece.tags}
        return names.sorted_tags(self.library, tags, language.code)


def of_piece(library: Library, piece: Piece, rendered: Any, url: str) -> Entry:
    """A piece. Of a discreet one nothing is shown but what its lists show too."""
    lang = piece.lang
    text, headings = text_of(rendered.html)
    cited = (library.instruments[id_] for id_ in rendered.instruments)
    also = [
        *(names.tag(library, tag, lang) for tag in piece.tags),
        *(names.author(library, author, lang) for author in piece.authors),
        *(f"{instrument.names[lang]} {instrument.symbol}" for instrument in cited),
    ]
    page = piece.kind in library.imprint.unlisted_kinds
    return Entry(
        url=url.partition("/")[2],
        title=piece.title,
        label="" if page else names.label(library, piece, lang),
        date="" if page or not piece.date else format_date(piece.date, library.imprint.language(lang).locale),
        summary=piece.summary,
        text=text,
        headings=headings,
        also=" ".join(also),
        quoted=not piece.discreet,
    )


def of_issue(library: Library, issue: Issue, language: Language) -> Entry:
    """An issue of the magazine."""
    return Entry(
        url=f"magazine/{issue.name}/index.html",
        title=issue.titles[language.code],
        label=names.catalogue(library, language.code).gettext("Issue %(number)s") % {"number": issue.number},
        date=format_date(issue.date, language.locale),
        summary=issue.themes[language.code],
    )


def of_term(library: Library, term: Term, language: Language) -> Entry:
    """A term of the glossary."""
    return Entry(
        url=f"glossary/index.html#term-{term.id}",
        title=term.term,
        label=names.catalogue(library, language.code).gettext("Glossary"),
        summary=term.text,
    )


def speech(library: Library, language: Language) -> dict[str, Any]:
    """What the page says of its results, in every plural of the language."""
    catalogue = names.catalogue(library, language.code)
    plurals: dict[str, str] = {}
    for number in range(200):  # enough for each category of CLDR to occur
        said = catalogue.ngettext("%(num)s result", "%(num)s results", number) % {"num": "{n}"}
        plurals.setdefault(plural_category(number, language.locale), said)
    return {
        "locale": language.locale.replace("_", "-"),
        "results": plurals,
        "any": catalogue.gettext("No page has all of these words."),
        "missing": catalogue.gettext("“%(word)s” was not found.") % {"word": "{word}"},
        "advice": catalogue.gettext("Try another word, or look through the topics and titles below."),
    }


def generators(_pelican: Any) -> type[Search]:
    """Pelican asks for more generators."""
    return Search


def register() -> None:
    """Connect the search."""
    signals.get_generators.connect(generators)
