"""What a galley measures: heights and lines of its blocks, read off the typesetter's boxes.

Boxes are known here by what they have (an element, children, a text), not by their classes: the
typesetter itself is touched in `press.typeset` alone. Lengths are CSS pixels (1/96 inch).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from arabic.kashida import STROKE
from press.cutting import counted
from press.galley import BLOCK, LINES, NOTE

OVER = 0.5  # pixels that a line may stick out for rounding's sake
LOOSE = 0.9  # em that a line's spaces may grow by: four times their width
LINE_PARTS = frozenset({"LineBox", "InlineBox", "TextBox"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was broken: its text, its height, the notes it calls."""

    text: str
    height: float
    notes: tuple[str, ...]

    @property
    def length(self) -> int:
        """Its counted characters, without the hyphen that the typesetter added."""
        return counted(self.text.removesuffix("\u2010"))

    @property
    def hyphenated(self) -> bool:
        """True when it ends within a word."""
        return self.text.endswith("\u2010")


@dataclass(frozen=True, slots=True)
class Measured:
    """A block's box, without its margins; `over`: how far its widest line sticks out."""

    top: float
    height: float
    width: float
    lines: tuple[Line, ...]
    over: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height


Measures = Mapping[str, Measured]


def with_notes(block: str, notes: Iterable[str], measures: Measures) -> float:
    """The height of a block and of notes below it, in pixels."""
    return measures[block].height + sum(measures[note_id(note)].height for note in notes)


def note_id(name: str) -> str:
    """A note as a block."""
    return f"note-{name}"


def read(pages: Iterable[Any]) -> Measures:
    """The blocks of laid-out pages by what their `data-b` says. ValueError when one is on two pages."""
    found: dict[str, Measured] = {}
    for page in pages:
        on_page: dict[str, Measured] = {}
        for box in _walk(page):
            id_ = _attribute(box, BLOCK)
            # Lines and the boxes inside a list's item repeat its element: the outermost counts.
            if id_ is not None and id_ not in on_page and type(box).__name__ not in LINE_PARTS:
                on_page[id_] = _measured(box)
        if found.keys() & on_page.keys():
            raise ValueError(f"blocks on two pages of the galley: {', '.join(found.keys() & on_page.keys())}")
        found |= on_page
    return found


def drifted(pages: Iterable[Any]) -> Iterator[str]:
    """Text that did not break into the lines that the make-up counted on: its words."""
    for page in pages:
        seen = set()
        for box in _walk(page):
            wanted = _attribute(box, LINES)
            if wanted is None or id(box.element) in seen or type(box).__name__ in LINE_PARTS:
                continue
            seen.add(id(box.element))
            lines = [_line(line) for line in _lines(box)]
            if len(lines) != int(wanted):
                yield f"{len(lines)} lines for {wanted}: {' / '.join(line.text for line in lines)}"


def loosened(pages: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Justified lines with wide gaps between their words: their block, their text."""
    for page in pages:
        for box in _walk(page):
            block = _attribute(box, BLOCK)
            if block is not None and type(box).__name__ not in LINE_PARTS:
                loose = (_line(line).text.split() for line in _lines(box) if _gap(line) > LOOSE)
                yield from ((block, " ".join(words)) for words in loose)


def _gap(line: Any) -> float:
    """What each of its spaces grew by, in em."""
    texts = (box for box in _walk(line) if getattr(box, "text", "").strip())
    return max((box.justification_spacing / box.style["font_size"] for box in texts), default=0.0)


def _walk(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _walk(child)


def _attribute(box: Any, name: str) -> str | None:
    element = getattr(box, "element", None)
    if element is None or not box.element_tag or "::" in box.element_tag:
        return None
    value: str | None = element.get(name)
    return value


def _measured(box: Any) -> Measured:
    lines = tuple(_line(line) for line in _lines(box))
    return Measured(
        box.border_box_y(), box.border_height(), box.border_width(), lines, max(0.0, *_overs(box), 0.0)
    )


def _lines(box: Any) -> Iterator[Any]:
    """The lines of a box, those inside its lines (inline blocks) and the marks of lists left out."""
    for child in getattr(box, "children", ()):
        if _generated(child):
            continue
        if type(child).__name__ == "LineBox":
            yield child
        else:
            yield from _lines(child)


def _line(line: Any) -> Line:
    text = "".join(box.text for box in _walk(line) if hasattr(box, "text") and not _generated(box))
    notes = dict.fromkeys(note for box in _walk(line) if (note := _attribute(box, NOTE)))
    return Line(text.replace(STROKE, ""), line.height, tuple(notes))


def _generated(box: Any) -> bool:
    return "::" in (box.element_tag or "")


def _overs(box: Any) -> Iterator[float]:
    """How far each line, and each table, is wider than what holds it."""
    for inner in _walk(box):
        for child in getattr(inner, "children", ()):
            if type(child).__name__ == "LineBox" or getattr(child, "is_table_wrapper", False):
                yield child.width - inner.width - OVER
