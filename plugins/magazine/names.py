"""Names of things in a reader's language: from the catalogue and the registers."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import NullTranslations

from arabic.sorting import sort_key
from magazine.catalogue import translations
from magazine.model import Library, Piece


def catalogue(library: Library, lang: str) -> NullTranslations:
    """The theme's catalogue."""
    return translations(library.imprint.theme / "translations", lang)


def tag(library: Library, tag_id: str, lang: str) -> str:
    """A tag's name."""
    return catalogue(library, lang).pgettext("tag", library.tags[tag_id])


def author(library: Library, author_id: str, lang: str) -> str:
    """An author's name."""
    return library.authors[author_id][lang]


def sorted_tags(library: Library, tags: Iterable[str], lang: str) -> list[str]:
    """Tags as an index has them."""
    return sorted(tags, key=lambda tag_id: sort_key(tag(library, tag_id, lang)))


def label(library: Library, piece: Piece, lang: str) -> str:
    """What a piece is: its category, its track, or its kind."""
    imprint = library.imprint
    found = imprint.categories.get(piece.category) or imprint.tracks.get(piece.track)
    return catalogue(library, lang).gettext(found or imprint.kinds[piece.kind])


def section(library: Library, name: str, lang: str) -> str:
    """A section's name."""
    return catalogue(library, lang).pgettext("section", name)
