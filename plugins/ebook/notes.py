"""Footnotes: from the list below a text to asides that reading systems show as pop-ups."""

from __future__ import annotations

from lxml.html import HtmlElement

SPACE = " \u00a0\n"  # before Markdown's arrows


def notes_as_asides(root: HtmlElement) -> None:
    """Mark each reference and each note as what it is (EPUB and DPUB-ARIA), linked both ways.

    A system without pop-ups shows the notes after the text: the number before each leads back.
    """
    for listing in root.findall(".//div[@class='footnote']"):
        listing[:] = [_aside(note, str(number)) for number, note in enumerate(listing.iterfind("ol/li"), 1)]
    for reference in root.findall(".//a[@class='footnote-ref']"):
        mark = reference.getparent()  # the <sup> around it
        if mark is not None:
            mark.set("id", _plain(mark.get("id", "")))
        reference.set("href", _plain(reference.get("href", "")))
        reference.set("epub:type", "noteref")
        reference.set("role", "doc-noteref")


def _aside(note: HtmlElement, number: str) -> HtmlElement:
    backs = note.findall(".//a[@class='footnote-backref']")  # one a reference, and there is always one
    home = _plain(backs[0].get("href", ""))
    for back in backs:
        _take_out(back)
    id_ = _plain(note.get("id", ""))
    aside = note.makeelement("aside", {"id": id_, "epub:type": "footnote", "role": "doc-footnote"})
    aside[:] = list(note)
    if not len(aside) or aside[0].tag != "p":
        aside.insert(0, note.makeelement("p"))
    _begin(aside[0], number, home)
    return aside


def _begin(paragraph: HtmlElement, number: str, home: str) -> None:
    """The note's number, which leads back, before its first words."""
    link = {"href": home, "class": "number", "epub:type": "backlink", "role": "doc-backlink"}
    number_ = paragraph.makeelement("a", link)
    number_.text, number_.tail, paragraph.text = number, f" {paragraph.text or ''}", None
    paragraph.insert(0, number_)


def _take_out(back: HtmlElement) -> None:
    """Markdown's way back after the note, the space before it, and a paragraph that held no more."""
    before, parent = back.getprevious(), back.getparent()
    back.drop_tree()
    if before is not None:
        before.tail = (before.tail or "").rstrip(SPACE)
    elif parent is not None:
        parent.text = (parent.text or "").rstrip(SPACE)
        if not parent.text and not len(parent):
            parent.drop_tree()


def _plain(id_: str) -> str:
    """`fn:1` -> `fn-1`: a colon has a meaning in XML names, and some systems take it at its word."""
    return id_.replace(":", "-")
