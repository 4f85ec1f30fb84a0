"""`issues/<name>/issue.toml`: the only place that orders an issue or a kit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from magazine.findings import Finding, finding, is_error
from magazine.model import Imprint, Issue, PressSettings, Section
from magazine.near import near

# Trim sizes in millimetres, width and height.
SHEETS: Mapping[str, tuple[int, int]] = {"A4": (210, 297), "A5": (148, 210), "210x280": (210, 280)}
# Layouts of a piece on paper (press/compose.py); a category's own has its name.
TEMPLATES = (
    "feature", "short", "explainer", "review", "questions", "track",
    "glossary", "editorial", "timeline", "data", "art",
)  # fmt: skip
MOTIFS = ("lozenge", "star", "comb", "eye")
INKS = ("indigo", "madder", "saffron", "olive", "sea")

# key -> (python type, required, an example line)
KEYS: Mapping[str, tuple[type, bool, str]] = {
    "kind": (str, False, 'kind = "kit"'),
    "number": (int, True, "number = 1"),
    "date": (date, True, "date = 2026-11-20"),
    "title": (dict, True, '[title] ar = "…" en = "…"'),
    "theme": (dict, True, '[theme] ar = "…" en = "…"'),
    "sections": (list, True, '[[sections]] name = "Opening" pieces = ["editorial-one"]'),
    "languages": (list, False, 'languages = ["ar", "en"]'),
    "sheet": (str, False, 'sheet = "A4"'),
    "digits": (str, False, 'digits = "arab"'),
    "cover": (dict, False, '[cover] motif = "star" ink = "indigo"'),
    "specimen": (bool, False, "specimen = true"),
    "press": (dict, False, '[press] profile = "FOGRA39" binding = "saddle" paper_mm = 0.1'),
}
PRESS_KEYS: Mapping[str, tuple[tuple[type, ...], str]] = {
    "profile": ((str,), 'profile = "FOGRA39"'),
    "binding": ((str,), 'binding = "saddle"'),
    "paper_mm": ((float, int), "paper_mm = 0.1"),
    "cover_mm": ((float, int), "cover_mm = 0.25"),
    "marks": ((bool,), "marks = true"),
}
PAPERS_MM = (0.03, 1.0)  # from bible paper to board
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": ("issue", "kit"),
    "sheet": tuple(SHEETS),
    "digits": ("latn", "arab"),
    "cover.motif": MOTIFS,
    "cover.ink": INKS,
    "press.binding": ("saddle", "perfect"),
    "template": TEMPLATES,
}
PIECE_KEYS = ("slug", "template")
# What each kind has that its manifest does not name: a kit is copied, in black.
SHEET: Mapping[str, str] = {"issue": "A4", "kit": "A5"}
PRESS: Mapping[str, PressSettings] = {
    "issue": PressSettings(),
    "kit": PressSettings(profile="K", paper_mm=0.1),
}
KIT_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def read(path: Path, imprint: Imprint) -> tuple[Issue | None, list[Finding]]:
    """Read one manifest; None when it can't be an issue, with the reasons."""
    name, text = _shown(path, imprint), path.read_text("utf-8", errors="replace")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        return None, [finding("I001", name, int(line[1]) if line else 1, problem=error)]
    found = list(_check(values, text, name, path.parent.name, imprint))
    return (None if any(map(is_error, found)) else _issue(path, values, imprint)), found


def _shown(path: Path, imprint: Imprint) -> str:
    return path.relative_to(imprint.root).as_posix()


def line_of(text: str, needle: str) -> int:
    """The first line that holds the words; 1 when none does (tomllib keeps no lines)."""
    return next((i for i, row in enumerate(text.splitlines(), 1) if needle in row), 1)


def _check(
    values: Mapping[str, Any], text: str, name: str, folder: str, imprint: Imprint
) -> Iterator[Finding]:
    for key in values:
        if key not in KEYS:
            keys = ", ".join(KEYS)
            yield finding("I003", name, line_of(text, key), key=key, near=near(key, KEYS, 1), keys=keys)
    for key, (form, required, example) in KEYS.items():
        if key not in values:
            if required and (key != "number" or not _is_kit(values)):
                yield finding("I002", name, 1, key=key, example=example)
        elif type(values[key]) is not form:
            yield finding("I004", name, line_of(text, key), key=key, wanted=form.__name__, example=example)
        else:
            yield from DETAILS.get(key, _nothing)(values[key], text, name, imprint)
    yield from _named(values, text, name, folder)


def _is_kit(values: Mapping[str, Any]) -> bool:
    return values.get("kind") == "kit"


def _named(values: Mapping[str, Any], text: str, name: str, folder: str) -> Iterator[Finding]:
    """An issue is called by its number, a kit by its folder."""
    number = values.get("number")
    if _is_kit(values):
        if number is not None:
            yield finding("I013", name, line_of(text, "number"))
        if not KIT_NAME.fullmatch(folder):
            yield finding("I014", name, 1, folder=folder)
    elif isinstance(number, int) and str(number) != folder:
        yield finding("I009", name, line_of(text, "number"), number=number, folder=folder)


Detail = Callable[[Any, str, str, Imprint], Iterator[Finding]]


def _nothing(_value: Any, _text: str, _name: str, _imprint: Imprint) -> Iterator[Finding]:
    return iter(())


def _in_languages(key: str) -> Detail:
    """A table with a text for each language of the house."""

    def check(value: Any, text: str, name: str, imprint: Imprint) -> Iterator[Finding]:
        for language in imprint.languages:
            if not isinstance(value.get(language.code), str):
                example = f'{language.code} = "…"'
                line = line_of(text, f"[{key}]")
                yield finding("I002", name, line, key=f"{key}.{language.code}", example=example)

    return check


