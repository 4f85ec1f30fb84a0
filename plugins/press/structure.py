"""The structure of a tagged PDF (ISO 32000-1, 14.8), from what was drawn of the HTML.

The HTML says what things are; here each becomes a structure element of the PDF's few kinds, under a parent
that it may have. Where HTML has no word the template says it: `data-tag="TOCI"`. A heading with a `data-tag`
takes the headings of its section along: what a piece calls h2 lies as deep as the piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from magazine.model import Language
from press.arrange import INLINE, Kids, Node, arranged
from press.drawn import Area, Drawn, Frame, Mark, classes
from press.reunite import reunite
from press.wording import word

# What an HTML element is in a PDF. One that is not here is its content and no more.
ROLES: Mapping[str, str] = {
    "body": "Document",
    "section": "Sect",
    "section.part": "Part",
    "article": "Art",
    "aside": "Sect",
    "aside.pullquote": "BlockQuote",
    "blockquote": "BlockQuote",
    "figure": "Div",
    "figcaption": "Caption",
    "caption": "Caption",
    "img": "Figure",
    "svg": "Figure",
    "p": "P",
    "pre": "P",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "li::marker": "Lbl",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "a": "Link",
    "p.note-text": "Note",
    "sup.call": "Reference",
    "span.note-label": "Lbl",
}
SECTIONS = frozenset({"body", "section", "article"})
NUMBERING: Mapping[str, str] = {"ol": "Decimal", "ul": "Disc"}
HEADING = re.compile(r"[hH]([1-6])")
DEEPEST = 6
# Joiners, marks of direction, places to break: not words. (The non-joiner is spelling.)
UNSEEN = re.compile("[\u200b\u200d-\u200f\u061c\u2066-\u2069]")


def structure(body: Drawn, language: Language) -> Node:
    """The structure elements of a document; the outermost is the document."""
    body = body.copied()
    word(body)
    reunite(body)
    (document,) = _built(body, language.code, 0)
    assert isinstance(document, Node)
    _tell(document)
    document.attributes["Layout"] = {"WritingMode": "RlTb" if language.direction == "rtl" else "LrTb"}
    return document


def _built(drawn: Drawn, language: str, deeper: int) -> Kids:
    """What stands for an element: itself, with its notes behind it, or its content alone.

    Headings lie `deeper` by so many levels than the HTML calls them.
    """
    own = drawn.element.get("lang") or language
    if drawn.tag in SECTIONS:
        deeper = _depth(drawn, deeper)
    kids = [
        built
        for kid in drawn.kids
        for built in (_built(kid, own, deeper) if isinstance(kid, Drawn) else [kid])
    ]
    role = _role(drawn, deeper)
    if role == "Link" and not any(isinstance(kid, Area) for kid in kids):
        role = ""  # it leads nowhere in the PDF
    if not role and own == language:
        return kids
    node = Node(role or "Span", kids, language=own if own != language else "")
    DESCRIBE.get(node.role, _as_it_is)(node, drawn)
    return arranged(node)


def _role(drawn: Drawn, deeper: int) -> str:
    """What the template says, or else the element's class, or else its name."""
    said = drawn.element.get("data-tag")
    if said and not drawn.pseudo:
        return said
    pseudo = f"::{drawn.pseudo}" if drawn.pseudo else ""
    named = [f"{drawn.tag}.{name}{pseudo}" for name in classes(drawn.element)]
    role = next((ROLES[name] for name in (*named, drawn.tag + pseudo) if name in ROLES), "")
    return f"H{min(_level(role) + deeper, DEEPEST)}" if HEADING.fullmatch(role) else role


def _level(heading: str) -> int:
    return int(heading[1])


def _depth(section: Drawn, deeper: int) -> int:
    """By how much the headings of a section lie deeper: below its first one, when the template says."""
    first = next((element for element in section.element.iter() if HEADING.fullmatch(str(element.tag))), None)
    said = None if first is None else first.get("data-tag")
    return _level(said) - 1 if said else deeper  # a text's own headings begin with h2


# --- what elements say of themselves ------------------------------------------------------------


def _as_it_is(_node: Node, _drawn: Drawn) -> None:
    """Most elements say no more than what they are."""


def _picture(node: Node, drawn: Drawn) -> None:
    node.alternative = drawn.element.get("alt") or drawn.element.get("aria-label") or ""
    for kid in node.kids:
        if isinstance(kid, Mark) and kid.frame:
            node.attributes["Layout"] = {"Placement": "Block", "BBox": kid.frame}


def _link(node: Node, drawn: Drawn) -> None:
    words = drawn.element.get("aria-label") or "".join(_words(node))
    node.alternative = " ".join(UNSEEN.sub("", words).split())


def _words(node: Node) -> Iterator[str]:
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from [kid.alternative] if kid.role == "Figure" else _words(kid)
        elif isinstance(kid, Mark):
            yield kid.text


def _list(node: Node, drawn: Drawn) -> None:
    if drawn.tag in NUMBERING and any(kid.role == "Lbl" for item in node.nodes for kid in item.nodes):
        node.attributes["List"] = {"ListNumbering": NUMBERING[drawn.tag]}


def _cell(node: Node, drawn: Drawn) -> None:
    values: dict[str, str | int | Frame] = {}
    if node.role == "TH":
        values["Scope"] = "Row" if drawn.element.get("scope") == "row" else "Column"
    for name in ("ColSpan", "RowSpan"):
        span = int(drawn.element.get(name.lower(), 1))
        if span > 1:
            values[name] = span
    if values:
        node.attributes["Table"] = values


DESCRIBE = {"Figure": _picture, "Link": _link, "L": _list, "TH": _cell, "TD": _cell}


# --- what is said where the page has it otherwise -----------------------------------------------


def _tell(node: Node) -> None:
    """Say what was meant: Arabic is drawn from the left, and a line's end takes a space or cuts a word."""
    last = None if node.role in INLINE else _last(node)
    if last:
        last.text = last.text.rstrip()  # a block's end is a break by itself
    kids = Kids()
    for is_text, group in groupby(node.kids, lambda kid: isinstance(kid, Mark) and not kid.frame):
        run: Kids = list(group)
        marks = [kid for kid in run if isinstance(kid, Mark)]
        if is_text and any(mark.differs for mark in marks):
            run = [Node("Span", run, actual=UNSEEN.sub("", "".join(mark.text for mark in marks)))]
        elif not is_text:
            for kid in run:
                if isinstance(kid, Node):
                    _tell(kid)
        kids += run
    node.kids = kids


def _last(node: Node) -> Mark | None:
    """The mark that a node's text ends in."""
    last = node.kids[-1] if node.kids else None
    if isinstance(last, Node):
        return _last(last) if last.role in INLINE else None
    return last if isinstance(last, Mark) else None
