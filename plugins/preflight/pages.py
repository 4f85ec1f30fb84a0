"""What every reader of a file goes by: what a broken one raises, what a page has from the nodes above it."""

from __future__ import annotations

import pikepdf
from pikepdf import Object

UNREADABLE = (
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    pikepdf.PdfError,
)  # what pikepdf raises at the unexpected
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
