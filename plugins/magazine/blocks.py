"""The block vocabulary: `/// name | argument … ///`, the same for web, print and e-book.

Built on the Blocks interface of PyMdown Extensions. Each block makes plain semantic HTML with a
class; how it looks is the style sheets' affair.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block, type_string

from arabic.sorting import sort_key
from magazine import charts
from magazine.data import Data, Row, cell
from magazine.model import Term
from magazine.options import OPTIONS, OptionLines

# What an editor may type for each block, in both languages.
NAMES: Mapping[str, tuple[str, ...]] = {
    "figure": ("figure", "صورة"),
    "pullquote": ("pullquote", "مقتطف"),
    "note": ("note", "ملاحظة"),
    "facts": ("facts", "حقائق"),
    "table": ("table", "جدول"),
    "chart": ("chart", "رسم-بياني"),
    "timeline": ("timeline", "خط-زمني"),
    "glossary": ("glossary", "مسرد"),
    "question": ("question", "سؤال"),
}
CANONICAL: Mapping[str, str] = {alias: name for name, aliases in NAMES.items() for alias in aliases}


class _Titled(Block):  # type: ignore[misc]
    """A box with an optional title."""

    ARGUMENT = None
    TAG: ClassVar[str] = "aside"
    CLASS: ClassVar[str] = ""

    def on_create(self, parent: etree.Element) -> etree.Element:
        """The box and its title."""
        box = etree.SubElement(parent, self.TAG, {"class": self.CLASS})
        if self.argument:
            title = etree.SubElement(box, "p", {"class": "box-title"})
            title.text = self.argument
        return box


class Note(_Titled):
    """A note beside the text."""

    NAME = "note"
    CLASS = "note"


class Facts(_Titled):
    """Key facts."""

    NAME = "facts"
    CLASS = "facts"


class PullQuote(Block):  # type: ignore[misc]
    """A sentence set large; the argument says where it comes from."""

    NAME = "pullquote"
    ARGUMENT = None

    def on_create(self, parent: etree.Element) -> etree.Element:
        """The quotation's box."""
        return etree.SubElement(parent, "aside", {"class": "pullquote"})

    def on_end(self, block: etree.Element) -> None:
        """Its source, below."""
        if self.argument:
            etree.SubElement(block, "p", {"class": "source"}).text = self.argument


class _Captioned(Block):  # type: ignore[misc]
    """A figure: its first child is what is shown, the rest its caption."""

    ARGUMENT = None
    OPTIONS: ClassVar[Any] = dict.fromkeys(OPTIONS, ("", type_string))
    CLASS: ClassVar[str] = ""

    def on_create(self, parent: etree.Element) -> etree.Element:
        """The figure, with its place on the page and its anchor."""
        figure = etree.SubElement(parent, "figure", {"class": self.CLASS})
        if self.options["width"] == "wide":
            widen(figure)
        if self.options["id"]:
            figure.set("id", self.options["id"])
        return figure


def widen(figure: etree.Element) -> None:
    """Let a figure take the whole width of the text block; the style sheets know how."""
    classes = figure.get("class", "").split()
    if "wide" not in classes:
        figure.set("class", " ".join([*classes, "wide"]))


class Figure(_Captioned):
    """A picture with caption and credit (the argument)."""

    NAME = "figure"
    CLASS = "figure"

    def on_end(self, block: etree.Element) -> None:
        """Everything after the picture is the caption; the credit closes it."""
        caption = etree.Element("figcaption")
        for child in list(block)[1:]:
            block.remove(child)
            caption.append(child)
        if self.argument:
            etree.SubElement(caption, "p", {"class": "credit"}).text = self.argument
        if len(caption):
            block.append(caption)


class TableFigure(_Captioned):
    """A table, written here or in a file beside the piece, its caption (the argument) above."""

    NAME = "table"
    CLASS = "table"

    def on_end(self, block: etree.Element) -> None:
        """The caption stands first, where a screen reader and a reader look for it."""
        if self.options["data"]:
            self._insert(block, charts.plain(self._data()))
        self._caption(block)

    def _caption(self, block: etree.Element) -> None:
        if self.argument:
            caption = etree.Element("figcaption")
            caption.text = self.argument
            block.insert(0, caption)

    def _data(self) -> Data:
        data: Data = self.config["read"](self.options["data"])
        return data

    def _insert(self, block: etree.Element, table: etree.Element) -> None:
        """Put a file's table first; its words are words, not Markdown."""
        for element in table.iter():
            if element.text:
                element.text = AtomicString(element.text)
        block.insert(0, table)


