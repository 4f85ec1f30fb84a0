"""What an editor may say of a block: `width: wide`, one option a line, right below its opening.

One reader for the renderer and for the checks. Nothing else passes: the Blocks interface would take
any attribute of HTML as an option, and the vocabulary is closed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from arabic.normalise import plain

FENCE = re.compile(r"^(?P<fence>/{3,})[ \t]*(?P<name>[\w-]+)?[ \t]*(?:\|[ \t]*(?P<argument>.*\S)?)?\s*$")
LINE = re.compile(r"^\s*(?P<name>[^\s:|!\[(]+)[ \t]*:(?!//)[ \t]*(?P<value>.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its names, English first, and what may be written; no values: anything may."""

    names: tuple[str, ...]
    values: Mapping[str, str] | None = None


WIDTH = {"column": "column", "عمود": "column", "wide": "wide", "واسع": "wide"}
KIND = {
    **{"bars": "bars", "أشرطة": "bars", "stacked": "stacked", "مكدسة": "stacked"},
    **{"columns": "columns", "أعمدة": "columns", "dots": "dots", "نقاط": "dots"},
}
OPTIONS: Mapping[str, Option] = {
    "width": Option(("width", "عرض"), WIDTH),
    "kind": Option(("kind", "نوع"), KIND),
    "data": Option(("data", "بيانات")),
    "id": Option(("id", "معرف")),
}
TAKES: Mapping[str, tuple[str, ...]] = {
    "figure": ("width", "id"),
    "table": ("data", "width", "id"),
    "chart": ("data", "kind", "width", "id"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A line of options as it stands: its option (empty: none of this block's), its value."""

    line: int
    name: str
    option: str
    value: str

    @property
    def canonical(self) -> str | None:
        """The value in the words of the code; None when it is none of the option's values."""
        values = OPTIONS[self.option].values if self.option else None
        return self.value if values is None else values.get(plain(self.value))


def written(block: str, rows: Iterable[tuple[int, str]]) -> list[Written]:
    """The options at the head of a block (its English name) whose numbered rows are given."""
    head = takewhile(lambda row: _is_option(block, row[1]), rows)
    return [_written(block, line, row) for line, row in head]


def _is_option(block: str, row: str) -> bool:
    """Where a block takes options their form is enough; elsewhere an indented line would be one."""
    indented = bool(row.strip()) and row.expandtabs(4).startswith("    ")
    return indented or (block in TAKES and bool(LINE.match(row)))


def _written(block: str, line: int, row: str) -> Written:
    match = LINE.match(row)
    name, value = (match["name"], match["value"]) if match else (row.strip(), "")
    known = (key for key in TAKES.get(block, ()) if plain(name) in OPTIONS[key].names)
    return Written(line, name, next(known, ""), value)


def values_of(options: Iterable[Written]) -> dict[str, str]:
    """The options that hold, by their names in the code."""
    return {item.option: item.canonical for item in options if item.option and item.canonical}


class OptionLines(Preprocessor):
    """Writes the options as the Blocks interface wants them, and drops what is none."""

    def __init__(self, md: Markdown, blocks: Mapping[str, str]) -> None:
        super().__init__(md)
        self.blocks = blocks  # what an editor types -> the block's English name

    def run(self, lines: list[str]) -> list[str]:
        """Go from fence to fence."""
        return list(self._lines(lines))

    def _lines(self, lines: list[str]) -> Iterator[str]:
        at = 0
        while at < len(lines):
            yield lines[at]
            fence, at = FENCE.match(lines[at]), at + 1
            if fence and fence["name"]:
                head = written(self.blocks.get(fence["name"], ""), enumerate(lines[at:]))
                at += len(head)
                for name, value in values_of(head).items():
                    # JSON's strings are YAML's
                    yield f"    {name}: {json.dumps(value, ensure_ascii=False)}"
