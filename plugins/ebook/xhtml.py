"""The HTML stage of an e-book, and HTML -> XHTML.

Reading systems resolve direction and join letters themselves. The stage helps where they differ: a
phrase of the other direction in a `dir` of its own is isolated alike everywhere (EPUB forbids the
CSS for it), its `lang` makes a voice speak it rightly, and the joiners hold words together in
systems that shape each element by itself. The text is never reordered (see docs/decisions/008).
"""

from __future__ import annotations

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from arabic.direction import direct
from arabic.joining import join_across_inlines
from ebook.notes import notes_as_asides

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# HTML's parser reads names in lower case; these are SVG's, as magazine.blocks draws charts with them.
SVG_NAMES = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# What the vocabulary's blocks are, to reading systems and screen readers.
SEMANTICS = (
    (".//aside[@class='pullquote']", {"role": "doc-pullquote"}),
    (".//dl[@class='glossary']", {"epub:type": "glossary"}),
    (".//dl[@class='glossary']/dt", {"epub:type": "glossterm"}),
    (".//dl[@class='glossary']/dd", {"epub:type": "glossdef"}),
)


def prepare(text: str, base: str) -> HtmlElement:
    """A template's HTML as a tree, with everything but its links in place."""
    root = lxml_html.document_fromstring(text)
    notes_as_asides(root)
    for path, attributes in SEMANTICS:
        for element in root.iterfind(path):
            for key, value in attributes.items():
                element.set(key, value)
    direct(root, "rtl" if base == "rtl" else "ltr")
    join_across_inlines(root)
    for element in root.iter(etree.Element):
        _as_xhtml(element)
    return root


def _as_xhtml(element: HtmlElement) -> None:
    if element.get("lang"):
        element.set(XML_LANG, element.get("lang", ""))
    element.attrib.pop("align", None)  # of table cells: HTML has it no more
    for read, meant in SVG_NAMES.items():
        if read in element.attrib:
            element.set(meant, element.attrib.pop(read))
    if not len(element) and not element.text and element.tag not in VOID:
        element.text = ""  # <td></td>, which is a cell to a system that reads it as HTML, too


def written(root: HtmlElement) -> bytes:
    """The tree as an XHTML file."""
    text = etree.tostring(root, encoding="unicode", method="xml")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{text}\n'.encode()
