"""What templates may say: texts by gettext, dates and numbers by Babel, addresses of twins.

A page's language is the first folder of its output file; nothing else has to carry it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from pelican import signals

from arabic import locale
from magazine import names
from magazine.model import Instrument, Issue, Language, Library, Piece
from web import hosts, pictures
from web.issues import dress
from web.twins import in_tree

FSI, PDI = "\u2068", "\u2069"
ONLY_IN = {"ar": "in Arabic only", "en": "in English only"}
READ_IN = {"ar": "Read it in Arabic", "en": "Read it in English"}
FIXED = {
    "magazine": "The magazine",
    "about": "About",
    "get-help": "Get help",
    "glossary": "Glossary",
    "tags": "Topics",
    "authors": "Authors",
    "archive": "Archive",
    "titles": "Titles",
    "search": "Search",
}


def lang_of(context: Context) -> str:
    """The language code of the page that is being written."""
    return str(context["output_file"]).partition("/")[0]


def locale_of(context: Context) -> str:
    """The locale of that language, as the house has set it."""
    library: Library = context["LIBRARY"]
    return library.imprint.language(lang_of(context)).locale


def _gettext_callables(library: Library) -> dict[str, Callable[..., str]]:
    """gettext in the page's language, for jinja2.ext.i18n."""

    def bound(name: str) -> Callable[..., str]:
        @pass_context
        def call(context: Context, *args: Any) -> str:
            return str(getattr(names.catalogue(library, lang_of(context)), name)(*args))

        return call

    return {name: bound(name) for name in ("gettext", "ngettext", "pgettext", "npgettext")}


@pass_context
def date_filter(context: Context, value: date, style: locale.DateStyle = "long") -> str:
    """A date as the page's language writes it."""
    return locale.format_date(value, locale_of(context), style)


@pass_context
def month_year(context: Context, value: date) -> str:
    """A month and its year as the page's language writes them."""
    return locale.month_year(value, locale_of(context))


@pass_context
def number_filter(context: Context, value: float) -> str:
    """A number as the page's language writes it."""
    return locale.format_number(value, locale_of(context))


@pass_context
def clean_address(context: Context, path: str | None = None) -> str:
    """The public address of an output file: absolute, without index.html.

    Where no SITEURL is set (a folder, a USB stick) it is a relative link to the file.
    """
    path = context["output_file"] if path is None else path
    site = context["LIBRARY"].imprint.site_url
    return f"{site}/{path.removesuffix('index.html')}" if site else f"{context['SITEURL']}/{path}"


@pass_context
def alternates(context: Context) -> list[tuple[Language, str]]:
    """This page in every language it exists in: (language, output file), itself included."""
    library: Library = context["LIBRARY"]
    content = context.get("article") or context.get("page")
    codes = [language.code for language in library.imprint.languages]
    if content is not None and hasattr(content, "translations"):
        codes = [content.lang, *(twin.lang for twin in content.translations)]
    languages = sorted((library.imprint.language(code) for code in codes), key=lambda x: x.code)
    return [(language, in_tree(context["output_file"], language.code)) for language in languages]


@pass_context
def other_languages(context: Context) -> list[tuple[Language, str]]:
    """Where the language switch leads: always a page, if only one that offers what there is."""
    here = lang_of(context)
    return [
        (language, in_tree(context["output_file"], language.code))
        for language in context["LIBRARY"].imprint.languages
        if language.code != here
    ]


@pass_context
def here(context: Context, path: str) -> str:
    """A path inside this language's tree, as a relative link."""
    return f"{context['SITEURL']}/{lang_of(context)}/{path}"


@pass_context
def entry_url(context: Context, content: Any) -> str:
    """A listed piece's page in this language's tree (its own, or the one that stands in for it)."""
    return f"{context['SITEURL']}/{in_tree(content.url, lang_of(context))}"


