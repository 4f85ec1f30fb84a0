"""What the make-up took apart, one again: blocks in the order of the text, whatever page they stand on.

On the pages a paragraph may be two elements, a list is opened anew in each column, what floats stands
away from its mention and a note at the foot of its column. In the tags each is one, in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from press.drawn import Drawn, Mark
from press.galley import BLOCK, HELD, NOTE

Chain = tuple[Drawn, ...]


def reunite(drawn: Drawn) -> None:
    """Put the blocks of everything that was made up in order, in place."""
    for kid in drawn.kids:
        if isinstance(kid, Drawn):
            reunite(kid)
    leaves = [kid for kid in _nodes(drawn) if _is(kid, "leaf")]
    texts = [text for leaf in leaves for text in _nodes(leaf) if _is(text, "text")]
    if not texts:
        return
    notes = {note.element.get("data-n") or "": note for text in texts for note in _found(text, "note-text")}
    blocks = _joined(sorted((found for text in texts for found in _blocks(text, ())), key=_number))
    rest = [kid for leaf in leaves for kid in leaf.kids if not (isinstance(kid, Drawn) and _is(kid, "text"))]
    drawn.kids = [*rest, *_held(blocks)]
    _call(drawn, notes)


def _nodes(drawn: Drawn) -> Iterator[Drawn]:
    return (kid for kid in drawn.kids if isinstance(kid, Drawn))


def _is(drawn: Drawn, name: str) -> bool:
    return not drawn.pseudo and name in (drawn.element.get("class") or "").split()


def _found(drawn: Drawn, name: str) -> Iterator[Drawn]:
    for kid in _nodes(drawn):
        yield from [kid] if _is(kid, name) else _found(kid, name)


def _blocks(drawn: Drawn, holders: Chain) -> Iterator[tuple[Chain, Drawn]]:
    """The blocks of a page with the holders they stand in; notes are no blocks."""
    for kid in _nodes(drawn):
        if (kid.element.get(BLOCK) or "").isdecimal():
            yield holders, kid
        elif not _is(kid, "note-text"):
            yield from _blocks(kid, (*holders, kid) if kid.element.get(HELD) else holders)


def _number(found: tuple[Chain, Drawn]) -> int:
    return int(found[1].element.get(BLOCK) or 0)


def _joined(found: Sequence[tuple[Chain, Drawn]]) -> list[tuple[Chain, Drawn]]:
    """The pieces of a block as one; the space between two of them is there again."""
    joined = []
    for _, pieces in groupby(found, key=_number):
        (holders, block), *others = pieces
        for _, other in others:
            last = _last_mark(block)
            if last is not None and not last.cut:
                last.text = f"{last.text.rstrip()} "
            block.kids += other.kids
        joined.append((holders, block))
    return joined


def _last_mark(drawn: Drawn) -> Mark | None:
    for kid in reversed(drawn.kids):
        found = _last_mark(kid) if isinstance(kid, Drawn) else kid
        if isinstance(found, Mark):
            return found
    return None


def _held(blocks: Sequence[tuple[Chain, Drawn]]) -> Iterator[Drawn]:
    """The blocks in their holders, each holder once."""

    def holder(block: tuple[Chain, Drawn]) -> str:
        return (block[0][0].element.get(HELD) or "") if block[0] else ""

    for name, members in groupby(blocks, key=holder):
        inside = list(members)
        if not name:
            yield from (block for _, block in inside)
            continue
        whole = Drawn(inside[0][0][0].element)
        whole.kids = list(_held([(holders[1:], block) for holders, block in inside]))
        yield whole


def _call(drawn: Drawn, notes: dict[str, Drawn]) -> None:
    """Each note behind its call."""
    kids = []
    for kid in drawn.kids:
        kids.append(kid)
        if isinstance(kid, Drawn):
            _call(kid, notes)
            note = notes.pop(kid.element.get(NOTE) or "", None) if not kid.pseudo else None
            kids += [note] if note else []
    drawn.kids = kids
