"""The block vocabulary: `/// name | argument … ///`, the same for web, print and e-book.

Built on the Blocks interface of PyMdown Extensions. Each block makes plain semantic HTML with a
class; how it looks is the style sheets' affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from xml.etree import ElementTree as etree

from markdown import Markdown
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from arabic.sorting import sort_key
from magazine.model import Direction, Term

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
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
BAR_LENGTH = 100  # units of a chart's bar for its largest number


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
    CLASS: ClassVar[str] = ""

    def on_create(self, parent: etree.Element) -> etree.Element:
        """The figure."""
        return etree.SubElement(parent, "figure", {"class": self.CLASS})


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
    """A table with its caption (the argument) above."""

    NAME = "table"
    CLASS = "table"

    def on_end(self, block: etree.Element) -> None:
        """The caption stands first, where a screen reader and a reader look for it."""
        if self.argument:
            caption = etree.Element("figcaption")
            caption.text = self.argument
            block.insert(0, caption)


class Chart(TableFigure):
    """A two-column table drawn as bars; it stays a table, so nothing is lost without the bars."""

    NAME = "chart"
    CLASS = "chart"

    def on_end(self, block: etree.Element) -> None:
        """Give every row its bar."""
        rows = [row for row in block.iter("tr") if row.find("td") is not None]
        values = [_number(row) for row in rows]
        most = max((value for value in values if value is not None), default=0)
        for row, value in zip(rows, values, strict=True):
            if value is not None and most:
                _draw(row, value / most, self.config["direction"])
        for table in block.iter("table"):
            _widen_head(table)
        super().on_end(block)


def _number(row: etree.Element) -> float | None:
    """The number in a row's second cell, None when it holds none."""
    cells = row.findall("td")
    text = (cells[1].text or "").strip() if len(cells) == 2 else ""
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


def _draw(row: etree.Element, share: float, direction: Direction) -> None:
    label, value = row.findall("td")
    label.tag = "th"
    label.set("scope", "row")
    value.set("class", "value")
    bar = etree.Element("td", {"class": "bar"})
    length = round(BAR_LENGTH * share, 2)
    svg = etree.SubElement(
        bar,
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {BAR_LENGTH} 8",
            "preserveAspectRatio": "none",
            "aria-hidden": "true",
        },
    )
    start = BAR_LENGTH - length if direction == "rtl" else 0
    etree.SubElement(
        svg,
        "rect",
        # the style sheets' colour of the text around it
        {"x": f"{start:g}", "y": "0", "width": f"{length:g}", "height": "8", "fill": "currentColor"},
    )
    row.insert(1, bar)


def _widen_head(table: etree.Element) -> None:
    """The head's second cell stands over the bar and the number."""
    for cell in table.findall("thead/tr/th")[1:2]:
        cell.set("colspan", "2")


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
        }
        super().__init__(**configs)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802, ARG002 (PyMdown's)
        """One class an alias: the Blocks interface knows a block by its NAME."""
        for block in BLOCKS:
            for alias in NAMES[block.NAME]:
                block_mgr.register(type(block.__name__, (block,), {"NAME": alias}), self.getConfigs())
