"""An index that a browser can look words up in, a few kilobytes at a time.

Files of script, since a page opened from a disk may load nothing else: `start` with the rules and the
counts, `words-N` with the words of one shard, `piece-N` with what is shown of one piece. They name
one another by number, so they stand in a folder named by a digest of them all: a browser never
mixes two builds. Words stand in the shard of the last three letters of each of their keys, which
the readings of a word mostly share.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from arabic.search import RULES, keys, own_beginnings, words

SHARD = 16_000  # bytes of a shard, before compression; and about a third of it after
FULL = 7  # how often a word stands in a text is told in so many steps, each twice the one before
ONCE = 0.35  # the weight of the first step
LONG = 0.6  # the part of a weight that depends on the length of the text
SHORT = 2  # words of a title that is little more than the word that was asked for
WEIGHTS = {"summary": 3, "also": 2, "headings": 2, "text": 1}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that can be found: what is shown of it, and what else it is found by."""

    url: str  # below the language's folder
    title: str
    label: str = ""
    date: str = ""
    summary: str = ""
    text: str = ""
    headings: str = ""
    also: str = ""  # tags, authors, instruments
    quoted: bool = True  # whether its text is shown around a word that was found


def build(entries: Sequence[Entry], speech: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The index's digest and its files, name → script. `speech` is handed to the browser as it is."""
    postings = _postings(entries)
    shards = _shards(postings)
    start = {"rules": RULES, "pieces": len(entries), "shards": len(shards), "speech": speech}
    files = {"start.js": _call("start", start)}
    files |= {f"words-{n}.js": _call("words", n, "\n".join(lines)) for n, lines in enumerate(shards)}
    files |= {f"piece-{n}.js": _call("piece", n, _shown(entry)) for n, entry in enumerate(entries)}
    digest = hashlib.sha256()
    for name, script in files.items():
        digest.update(f"{name}\0{script}\0".encode())
    return digest.hexdigest()[:12], files


def shard_of(key: str, shards: int) -> int:
    """The shard of a key: FNV-1a of the last three letters, as the browser computes it."""
    value = 0x811C9DC5
    for letter in key[-3:]:
        value = (value ^ ord(letter)) * 0x01000193 & 0xFFFFFFFF
    return value % shards


def _call(what: str, *values: Any) -> str:
    given = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    return f"Search.give({','.join((json.dumps(what), *given))})\n"


def _shown(entry: Entry) -> dict[str, str]:
    shown = {name: getattr(entry, name) for name in ("url", "title", "label", "date", "summary")}
    if entry.quoted:
        shown["text"] = entry.text
    return {name: value for name, value in shown.items() if value}


def _postings(entries: Sequence[Entry]) -> dict[str, list[tuple[int, int]]]:
    """Word → its places: (entry, weight). FULL + 1 is added when the title has it, twice when it is short."""
    counts = [_weights(entry) for entry in entries]
    usual = sum(map(sum, (count.values() for count in counts))) / max(len(counts), 1) or 1
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, (entry, count) in enumerate(zip(entries, counts, strict=True)):
        share = (1 - LONG) + LONG * sum(count.values()) / usual
        titled = list(words(entry.title))
        title = (FULL + 1) * (2 if len(titled) <= SHORT else 1)
        for word in sorted({*count, *titled}):
            weight = _step(count[word] / share) + (title if word in titled else 0)
            found[word].append((number, weight))
    return found


def _weights(entry: Entry) -> Counter[str]:
    count: Counter[str] = Counter()
    for name, weight in WEIGHTS.items():
        for word in words(getattr(entry, name)):
            count[word] += weight
    return count


def _step(weight: float) -> int:
    return 0 if not weight else min(FULL, max(1, 1 + round(math.log2(weight / ONCE))))


def _shards(postings: Mapping[str, list[tuple[int, int]]]) -> list[list[str]]:
    """The lines of each shard: a word, `!` when its first letter is its own, and its places."""
    own = own_beginnings(postings)
    lines: dict[str, tuple[tuple[str, ...], str]] = {}
    for word, places in sorted(postings.items()):
        all_keys = keys(word)
        sure = len(all_keys) > 1 and all_keys[0] in own
        lines[word] = all_keys[: 1 if sure else None], f"{word}{'!' if sure else ' '}{_packed(places)}"
    count = max(1, round(sum(len(line.encode()) for _, line in lines.values()) / SHARD))
    shards: list[list[str]] = [[] for _ in range(count)]
    for belongs, line in lines.values():
        for shard in sorted({shard_of(key, count) for key in belongs}):
            shards[shard].append(line)
    return shards


def _packed(places: Iterable[tuple[int, int]]) -> str:
    """Each place as the distance from the one before, unless it is the next, and a letter for the weight."""
    packed, before = [], -1
    for number, weight in places:
        distance = number - before
        packed.append(f"{distance if distance > 1 else ''}{chr(ord('A') + weight)}")
        before = number
    return "".join(packed)
