"""Names of things in a reader's language: from the catalogue and the registers."""

from __future__ import annotations

from gettext import NullTranslations

from magazine.catalogue import translations
from magazine.model import Library


def catalogue(library: Library, lang: str) -> NullTranslations:
    """The theme's catalogue."""
    return translations(library.imprint.theme / "translations", lang)


def tag(library: Library, tag_id: str, lang: str) -> str:
    """A tag's name."""
    return catalogue(library, lang).pgettext("tag", library.tags[tag_id])


def author(library: Library, author_id: str, lang: str) -> str:
    """An author's name."""
    return library.authors[author_id][lang]


def section(library: Library, name: str, lang: str) -> str:
    """A section's name."""
    return catalogue(library, lang).pgettext("section", name)
