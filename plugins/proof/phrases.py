"""What stands in the other direction in a passage, by a plain rule of its own: a phrase without a letter of
the passage's script, set apart as one (decision 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proof.script import LRI, PDI, RLI

JOINED = "\u0621-\u065f\u0670-\u06d3"
# Signs and brackets that are its own go with it.
_WORD = r"[A-Za-z\u00c0-\u024f0-9]"
_SIGNS = r"[ \u00a0.,:;/&'’“”\"–—\-_@+=?#%]"
_PAIR = rf"\({_WORD}+(?:{_SIGNS}*{_WORD}+)*\)"
LATIN = re.compile(
    rf"[+]?(?:{_PAIR}(?={_WORD}))?{_WORD}(?:{_WORD}|{_SIGNS}*{_PAIR}|{_SIGNS}+(?={_WORD}))*[%°]?"
)
# References such as 16(1) may be read with the Arabic around them: their brackets are not the phrase's.
LOOSE = re.compile(rf"[+]?{_WORD}(?:{_WORD}|{_SIGNS}+(?={_WORD}))*[%°]?")
ARABIC = re.compile(rf"[{JOINED}]+(?:[ \u00a0،؛]+[{JOINED}]+)*")
SINGLE = re.compile(rf"{_WORD}[^\s\u0600-\u06ff]*(?<=[A-Za-z0-9%)])")


def isolated(text: str, rtl: bool, rule: re.Pattern[str]) -> str:
    """The text with its phrases of the other direction between isolates."""
    sign = LRI if rtl else RLI
    return rule.sub(lambda phrase: f"{sign}{phrase[0]}{PDI}", text)


def readings(text: str, rtl: bool) -> Iterator[str]:
    """The ways to set phrases apart, the likeliest first."""
    rules = (LATIN, LOOSE, SINGLE) if rtl else (ARABIC,)
    first, *others = (isolated(text, rtl, rule) for rule in rules)
    yield from dict.fromkeys((first, text, *others))
