"""Words as a search sees them: what a reader types finds what is printed, however either is spelt.

Every rule stands in search.toml; theme/static/js/search.js follows the same rules in the browser.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

RULES: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))

_MARKS, _WORD, _UNSEEN = (re.compile(RULES[name]) for name in ("marks", "word", "unseen"))
_STOP = frozenset(RULES["stop"].split())
_EXCHANGES = tuple(pair for part in ("before", "letters", "after") for pair in RULES[part].items())
_CLITICS = sorted((*RULES["clitics"]["bare"], *RULES["clitics"]["article"]), key=lambda c: (len(c), c))
_ARTICLES = frozenset(RULES["clitics"]["article"])
_ENDINGS = tuple(sorted(RULES["endings"].items(), key=lambda pair: -len(pair[0])))


def fold(word: str) -> str:
    """Give the form in which a word is compared: one for all its spellings, clitics and endings on."""
    bare = _as_written(word)
    for written, meant in _EXCHANGES:
        bare = bare.replace(written, meant)
    return bare


def words(text: str) -> Iterator[str]:
    """The folded words of a text that a search can find, in order: no stop words, no single letters."""
    for found in _WORD.findall(text):
        yield from _searchable(found)


def readings(word: str) -> Iterator[tuple[str, str]]:
    """What a folded word may be: (clitics, the rest), as it stands first."""
    yield "", word
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= RULES["shortest"]:
            yield clitic, word[len(clitic) :]


def stem(word: str) -> str:
    """The word without its endings, or the first of its family."""
    while word not in _kin():
        rests = [(word.removesuffix(ending), least) for ending, least in _ENDINGS if word.endswith(ending)]
        known = (rest for rest, _ in rests if rest in _kin())
        fitting = (rest for rest, least in rests if len(rest) >= least)
        rest = next(known, "") or next(fitting, "")
        if not rest:
            return word
        word = rest
    return _kin()[word]


def keys(word: str) -> tuple[str, ...]:
    """The stems of every reading of a folded word, the word's own first."""
    return tuple(dict.fromkeys(stem(rest) for _, rest in readings(word)))


def own_beginnings(vocabulary: Iterable[str]) -> frozenset[str]:
    """The stems that stand after an article somewhere, so that their first letter is their own.

    «الوالدين» tells that «والدين» is no «و» before «الدين»: nothing comes between article and word.
    """
    return frozenset(
        stem(rest) for word in vocabulary for clitic, rest in readings(word) if clitic in _ARTICLES
    )


@cache
def _searchable(found: str) -> tuple[str, ...]:
    if _as_written(found) in _STOP:
        return ()
    parts = fold(found).split()  # one sign may stand for several words
    return tuple(part for part in parts if len(part) >= RULES["shortest"] or part.isdecimal())


def _as_written(word: str) -> str:
    composed = _MARKS.sub("", unicodedata.normalize("NFKC", word))
    apart = _UNSEEN.sub("", unicodedata.normalize("NFD", composed.lower()))
    return unicodedata.normalize("NFC", apart)


@cache
def _kin() -> dict[str, str]:
    families = [[fold(word) for word in family.split()] for family in RULES["kin"]["families"]]
    return {word: family[0] for family in families for word in family}
