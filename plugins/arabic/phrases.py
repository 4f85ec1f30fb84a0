"""Find the phrases of the other direction in one line of text.

Works on a plain string in which single control characters (which no document can hold) stand for
what is not text: see `STOP`, `WALL`, `CORE`, `SOFT` and `NOTE`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise

from arabic.script import Direction, is_arabic_letter

STOP = "\x00"  # a block or a line break: the line ends here
WALL = "\x01"  # an element set in the base direction: a phrase ends here, the line does not
CORE = "\x02"  # an element that is Latin whatever it holds, such as code
SOFT = "\x03"  # an element already set in the other direction: joins a phrase, starts none
NOTE = "\x04"  # a picture or a note's mark: neutral


@dataclass(frozen=True)
class Phrase:
    """A half-open range of the text, to be set in `direction`.

    `lang` is the language of its words, `None` for bare numbers and addresses; `keep` asks that
    no line end inside it.
    """

    start: int
    end: int
    direction: Direction
    lang: str | None = None
    keep: bool = False


@dataclass(frozen=True)
class _Token:
    kind: str
    start: int
    end: int


_Chain = list[_Token]
_Joins = Callable[[_Chain, _Token], bool]

# In these patterns ASCII means itself, `a` is any strong left-to-right letter, `ب` any
# right-to-left one, `؛` their punctuation and `٠` an Arabic-Indic digit: `_shadow` sees to it.
_LTR_TOKENS = {
    "url": r"(?:[a-zA-Z]{3,6}://|www\.)[!-~]*[a-zA-Z0-9/=#&_%+-]",
    "email": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "phone": (
        r"(?<![\w+])(?:(?:\+|00)[0-9]{1,4}(?:[ \u00a0.-]?(?:\([0-9]+\)|[0-9]{2,}))+"
        r"|0[0-9]{1,4}(?:[ \u00a0.-][0-9]{2,})+)"
    ),
    "clause": r"[0-9]+(?:\([0-9]+\))*\([a-zA-Z]{1,4}\)(?:\(\w{1,4}\))*",
    "native": r"(?=[0-9()/.-]*[ب٠])[0-9٠]+(?:[/.-][0-9٠]+)?(?:\((?:[0-9٠]+|ب{1,3})\))+",
    "article": r"[0-9]+(?:[/.-][0-9]+)?(?:\([0-9]+\))+",
    "number": (
        r"(?:(?<![\wب٠)\]])-|(?<![\w)\]])[+−±]|[~≈<>≤≥$€£#№§]){,2}[0-9]+"
        r"(?:[.,/:\-–—×][0-9]+|[\u00a0\u202f][0-9]{3}(?![0-9]))*(?:[ \u00a0\u202f]?[%‰])?"
    ),
    "word": r"(?:[@#]|(?<![\wب٠)\]])[.~/])?[a-zA-Z]+",
    "core": CORE,
    "soft": SOFT,
}
_LTR = re.compile("|".join(f"(?P<{k}>{p})" for k, p in _LTR_TOKENS.items()), re.ASCII)
_RTL = re.compile(f"(?P<word>[ب٠]+)|(?P<soft>{SOFT})")

_FIGURES = {"number", "phone", "article"}
_ADDRESSES = {"url", "email"}

# What may follow a phrase and still be its own.
_LTR_TAIL = re.compile(r"[+#%‰°™®©²³′″$€£]*\??")
_RTL_TAIL = re.compile(
    r"(?:[ \u00a0]?[0-9]+(?:[.,/:–-][0-9]+)*(?:\((?:[0-9]+|ب{1,3})\))*%?(?![a-zA-Z0-9]))?[،؛]?"
)
_INITIALS = re.compile(r"(?<![\w.])(?:[a-zA-Z]\.)+[a-zA-Z]$")
_QUOTED_END = re.compile(r"[.!?…]+(?=[”»’])")

_SENTENCE_END = re.compile(r"[.!?:;…]\s")
_DASH = re.compile(r"\s[–—-]\s")
_ABBREVIATED = re.compile(r"\b(?:Arts?|Nos?|pp?|paras?|Vol|Ch|Res|Rec|Add|Rev|Sec|ca)$")
_TIGHT = re.compile(r"\s*|[-–/.,:+&_×°]+")

_LTR_OWN = "ب٠،؛\u066a"  # what shows that a line has Arabic in it
_BREAKS = {
    "rtl": re.compile(f"[{_LTR_OWN}{WALL}]"),
    "ltr": re.compile(f"[a-zA-Z{WALL}{CORE}]"),
}

_CLOSER = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›", "“": "”"}
_OPENER = {closer: opener for opener, closer in _CLOSER.items()}

_HANGING = re.compile(r"[)\]}”]\s?|\s?[(\[{“]")

# Without spaces a phrase is kept on one line, unless it is longer than this.
_KEPT_LENGTH = 30
# A number and its unit are kept together up to this length.
_MEASURE_LENGTH = 10


def find_phrases(text: str, base: Direction) -> list[Phrase]:
    """Find the maximal phrases of `text` that run against `base`, in order, never overlapping.

    Neutral characters between two words of a phrase are its own, at its edges they are not
    (UAX #9, N1 and N2), except what clearly belongs to it: its own brackets, %, ?, initials.
    A reference read from right to left, 16(1)(ب), is a phrase of the base direction.
    """
    shadow = _shadow(text)
    found: list[Phrase] = []
    for line in re.finditer(f"[^{STOP}]+", shadow):
        found += _whole(text, shadow, line, base) or _parts(text, shadow, line, base)
    return found


def is_figure(text: str) -> bool:
    """Say whether all that `text` holds is numbers: no telephone, address, code or Latin word."""
    kinds = {match.lastgroup for match in _LTR.finditer(_shadow(text))}
    return bool(kinds) and kinds <= {"number", "article", "native"}


def _whole(text: str, shadow: str, line: re.Match[str], base: Direction) -> list[Phrase]:
    """Take a line that is all in the other language with the punctuation its author gave it."""
    own, other = (_LTR_OWN, "a-zA-Z" + CORE) if base == "rtl" else ("a-zA-Z" + CORE, "ب")
    if re.search(f"[{own}{WALL}]", line[0]) or not re.search(f"[{other}]", line[0]):
        return []
    stop = " :;,،" if " " in line[0].strip() else " .:;,،"
    start = line.start() + len(line[0]) - len(line[0].lstrip())
    tokens = [_token(m) for m in _pattern(base).finditer(shadow, start, line.end())]
    return [_dress(text, tokens, (start, line.start() + len(line[0].rstrip(stop))), base)]


def _parts(text: str, shadow: str, line: re.Match[str], base: Direction) -> list[Phrase]:
    joins = partial(_joins_ltr if base == "rtl" else _joins_rtl, shadow)
    tokens = (_token(m) for m in _pattern(base).finditer(shadow, *line.span()))
    return [
        _dress(text, part, _extent(shadow, part, base), base)
        for chain in _chains(tokens, joins)
        for part in _balanced(shadow, chain, base)
        if any(token.kind != "soft" for token in part)
    ]


def _pattern(base: Direction) -> re.Pattern[str]:
    return _LTR if base == "rtl" else _RTL


def _token(match: re.Match[str]) -> _Token:
    return _Token(match.lastgroup or "", *match.span())


def _chains(tokens: Iterable[_Token], joins: _Joins) -> list[_Chain]:
    chains: list[_Chain] = []
    for token in tokens:
        if chains and joins(chains[-1], token):
            chains[-1].append(token)
        else:
            chains.append([token])
    return chains


def _joins_ltr(shadow: str, chain: _Chain, token: _Token) -> bool:
    gap = shadow[chain[-1].end : token.start]
    if _BREAKS["rtl"].search(gap) or "native" in {chain[-1].kind, token.kind}:
        return False
    if all(t.kind in _FIGURES for t in chain):
        # A number before Latin words is theirs only if nothing but a space divides them; two
        # numbers are read one after the other, as the Arabic around them.
        return _TIGHT.fullmatch(gap) is not None if token.kind not in _FIGURES else gap == ""
    return token.kind not in _FIGURES or not _begins_anew(shadow, chain, gap)


def _begins_anew(shadow: str, chain: _Chain, gap: str) -> bool:
    """Say whether a number leaves the Latin words before it: CEDAW. 16 دولة, but not Art. 16."""
    if _DASH.fullmatch(gap):
        return chain[-1].kind not in _FIGURES
    if not _SENTENCE_END.search(gap):
        return False
    return _ABBREVIATED.search(shadow, 0, chain[-1].end) is None


def _joins_rtl(shadow: str, chain: _Chain, token: _Token) -> bool:
    return not _BREAKS["ltr"].search(shadow, chain[-1].end, token.start)


def _balanced(shadow: str, chain: _Chain, base: Direction) -> Iterator[_Chain]:
    """Part `chain` at the brackets that open or close outside it: CEDAW) Convention is two."""
    stray = _stray(shadow, chain, base)
    if stray is None:
        yield chain
        return
    for part in (
        [t for t in chain if t.end <= stray],
        [t for t in chain if t.start > stray],
    ):
        yield from _balanced(shadow, part, base)


def _stray(shadow: str, chain: _Chain, base: Direction) -> int | None:
    """Find a bracket between the tokens whose fellow is neither between them nor at the edge."""
    closers, openers = _unmatched(shadow, chain)
    start, end = chain[0].start, _tail(shadow, chain, base)
    edges = [(place, start - back) for back, place in enumerate(closers, 1)]
    edges += [(place, end + on) for on, place in enumerate(reversed(openers))]
    for place, edge in edges:
        fellow = (_CLOSER | _OPENER)[shadow[place]]
        if shadow[edge : edge + 1] != fellow or not _hangs_on(shadow, chain, place, base):
            return place
    return None


def _hangs_on(shadow: str, chain: _Chain, place: int, base: Direction) -> bool:
    """Say whether the bracket at `place`, opened or closed at the phrase's edge, is the phrase's.

    (CEDAW) Convention is one phrase; in (CEDAW). (CRC) the brackets are the sentence's.
    """
    left, right = next((a, b) for a, b in pairwise(chain) if a.end <= place < b.start)
    gap = shadow[left.end : right.start]
    if base == "ltr":
        return True
    # After a closed bracket a number may be counting something in Arabic.
    return _HANGING.fullmatch(gap) is not None and (shadow[place] in _CLOSER or right.kind not in _FIGURES)


def _unmatched(shadow: str, chain: _Chain) -> tuple[list[int], list[int]]:
    closers: list[int] = []
    openers: list[int] = []
    for place in _between(chain):
        if shadow[place] in _CLOSER:
            openers.append(place)
        elif shadow[place] in _OPENER:
            if openers and shadow[openers[-1]] == _OPENER[shadow[place]]:
                openers.pop()
            else:
                closers.append(place)
    return closers, openers


def _between(chain: _Chain) -> Iterator[int]:
    for left, right in pairwise(chain):
        yield from range(left.end, right.start)


def _extent(shadow: str, chain: _Chain, base: Direction) -> tuple[int, int]:
    closers, openers = _unmatched(shadow, chain)
    start = chain[0].start - len(closers)
    end = _tail(shadow, chain, base) + len(openers)
    # The full stop of a quotation is the quotation's, not the sentence's that holds it.
    if start and shadow[start - 1] in "“«‘" and (stop := _QUOTED_END.match(shadow, end)):
        end = stop.end()
    return start, end


def _tail(shadow: str, chain: _Chain, base: Direction) -> int:
    end = chain[-1].end
    if chain[-1].kind in {"soft", "core", "native"}:
        return end
    tail = (_LTR_TAIL if base == "rtl" else _RTL_TAIL).match(shadow, end)
    end = tail.end() if tail else end
    initials = shadow[end : end + 1] == "." and _INITIALS.search(shadow, 0, end)
    return end + 1 if initials else end


def _dress(text: str, chain: _Chain, extent: tuple[int, int], base: Direction) -> Phrase:
    words = text[slice(*extent)]
    kinds = {token.kind for token in chain}
    if base == "ltr":
        return Phrase(*extent, "rtl", "ar" if any(map(is_arabic_letter, words)) else None)
    if kinds <= {"native", "article"}:
        return Phrase(*extent, "rtl", None, True)
    return Phrase(*extent, "ltr", _latin(words, kinds), _kept(words, chain))


def _latin(words: str, kinds: set[str]) -> str | None:
    if "word" not in kinds:
        return None
    return "en" if any(unicodedata.name(ch, "").startswith("LATIN ") for ch in words) else None


def _kept(words: str, chain: _Chain) -> bool:
    kinds = {token.kind for token in chain}
    if kinds & (_ADDRESSES | {"core", "soft"}) or len(words) > _KEPT_LENGTH or words.isalnum():
        return False
    if kinds <= _FIGURES or not re.search(r"\s", words):
        return True
    return chain[0].kind == "number" and len(words) <= _MEASURE_LENGTH


def _shadow(text: str) -> str:
    """Reduce `text` to the alphabet of the patterns, character for character."""
    shadow: list[str] = []
    for ch in text:
        reduced = _reduce(ch)
        # Marks and joiners are part of the letter before them.
        carried = reduced == "" and shadow and re.match(r"[a-zA-Z0-9ب٠]", shadow[-1])
        shadow.append(shadow[-1] if carried else reduced or ch)
    return "".join(shadow)


@cache
def _reduce(ch: str) -> str:
    kind, category = unicodedata.bidirectional(ch), unicodedata.category(ch)
    if ch.isascii():
        return " " if ch.isspace() else ch
    if category in {"Mn", "Me"} or (category == "Cf" and kind in {"BN", "L", "R", "AL"}):
        return ""
    if kind in {"R", "AL"}:
        return "ب" if category.startswith("L") else "؛"
    # Persian digits count as European in UAX #9, but no Arabic line needs them turned.
    if kind == "AN" or (kind == "EN" and category == "Nd"):
        return "٠"
    return "a" if kind == "L" else ch
