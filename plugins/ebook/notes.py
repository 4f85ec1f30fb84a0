"""Footnotes: from the list below a text to asides that reading systems show as pop-ups."""

from __future__ import annotations

from lxml.html import HtmlElement


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
        reference.set("href", "#" + _plain(reference.get("href", "")[1:]))
        reference.set("epub:type", "noteref")
        reference.set("role", "doc-noteref")


def _aside(note: HtmlElement, number: str) -> HtmlElement:
    id_ = _plain(note.get("id", ""))
    aside = note.makeelement("aside", {"id": id_, "epub:type": "footnote", "role": "doc-footnote"})
    backs = note.findall(".//a[@class='footnote-backref']")
    home = _plain(backs[0].get("href", "")[1:]) if backs else ""
    for back in backs:
        _take_out(back)
    aside[:] = list(note)
    if not len(aside) or aside[0].tag != "p":
        aside.insert(0, note.makeelement("p"))
    first = aside[0]
    way_back = note.makeelement(
        "a", {"href": f"#{home}", "class": "number", "epub:type": "backlink", "role": "doc-backlink"}
    )
    way_back.text, way_back.tail, first.text = number, f" {first.text or ''}", None
    first.insert(0, way_back)
    return aside


def _take_out(back: HtmlElement) -> None:
    """Markdown's way back after the note, and the space before it."""
    before, parent = back.getprevious(), back.getparent()
    back.drop_tree()
    if before is not None:
        before.tail = (before.tail or "").rstrip(" \u00a0\n")
    elif parent is not None:
        parent.text = (parent.text or "").rstrip(" \u00a0\n")


def _plain(id_: str) -> str:
    """`fn:1` -> `fn-1`: a colon has a meaning in XML names, and some systems take it at its word."""
    return id_.replace(":", "-")
