"""Footnotes: a call in the text, the note at the foot of the column that calls it."""

from __future__ import annotations

from copy import deepcopy

from lxml.html import HtmlElement

from press.galley import BLOCK, NOTE


def notes_to_the_foot(root: HtmlElement, slug: str) -> list[HtmlElement]:
    """Make each reference a call, and give the notes, numbered as they are called.

    A call says `data-note="<slug>-<number>"`, its note's `data-n` says the same: the make-up puts
    the note where the call stands.
    """
    notes = {item.get("id"): item for item in root.iterfind(".//div[@class='footnote']/ol/li")}
    made: list[HtmlElement] = []
    for reference in root.findall(".//a[@class='footnote-ref']"):
        mark = reference.getparent()  # the <sup> around it
        note = notes.get(reference.get("href", "")[1:])
        if mark is not None and note is not None:
            made.append(_called(mark, note, slug, len(made) + 1))
    for listing in root.findall(".//div[@class='footnote']"):
        listing.drop_tree()
    return made


def _called(mark: HtmlElement, note: HtmlElement, slug: str, number: int) -> HtmlElement:
    """Turn the mark into the call of a note; the note, with its number and no way back."""
    name = f"{slug}-{number}"
    tail = mark.tail
    mark.clear()
    mark.tail = tail
    mark.attrib.update({"class": "call", NOTE: name})
    call = mark.makeelement("a", {"id": f"call-{number}", "href": f"#note-{name}"})
    call.text = str(number)
    mark.append(call)
    return _text(note, slug, number)


def _text(note: HtmlElement, slug: str, number: int) -> HtmlElement:
    """The note's paragraphs as one, after its number; `compose` gives anchors the piece's name."""
    name = f"{slug}-{number}"
    made = note.makeelement(
        "p", {"class": "note-text", "id": f"note-{name}", "data-n": name, BLOCK: f"note-{name}"}
    )
    label = made.makeelement("span", {"class": "note-label"})
    back = made.makeelement("a", {"href": f"#{slug}--call-{number}"})
    back.text = f"{number}."
    label.append(back)
    made.append(label)
    for paragraph in deepcopy(note).iterchildren("p"):
        for back in paragraph.findall(".//a[@class='footnote-backref']"):
            back.drop_tree()
        paragraph.tag, paragraph.tail = "span", None
        _strip_end(paragraph)
        made[-1].tail = " "
        made.append(paragraph)
    return made


def _strip_end(element: HtmlElement) -> None:
    """The space before the way back goes with it."""
    last = element[-1] if len(element) else None
    if last is not None and last.tail:
        last.tail = last.tail.rstrip(" \u00a0\n")
    elif last is None and element.text:
        element.text = element.text.rstrip(" \u00a0\n")
