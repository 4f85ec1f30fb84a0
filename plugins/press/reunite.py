"""What the make-up took apart, one again: blocks in the order of the text, whatever page they stand on.

On the pages a paragraph or a table may be several elements, a list is opened anew in each column, what
floats stands away from its mention and a note at the foot of its column. In the tags each is one, in
its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from press.cutting import GOES_ON
from press.drawn import Drawn, Mark
from press.galley import BLOCK, HELD, NOTE

FLOATS = ("slot", "across")  # where the make-up puts what floats

Chain = tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A block as it stands on a page, with the holders it stands in; None when it floats."""

    drawn: Drawn
    holders: Chain | None

    @property
    def number(self) -> int:
        """Its place in the text."""
        return int(self.drawn.element.get(BLOCK) or 0)


def reunite(drawn: Drawn) -> None:
    """Put the blocks of everything that was made up in order, in place."""
    for kid in drawn.kids:
        if isinstance(kid, Drawn):
            reunite(kid)
    leaves = [kid for kid in _nodes(drawn) if kid.has("leaf")]
    texts = [text for leaf in leaves for text in _nodes(leaf) if text.has("text")]
    if not texts:
        return
    notes = {note.element.get("data-n") or "": note for text in texts for note in _notes(text)}
    blocks = _joined(sorted((found for text in texts for found in _blocks(text, ())), key=_number))
    rest = [kid for leaf in leaves for kid in leaf.kids if not (isinstance(kid, Drawn) and kid.has("text"))]
    drawn.kids = [*rest, *_held([(block.drawn, block.holders or ()) for block in _settled(blocks)])]
    _call(drawn, notes)


def _nodes(drawn: Drawn) -> Iterator[Drawn]:
    return (kid for kid in drawn.kids if isinstance(kid, Drawn))


def _notes(drawn: Drawn) -> Iterator[Drawn]:
    for kid in _nodes(drawn):
        yield from [kid] if kid.has("note-text") else _notes(kid)


def _blocks(drawn: Drawn, holders: Chain | None) -> Iterator[_Block]:
    """The blocks of a page; notes are no blocks."""
    for kid in _nodes(drawn):
        if (kid.element.get(BLOCK) or "").isdecimal():
            yield _Block(kid, holders)
        elif any(map(kid.has, FLOATS)):
            yield from _blocks(kid, None)
        elif not kid.has("note-text"):
            yield from _blocks(kid, (*(holders or ()), kid) if kid.element.get(HELD) else holders)


def _number(block: _Block) -> int:
    return block.number


# --- what goes on ------------------------------------------------------------------------------


def _joined(blocks: Iterable[_Block]) -> list[_Block]:
    """The pieces of a block as one."""
    joined: list[_Block] = []
    pieces = list[Drawn]()
    for block in blocks:
        if joined and block.drawn.has(GOES_ON):
            _space(joined[-1].drawn, pieces[-1])
            _join(joined[-1].drawn, block.drawn)
        else:
            joined.append(block)
        pieces.append(block.drawn)
    return joined


def _space(whole: Drawn, piece: Drawn) -> None:
    """The space that stood where a piece ends (`press.cutting` has left it behind)."""
    last = _last(whole)
    if last and (piece.element.tail or "").isspace():
        last.text = f"{last.text.rstrip()} "


def _last(drawn: Drawn) -> Mark | None:
    """The last mark of a text."""
    found = (_last(kid) if isinstance(kid, Drawn) else kid for kid in reversed(drawn.kids))
    return next((mark for mark in found if isinstance(mark, Mark)), None)


def _join(whole: Drawn, more: Drawn) -> None:
    """What goes on behind what it goes on from, and so the elements that the cut went through."""
    first, last = more.kids[:1], whole.kids[-1:]
    for kid, before in zip(first, last, strict=False):
        if isinstance(kid, Drawn) and isinstance(before, Drawn) and kid.has(GOES_ON):
            _join(before, kid)
            more.kids = more.kids[1:]
    whole.kids += more.kids


# --- holders and notes -------------------------------------------------------------------------


def _settled(blocks: Sequence[_Block]) -> Iterator[_Block]:
    """What floats stands in the holders that go on behind it."""
    before: Chain = ()
    for at, block in enumerate(blocks):
        if block.holders is None:
            behind = next((each.holders for each in blocks[at:] if each.holders is not None), ())
            block = replace(block, holders=_shared(before, behind))
        before = block.holders or ()
        yield block


def _shared(before: Chain, behind: Chain) -> Chain:
    pairs = takewhile(lambda pair: _name(pair[0]) == _name(pair[1]), zip(before, behind, strict=False))
    return tuple(holder for holder, _ in pairs)


def _name(holder: Drawn) -> str:
    return holder.element.get(HELD) or ""


def _held(blocks: Sequence[tuple[Drawn, Chain]]) -> Iterator[Drawn]:
    """The blocks in their holders, each holder once."""
    for name, members in groupby(blocks, key=lambda block: _name(block[1][0]) if block[1] else ""):
        inside = list(members)
        if not name:
            yield from (block for block, _ in inside)
            continue
        whole = Drawn(inside[0][1][0].element)
        whole.kids = list(_held([(block, holders[1:]) for block, holders in inside]))
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
