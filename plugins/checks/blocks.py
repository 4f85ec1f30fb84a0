"""Blocks: only those of the vocabulary, each closed, each with what it needs inside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from checks.text import Block, Text
from magazine.blocks import NAMES
from magazine.findings import Finding
from magazine.near import near
from magazine.options import OPTIONS, TAKES, Written

ITEM = re.compile(r"^\s*[-*+]\s+(?P<id>\S+)")


def check(text: Text) -> Iterator[Finding]:
    """Every block, its options and its inside."""
    if not text.piece.body.strip():
        yield text.finding("B001", text.piece.body_line)
    blocks, stray = text.fences
    for line in stray:
        yield text.finding("B017", line)
    for block in blocks:
        if not block.kind:
            yield text.finding("B002", block.line, name=block.name, blocks=", ".join(NAMES))
        if not block.closed:
            yield text.finding("B003", block.line, name=block.name)
            continue
        for option in block.options:
            yield from _option(text, block, option)
        yield from INSIDE.get(block.kind, _nothing)(text, block)


def _option(text: Text, block: Block, option: Written) -> Iterator[Finding]:
    """An option that the block takes, with a value that the option knows."""
    if not option.option:
        takes = ", ".join(f"{OPTIONS[key].names[0]}:" for key in TAKES.get(block.kind, ())) or "—"
        yield text.finding("B020", option.line, name=option.name, block=block.name, options=takes)
    elif not option.canonical:
        choices = ", ".join(OPTIONS[option.option].values or ("…",))
        yield text.finding("B021", option.line, value=option.value, name=option.name, choices=choices)


def _nothing(_text: Text, _block: Block) -> Iterator[Finding]:
    return iter(())


def incomplete(text: Text, block: Block, wanted: str, example: str) -> Finding:
    """A block lacks something."""
    return text.finding("B018", block.line, name=block.name, wanted=wanted, example=example)


def _figure(text: Text, block: Block) -> Iterator[Finding]:
    """A figure shows a picture."""
    if not any("![" in row for _, row in block.rows):
        yield incomplete(text, block, "![…](…)", "![…](images/x.svg)")


def _question(text: Text, block: Block) -> Iterator[Finding]:
    """A question asks."""
    if not block.argument:
        yield incomplete(text, block, "| …?", f"/// {block.name} | …?")


def _glossary(text: Text, block: Block) -> Iterator[Finding]:
    """A glossary lists terms that exist."""
    for number, row in block.rows:
        item = ITEM.match(row)
        if item and item["id"] not in text.library.glossary:
            known = near(item["id"], text.library.glossary)
            yield text.finding("B008", number, term=item["id"], near=known)


INSIDE: Mapping[str, Callable[[Text, Block], Iterator[Finding]]] = {
    "figure": _figure,
    "question": _question,
    "glossary": _glossary,
}
