"""Findings: what is wrong in an editor's file, where, and how to mend it.

Every finding has a rule. The rules are one table, so that the editors' documents, the messages in
both languages and the tests read the same words. English is the msgid; the Arabic stands in
`translations/ar/LC_MESSAGES/findings.po` beside this file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from magazine.catalogue import translations

Severity = Literal["error", "warning"]
TRANSLATIONS = Path(__file__).parent / "translations"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its message says what is wrong, its hint how to mend it."""

    code: str
    message: str
    hint: str
    severity: Severity = "error"


_TABLE = (
    # Files
    Rule("F001", "the name “{name}” is not <slug>.<language>.md", "name the file like about.ar.md"),
    Rule(
        "F002",
        "the slug “{slug}” is not lower-case ASCII",
        "use only a–z, 0–9 and hyphens: founding-meeting",
    ),
    Rule("F003", "the house does not publish in “{lang}”", "end the name with one of: {languages}"),
    Rule("F004", "“{folder}” is not a kind of piece", "move the file into one of: {kinds}"),
    Rule("F005", "the file is not UTF-8 text", "save it again as UTF-8"),
    Rule("F006", "two pieces have the slug “{slug}”; the other is {other}", "rename one of them"),
    Rule(
        "F007",
        "its twin {other} is of another kind",
        "put both languages of a piece into the same folder",
    ),
    Rule(
        "F008",
        "“{slug}” is an address the site keeps for itself",
        "choose another slug for this page",
    ),
    # Front matter
    Rule("M001", "there is no front matter", "begin with a line ---, then title: …, then a line ---"),
    Rule("M002", "the front matter is not closed", "end it with a line that holds only ---"),
    Rule("M003", "the front matter is not valid YAML: {problem}", "put the value in double quotes"),
    Rule("M004", "“{key}” is missing", "add a line “{key}: …” to the front matter"),
    Rule("M005", "“{key}” is not a known key", "did you mean “{near}”? The keys are: {keys}"),
    Rule("M006", "“{key}” stands twice", "keep one of the two lines"),
    Rule("M007", "“{key}” should be {wanted}", "for example: {example}"),
    Rule("M008", "“{value}” is not a date", "write year-month-day: 2026-11-01"),
    Rule("M009", "“{value}” is not a {key}", "use one of: {choices}"),
    Rule("M010", "“{value}” is not in content/authors.yaml", "add the author there, or use: {choices}"),
    Rule(
        "M011",
        "the tag “{value}” has no name in the catalogue",
        "use one of: {choices}; or add it to theme/translations (context “tag”)",
    ),
    Rule("M012", "“{key}” is empty", "write a value, or remove the line"),
    Rule("M013", "“{key}” does not belong to a piece of kind {kind}", "remove the line"),
    Rule("M014", "there is a tab in the front matter", "use spaces"),
    Rule(
        "M015",
        "a discreet piece has no “{key}”",
        "say what its address and its tab may tell: {example}",
    ),
    Rule("M016", "“{key}” is for discreet pieces", "add discreet: true, or remove the line"),
    Rule("M017", "the neutral address “{slug}” is not its twin's", "write the same in both languages"),
    Rule("M018", "the neutral address “{slug}” is another piece's: {other}", "choose another"),
    # Body
    Rule("B001", "there is no text below the front matter", "write the piece, or set status: draft"),
    Rule("B002", "“/// {name}” is not a block of the vocabulary", "use one of: {blocks}"),
    Rule("B003", "the block “/// {name}” is not closed", "close it with a line that holds only ///"),
    Rule("B004", "HTML is not part of the vocabulary: {tag}", "use Markdown or a /// block"),
    Rule("B005", "the picture {file} does not exist", "put it there, or mend the name"),
    Rule("B006", "the picture has no description", "write what is seen: ![description]({file})"),
    Rule("B007", "no piece has the slug “{slug}”", "mend the link; did you mean “{near}”?"),
    Rule("B008", "“{term}” is not in the glossary", "add it to content/glossary.yaml, or use: {near}"),
    Rule("B009", "“{id}” is not a known instrument", "add it to content/instruments.yaml, or use: {near}"),
    Rule("B010", "{id} has no {unit} {number}; its last is {last}", "mend the citation"),
    Rule("B011", "“{target}” is not a citation", "write law:cedaw/16.1.b"),
    Rule("B012", "the footnote [^{name}] has no text", "add a line [^{name}]: … below"),
    Rule("B013", "nothing refers to the footnote [^{name}]", "refer to it in the text, or remove it"),
    Rule("B014", "a chart needs a column of labels and one to four columns of numbers", "see “{row}”"),
    Rule("B015", "the link {target} has a form the vocabulary does not know", "use {forms}"),
    Rule(
        "B016", "a heading of level {level}", "begin at ## (the title is level 1) and go no deeper than ###"
    ),
    Rule("B017", "this /// closes nothing", "remove the line, or open a block above"),
    Rule("B018", "“/// {name}” is not complete: {wanted}", "write it as in {example}"),
    Rule("B019", "an invisible mark turns the text around (U+{mark})", "delete it and type the words again"),
    Rule("B029", "an onion address is never a link", "write it as code: `{target}`"),
    # Pictures
    Rule("P001", "not every reader can show a picture of the form {form}", "save it as one of: {forms}"),
    Rule(
        "P002", "the picture tells more than what is seen: {what}", "inv pictures builds it anew without it"
    ),
    Rule(
        "P003", "{register} does not say who is seen in this picture", "add a line {file}: {{people: none}}"
    ),
    Rule("P004", "there is no picture {file}", "take the entry out, or mend its name"),
    Rule("P005", "“{key}” should be {wanted}", "mend the entry"),
    Rule(
        "P006",
        "{file} shows people without their consent",
        "take it out of the pieces and delete it, or blur the faces and write faces: blurred",
    ),
    Rule("P007", "the consent for {file} ended on {date}", "ask again, or take the picture out"),
    Rule("B020", "“{name}” is not an option of “/// {block}”", "remove the line; its options are: {options}"),
    Rule("B021", "“{value}” is not a {name}", "use one of: {choices}"),
    Rule("B022", "“/// {name}” has a table inside and a data file", "keep one of the two"),
    Rule(
        "B023", "the id “{id}” is not lower-case ASCII, or is kept by the site", "write it as in parts-table"
    ),
    Rule("B024", "two blocks of the piece have the id “{id}”", "rename one of them"),
    Rule("B025", "“{slug}” has no place “{anchor}”", "mend the link; did you mean “{near}”?"),
    Rule("B026", "{file} is not a picture that can be read", "save it again as PNG, JPEG, WebP or SVG"),
    Rule(
        "B027",
        "{file} has {size} pixels; {mm} mm wide on paper it needs {needed} pixels across",
        "put a larger file in its place",
    ),
    Rule(
        "B028", "there is text inside the drawing {file}", "turn it into outlines, or say it in the caption"
    ),
    Rule(
        "B030",
        "{file} has {size} pixels; {mm} mm wide on paper it needs {needed} pixels across",
        "put a larger file in its place, or let it stand in one column: width: column",
    ),
    # Pages: faults, which are not printed, and accidents, which are told
    Rule("P010", "the table is {mm} mm wider than its place", "shorten its cells, or give it width: wide"),
    Rule(
        "P011",
        "“{word}” is {mm} mm longer than its column",
        "let it break with a soft hyphen, or write it otherwise",
    ),
    Rule("P012", "“{words}” is taller than a page", "shorten it, or make two of it"),
    Rule("P013", "no face of the theme has “{char}” (U+{code})", "write another character"),
    Rule("P020", "the paragraph ends in a line of one word, “{word}”", "add or take a word", "warning"),
    Rule("P021", "“{words}” leaves a line alone in its column", "add or take a line before it", "warning"),
    Rule(
        "P022", "the heading “{words}” stands at a column's foot", "add or take a line before it", "warning"
    ),
    Rule(
        "P023",
        "“{words}” stands {count} pages from its mention",
        "mention it elsewhere, or make it smaller",
        "warning",
    ),
    Rule("P024", "the last page has {count} lines", "take some lines out, or add some", "warning"),
    Rule(
        "P025", "a column of page {page} ends {count} lines early", "move what follows “{words}”", "warning"
    ),
    Rule("P026", "the line “{line}” is full of gaps", "add or take a word before it", "warning"),
    # A print in black alone
    Rule(
        "P030",
        "charts in the ink {ink} are {percent} % black on a copy, too light to be read",
        "choose a darker ink in [cover]: indigo, madder, olive or sea",
        "warning",
    ),
    Rule(
        "P031",
        "the colours {one} and {other} become one grey in black alone",
        "tell them apart by lightness, or by a pattern or a line",
        "warning",
    ),
    # Data beside a piece
    Rule("D001", "the data file {file} does not exist", "put the file there, or mend the name"),
    Rule("D002", "there is no data in the file", "write a header, and below it a row for each label"),
    Rule(
        "D003",
        "no column of the header is for “{lang}”",
        "begin the header of a column with its language: {example}",
    ),
    Rule(
        "D004",
        "the row has {count} cells and the header {wanted}",
        "put a cell that holds the separator into double quotes",
    ),
    Rule("D005", "“{value}” is not a number", "write 12, 12.5 or 12.5%; where there is none: –"),
    Rule("D006", "“{value}” stands among numbers of another sort", "percentages or numbers, not both"),
    Rule("D007", "{count} columns side by side; there is room for {most}", "choose kind: bars"),
    Rule("D008", "the label is empty", "say what this row counts"),
    # Registers
    Rule("R001", "{problem}", "mend the YAML"),
    Rule("R002", "“{id}” has no “{key}”, or not in its form", "write it as the other entries do"),
    # Issues
    Rule("I001", "the manifest is not valid TOML: {problem}", "mend that line"),
    Rule("I002", "“{key}” is missing", "add a line {example}"),
    Rule("I003", "“{key}” is not a known key", "did you mean “{near}”? The keys are: {keys}"),
    Rule("I004", "“{key}” should be {wanted}", "for example: {example}"),
    Rule(
        "I005",
        "no piece has the slug “{slug}”",
        "write {expected}, or mend the slug; did you mean “{near}”?",
    ),
    Rule(
        "I006",
        "“{slug}” exists only as {found}; the issue is also in “{lang}”",
        "write {expected}, or take “{lang}” out of the issue's languages",
    ),
    Rule("I007", "“{slug}” stands twice in the issue", "keep it in one section"),
    Rule(
        "I008",
        "the section “{name}” has no name in the catalogue",
        "add it to theme/translations (context “section”), or use: {choices}",
    ),
    Rule("I009", "the number {number} is not the folder's name “{folder}”", "rename one of them"),
    Rule("I010", "“{value}” is not a {key}", "use one of: {choices}"),
    Rule("I011", "{path} is a draft", "publish it, or take it out of the issue"),
    Rule("I012", "the section “{name}” is empty", "add a piece, or remove the section"),
    Rule("I013", "a kit has no number", 'remove the line; only kind = "issue" has one'),
    Rule(
        "I014",
        "the kit's folder “{folder}” is not lower-case ASCII",
        "name it with a–z, 0–9 and hyphens, a letter first: schools",
    ),
)
RULES: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in _TABLE})


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong. `path` is relative to the project, `line` counts from 1."""

    path: str
    line: int
    code: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def rule(self) -> Rule:
        """The rule that was broken."""
        return RULES[self.code]

    def text(self, lang: str) -> str:
        """`file:line: CODE message — hint` in the reader's language."""
        gettext = translations(TRANSLATIONS, lang, "findings").gettext
        values = dict(self.values)
        message, hint = (gettext(t).format(**values) for t in (self.rule.message, self.rule.hint))
        return f"{self.path}:{self.line}: {self.code} {message} — {hint}"


def finding(code: str, path: Path | str, line: int, /, **values: object) -> Finding:
    """A finding; `values` fill the rule's message and hint. KeyError for an unknown code."""
    RULES[code]
    pairs = tuple((key, str(value)) for key, value in sorted(values.items()))
    return Finding(str(path), line, code, pairs)


def is_error(found: Finding) -> bool:
    """True when the finding stops the build."""
    return found.rule.severity == "error"


def report_language(environ: Mapping[str, str] = os.environ) -> str:
    """The language an editor reads: MESSAGES_LANG, else LANG; Arabic or English."""
    wanted = environ.get("MESSAGES_LANG") or environ.get("LANG") or ""
    return "ar" if wanted.lower().startswith("ar") else "en"


def report(found: Iterable[Finding], lang: str) -> str:
    """The findings as lines, in the order of files and lines."""
    return "\n".join(item.text(lang) for item in sorted(set(found)))
