"""From composed HTML to the HTML of finished pages: a leaf for each, every line in its place.

What carries `data-columns` is made up; all else is a page already. With the pages made, the
contents and the references are told their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import partial
from itertools import cycle, islice

from lxml import html as lxml_html
from lxml.html import HtmlElement

from arabic.locale import to_arabic_indic
from press.cutting import add_class, part
from press.fitting import Fitted, Measure, Sheet, TablesCutError, fit, height_of
from press.galley import COLUMNS, LINES, Held, Matter, Strip, in_holders, matters
from press.makeup import AROUND_WIDE, Page, Slice, even
from press.measures import Measures

TAIL_LEAST, TAIL_MOST = 30.0, 90.0  # mm of a closing cloth
TAIL_SPACE = 9.0  # mm, at least, between the text and the cloth
MODULE = 6.0  # mm
SPARE, SHEET_PAGES = "data-spare", 4  # pages of a sheet folded once
ATTEMPTS = 4  # at page numbers that agree with the pages they make
UNKNOWN = "00"  # as wide as most numbers

Cloth = Callable[[int, float, float], str]  # which one, width and height in mm -> SVG, or nothing


def paginate(html: str, measure: Measure, cloth: Cloth) -> tuple[str, Sheet, list[Fitted]]:
    """The finished pages' HTML, and how they were made. UnplaceableError as `fit` says.

    References in the text take room, and their numbers are known when the pages are made: a piece
    whose references were told wrongly is made up again.
    """
    told: dict[str, str] = {}
    before: list[Fitted] = []
    for _ in range(ATTEMPTS):
        tree = lxml_html.document_fromstring(html)
        _tell(tree, told)
        found = matters(tree)
        known = [_kept(*pair) for pair in zip(found, before, strict=False)]
        try:
            sheet, fitted = fit(tree, found, measure, known)
        except TablesCutError:
            return paginate(lxml_html.tostring(tree, encoding="unicode"), measure, cloth)
        for index, item in enumerate(fitted):
            _Binder(item, sheet).bind(partial(cloth, index))
        _fill_sheets(tree)
        pages = _pages(tree)
        if not _tell(tree, pages):
            break
        told, before = pages, fitted
    return "<!doctype html>\n" + lxml_html.tostring(tree, encoding="unicode"), sheet, fitted


def _kept(matter: Matter, before: Fitted) -> Fitted | None:
    """The pages a matter had, when nothing in its text changed."""
    same = [strip.element.text_content() for strip in matter.strips] == before.texts
    return replace(before, matter=matter) if same else None


def _fill_sheets(tree: HtmlElement) -> None:
    """Pages that say `data-spare` fill the last folded sheet: in turn, and again from the first."""
    spares: list[HtmlElement] = tree.xpath(f"//*[@{SPARE}]")
    missing = -(len(tree.find_class("leaf")) - len(spares)) % SHEET_PAGES
    for spare in spares:
        spare.attrib.pop(SPARE)
    for spare in islice(cycle(spares), missing):
        spares[0].addprevious(deepcopy(spare))
    for spare in spares:
        spare.drop_tree()


def _pages(tree: HtmlElement) -> dict[str, str]:
    """The page on which each anchor stands."""
    pages: dict[str, str] = {}
    for number, leaf in enumerate(tree.find_class("leaf"), 1):
        holder = leaf.getparent()
        for element in (*([holder] if holder is not None else ()), *leaf.iter()):
            pages.setdefault(element.get("id") or "", str(number))
    return pages


def _tell(tree: HtmlElement, pages: Mapping[str, str]) -> bool:
    """Tell each reference its page; whether one in a text was told another before."""
    changed = False
    numeral = to_arabic_indic if tree.get("data-digits") == "arab" else str
    for reference in tree.find_class("page-of"):
        page = numeral(pages.get((reference.get("href") or "")[1:], UNKNOWN))
        in_text = "line-page" not in (reference.get("class") or "")
        changed = changed or (in_text and reference.text != page)
        reference.text = page
    return changed


class _Binder:
    """Binds the pages of one matter: leaves in the place of its text."""

    def __init__(self, item: Fitted, sheet: Sheet) -> None:
        self.item, self.matter, self.sheet = item, item.matter, sheet
        self.measures: Measures = item.measures
        self.notes = item.matter.notes

    def bind(self, cloth: Callable[[float, float], str]) -> None:
        """Put the leaves in, and the closing cloth on the last."""
        element, opening = self.matter.element, self.matter.opening
        leaves = [self.leaf(page) for page in self.item.pages]
        opening.tail = None
        leaves[0].insert(0, opening)
        leaves[-1].extend(self.tail(self.item.pages[-1], cloth))
        for source in (self.matter.text, *element.find_class("end-notes")):
            source.drop_tree()
        element.extend(leaves)
        element.attrib.pop(COLUMNS)
        add_class(element, self.item.text_class)

    def leaf(self, page: Page) -> HtmlElement:
        """A page: what stands above the columns, the columns, what stands below them."""
        leaf = self.make("section", "leaf")
        text = self.make("div", "text")
        text.extend(self.across(page.above, page.head - self.across_height(page.above)))
        text.extend(self.column(page, index) for index, slices in enumerate(page.columns) if slices)
        text.extend(self.across(page.below, page.head + page.height + AROUND_WIDE))
        leaf.append(text)
        return leaf

    def make(self, tag: str, class_: str, style: str = "") -> HtmlElement:
        """A new element."""
        attributes = {"class": class_, "style": style} if style else {"class": class_}
        return self.matter.element.makeelement(tag, attributes)

    def mm(self, units: float) -> str:
        """Units as a CSS length."""
        return f"{units * self.sheet.unit:.3f}mm"

    # --- across -------------------------------------------------------------------------------

    def across_height(self, blocks: Sequence[int]) -> int:
        """Units that blocks across the columns take, with the space to the columns."""
        return sum(
            even(self.sheet.units(height_of(self.matter.strips[block], self.measures)) + AROUND_WIDE)
            for block in blocks
        )

    def across(self, blocks: Sequence[int], top: int) -> Iterator[HtmlElement]:
        """Blocks across the columns, one below the other."""
        for block in blocks:
            box = self.make("div", "across", f"top:{self.mm(top)}")
            box.extend(self.with_notes(self.matter.strips[block]))
            yield box
            top += self.across_height([block])

    def with_notes(self, strip: Strip) -> Iterator[HtmlElement]:
        """What floats, and its notes right below it."""
        yield deepcopy(strip.element)
        yield from (deepcopy(self.notes[note]) for note in strip.notes)

    # --- a column -----------------------------------------------------------------------------

    def column(self, page: Page, index: int) -> HtmlElement:
        """A column with the notes at its foot."""
        start = index * (self.sheet.column + self.sheet.gap)
        place = f"top:{self.mm(page.head)};height:{self.mm(page.height)};inset-inline-start:{start:.3f}mm"
        column = self.make("div", "col", place)
        column.extend(in_holders(list(self.slices(page.columns[index]))))
        called = [note for slice_ in page.columns[index] for note in self.calls(slice_)]
        if called:
            foot = self.make("div", "notes")
            foot.extend(deepcopy(self.notes[note]) for note in called)
            column.append(foot)
        return column

    def slices(self, slices: Sequence[Slice]) -> Iterator[Held]:
        """Each slice at its height, in the holders of its block."""
        bottom = 0
        for slice_ in slices:
            strip = self.matter.strips[slice_.block]
            element, height = self.set(strip, slice_)
            fixed = "" if strip.role == "text" else f"height:{self.mm(height)}"
            own = element.get("style") or ""
            element.set("style", f"{own}margin-top:{self.mm(slice_.top - bottom)};margin-bottom:0;{fixed}")
            bottom = slice_.top + height
            yield (strip.holders if strip.in_flow else ()), element

    def set(self, strip: Strip, slice_: Slice) -> tuple[HtmlElement, int]:
        """A slice's element and its height in units."""
        if strip.role == "text":
            element = self.lines(strip, slice_)
            element.set(LINES, str(slice_.last - slice_.first))
            return element, 2 * (slice_.last - slice_.first)
        height = self.sheet.units(height_of(strip, self.measures))
        if strip.in_flow:
            return deepcopy(strip.element), height
        slot = self.make("div", "slot")
        slot.extend(self.with_notes(strip))
        return slot, height

    def lines(self, strip: Strip, slice_: Slice) -> HtmlElement:
        """Some lines of a paragraph."""
        lengths = [line.length for line in self.measures[strip.id].lines]
        end = None if slice_.last == len(lengths) else sum(lengths[: slice_.last])
        return part(strip.element, sum(lengths[: slice_.first]), end)

    def calls(self, slice_: Slice) -> Sequence[str]:
        """The notes that a slice calls to the column's foot."""
        strip = self.matter.strips[slice_.block]
        if strip.role != "text":
            return strip.notes if strip.in_flow else ()
        lines = self.measures[strip.id].lines[slice_.first : slice_.last]
        return [note for line in lines for note in line.notes]

    # --- the end ------------------------------------------------------------------------------

    def tail(self, page: Page, cloth: Callable[[float, float], str]) -> Iterator[HtmlElement]:
        """A closing cloth at the foot of a last page that the text leaves half empty."""
        room = self.sheet.height - (page.head + page.height) * self.sheet.unit - TAIL_SPACE
        art = cloth(self.sheet.width, min(TAIL_MOST, room // MODULE * MODULE)) if room >= TAIL_LEAST else ""
        if page.below or not art:
            return
        box = self.make("div", "tail")
        box.set("aria-hidden", "true")
        box.append(lxml_html.fragment_fromstring(art))
        yield box
