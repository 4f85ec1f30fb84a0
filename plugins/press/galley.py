"""Galleys: the texts of an edition in long strips, block after block, as they are measured.

The typesetter measures a galley once (`press.typeset.measure`); `press.fitting` finds pages for it
and `press.leaves` cuts it accordingly. Each block carries `data-b`, its number in the edition,
from here to the HTML of the finished pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from lxml import html as lxml_html
from lxml.html import HtmlElement

from press.cutting import add_class, shell

# text: breaks between its lines. heading: stays with what follows. solid: stands in its place and
# does not break. float: may move some lines down or to the head of the next column. wide: floats
# to the head or foot of a page, across its columns.
Role = Literal["text", "heading", "solid", "float", "wide"]
IN_FLOW = frozenset({"text", "heading", "solid"})

BLOCK, NOTE = "data-b", "data-note"
HELD = "data-h"  # the number of a holder, by which its pieces are one
LINES = "data-lines"  # how many lines of a block the make-up put here
COLUMNS = "data-columns"  # on what is to be made up: in how many columns
INDENTED = "indented"  # a paragraph after a paragraph, whatever floats between them
CLOSING = "closing"  # what is wide and stands below the last columns
ART = "art-only"  # what takes no room on the page
HOLDERS = frozenset({"ul", "ol", "blockquote", "dl"})
PROBES = ("page", "column", "line")  # boxes that have the sheet's measures


@dataclass(slots=True)
class Strip:
    """A block of a galley: its element, and the holders it stands in, the outermost first."""

    id: str
    role: Role
    element: HtmlElement
    holders: tuple[HtmlElement, ...] = ()
    notes: list[str] = field(default_factory=list)  # the notes it calls, in order

    @property
    def in_flow(self) -> bool:
        """True for what keeps its place in the text; what floats brings its notes along."""
        return self.role in IN_FLOW

    @property
    def closing(self) -> bool:
        """True for what ends a text, across all columns."""
        return CLOSING in (self.element.get("class") or "").split()


@dataclass(frozen=True, slots=True)
class Matter:
    """What is made up together: an opening, a text in blocks, its notes."""

    element: HtmlElement
    strips: tuple[Strip, ...]
    columns: int

    @property
    def name(self) -> str:
        """The piece's slug, or what else its id says."""
        return self.element.get("id") or ""

    @property
    def opening_id(self) -> str:
        """The opening as a block."""
        return f"opening-{self.strips[0].id}"

    @property
    def text(self) -> HtmlElement:
        """Where the blocks come from and the leaves' columns go."""
        found: HtmlElement = self.element.find_class("text")[0]
        return found

    @property
    def opening(self) -> HtmlElement:
        """Above the columns of its first page."""
        found = self.element.find("header")
        assert found is not None
        return found

    @property
    def notes(self) -> dict[str, HtmlElement]:
        """Its notes by name, in order."""
        return {note.get("data-n") or "": note for note in self.element.find_class("note-text")}


def matters(tree: HtmlElement) -> list[Matter]:
    """Everything that is to be made up, with its blocks numbered through the edition."""
    found: list[Matter] = []
    first = 0
    for element in tree.iterfind(f".//*[@{COLUMNS}]"):
        made = tuple(strips(element.find_class("text")[0], first))
        first += len(made)
        columns = int(element.get(COLUMNS) or 1)
        for strip in made if columns == 1 else ():
            strip.role = "float" if strip.role == "wide" else strip.role  # there is nothing to go across
        found.append(Matter(element, made, columns))
    return found


# --- blocks ------------------------------------------------------------------------------------

Found = tuple[Role, HtmlElement, tuple[HtmlElement, ...]]


def strips(text: HtmlElement, first: int) -> list[Strip]:
    """The blocks of a text in reading order, numbered from `first`."""
    made: list[Strip] = []
    before: Found | None = None
    for number, (role, element, holders) in enumerate(_blocks(text, ()), first):
        element.set(BLOCK, str(number))
        if before and element.tag == before[1].tag == "p" and holders == before[2]:
            add_class(element, INDENTED)
        if role in IN_FLOW:
            before = role, element, holders
        for item in element.iter("li"):
            listing = item.getparent()
            if listing is not None and listing.tag == "ol":
                _number(item, listing)
        for at, holder in enumerate(holders):
            if HELD not in holder.attrib:
                holder.set(HELD, f"{number}.{at}")
        for at, row in enumerate(element.iterfind(".//tbody/tr")):
            row.set(BLOCK, f"{number}.{at}")
        made.append(Strip(str(number), role, element, holders, called(element)))
    return made


