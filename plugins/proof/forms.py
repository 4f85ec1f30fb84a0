"""Whether each Arabic letter has the form that its neighbours ask for, by arabic-reshaper.

A glyph is traced back to the letters it draws: each letter is set alone, with a joiner before, after or
on both sides, which gives a glyph of each form; what the font's other substitutions make of these glyphs
draws the same letters in the same forms, a ligature those of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Any
from unicodedata import decomposition

import uharfbuzz as hb
from arabic_reshaper import ArabicReshaper

from proof.faces import Face
from proof.script import MARKS, SILENT, TATWEEL, ZWJ

Unit = tuple[str, str]  # a letter and its form
Units = tuple[Unit, ...]
AROUND: Mapping[str, tuple[str, str]] = {
    "isolated": ("", ""),
    "initial": ("", ZWJ),
    "medial": (ZWJ, ZWJ),
    "final": (ZWJ, ""),
}
JOINING = ("isol", "init", "medi", "med2", "fina", "fin2", "fin3")
OTHERS = ("rlig", "liga", "calt", "clig", "rclt", "dlig", "mset", "cv01", "ss01")
MOST = 3  # letters of a ligature that is traced; longer ones are found by their parts
LETTERS = [chr(code) for code in (*range(0x621, 0x63B), *range(0x641, 0x64B), *range(0x671, 0x6D4))]
_FORM = re.compile(r"<(isolated|initial|medial|final)> ([0-9A-F ]+)")
_reshaper = ArabicReshaper(
    {
        "delete_harakat": True,
        "delete_tatweel": False,
        "support_ligatures": True,
        "ARABIC LIGATURE ALLAH": False,
    }
)


@lru_cache(maxsize=20_000)
def expected(word: str) -> Units:
    """The letters of a word with their forms, in reading order."""
    bare = MARKS.sub("", SILENT.sub("", word))
    return tuple(unit for char in _reshaper.reshape(bare) for unit in _units(char))


def _units(char: str) -> Iterator[Unit]:
    match = _FORM.match(decomposition(char))
    if match is None:
        if char in LETTERS:
            yield char, "isolated"
        return
    form, codes = match[1], [chr(int(code, 16)) for code in match[2].split()]
    if len(codes) == 1:
        yield codes[0], form
        return
    # lam-alef: the lam begins the pair, or goes on; the alef ends it
    yield codes[0], "initial" if form == "isolated" else "medial"
    yield codes[1], "final"


def formed(word: str, glyphs: Sequence[tuple[Face, int]]) -> bool:
    """True when the glyphs, in reading order, draw the word's letters in their forms."""
    wanted = expected(word)
    reached = {0}
    for face, gid in glyphs:
        says = drawn(face).get(gid)
        if says:
            reached = {
                at + len(units) for at in reached for units in says if wanted[at : at + len(units)] == units
            }
        if not reached:
            return False
    return len(wanted) in reached


@cache
def drawn(face: Face) -> Mapping[int, frozenset[Units]]:
    """Glyph -> what it may draw: letters with their forms, () when it may be a part of one."""
    says: dict[int, set[Units]] = {}
    for letter in LETTERS:
        if ord(letter) in face.characters:
            for form, (before, after) in AROUND.items():
                for features in ({}, dict.fromkeys(OTHERS, False)):
                    _seed(says, face, before + letter + after, (letter, form), features)
    singles, multiples, ligatures = _substitutions(face)
    # A stroke belongs to no letter, though some faces make tails of it.
    stroke = face.characters.get(ord(TATWEEL), -1)
    says.pop(stroke, None)
    multiples = [(one, [part for part in parts if part != stroke]) for one, parts in multiples]
    ligatures = [(parts, whole) for parts, whole in ligatures if stroke not in parts]
    while _grown(says, singles, multiples, ligatures):
        pass
    return {gid: frozenset(units) for gid, units in says.items()}


def _seed(says: dict[int, set[Units]], face: Face, text: str, unit: Unit, features: dict[str, bool]) -> None:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "rtl", "Arab", "ar"
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(face.shaper, buffer, features)
    glyphs = [
        (place.x_advance, info.codepoint)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]
    _, body = max(glyphs, default=(0, 0))
    for _, gid in glyphs:
        says.setdefault(gid, set()).add((unit,) if gid == body else ())


def _grown(
    says: dict[int, set[Units]],
    singles: list[tuple[int, int]],
    multiples: list[tuple[int, list[int]]],
    ligatures: list[tuple[list[int], int]],
) -> bool:
    """Let each substitution hand on what its glyphs draw; True when something was new."""
    before = sum(map(len, says.values()))
    for one, other in singles:
        if one in says:
            says.setdefault(other, set()).update(says[one])
    for one, parts in multiples:
        if one in says:
            for part in parts:
                says.setdefault(part, set()).update(says[one] | {()})
    for parts, whole in ligatures:
        if all(part in says for part in parts):
            made = {sum(choice, ()) for choice in product(*(says[part] for part in parts))}
            says.setdefault(whole, set()).update(units for units in made if len(units) <= MOST)
    return sum(map(len, says.values())) > before


def _substitutions(
    face: Face,
) -> tuple[list[tuple[int, int]], list[tuple[int, list[int]]], list[tuple[list[int], int]]]:
    """The font's substitutions, but for those that choose a form."""
    ids = face.table.getReverseGlyphMap()
    table = face.table["GSUB"].table
    joining = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag in JOINING
        for number in record.Feature.LookupListIndex
    }
    singles, multiples, ligatures = list[Any](), list[Any](), list[Any]()
    for number, lookup in enumerate(table.LookupList.Lookup):
        for part in lookup.SubTable if number not in joining else ():
            part = getattr(part, "ExtSubTable", part)
            if part.LookupType == 1:
                singles += [(ids[one], ids[other]) for one, other in part.mapping.items()]
            elif part.LookupType == 2:
                multiples += [(ids[one], [ids[x] for x in to]) for one, to in part.mapping.items()]
            elif part.LookupType == 4:
                ligatures += [
                    ([ids[first], *(ids[x] for x in ligature.Component)], ids[ligature.LigGlyph])
                    for first, found in part.ligatures.items()
                    for ligature in found
                ]
    return singles, multiples, ligatures
