"""Gettext catalogues read at run time: no compile step, all plural forms (Babel)."""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "en"  # English is the msgid


def translations(folder: Path, lang: str, domain: str = "messages") -> NullTranslations:
    """The catalogue of a language; English is the identity. Absent file: also the identity.

    `folder` holds `<lang>/LC_MESSAGES/<domain>.po`.
    """
    path = folder / lang / "LC_MESSAGES" / f"{domain}.po"
    if lang == SOURCE_LANGUAGE or not path.exists():
        return NullTranslations()
    return _compiled(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _compiled(path: Path, _mtime: int) -> GNUTranslations:
    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.parent.parent.name)
    packed = BytesIO()
    write_mo(packed, catalogue)
    packed.seek(0)
    return GNUTranslations(packed)


def names(path: Path, context: str) -> dict[str, str]:
    """The msgids of one context with their translations: `tag`, `section`."""
    with path.open("rb") as source:
        catalogue: Catalog = read_po(source)
    return {
        str(message.id): str(message.string)
        for message in catalogue
        if message.id and message.context == context
    }
