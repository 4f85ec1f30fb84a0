"""The flow: what the typesetter makes of a composed edition by itself.

This is how issues were printed before the press made up its own pages: columns are filled block
after block, notes are floats that CSS sends to the foot of the page, and nothing comes after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from lxml import html as lxml_html
from lxml.html import HtmlElement

from press.cutting import shell
from press.galley import COLUMNS, NOTE

STYLES = Path(__file__).with_name("flow.css")


def flow(html: str, style_sheets: Iterable[Path]) -> str:
    """The edition as a document of its own: notes in their places, texts in runs, styles linked."""
    tree = lxml_html.document_fromstring(html)
    _link(tree, [*style_sheets, STYLES])
    for matter in tree.iterfind(f".//*[@{COLUMNS}]"):
        _notes_in_place(matter)
        for text in matter.find_class("text"):
            text[:] = list(_runs(text))
    return "<!doctype html>\n" + lxml_html.tostring(tree, encoding="unicode")


def _link(tree: HtmlElement, style_sheets: Iterable[Path]) -> None:
    """The style sheets before the document's own, which has the last word."""
    head = tree.find("head")
    assert head is not None
    for at, path in enumerate(style_sheets, 1):  # the encoding is said first
        head.insert(at, head.makeelement("link", {"rel": "stylesheet", "href": path.as_uri()}))


def _notes_in_place(matter: HtmlElement) -> None:
    """Each note where it is called, as a float without its number, which CSS counts."""
    notes = {note.get("data-n"): note for note in matter.find_class("note-text")}
    for call in matter.findall(f".//*[@{NOTE}]"):
        note = notes[call.get(NOTE)]
        note.tag, note.tail = "span", call.tail
        for label in note.find_class("note-label"):
            label.drop_tree()
        parent = call.getparent()
        assert parent is not None
        parent.replace(call, note)
    for rest in matter.find_class("end-notes"):
        rest.drop_tree()


def _runs(text: HtmlElement) -> Iterator[HtmlElement]:
    """Runs of columns, with what is wide between them.

    Not by `column-span`: the typesetter then forgets the notes above what spans.
    """
    for wide, blocks in groupby(text, key=lambda block: "wide" in block.classes):
        run = shell(text)
        run.set("class", "wide-run" if wide else "run")
        run.extend(blocks)
        yield run
