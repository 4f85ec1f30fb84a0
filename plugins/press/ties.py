"""Words that a line must not part: a number from what it counts, a last short word from its neighbour."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from arabic.script import is_arabic_letter

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
# Letters: a longer word may stand alone on the last line. Arabic lines have kashidas to give.
RUNT, ARABIC_RUNT = 5, 8
LEAST_WORDS = 4
# The last line of a title has about half of it; more letters than these would not fit a narrow head.
TITLE_SHARE = 0.45
TITLE_MOST, NARROW_MOST = 20, 14
NARROW_HEADS = frozenset({"explainer", "review"})
LATIN_WORD = re.compile("[A-Za-z]{4}")
BLOCKS = ("p", "li", "dd", "figcaption", "h1", "h2", "h3")


def tie(root: HtmlElement) -> None:
    """Put no-break spaces where an editor means them, in place; before directions are settled."""
    for element in root.iter():
        if isinstance(element.tag, str):
            element.text = _tied(element.text)
            element.tail = _tied(element.tail)
    for element in root.iter(*BLOCKS):
        _keep_end(element)
    for opening in root.find_class("opening"):
        for title in opening.iter("h1"):
            _keep_title(title, NARROW_MOST if _has_narrow_head(opening) else TITLE_MOST)


def wrap_ties(root: HtmlElement) -> None:
    """Where a no-break space stands at the edge of an element, put both words into one span, in place.

    WeasyPrint 70 looks for a place to break before such an edge, and breaks after the first word.
    In the span a plain space ties as well; beside a number PDFium tells a no-break one on the wrong side.
    """
    for parent in list(root.iter()):
        for child in list(parent.iterchildren("*")):
            before, after = _word_before(child), _word_after(child)
            if before or after:
                _wrap(child, before, after)


def _tied(text: str | None) -> str | None:
    if not text:
        return text
    return DAY.sub(NBSP, ANNOUNCED.sub(rf"\1{NBSP}", text))


def _keep_end(element: HtmlElement) -> None:
    """The last word of a block whole, and with the one before it when it is short.

    A longer word may stand alone: tied, it would open gaps in the line above.
    """
    texts = _texts(element)
    if not texts or len(element.text_content().split()) < LEAST_WORDS:
        return
    owner, part = next((text for text in reversed(texts) if _word(getattr(*text))), texts[-1])
    text = getattr(owner, part)
    words = text.rstrip().rsplit(" ", 2)
    if len(words) == 2 and (owner, part) != texts[0]:
        words = ["", *words]  # the inside of a link, say: all of it
    if len(words) < 3 or NBSP in words[-1] or _is_long(words[-1]):
        words = text.rstrip().rsplit(" ", 1)
        if len(words) < 2 or not LATIN_WORD.match(words[-1]):
            return
    whole = element.makeelement("span", {"class": "whole"})
    whole.text = NBSP.join(words[1:]) + text[len(text.rstrip()) :]
    parted = words[0] or (words[1] and text.startswith(" "))
    setattr(owner, part, f"{words[0]} " if parted else "")
    if part == "text":
        owner.insert(0, whole)
    else:
        owner.addnext(whole)


def _has_narrow_head(opening: HtmlElement) -> bool:
    piece = opening.getparent()
    return piece is not None and bool(NARROW_HEADS & {*(piece.get("class") or "").split()})


def _keep_title(title: HtmlElement, most: int) -> None:
    """A title of two lines parts near its middle, not before a last word alone: its end is one piece."""
    text = title.text_content()
    words = text.strip().split(" ")  # what is tied already stays tied
    ends = [end for at in range(1, len(words)) if len(end := " ".join(words[at:])) <= most]
    if len(text.split()) < LEAST_WORDS or not ends:
        return
    end = min(ends, key=lambda one: abs(len(one) / len(text) - TITLE_SHARE))
    for child in list(title):
        title.remove(child)
    title.text = text.strip().removesuffix(end)
    whole = title.makeelement("span", {"class": "whole"})
    whole.text = end.replace(" ", NBSP)
    title.append(whole)


def _is_long(word: str) -> bool:
    letters = [char for char in word if char.isalpha()]
    return len(letters) > (ARABIC_RUNT if any(map(is_arabic_letter, letters)) else RUNT)


def _word(text: str) -> bool:
    return any(map(str.isalpha, text))


def _place_before(child: HtmlElement) -> tuple[HtmlElement, str]:
    previous = child.getprevious()
    parent = child.getparent()
    assert parent is not None
    return (parent, "text") if previous is None else (previous, "tail")


def _word_before(child: HtmlElement) -> str:
    text = getattr(*_place_before(child)) or ""
    return text[max(text.rfind(" "), text.rfind("\n")) + 1 :] if text.endswith(NBSP) else ""


def _word_after(child: HtmlElement) -> str:
    match = re.match(f"{NBSP}[^ \\n]+", child.tail or "")
    return match[0] if match else ""


def _wrap(child: HtmlElement, before: str, after: str) -> None:
    owner, part = _place_before(child)
    text = getattr(owner, part) or ""
    setattr(owner, part, text[: len(text) - len(before)])
    span = child.makeelement("span", {"class": "nowrap"})
    span.text, span.tail = before.replace(NBSP, " "), (child.tail or "")[len(after) :]
    child.addprevious(span)
    _take(span, child, after)


def _take(span: HtmlElement, child: HtmlElement, after: str) -> None:
    """An element and the word tied to it into the span; and what is tied to that, 16 مايو 1989."""
    span.append(child)
    child.tail = after.replace(NBSP, " ")
    following = span.getnext()
    if after.endswith(NBSP) and not span.tail and following is not None:
        after = _word_after(following)
        span.tail = (following.tail or "")[len(after) :]
        _take(span, following, after)


def _texts(element: HtmlElement) -> list[tuple[HtmlElement, str]]:
    """The places of the block's texts in reading order, those of blocks inside it left out."""
    found = [(element, "text")] if element.text else []
    for child in element:
        if child.tag not in BLOCKS and isinstance(child.tag, str):
            found += _texts(child)
        if child.tail:
            found.append((child, "tail"))
    return found
