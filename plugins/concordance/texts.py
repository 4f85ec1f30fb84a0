"""The words of a rendered piece, as a reader reads them."""

from __future__ import annotations

from lxml import etree, html

# Said elsewhere in the text already, or no words.
LEFT_OUT = (
    "//aside[contains(@class, 'pullquote')] | //blockquote[contains(@class, 'pullquote')] | //svg"
    " | //a[@class='footnote-backref'] | //sup[.//a[@class='footnote-ref']]"
)
LINE = frozenset(
    "p li dt dd h2 h3 h4 td th caption figcaption blockquote aside section figure div tr br hr pre".split()
)
HEADINGS = "//h2 | //h3"


def text_of(fragment: str) -> tuple[str, str]:
    """The text of a piece's HTML, a block a line, and that of its headings."""
    if not fragment.strip():
        return "", ""
    tree = html.fragment_fromstring(fragment, create_parent="div")
    for element in tree.xpath(LEFT_OUT):
        element.drop_tree()
    headings = " ".join(_prose(heading) for heading in tree.xpath(HEADINGS))
    return _prose(tree), headings


def _prose(tree: etree._Element) -> str:
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in LINE:
            parts.append("\n")
        parts.append(
            (element.text if event == "start" else element.tail if element is not tree else "") or ""
        )
    return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(parts).split("\n"))))