def called(element: HtmlElement) -> list[str]:
    """The notes that an element calls, in order."""
    return [call.get(NOTE) or "" for call in element.iterfind(f".//*[@{NOTE}]")]


def _blocks(parent: HtmlElement, holders: tuple[HtmlElement, ...]) -> Iterator[Found]:
    children = list(_paired(parent)) if parent.tag == "dl" else list(parent.iterchildren("*"))
    for child in children:
        child.tail = None
        if child.tag in HOLDERS or _holds(child):
            yield from _blocks(child, (*holders, child))
        else:
            yield _role(child, holders), child, holders


def _holds(element: HtmlElement) -> bool:
    """A question or a line of time: what is inside breaks, not the whole."""
    return element.tag in ("section", "div") and element.get("class") in ("question", "timeline")


def _paired(listing: HtmlElement) -> Iterator[HtmlElement]:
    """A term and what is said of it, as one (HTML allows a div around them)."""
    pair: HtmlElement | None = None
    for child in list(listing):
        if child.tag == "dt" and (pair is None or pair[-1].tag == "dd"):
            pair = listing.makeelement("div", {})
            yield pair
        if pair is not None:
            pair.append(child)


def _role(element: HtmlElement, holders: tuple[HtmlElement, ...]) -> Role:
    names = (element.get("class") or "").split()
    if element.tag in ("h2", "h3") or "box-title" in names:
        return "heading"
    if "solid" in names:
        return "solid"
    if element.tag in ("figure", "aside"):
        return "wide" if "wide" in names else "float"
    if element.tag in ("p", "li") or (holders and holders[-1].get("class") == "glossary"):
        return "text"
    return "solid"


def _number(item: HtmlElement, listing: HtmlElement) -> None:
    """An item says its number, for its list is opened again in each column."""
    place = list(listing.iterchildren("li")).index(item) + int(listing.get("start") or 1)
    item.set("style", f"counter-set:list-item {place - 1};")


Held = tuple[tuple[HtmlElement, ...], HtmlElement]


def in_holders(items: Sequence[Held]) -> Iterator[HtmlElement]:
    """Elements in copies of their holders, one holder for those that follow each other in it."""
    for holder, members in groupby(items, key=lambda item: item[0][0] if item[0] else None):
        if holder is None:
            yield from (element for _, element in members)
            continue
        out = shell(holder)
        out.extend(in_holders([(holders[1:], element) for holders, element in members]))
        yield out


# --- the document that is measured -------------------------------------------------------------


def document(tree: HtmlElement, chosen: Sequence[Matter], text_class: str = "") -> str:
    """Strips as wide as their places on the page, in a document with the head of `tree`."""
    galley = tree.makeelement("html", dict(tree.attrib))
    add_class(galley, "galley")
    head, body = deepcopy(tree.find("head")), galley.makeelement("body", {})
    assert head is not None
    for name in PROBES:
        body.append(body.makeelement("div", {"class": f"probe-{name}", BLOCK: f"probe-{name}"}))
    body.extend(_stripped(matter, text_class) for matter in chosen)
    for element in body.iter():  # references lead nowhere here
        element.attrib.pop("id", None)
        element.attrib.pop("href", None)
    galley.extend((head, body))
    return "<!doctype html>\n" + lxml_html.tostring(galley, encoding="unicode")


def _stripped(matter: Matter, text_class: str) -> HtmlElement:
    out = shell(matter.element)
    out.attrib.pop(COLUMNS)
    add_class(out, text_class)
    opening = deepcopy(matter.opening)
    opening.set(BLOCK, matter.opening_id)
    opening.tail = None
    for art in opening.find_class(ART):
        art.drop_tree()
    text = shell(matter.text)
    flow = [(strip.holders, deepcopy(strip.element)) for strip in matter.strips if strip.in_flow]
    text.append(_strip(text, "col", list(in_holders(flow))))
    for place, role in (("col", "float"), ("across", "wide")):
        floats = [deepcopy(strip.element) for strip in matter.strips if strip.role == role]
        text.append(_strip(text, place, floats))
    text.append(_strip(text, "col", [deepcopy(note) for note in matter.notes.values()]))
    out.extend((opening, text))
    return out


def _strip(parent: HtmlElement, place: str, elements: Sequence[HtmlElement]) -> HtmlElement:
    strip = parent.makeelement("div", {"class": place})
    strip.extend(elements)
    return strip
