"""Words that a line must not part: a number from what it counts, a last short word from its neighbour."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

NBSP = "\u00a0"
# A word, and the number it announces: article 16, No. 35, المادة 16.
ANNOUNCED = re.compile(
    r"\b((?:[Aa]rt(?:icle|icles|\.)|[Rr]ules?|[Pp]art|[Pp]ages?|[Nn]os?\.|[Pp]aragraphs?|[Rr]esolution|"
    r"(?:و|ف|ب|ك)?(?:لل|ال)?(?:مادة|مادتان|مادتين|مواد|قاعدة|فقرة|صفحة|جزء|قرار|رقم))) (?=[\d٠-٩(])"
)
DAY = re.compile(
    r"(?<=\d) (?=(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر)\b)"
)
LAST_WORD = 10  # letters: a longer word may stand alone on its line
BLOCKS = ("p", "li", "dd", "figcaption", "h1", "h2", "h3")


def tie(root: HtmlElement) -> None:
    """Put no-break spaces where an editor means them, in place."""
    for element in root.iter():
        if isinstance(element.tag, str):
            element.text = _tied(element.text)
            element.tail = _tied(element.tail)
    for element in root.iter(*BLOCKS):
        _tie_last(element)


def _tied(text: str | None) -> str | None:
    if not text:
        return text
    return DAY.sub(NBSP, ANNOUNCED.sub(rf"\1{NBSP}", text))


def _tie_last(element: HtmlElement) -> None:
    """The last space of a block, where the word behind it is short and the line has others."""
    words = re.split(r"[ \n\t]+", element.text_content().strip())
    if len(words) < 4 or NBSP in words[-1] or len(words[-1]) > LAST_WORD or len(words[-2]) > LAST_WORD:
        return
    word_follows = False
    for owner, part in reversed(_texts(element)):
        text = getattr(owner, part)
        for at in range(len(text) - 1, -1, -1):
            if text[at] == " " and word_follows:
                setattr(owner, part, f"{text[:at]}{NBSP}{text[at + 1 :]}")
                return
            word_follows = word_follows or not text[at].isspace()


def _texts(element: HtmlElement) -> list[tuple[HtmlElement, str]]:
    """The places of the block's texts in reading order, those of blocks inside it left out."""
    found = [(element, "text")] if element.text else []
    for child in element:
        if child.tag not in BLOCKS and isinstance(child.tag, str):
            found += _texts(child)
        if child.tail:
            found.append((child, "tail"))
    return found
