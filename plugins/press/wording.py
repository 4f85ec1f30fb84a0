"""The text of each mark as the document has it.

A page shows lines: the space at a line's end is gone, a word cut in two has a hyphen, and Arabic is drawn
from the left. Tags may say what was meant (ActualText), so each mark is found again in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from press.drawn import Drawn, Mark, besides

SPACES = re.compile(r"[ \t\n\r\f]+")  # those that HTML collapses: not the no-break space
HYPHEN = "\u2010"  # what the typesetter puts where it cuts a word
REACH = 200  # characters that may be undrawn between two marks


def word(body: Drawn) -> None:
    """Give each mark of the document its text; generated text stays as it was drawn."""
    source = SPACES.sub(" ", "".join(_said(body.element)))
    at, before = 0, None
    for mark in _marks(body):
        for text in (mark.drawn, mark.drawn.removesuffix(HYPHEN)):
            start = source.find(text, at, at + len(text) + REACH)
            if start >= 0:
                if before and source[at:start].isspace():
                    before.text += source[at:start]
                mark.text = text
                at, before = start + len(text), mark
                break


def _said(element: Element) -> Iterator[str]:
    """The text of what is told; where a line is ended, a space."""
    if besides(element):
        return
    yield " " if element.tag.endswith("br") else element.text or ""
    for child in element:
        yield from _said(child)
        yield child.tail or ""


def _marks(drawn: Drawn) -> Iterator[Mark]:
    """The marks of text that stand in the document itself, in its order."""
    for kid in drawn.kids:
        if isinstance(kid, Drawn):
            yield from _marks(kid)
        elif isinstance(kid, Mark) and kid.frame is None and not drawn.pseudo:
            yield kid
