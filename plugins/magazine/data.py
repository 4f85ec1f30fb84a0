"""Data beside a piece: a CSV file with which both languages fill their tables and charts.

Each cell of the header says which language its column is for, and names it there:
`ar: الجزء,en: Part,ar: عدد المواد | en: Number of articles`. A name without a language is for all.
The first column of a language holds the labels.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from arabic import locale
from magazine.findings import Finding, finding
from magazine.model import Imprint, Piece

# Three places after a separator are not taken: 1,234 is a thousand to one reader, one to another.
NUMBER = re.compile(
    r"(?P<value>0[.,٫][0-9٠-٩]+|[0-9٠-٩]+(?:[.,٫](?:[0-9٠-٩]{1,2}|[0-9٠-٩]{4,}))?)"
    r"[ \u00a0]?(?P<percent>[%٪])?"
)
NOTHING = ("-", "–", "—")  # where there is no number
DELIMITERS = ",;\t"  # spreadsheets differ by country
NAMED = re.compile(r"\s*(?P<lang>[a-z]{2,3})\s*:\s*(?P<name>.*\S)\s*")
YEARS = range(1000, 10000)  # written without a separator, as years are


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words, and the number they are."""

    text: str
    number: float | None = None
    percent: bool = False

    @property
    def says_nothing(self) -> bool:
        """A dash stands where there is no number."""
        return self.text in NOTHING


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its line in the file."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """A table in one language: the names of its columns, and its rows."""

    head: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def cell(text: str) -> Cell:
    """A cell as an editor wrote it."""
    match = NUMBER.fullmatch(text.strip())
    if not match:
        return Cell(text.strip())
    value = float(re.sub("[,٫]", ".", match["value"]))  # float() knows the Arabic-Indic digits
    return Cell(text.strip(), value, bool(match["percent"]))


def is_beside(file: str, piece: Piece) -> bool:
    """The file stands beside the piece, not above its folder."""
    return ".." not in PurePosixPath(file).parts and (piece.path.parent / file).is_file()


def read(file: str, piece: Piece, imprint: Imprint) -> tuple[Data, list[Finding]]:
    """A file's data in the piece's language, and what is wrong with the file."""
    path = piece.path.parent / file
    if not is_beside(file, piece):
        return Data(), []  # the checks say so, where it is named
    shown = path.relative_to(imprint.root).as_posix()
    try:
        rows = _rows(path.read_text("utf-8-sig"))
    except (UnicodeDecodeError, csv.Error):
        return Data(), [finding("F005", shown, 1)]
    if len(rows) < 2:
        return Data(), [finding("D002", shown, 1)]
    found = list(_uneven(rows, shown))
    columns = _columns(rows[0][1], piece.lang, imprint)
    if not found and not columns:
        found.append(finding("D003", shown, 1, lang=piece.lang, example=f"{piece.lang}: …"))
    if found:
        return Data(), found
    return _data(rows, columns, imprint.language(piece.lang).locale), []


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold something, with the line on which each ends."""
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    return [(reader.line_num, row) for row in reader if any(map(str.strip, row))]


def _uneven(rows: Sequence[tuple[int, list[str]]], shown: str) -> Iterator[Finding]:
    wanted = len(rows[0][1])
    for line, row in rows[1:]:
        if len(row) != wanted:
            yield finding("D004", shown, line, count=len(row), wanted=wanted)


def _columns(header: Iterable[str], lang: str, imprint: Imprint) -> dict[int, str]:
    """Where the columns of a language stand, and their names; none when it is not named at all."""
    codes = {language.code for language in imprint.languages}
    columns: dict[int, str] = {}
    spoken = False
    for index, written in enumerate(header):
        parts = [match for part in written.split("|") if (match := NAMED.fullmatch(part))]
        names = {match["lang"]: match["name"] for match in parts if match["lang"] in codes}
        spoken |= lang in names
        if lang in names or not names:
            columns[index] = names.get(lang, written.strip())
    return columns if spoken else {}


def _data(rows: Sequence[tuple[int, list[str]]], columns: dict[int, str], locale_: str) -> Data:
    body = [Row(line, tuple(cell(row[index]) for index in columns)) for line, row in rows[1:]]
    numeric = [
        bool(index)
        and all(row.cells[index].number is not None or row.cells[index].says_nothing for row in body)
        for index in range(len(columns))
    ]
    written = (
        Row(
            row.line,
            tuple(_in(locale_, one) if n else one for one, n in zip(row.cells, numeric, strict=True)),
        )
        for row in body
    )
    return Data(tuple(columns.values()), tuple(written))


def _in(locale_: str, one: Cell) -> Cell:
    """A cell of a column of numbers, as the language writes it."""
    return Cell(_written(locale_, one), one.number, one.percent)


def _written(locale_: str, one: Cell) -> str:
    if one.number is None:
        return "—"
    if one.percent:
        return locale.format_percent(one.number / 100, locale_)
    if one.number in YEARS:
        return f"{one.number:g}"
    return locale.format_number(one.number, locale_)
