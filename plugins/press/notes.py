"""Footnotes: from the list below a text to floats that the typesetter puts at the page's foot."""

from __future__ import annotations

from copy import deepcopy

from lxml.html import HtmlElement


def notes_to_the_foot(root: HtmlElement) -> None:
    """Replace each reference by its note (CSS Generated Content for Paged Media, `float: footnote`)."""
    notes = {item.get("id"): item for item in root.iterfind(".//div[@class='footnote']/ol/li")}
    for reference in root.findall(".//a[@class='footnote-ref']"):
        mark = reference.getparent()  # the <sup> around it
        note = notes.get(reference.get("href", "")[1:])
        if mark is not None and note is not None:
            _put_in_place(mark, _as_float(note))
    for listing in root.findall(".//div[@class='footnote']"):
        listing.drop_tree()


def _as_float(note: HtmlElement) -> HtmlElement:
    """The note's paragraphs as one inline run without the way back."""
    float_ = note.makeelement("span", {"class": "footnote"})
    for paragraph in deepcopy(note).iterchildren("p"):
        for back in paragraph.findall(".//a[@class='footnote-backref']"):
            back.drop_tree()
        paragraph.tag, paragraph.tail = "span", None
        _strip_end(paragraph)
        float_.append(paragraph)
    return float_


def _strip_end(element: HtmlElement) -> None:
    """The space before the way back goes with it."""
    last = element[-1] if len(element) else None
    if last is not None and last.tail:
        last.tail = last.tail.rstrip(" \u00a0\n")
    elif last is None and element.text:
        element.text = element.text.rstrip(" \u00a0\n")


def _put_in_place(mark: HtmlElement, float_: HtmlElement) -> None:
    float_.tail, mark.tail = mark.tail, None
    parent = mark.getparent()
    if parent is not None:
        parent.replace(mark, float_)