def _languages(value: Any, text: str, name: str, imprint: Imprint) -> Iterator[Finding]:
    codes = [language.code for language in imprint.languages]
    for code in value:
        if code not in codes:
            line = line_of(text, "languages")
            yield finding("I010", name, line, key="language", value=code, choices=", ".join(codes))


def _choice(key: str, value: Any, text: str, name: str) -> Iterator[Finding]:
    if value not in CHOICES[key]:
        line = line_of(text, str(value))
        yield finding("I010", name, line, key=key, value=value, choices=", ".join(CHOICES[key]))


def _one_of(key: str) -> Detail:
    def check(value: Any, text: str, name: str, _: Imprint) -> Iterator[Finding]:
        yield from _choice(key, value, text, name)

    return check


def _cover(value: Any, text: str, name: str, _: Imprint) -> Iterator[Finding]:
    for key in value:
        if f"cover.{key}" not in CHOICES:
            yield finding(
                "I003", name, line_of(text, key), key=f"cover.{key}", near="motif", keys="motif, ink"
            )
        else:
            yield from _choice(f"cover.{key}", value[key], text, name)


def _press(value: Any, text: str, name: str, imprint: Imprint) -> Iterator[Finding]:
    for key, given in value.items():
        line = line_of(text, key)
        if key not in PRESS_KEYS:
            keys = ", ".join(PRESS_KEYS)
            yield finding("I003", name, line, key=f"press.{key}", near=near(key, PRESS_KEYS, 1), keys=keys)
            continue
        forms, example = PRESS_KEYS[key]
        if type(given) not in forms or not _thick(key, given):
            wanted = "{}–{} mm".format(*PAPERS_MM) if key.endswith("_mm") else forms[0].__name__
            yield finding("I004", name, line, key=f"press.{key}", wanted=wanted, example=example)
        elif key == "binding":
            yield from _choice("press.binding", given, text, name)
        elif key == "profile" and given not in (there := profiles(imprint, name)):
            yield finding("I010", name, line, key="profile", value=given, choices=", ".join(there))


def _thick(key: str, given: Any) -> bool:
    return not key.endswith("_mm") or PAPERS_MM[0] <= given <= PAPERS_MM[1]


def profiles(imprint: Imprint, manifest: str) -> tuple[str, ...]:
    """The printing conditions there are: those of the theme, and profiles beside the manifest."""
    table = tomllib.loads((imprint.theme / "press" / "profiles" / "profiles.toml").read_text("utf-8"))
    here = (imprint.root / manifest).parent
    shipped = (
        key for key, row in table.items() if (imprint.theme / "press" / "profiles" / row["file"]).exists()
    )
    return (*shipped, *sorted(path.name for path in here.glob("*.icc")))


def _sections(value: Any, text: str, name: str, _: Imprint) -> Iterator[Finding]:
    example = KEYS["sections"][2]
    for section in value:
        if not isinstance(section, dict) or not isinstance(section.get("name"), str):
            yield finding("I002", name, line_of(text, "[[sections]]"), key="name", example=example)
        elif not isinstance(section.get("pieces"), list):
            line = line_of(text, section["name"])
            yield finding("I002", name, line, key="pieces", example=example)
        elif not section["pieces"]:
            yield finding("I012", name, line_of(text, section["name"]), name=section["name"])
        else:
            for piece in section["pieces"]:
                yield from _piece(piece, text, name)


def _piece(value: Any, text: str, name: str) -> Iterator[Finding]:
    """A slug, or a table of a slug and a template."""
    if isinstance(value, str):
        return
    example = '{slug = "editorial-one", template = "feature"}'
    if not isinstance(value, dict) or not isinstance(value.get("slug"), str):
        line = line_of(text, "pieces")
        yield finding(
            "I004", name, line, key="pieces", wanted="a slug", example=f'"editorial-one", {example}'
        )
        return
    line = line_of(text, f'"{value["slug"]}"')
    for key in value.keys() - set(PIECE_KEYS):
        yield finding("I003", name, line, key=key, near=near(key, PIECE_KEYS, 1), keys=", ".join(PIECE_KEYS))
    if "template" in value:
        yield from _choice("template", value["template"], text, name)


DETAILS: Mapping[str, Detail] = {
    "title": _in_languages("title"),
    "theme": _in_languages("theme"),
    "languages": _languages,
    "kind": _one_of("kind"),
    "sheet": _one_of("sheet"),
    "digits": _one_of("digits"),
    "cover": _cover,
    "press": _press,
    "sections": _sections,
}


def _section(value: Mapping[str, Any]) -> Section:
    pieces = [{"slug": piece} if isinstance(piece, str) else piece for piece in value["pieces"]]
    templates = tuple((piece["slug"], piece["template"]) for piece in pieces if "template" in piece)
    return Section(value["name"], tuple(piece["slug"] for piece in pieces), templates)


def _issue(path: Path, values: Mapping[str, Any], imprint: Imprint) -> Issue:
    cover = values.get("cover", {})
    every_language = [language.code for language in imprint.languages]
    kind = values.get("kind", "issue")
    return Issue(
        path=path,
        kind=kind,
        name=path.parent.name,
        number=values.get("number"),
        date=values["date"],
        titles=values["title"],
        themes=values["theme"],
        sections=tuple(map(_section, values["sections"])),
        languages=tuple(values.get("languages", every_language)),
        sheet=values.get("sheet", SHEET[kind]),
        digits=values.get("digits", "latn"),
        motif=cover.get("motif", "star"),
        ink=cover.get("ink", "indigo"),
        specimen=values.get("specimen", False),
        press=replace(PRESS[kind], **values.get("press", {})),
    )