@pass_context
def tag_name(context: Context, tag: str) -> str:
    """A tag in the page's language."""
    return names.tag(context["LIBRARY"], tag, lang_of(context))


@pass_context
def author_name(context: Context, author: str) -> str:
    """An author in the page's language."""
    return names.author(context["LIBRARY"], author, lang_of(context))


@pass_context
def names_list(context: Context, items: list[str]) -> str:
    """«منى وسلوى وحنان»"""
    return locale.list_and(items, locale_of(context))


@pass_context
def this_language(context: Context) -> Language:
    """The page's language."""
    language: Language = context["LIBRARY"].imprint.language(lang_of(context))
    return language


@pass_context
def only_in(context: Context, lang: str) -> str:
    """«بالإنجليزية فقط» / “in Arabic only”."""
    return names.catalogue(context["LIBRARY"], lang_of(context)).gettext(ONLY_IN[lang])


@pass_context
def read_in(context: Context, lang: str) -> str:
    """What the link to the other language says."""
    return names.catalogue(context["LIBRARY"], lang_of(context)).gettext(READ_IN[lang])


@pass_context
def gettext_in(context: Context, lang: str, text: str) -> str:
    """A text in a given language, on pages that speak both."""
    return names.catalogue(context["LIBRARY"], lang).gettext(text)


@pass_context
def in_each(context: Context, text: str) -> Markup:
    """A text in every language, for pages before a language is chosen."""
    span = Markup('<span lang="{}" dir="{}">{}</span>')
    spans = (
        span.format(language.code, language.direction, said) for language, said in _in_all(context, text)
    )
    return Markup(" · ").join(spans)


@pass_context
def said_in_each(context: Context, text: str) -> str:
    """The same where there can be no marks: each isolated, for its own direction."""
    return " · ".join(f"{FSI}{said}{PDI}" for _, said in _in_all(context, text))


def _in_all(context: Context, text: str) -> Iterator[tuple[Language, str]]:
    library: Library = context["LIBRARY"]
    for language in library.imprint.languages:
        yield language, names.catalogue(library, language.code).gettext(text)


@pass_context
def opening_picture(context: Context, piece: Piece) -> Markup:
    """The picture that a piece opens with."""
    assert piece.picture
    shown = pictures.publish(piece.path.parent / piece.picture.file, context.get_all())
    return Markup(shown.tag(f"{context['SITEURL']}/", str(escape(piece.picture.alt)), lazy=False))


def list_of(piece: Piece) -> str:
    """The list a piece belongs to, below its language."""
    return f"tracks/{piece.track}" if piece.track else piece.kind


@pass_context
def ink_of(context: Context, slug: str) -> str:
    """The ink of a piece's page: the one its picture is woven in."""
    return dress(context["LIBRARY"], slug)[1]


def in_order(issue: Issue, articles: Iterable[Any]) -> list[Any]:
    """The listed pieces of an issue in its reading order, without its editorials."""
    by_slug = {article.slug: article for article in articles}
    found = [by_slug[slug] for slug in issue.slugs if slug in by_slug]
    return [article for article in found if article.piece.category != "editorial"]


@pass_context
def label_of(context: Context, piece: Piece) -> str:
    """What a piece is: its category, its track, or its kind."""
    return names.label(context["LIBRARY"], piece, lang_of(context))


@pass_context
def menu_label(context: Context, entry: str) -> str:
    """The menu's word for a path: a kind, a fixed page, or a page's own title; empty for none."""
    library: Library = context["LIBRARY"]
    here = lang_of(context)
    label = library.imprint.kinds.get(entry) or FIXED.get(entry)
    codes = [here, *(language.code for language in library.imprint.languages)]
    page = next((p for code in codes if (p := library.piece(entry, code))), None)
    if label:
        return names.catalogue(library, here).gettext(label)
    return page.title if page and page.status == "published" else ""


