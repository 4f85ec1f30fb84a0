"""Front matter: real YAML, one schema, a line number for everything that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from magazine.findings import Finding, finding
from magazine.near import near

FENCE = "---"
STATUSES = ("published", "draft", "hidden")


@dataclass(frozen=True, slots=True)
class Field:
    """A key of the front matter: its form, and the kinds that need or allow it."""

    name: str
    form: str
    required_by: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()


EVERY = ("*",)
FIELDS: tuple[Field, ...] = (
    Field("title", "text", EVERY),
    Field("date", "date", EVERY),
    Field("updated", "date"),
    Field("summary", "text", EVERY),
    Field("authors", "names", ("articles", "news", "awareness", "studies")),
    Field("category", "choice", ("articles",), ("articles",)),
    Field("track", "choice", ("awareness",), ("awareness",)),
    Field("tags", "names"),
    Field("picture", "picture"),
    Field("status", "choice"),
    Field("discreet", "flag"),
    Field("neutral_title", "text"),
    Field("neutral_slug", "slug"),
    Field("specimen", "flag"),
    Field("template", "choice"),
    Field("translation_of_hash", "text"),
)
KEYS = tuple(field.name for field in FIELDS)
NEUTRAL = {"neutral_title": 'neutral_title: "Notes"', "neutral_slug": "neutral_slug: page-7"}
PICTURE_KEYS = ("file", "alt", "credit")


@dataclass(frozen=True, slots=True)
class Source:
    """A file split in two: the front matter's values with their lines, and the body."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    body: str
    body_line: int


def split(text: str, path: str) -> tuple[Source | None, list[Finding]]:
    """Split a piece's text. Without usable front matter: None and the reason."""
    rows = text.split("\n")
    if not rows or rows[0].rstrip() != FENCE:
        return None, [finding("M001", path, 1)]
    end = next((i for i, row in enumerate(rows[1:], 1) if row.rstrip() == FENCE), None)
    if end is None:
        return None, [finding("M002", path, 1)]
    values, lines, found = mapping("\n".join(rows[1:end]), path, first_line=2)
    body = "\n".join(rows[end + 1 :])
    return Source(values, lines, body, end + 2), found


def mapping(
    text: str, path: str, first_line: int = 1, invalid: str = "M003"
) -> tuple[dict[str, Any], dict[str, int], list[Finding]]:
    """A YAML mapping with the line of each key; keys that stand twice are found."""
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return {}, {}, []
        if not isinstance(node, yaml.MappingNode):
            return {}, {}, [finding(invalid, path, first_line, problem="key: value")]
        return _pairs(loader, node, path, first_line)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        if "\\t" in str(problem) and invalid == "M003":
            return {}, {}, [finding("M014", path, line)]
        return {}, {}, [finding(invalid, path, line, problem=problem)]
    except ValueError as error:  # 2026-13-45: YAML's own date reader gives up
        return {}, {}, [finding(invalid, path, first_line, problem=error)]


def _pairs(
    loader: yaml.SafeLoader, node: yaml.MappingNode, path: str, first_line: int
) -> tuple[dict[str, Any], dict[str, int], list[Finding]]:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    found: list[Finding] = []
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node))
        line = first_line + key_node.start_mark.line
        if key in values:
            found.append(finding("M006", path, line, key=key))
            continue
        values[key], lines[key] = _construct(loader, value_node), line
    return values, lines, found


def _construct(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """The node's value; a date that no calendar has stays text, so that the schema names it."""
    try:
        return loader.construct_object(node, deep=True)
    except ValueError:
        return str(node.value)


# --- the schema -------------------------------------------------------------------------------


Choices = Mapping[str, tuple[str, ...]]


def check(source: Source, path: str, kind: str, choices: Choices) -> Iterator[Finding]:
    """Hold the values against the schema. `choices` lists the values of the closed keys."""
    yield from _unknown_keys(source, path)
    yield from _discretion(source, path)
    for field in FIELDS:
        if field.name not in source.values:
            if kind in field.required_by or field.required_by == EVERY:
                yield finding("M004", path, 1, key=field.name)
            continue
        line, value = source.lines[field.name], source.values[field.name]
        if field.only_for and kind not in field.only_for:
            yield finding("M013", path, line, key=field.name, kind=kind)
        elif value is None or value == "" or value == []:
            yield finding("M012", path, line, key=field.name)
        else:
            yield from FORMS[field.form](field.name, value, path, line, choices)


def _discretion(source: Source, path: str) -> Iterator[Finding]:
    """A discreet piece has a neutral title and address, and no other has."""
    for key, example in NEUTRAL.items():
        if source.values.get("discreet") is True and key not in source.values:
            yield finding("M015", path, source.lines["discreet"], key=key, example=example)
        elif source.values.get("discreet") is not True and key in source.values:
            yield finding("M016", path, source.lines[key], key=key)


def _unknown_keys(source: Source, path: str) -> Iterator[Finding]:
    for key in source.values:
        if key not in KEYS:
            yield finding(
                "M005", path, source.lines[key], key=key, near=near(key, KEYS, 1), keys=", ".join(KEYS)
            )


def _wrong(name: str, path: str, line: int, wanted: str, example: str) -> Finding:
    return finding("M007", path, line, key=name, wanted=wanted, example=f"{name}: {example}")


def _text(name: str, value: Any, path: str, line: int, _: Choices) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield _wrong(name, path, line, "text", f'"{value}"')


def _slug(name: str, value: Any, path: str, line: int, _: Choices) -> Iterator[Finding]:
    if not isinstance(value, str) or not SLUG.fullmatch(value):
        yield _wrong(name, path, line, "a–z, 0–9, -", "page-7")


def _date(_name: str, value: Any, path: str, line: int, _: Choices) -> Iterator[Finding]:
    if type(value) is not date:  # a datetime is a date too, but says more than an editor knows
        yield finding("M008", path, line, value=value)


def _flag(name: str, value: Any, path: str, line: int, _: Choices) -> Iterator[Finding]:
    if not isinstance(value, bool):
        yield _wrong(name, path, line, "true / false", "true")


def _choice(name: str, value: Any, path: str, line: int, choices: Choices) -> Iterator[Finding]:
    if value not in choices[name]:
        yield finding("M009", path, line, key=name, value=value, choices=", ".join(choices[name]))


def _names(name: str, value: Any, path: str, line: int, choices: Choices) -> Iterator[Finding]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        yield _wrong(name, path, line, "a list", f"[{choices[name][0] if choices[name] else '…'}]")
        return
    code = {"authors": "M010", "tags": "M011"}[name]
    for item in value:
        if item not in choices[name]:
            yield finding(code, path, line, value=item, choices=near(item, choices[name], 5))


def _picture(name: str, value: Any, path: str, line: int, _: Choices) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield _wrong(name, path, line, "a mapping", "{file: images/x.svg, alt: …, credit: …}")
        return
    for key in PICTURE_KEYS:
        if not isinstance(value.get(key), str) or not value[key]:
            yield finding("M004", path, line, key=f"picture.{key}")
    for key in set(value) - set(PICTURE_KEYS):
        keys = ", ".join(PICTURE_KEYS)
        yield finding("M005", path, line, key=f"picture.{key}", near=near(key, PICTURE_KEYS, 1), keys=keys)


FORMS: Mapping[str, Callable[[str, Any, str, int, Choices], Iterator[Finding]]] = {
    "text": _text,
    "date": _date,
    "slug": _slug,
    "flag": _flag,
    "choice": _choice,
    "names": _names,
    "picture": _picture,
}

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
