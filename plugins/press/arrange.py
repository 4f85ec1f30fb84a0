"""Structure elements, and what may stand in them (ISO 32000-1, 14.8.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from press.drawn import Area, Frame, Mark

Values = Mapping[str, str | int | Frame]  # a str is a name


@dataclass(slots=True)
class Node:
    """A structure element; its kids are in the order of reading."""

    role: str
    kids: list[Node | Mark | Area] = field(default_factory=list)
    language: str = ""
    alternative: str = ""  # what a picture shows; where a link leads
    actual: str = ""  # the text, where the page has it otherwise
    attributes: dict[str, Values] = field(default_factory=dict)  # by owner

    @property
    def nodes(self) -> list[Node]:
        """The elements among the kids."""
        return [kid for kid in self.kids if isinstance(kid, Node)]


Kids = list[Node | Mark | Area]
INLINE = frozenset({"Span", "Link", "Reference"})
LINES = frozenset({"P", "Lbl", "H1", "H2", "H3", "H4", "H5", "H6"})  # blocks of inline content alone
# Elements that hold blocks alone, and the block that inline content in them gets.
BLOCKS_ONLY: Mapping[str, str] = {
    **dict.fromkeys(("Document", "Part", "Art", "Sect", "Div", "BlockQuote"), "P"),
    "TOCI": "Reference",
}
# Elements that hold either: their inline content needs a block only where it stands beside others.
EITHER = frozenset({"LBody", "TD", "TH", "Caption", "Note"})


def arranged(node: Node) -> Kids:
    """The element with its kids as they may stand in it, and what may not stand in it behind it."""
    behind: Kids = []
    if node.role == "LI":
        node.kids = _item(node.kids)
    elif node.role == "L":
        node.kids = _entries(node.kids)
    elif node.role == "Div":
        node = _captioned(node)
    elif node.role in BLOCKS_ONLY or (node.role in EITHER and not all(map(_is_inline, node.kids))):
        node.kids = _in_blocks(node.kids, BLOCKS_ONLY.get(node.role, "P"))
    elif node.role in INLINE or node.role in LINES:
        behind = [kid for kid in node.kids if _is(kid, "Note")]
        node.kids = [kid for kid in node.kids if not _is(kid, "Note")]
    empty = not node.kids and node.role not in ("TD", "TH")
    return behind if empty else [node, *behind]


def _is(kid: Node | Mark | Area, *roles: str) -> bool:
    return isinstance(kid, Node) and kid.role in roles


def _is_inline(kid: Node | Mark | Area) -> bool:
    return not isinstance(kid, Node) or kid.role in INLINE


def _in_blocks(kids: Iterable[Node | Mark | Area], role: str) -> Kids:
    """Inline kids that follow each other in a block; the notes among them behind it."""
    blocks, run, notes = Kids(), Kids(), Kids()

    def close() -> None:
        blocks.extend(([Node(role, list(run))] if run else []) + notes)
        run.clear()
        notes.clear()

    for kid in kids:
        if _is_inline(kid):
            run.append(kid)
        elif run and _is(kid, "Note"):
            notes.append(kid)
        else:
            close()
            blocks.append(kid)
    close()
    return _in_contents(blocks)


def _in_contents(kids: Kids) -> Kids:
    """Lines of contents that follow each other in a table of contents."""
    blocks = Kids()
    for kid in kids:
        last = blocks[-1] if blocks else None
        if not _is(kid, "TOCI"):
            blocks.append(kid)
        elif isinstance(last, Node) and last.role == "TOC":
            last.kids.append(kid)
        else:
            blocks.append(Node("TOC", [kid]))
    return blocks


def _item(kids: Kids) -> Kids:
    """A list's item: its label and its body."""
    labels, body = Kids(), Kids()
    for kid in kids:
        (labels if _is(kid, "Lbl") else body).append(kid)
    return labels + (arranged(Node("LBody", body)) if body else [])


def _entries(kids: Kids) -> Kids:
    """A list of definitions has terms and texts: each term begins an item."""
    items = Kids()
    for kid in kids:
        last = items[-1] if items else None
        if not _is(kid, "Lbl", "LBody"):
            items.append(kid)
        elif isinstance(last, Node) and not (_is(kid, "Lbl") and _is(last.kids[-1], "LBody")):
            last.kids.append(kid)
        else:
            items.append(Node("LI", [kid]))
    return items


def _captioned(figure: Node) -> Node:
    """A figure around a table is the table, with the caption in it; any other one stays."""
    tables = [kid for kid in figure.nodes if kid.role == "Table"]
    figure.kids = _in_blocks(figure.kids, "P")
    if len(tables) != 1 or not all(_is(kid, "Table", "Caption") for kid in figure.kids):
        return figure
    tables[0].kids[:0] = [kid for kid in figure.kids if _is(kid, "Caption")]
    return tables[0]