@pass_context
def menu_path(context: Context, entry: str) -> str:
    """An entry's address below its language; that of a discreet page is its neutral one."""
    library: Library = context["LIBRARY"]
    found = (library.piece(entry, language.code) for language in library.imprint.languages)
    page = next((piece for piece in found if piece and piece.kind == "pages"), None)
    return f"{page.address if page else entry}/index.html"


@pass_context
def discreet(context: Context) -> str:
    """What the tab and the history may say of a discreet piece; empty for any other page."""
    content = context.get("article") or context.get("page") or context.get("content")
    return content.piece.neutral_title if hasattr(content, "piece") else ""


@pass_context
def group_name(context: Context, what: str, value: Any) -> str:
    """The name of a tag, an author or a year."""
    library, lang = context["LIBRARY"], lang_of(context)
    named = {"tag": names.tag, "author": names.author}.get(what)
    return named(library, value, lang) if named else str(value)


@pass_context
def list_heading(context: Context, **_: Any) -> str:
    """A list's heading, from whichever value it was made for."""
    imprint = context["LIBRARY"].imprint
    for what, labels in (("kind", imprint.kinds), ("track", imprint.tracks)):
        if value := context.get(what):
            return names.catalogue(context["LIBRARY"], lang_of(context)).gettext(labels[value])
    what = next(what for what in ("tag", "author", "year") if context.get(what))
    return str(context.call(group_name, what, context[what]))


@pass_context
def contact_lines(context: Context, contact: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The contact details that are set: (label, value)."""
    labels = {"email": "E-mail", "phone": "Telephone", "address": "Address"}
    lang = lang_of(context)
    values = {key: value[lang] if isinstance(value, dict) else value for key, value in contact.items()}
    return [(label, str(values[key])) for key, label in labels.items() if values.get(key)]


@pass_context
def cited(context: Context, content: Any) -> list[Instrument]:
    """The instruments a piece cites."""
    return [context["LIBRARY"].instruments[id_] for id_ in content.rendered.instruments]


@pass_context
def file_size(context: Context, size: int) -> str:
    """A download's size in the page's language."""
    return size_in(context["LIBRARY"], lang_of(context), size)


def size_in(library: Library, lang: str, size: int) -> str:
    """A download's size in MB, as a reader pays for it."""
    megabytes = locale.format_number(round(size / 1_000_000, 1) or 0.1, library.imprint.language(lang).locale)
    return f"{megabytes}\u00a0{names.catalogue(library, lang).gettext('MB')}"


GLOBALS: Mapping[str, Any] = {
    "alternates": alternates,
    "other_languages": other_languages,
    "clean_address": clean_address,
    "here": here,
    "entry_url": entry_url,
    "this_language": this_language,
    "only_in": only_in,
    "read_in": read_in,
    "gettext_in": gettext_in,
    "in_each": in_each,
    "said_in_each": said_in_each,
    "CONTENT_POLICY": hosts.policy(),
    "opening_picture": opening_picture,
    "list_of": list_of,
    "label_of": label_of,
    "ink_of": ink_of,
    "in_order": in_order,
    "menu_label": menu_label,
    "menu_path": menu_path,
    "discreet": discreet,
    "group_name": group_name,
    "list_heading": list_heading,
    "contact_lines": contact_lines,
    "cited": cited,
    "in_tree": in_tree,
}
FILTERS: Mapping[str, Any] = {
    "date": date_filter,
    "month_year": month_year,
    "number": number_filter,
    "tag_name": tag_name,
    "author_name": author_name,
    "names_list": names_list,
    "file_size": file_size,
}


def equip(generator: Any) -> None:
    """Give a generator's templates their words."""
    library: Library = generator.settings["LIBRARY"]
    generator.context["LIBRARY"] = library
    generator.env.install_gettext_callables(**_gettext_callables(library), newstyle=True)
    generator.env.globals.update(GLOBALS)
    generator.env.filters.update(FILTERS)


def register() -> None:
    """Connect the templates' words."""
    signals.generator_init.connect(equip)