class Chart(TableFigure):
    """A table that is drawn; it stays a table, so nothing is lost without the drawing."""

    NAME = "chart"
    CLASS = "chart"

    def on_end(self, block: etree.Element) -> None:
        """Draw the file's data, or the table inside."""
        kind = self.options["kind"] or "bars"
        table = block.find("table")
        data = self._data() if self.options["data"] else tabulated(table)
        if not charts.faults(data, kind):
            drawn = charts.draw(data, kind, self.config["direction"])
            if self.options["data"]:
                self._insert(block, drawn)
            elif table is not None:
                block[list(block).index(table)] = drawn
            block.set("class", f"chart chart-{kind}")
            if self.options["width"] == "wide" or charts.is_wide(data, kind):
                widen(block)
        self._caption(block)


def tabulated(table: etree.Element | None) -> Data:
    """A Markdown table as data; its lines are not known any more."""
    rows = [] if table is None else [[one.text or "" for one in row] for row in table.iter("tr")]
    body = (Row(0, tuple(map(cell, row))) for row in rows[1:])
    return Data(tuple(rows[0]) if rows else (), tuple(body))


class Timeline(_Titled):
    """A list of dates (a definition list) as a line of time."""

    NAME = "timeline"
    TAG = "div"
    CLASS = "timeline"


class Question(Block):  # type: ignore[misc]
    """A question (the argument) and its answer."""

    NAME = "question"
    ARGUMENT = True

    def on_create(self, parent: etree.Element) -> etree.Element:
        """The question is a heading, so that it stands in the contents."""
        section = etree.SubElement(parent, "section", {"class": "question"})
        etree.SubElement(section, "h2").text = self.argument
        return section


class Glossary(Block):  # type: ignore[misc]
    """The glossary's entries, or those listed inside, sorted as the language sorts."""

    NAME = "glossary"
    ARGUMENT = False

    def on_create(self, parent: etree.Element) -> etree.Element:
        """The list."""
        return etree.SubElement(parent, "dl", {"class": "glossary"})

    def on_end(self, block: etree.Element) -> None:
        """Replace the ids by the entries."""
        wanted = {(item.text or "").strip() for item in block.iter("li")}
        for child in list(block):
            block.remove(child)
        terms: Mapping[str, Term] = self.config["glossary"]
        chosen = [term for term in terms.values() if not wanted or term.id in wanted]
        append_terms(block, chosen)


def append_terms(parent: etree.Element, terms: Iterable[Term]) -> None:
    """Terms as dt/dd, in the order of a dictionary of their language."""
    for term in sorted(terms, key=lambda entry: sort_key(entry.term)):
        etree.SubElement(parent, "dt", {"id": f"term-{term.id}"}).text = term.term
        etree.SubElement(parent, "dd").text = term.text


BLOCKS: tuple[type[Block], ...] = (
    Figure,
    PullQuote,
    Note,
    Facts,
    TableFigure,
    Chart,
    Timeline,
    Glossary,
    Question,
)


class VocabularyBlocks(BlocksExtension):  # type: ignore[misc]
    """Registers the blocks under all their names."""

    def __init__(self, **configs: Any) -> None:
        self.config = {
            "direction": ["ltr", "base direction of the piece"],
            "glossary": [{}, "id -> term in the piece's language"],
            "read": [
                lambda _file: Data(),
                "a data file beside the piece -> its data in the piece's language",
            ],
        }
        super().__init__(**configs)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802 (PyMdown's)
        """One class an alias: the Blocks interface knows a block by its NAME."""
        md.preprocessors.register(OptionLines(md, CANONICAL), "vocabulary-options", 20)
        for block in BLOCKS:
            for alias in NAMES[block.NAME]:
                block_mgr.register(type(block.__name__, (block,), {"NAME": alias}), self.getConfigs())
