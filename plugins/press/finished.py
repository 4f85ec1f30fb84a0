"""A finished PDF, as rules see it, and what they find in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pikepdf
from lxml import etree

from press.content import Page, read_page
from press.elements import Element, Key, elements


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a file breaks, and on which page, where it is on one."""

    rule: str
    page: int | None
    text: str
    unknown: bool = False  # what the checker does not know: it may well be right

    def __str__(self) -> str:
        """As a message says it."""
        return f"{self.rule}{f', page {self.page}' if self.page else ''}: {self.text}"


@dataclass(frozen=True)
class File:
    """A finished PDF, as the rules see it."""

    pdf: bytes
    document: pikepdf.Pdf

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """What is drawn on each page."""
        return tuple(read_page(number, page) for number, page in enumerate(self.document.pages, 1))

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every structure element, in the order of reading."""
        return tuple(elements(self.document))

    @cached_property
    def ways_back(self) -> Mapping[int, pikepdf.Object]:
        """From the keys of pages and annotations to their elements."""
        root = self.document.Root.get("/StructTreeRoot")
        return {} if root is None else dict(pikepdf.NumberTree(root.ParentTree).items())

    @cached_property
    def metadata(self) -> etree._Element | None:
        """The metadata, None when there are none."""
        packet = self.document.Root.get("/Metadata")
        return None if packet is None else etree.fromstring(packet.read_bytes())

    def page_of(self, element: Element) -> int | None:
        """The number of the page on which an element begins."""
        return self._numbers.get(element.page) if element.page else None

    @cached_property
    def _numbers(self) -> Mapping[Key, int]:
        return {page.page.obj.objgen: page.number for page in self.pages}


Rule = Callable[[File], Iterator[Fault]]
