"""Links: law citations, glossary terms and pieces that exist; forms that the vocabulary knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from checks.anchors import anchors
from checks.text import Text
from magazine.findings import Finding
from magazine.markup import LAW, SCHEMES
from magazine.near import near

LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\]]*\])*\]\((?P<target>[^)\s]*)")
ONION = re.compile(r"https?://[^/]*\.onion(?:[:/]|$)", re.I)


def check(text: Text) -> Iterator[Finding]:
    """Every link's target."""
    for number, match in text.matches(LINK):
        target = match["target"]
        if not target.startswith(SCHEMES):
            yield text.finding("B015", number, target=target or "( )", forms=", ".join(SCHEMES))
            continue
        if ONION.match(target):
            yield text.finding("B029", number, target=target)
        kind = "#" if target.startswith("#") else target.partition(":")[0]
        yield from KINDS.get(kind, _unchecked)(text, number, target)


def _unchecked(_text: Text, _number: int, _target: str) -> Iterator[Finding]:
    return iter(())


def _piece(text: Text, number: int, target: str) -> Iterator[Finding]:
    slug, _, anchor = target.removeprefix("piece:").partition("#")
    slugs = {known for known, _ in text.library.pieces}
    if slug not in slugs:
        yield text.finding("B007", number, slug=slug, near=near(slug, slugs))
    elif anchor:
        yield from _anchor(text, number, slug, anchor)


def _here(text: Text, number: int, target: str) -> Iterator[Finding]:
    yield from _anchor(text, number, text.piece.slug, target[1:])


def _anchor(text: Text, number: int, slug: str, anchor: str) -> Iterator[Finding]:
    known = anchors(text, slug)
    if anchor not in known:
        yield text.finding("B025", number, slug=slug, anchor=anchor, near=near(anchor, known))


def _term(text: Text, number: int, target: str) -> Iterator[Finding]:
    term = target.partition(":")[2]
    if term not in text.library.glossary:
        yield text.finding("B008", number, term=term, near=near(term, text.library.glossary))


def _law(text: Text, number: int, target: str) -> Iterator[Finding]:
    citation = LAW.fullmatch(target)
    if not citation:
        yield text.finding("B011", number, target=target)
        return
    instrument = text.library.instruments.get(citation["id"])
    if instrument is None:
        close = near(citation["id"], text.library.instruments)
        yield text.finding("B009", number, id=citation["id"], near=close)
    elif citation["place"]:
        article = int(citation["place"].partition(".")[0])
        if not instrument.last or not 1 <= article <= instrument.last:
            yield text.finding(
                "B010",
                number,
                id=instrument.id,
                unit=instrument.unit,
                number=article,
                last=instrument.last or 0,
            )


KINDS: Mapping[str, Callable[[Text, int, str], Iterator[Finding]]] = {
    "#": _here,
    "piece": _piece,
    "term": _term,
    "law": _law,
}
