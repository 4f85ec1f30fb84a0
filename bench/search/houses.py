"""Larger houses than ours: what the first result costs at 250 articles and at 5,000."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from arabic.search import RULES, keys, words
from bench.search.corpus import articles
from concordance.index import Entry, build, shard_of
from magazine.model import Library
from web.search import speech

HERE = Path(__file__).parent
SCRIPT = HERE.parents[1] / "theme/static/js/search.js"
LIMITS = {250: 60, 5000: 150}  # articles: KB
ASKED = 300  # queries of two words in each
HEADS = (
    *("words", "index, MB", "files", "built in s"),
    *("first result, KB", "most", "ten results", "limit", "MiniSearch"),
)


def weights(library: Library, lang: str, ours: Mapping[str, Entry]) -> str:
    """The table: kilobytes are those of gzip, of script, rules, shards and pieces together."""
    source = [entry for entry in ours.values() if entry.text]
    rows = [f"| {lang}, articles | {' | '.join(HEADS)} |", "|---" * (len(HEADS) + 1) + "|"]
    for number in LIMITS:
        made = list(articles(number, lang, source))
        start = perf_counter()
        _, files = build(made, speech(library, library.imprint.language(lang)))
        seconds = perf_counter() - start
        first, ten = costs(made, {name: zipped(script.encode()) for name, script in files.items()})
        vocabulary = len({word for entry in made for word in words(entry.text)})
        whole = sum(len(script.encode()) for script in files.values()) / 1e6
        cells = (
            *(number, vocabulary, f"{whole:.1f}", len(files), f"{seconds:.0f}"),
            *(f"{value / 1000:.1f}" for value in (median(first), max(first), median(ten))),
            *(LIMITS[number], theirs(made)),
        )
        rows.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(rows)


def theirs(made: Sequence[Entry]) -> str:
    """What MiniSearch would load in the smaller house: its index is one."""
    if len(made) > min(LIMITS):
        return "–"
    listed = [asdict(entry) | {"id": str(number)} for number, entry in enumerate(made)]
    given = {"entries": listed, "queries": [], "rules": RULES, "script": str(SCRIPT)}
    answer = json.loads(node("minisearch.mjs", given))["MiniSearch, our normaliser"]
    return f"{(answer['library'] + answer['index'] + zipped(SCRIPT.read_bytes())) / 1000:.0f}"


def costs(made: Sequence[Entry], sizes: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """Queries of two words from one article's text: bytes to the first result, and to all ten."""
    dice = random.Random(1)
    shards = sum(name.startswith("words-") for name in sizes)
    page = zipped(SCRIPT.read_bytes()) + sizes["start.js"]
    pieces = [size for name, size in sizes.items() if name.startswith("piece-")]
    first, ten = [], []
    for _ in range(ASKED):
        text = [*words(dice.choice(made).text)]
        asked = {shard_of(key, shards) for word in dice.sample(text, 2) for key in keys(word)}
        index = page + sum(sizes[f"words-{shard}.js"] for shard in asked)
        first.append(index + dice.choice(pieces))
        ten.append(index + sum(dice.sample(pieces, 10)))
    return first, ten


def node(script: str, given: Mapping[str, Any], *arguments: str) -> str:
    """Run one of the scripts beside this one."""
    done = subprocess.run(
        ["node", script, *arguments],
        cwd=HERE,
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def zipped(data: bytes) -> int:
    """The size that a server sends it in."""
    return len(gzip.compress(data, 9, mtime=0))
