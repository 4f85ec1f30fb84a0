"""Every face is in the file, as outlines, in part, and one of the house's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from magazine.findings import Rule
from preflight.fonts import Face
from preflight.model import Fault, fault
from preflight.opened import Opened

RULES = (
    Rule("X120", "the font {name} is not in the file", "embed it: the press would take another"),
    Rule("X121", "the font {name} is in the file whole", "embed the glyphs that are used", "warning"),
    Rule("X122", "the font {name} is none of the house's", "set the text in one of: {allowed}"),
    Rule("X123", "the font {name} is made of drawings (Type 3)", "export with OpenType or TrueType fonts"),
)


def check(opened: Opened) -> Iterator[Fault]:
    """The faces that text is set in, told at the first page of each."""
    allowed = ", ".join(sorted(opened.fonts))
    for face, pages in opened.used.items():
        for code in _wrong(face, opened.fonts):
            yield fault(code, pages[0], topic=face.name, name=face.name, allowed=allowed)


def _wrong(face: Face, allowed: frozenset[str]) -> Iterator[str]:
    if face.kind == "Type3":
        yield "X123"
    elif not face.embedded:
        yield "X120"
    elif not face.subset:
        yield "X121"
    name = _plain(face.name)
    if allowed and not any(name.startswith(_plain(family)) for family in allowed):
        yield "X122"


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()
