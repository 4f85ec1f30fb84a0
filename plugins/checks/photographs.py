"""Photographs: who is seen in them agreed to it, and they tell nothing beside what is seen.

`content/pictures.yaml` answers for each photograph, once for all pieces and both languages. It names
a consent only by an opaque reference: the paper itself stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from magazine import registers
from magazine.findings import Finding, finding
from magazine.library import today
from magazine.model import Library
from magazine.pictures import DRAWING, RASTERS, carried

REGISTER = "pictures.yaml"
CHOICES: Mapping[str, tuple[str, ...]] = {
    "people": ("none", "adults", "minors"),
    "consent": ("written", "public", "none"),
    "faces": ("shown", "blurred"),
}
Forms = Mapping[str, tuple[Callable[[Any], bool], str]]
FORMS: Forms = {
    **{key: (known.__contains__, ", ".join(known)) for key, known in CHOICES.items()},
    "consent_ref": (lambda value: isinstance(value, str) and bool(value), "text: C-014"),
    "expires": (lambda value: type(value) is date, "a date: 2028-01-31"),
}


def check(library: Library) -> Iterator[Finding]:
    """Every picture beside the pieces, shown or not: what is committed is told too."""
    imprint = library.imprint
    entries, lines, found = registers.read(REGISTER, imprint)
    yield from found
    files = sorted(path for path in imprint.content.glob("*/images/**/*") if path.is_file())
    for path in files:
        if path.suffix.lower() in (DRAWING, *RASTERS) and (told := carried(path)):
            yield finding("P002", path.relative_to(imprint.root).as_posix(), 1, what=", ".join(told))
    shown = f"{imprint.content.name}/{REGISTER}"
    names = {path.relative_to(imprint.content).as_posix(): path for path in files}
    for name, path in names.items():
        if path.suffix.lower() in RASTERS and name not in entries:
            yield finding("P003", path.relative_to(imprint.root).as_posix(), 1, file=name, register=shown)
    for name, entry in entries.items():
        if name not in names:
            yield finding("P004", shown, lines[name], file=name)
        else:
            yield from _entry(name, entry, shown, lines[name])


def _entry(name: str, entry: Any, shown: str, line: int) -> Iterator[Finding]:
    """What is wrong with what is said of one photograph."""
    misformed = [finding("P005", shown, line, key=key, wanted=wanted) for key, wanted in _misformed(entry)]
    if misformed:
        yield from misformed
        return
    if entry["people"] == "none":
        return
    consent, faces = entry.get("consent", "none"), entry.get("faces", "shown")
    expires = entry.get("expires")
    if faces == "shown" and (consent == "none" or (entry["people"] == "minors" and consent != "written")):
        yield finding("P006", shown, line, file=name)
    elif consent == "written" and "consent_ref" not in entry:
        yield finding("P005", shown, line, key="consent_ref", wanted=FORMS["consent_ref"][1])
    if expires and expires < today():
        yield finding("P007", shown, line, file=name, date=expires.isoformat())


def _misformed(entry: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(entry, dict) or "people" not in entry:
        yield "people", FORMS["people"][1]
        return
    for key, value in entry.items():
        fits, wanted = FORMS.get(key, (lambda _: False, ", ".join(FORMS)))
        if not fits(value):
            yield key, wanted
