"""The registers beside the pieces: authors, tags, legal instruments, glossary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from magazine.catalogue import names
from magazine.findings import Finding, finding
from magazine.frontmatter import mapping
from magazine.model import Imprint, Instrument, Term

Entry = Mapping[str, Any]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_term(value: Any) -> bool:
    return isinstance(value, dict) and _is_text(value.get("term")) and _is_text(value.get("text"))


def _is_number(value: Any) -> bool:
    return type(value) is int


def _is_number_or_none(value: Any) -> bool:
    return value is None or _is_number(value)


Forms = Mapping[str, Callable[[Any], bool]]
INSTRUMENT_FORMS: Forms = {
    "symbol": _is_text,
    "year": _is_number,
    "unit": _is_text,
    "last": _is_number_or_none,
}


def read(file_name: str, imprint: Imprint) -> tuple[dict[str, Any], dict[str, int], list[Finding]]:
    """A register as a mapping of ids, with the line of each."""
    path = imprint.content / file_name
    if not path.exists():
        return {}, {}, []
    shown = path.relative_to(imprint.root).as_posix()
    return mapping(path.read_text("utf-8", errors="replace"), shown, invalid="R001")


def _misformed(values: Entry, lines: Mapping[str, int], shown: str, forms: Forms) -> Iterator[Finding]:
    for id_, entry in values.items():
        for key, fits in forms.items():
            if not isinstance(entry, dict) or not fits(entry.get(key)):
                yield finding("R002", shown, lines[id_], id=id_, key=key)


def _register(
    file_name: str, imprint: Imprint, make: Callable[[str, Any], Any], forms: Forms
) -> tuple[dict[str, Any], list[Finding]]:
    """A register with one entry an id; entries not in their form are left out and found."""
    values, lines, found = read(file_name, imprint)
    wrong = list(_misformed(values, lines, f"{imprint.content.name}/{file_name}", forms))
    left_out = {dict(item.values)["id"] for item in wrong}
    made = {id_: make(id_, entry) for id_, entry in values.items() if id_ not in left_out}
    return made, found + wrong


def _in_each_language(imprint: Imprint, fits: Callable[[Any], bool]) -> Forms:
    return {language.code: fits for language in imprint.languages}


def authors(imprint: Imprint) -> tuple[dict[str, Mapping[str, str]], list[Finding]]:
    """id -> language -> name."""
    return _register("authors.yaml", imprint, lambda _, entry: entry, _in_each_language(imprint, _is_text))


def instruments(imprint: Imprint) -> tuple[dict[str, Instrument], list[Finding]]:
    """id -> instrument."""

    def make(id_: str, entry: Mapping[str, Any]) -> Instrument:
        names_ = {language.code: entry[language.code] for language in imprint.languages}
        return Instrument(id_, names_, entry["symbol"], entry["year"], entry["unit"], entry.get("last"))

    forms = {**_in_each_language(imprint, _is_text), **INSTRUMENT_FORMS}
    return _register("instruments.yaml", imprint, make, forms)


def glossary(imprint: Imprint) -> tuple[dict[str, Mapping[str, Term]], list[Finding]]:
    """id -> language -> term."""

    def make(id_: str, entry: Mapping[str, Any]) -> Mapping[str, Term]:
        codes = [language.code for language in imprint.languages]
        return {code: Term(id_, entry[code]["term"], entry[code]["text"]) for code in codes}

    return _register("glossary.yaml", imprint, make, _in_each_language(imprint, _is_term))


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
