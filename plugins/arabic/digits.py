"""Arabic-Indic digits for a text written with 0-9: in its Arabic, never in its Latin runs.

A number that stands by itself in Arabic takes ٠-٩, with ٪ ٫ ٬. What divides numbers is read as the
Arabic around it: ١٦–٢٠ has 16 on the right, and so has ١٨/٦/٢٠٠٤ its day. UAX #9 sees to the first;
a slash or a full stop between Arabic-Indic digits would turn the order, and gets a U+200F before it,
as in CLDR's own dates. Hours keep their order, ١٤:٣٠, as on a clock.
"""

import re
from collections.abc import Iterator

from lxml import etree

from arabic.inline import OPAQUE, name, prose
from arabic.locale import to_arabic_indic
from arabic.phrases import find_phrases, is_figure

RLM = "\u200f"
PRINTED = frozenset({"data-issue", "data-part", "data-title"})

_NUMBER = re.compile("[0-9٠-٩]+(?:[./,\u00a0\u202f][0-9٠-٩]+)*")
_GROUPED = re.compile(
    "(?P<groups>[1-9٠-٩][0-9٠-٩]{,2}(?:(?P<mark>[.,\u00a0\u202f])[0-9٠-٩]{3})(?:(?P=mark)[0-9٠-٩]{3})*)"
    "(?:(?!(?P=mark))[.,](?P<fraction>[0-9٠-٩]+))?"
)
_DECIMAL = re.compile("[0-9٠-٩]+[.,][0-9٠-٩]+")
_GROUP_MARK = re.compile("[.,\u00a0\u202f]")
_DIVIDER = re.compile("(?=[./,])")
_PERCENT = re.compile("(?<=[٠-٩])([ \u00a0\u202f]?)%")


def exchange(tree: etree._Element) -> None:
    """Give the Arabic of a tree that `direct` has been through ٠-٩, in place.

    There everything Latin is inside an element that runs from left to right, numbers by themselves
    too: these are turned round, and then every text that runs from right to left may have its digits
    exchanged. Telephone numbers, addresses, code and whatever stands in a Latin phrase are left.
    So are attributes, but for those that style sheets print at the head and foot of a page.
    """
    for span in tree.iter("span"):
        if span.get("dir") == "ltr" and span.find(".//code") is None and is_figure(prose(span)):
            span.set("dir", "rtl")
    for element in _arabic(tree):
        element.text = element.text and _exchanged(element.text)
        for child in element:
            child.tail = child.tail and _exchanged(child.tail)
    for element in tree.iter("*"):
        for key in PRINTED.intersection(map(str, element.attrib)):
            element.set(key, exchanged(str(element.get(key))))


def exchanged(text: str) -> str:
    """Give `text`, an Arabic line in which Latin may stand, with ٠-٩ in its Arabic."""
    parts, done = [], 0
    for phrase in find_phrases(text, "rtl"):
        figure = text[phrase.start : phrase.end]
        if is_figure(figure):
            parts += [text[done : phrase.start], _exchanged(figure)]
            done = phrase.end
    return "".join([*parts, text[done:]])


def _arabic(element: etree._Element) -> Iterator[etree._Element]:
    """The elements whose own text runs from right to left."""
    if name(element) in OPAQUE | {""} or element.get("dir") == "ltr":
        return
    yield element
    for child in element:
        yield from _arabic(child)


def _exchanged(text: str) -> str:
    return _PERCENT.sub(r"\1٪", _NUMBER.sub(_number, text))


def _number(match: re.Match[str]) -> str:
    written = match[0]
    if grouped := _GROUPED.fullmatch(written):
        fraction = f"٫{grouped['fraction']}" if grouped["fraction"] else ""
        written = _GROUP_MARK.sub("٬", grouped["groups"]) + fraction
    elif _DECIMAL.fullmatch(written):
        written = re.sub("[.,]", "٫", written)
    else:
        written = _DIVIDER.sub(RLM, written)
    return to_arabic_indic(written)
