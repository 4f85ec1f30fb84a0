"""The theme's templates as an edition speaks them: its words, dates and numbers. Paper and e-book."""

from __future__ import annotations

from functools import partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from arabic import locale
from magazine import names
from magazine.model import Edition, Library


def environment(edition: Edition, library: Library) -> Environment:
    """Templates with gettext and the filters, all in the edition's language."""
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
