"""What a page takes from the nodes above it in the tree of pages."""

from __future__ import annotations

from pikepdf import Object

HIGHEST = 32  # nodes; a file may go round in circles


def inherited(node: Object, key: str) -> Object | None:
    """A key of the page, or of the nearest node above that has it."""
    for _ in range(HIGHEST):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            return None
        node = node.Parent
    return None
