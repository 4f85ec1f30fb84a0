"""The registers beside the pieces: authors, tags, legal instruments, glossary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from magazine.catalogue import names
from magazine.findings import Finding, finding
from magazine.frontmatter import mapping
from magazine.model import Imprint, Instrument, Term

INSTRUMENT_KEYS = ("symbol", "year", "unit")


def read(file_name: str, imprint: Imprint) -> tuple[dict[str, Any], dict[str, int], list[Finding]]:
    """A register as a mapping of ids, with the line of each."""
    path = imprint.content / file_name
    if not path.exists():
        return {}, {}, []
    shown = path.relative_to(imprint.root).as_posix()
    return mapping(path.read_text("utf-8", errors="replace"), shown, invalid="R001")


def _required(
    values: Mapping[str, Any], lines: Mapping[str, int], shown: str, keys: tuple[str, ...]
) -> Iterator[Finding]:
    for id_, entry in values.items():
        for key in keys:
            if not isinstance(entry, dict) or not entry.get(key):
                yield finding("R002", shown, lines[id_], id=id_, key=key)


def _register(
    file_name: str,
    imprint: Imprint,
    make: Callable[[str, Any], Any],
    keys: tuple[str, ...] = (),
) -> tuple[dict[str, Any], list[Finding]]:
    """A register with one entry an id; entries with something missing are left out and found."""
    values, lines, found = read(file_name, imprint)
    wanted = tuple(language.code for language in imprint.languages) + keys
    missing = list(_required(values, lines, f"{imprint.content.name}/{file_name}", wanted))
    incomplete = {dict(item.values)["id"] for item in missing}
    made = {id_: make(id_, entry) for id_, entry in values.items() if id_ not in incomplete}
    return made, found + missing


def authors(imprint: Imprint) -> tuple[dict[str, Mapping[str, str]], list[Finding]]:
    """id -> language -> name."""
    return _register("authors.yaml", imprint, lambda _, entry: entry)


def instruments(imprint: Imprint) -> tuple[dict[str, Instrument], list[Finding]]:
    """id -> instrument."""

    def make(id_: str, entry: Mapping[str, Any]) -> Instrument:
        names_ = {language.code: entry[language.code] for language in imprint.languages}
        return Instrument(id_, names_, entry["symbol"], entry["year"], entry["unit"], entry.get("last"))

    return _register("instruments.yaml", imprint, make, INSTRUMENT_KEYS)


def glossary(imprint: Imprint) -> tuple[dict[str, Mapping[str, Term]], list[Finding]]:
    """id -> language -> term."""

    def make(id_: str, entry: Mapping[str, Any]) -> Mapping[str, Term]:
        codes = [language.code for language in imprint.languages]
        return {code: Term(id_, entry[code]["term"], entry[code]["text"]) for code in codes}

    return _register("glossary.yaml", imprint, make)


def catalogue_path(theme: Path) -> Path:
    """The catalogue that names tags and sections (English msgid, Arabic msgstr)."""
    return theme / "translations" / "ar" / "LC_MESSAGES" / "messages.po"


def slug_of(name: str) -> str:
    """An English name's address: `Early marriage` -> `early-marriage`."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def tags(imprint: Imprint) -> dict[str, str]:
    """id -> English name, from the catalogue's context `tag`."""
    path = catalogue_path(imprint.theme)
    return {slug_of(name): name for name in names(path, "tag")} if path.exists() else {}


def aliases(register: Mapping[str, Any], named: Callable[[Any], tuple[str, ...]]) -> dict[str, str]:
    """What an editor may write for an id: the id itself, or its name in any language."""
    written = {id_: id_ for id_ in register}
    for id_, entry in register.items():
        written.update(dict.fromkeys(named(entry), id_))
    return written
