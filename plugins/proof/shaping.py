"""What the original font makes of a text: uharfbuzz's glyphs, advances and offsets, in ems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from proof.faces import Face
from proof.script import TATWEEL, ZWJ, has_arabic, has_latin

# What the style sheets may ask of a face, in the order in which it is tried: figures of the text, figures
# that stand by themselves, those of tables, the small capitals of labels, and in kufi headings the dots of
# a yaa below its tooth (theme/press/ar.css).
FEATURES: tuple[Mapping[str, bool], ...] = (
    {},
    {"onum": True},
    {"lnum": True},
    {"lnum": True, "tnum": True},
    {"smcp": True},
    {"smcp": True, "onum": True},
    {"rclt": False},
)


STROKE = TATWEEL + ZWJ  # strokes stand by themselves: without the joiner a face may have one glyph for two
JOINING = "بتجحسصطعفقكلمنهيئ"


class Set(NamedTuple):
    """One glyph as it ought to stand: in ems from the pen, and the text's character it belongs to."""

    gid: int
    x: float
    y: float
    advance: float
    cluster: int


@cache
def ways(face: Face) -> tuple[int, ...]:
    """The sets of features that a text in this face may be set with: those that it has."""
    return tuple(number for number, features in enumerate(FEATURES) if features.keys() <= face.features)


@cache
def strokes(face: Face) -> frozenset[int]:
    """The glyphs that stand between letters when a stroke does; with some that stand there for themselves."""
    pairs = [(one, other) for one in JOINING for other in (*JOINING, "ا", "د")]
    parted = {glyph.gid for one, other in pairs for glyph in shape(face, "", one + STROKE + other, "", True)}
    plain = {glyph.gid for one, other in pairs for glyph in shape(face, "", one + other, "", True)}
    return frozenset({*(parted - plain), face.characters.get(ord(TATWEEL), 0)})


def scripts(text: str, around: str) -> tuple[str, ...]:
    """The scripts a text may be set as: its own; figures and signs take that around them, or none."""
    if has_arabic(text):
        return ("Arab",)
    if has_latin(text):
        return ("Latn",)
    return ("Arab", "Latn", "Zyyy") if has_arabic(around) else ("Latn", "Arab", "Zyyy")


def shape(
    face: Face, before: str, text: str, after: str, rtl: bool, features: int = 0, script: str = "Arab"
) -> tuple[Set, ...]:
    """The glyphs of a text from left to right, its neighbours known but not drawn."""
    return _shape(face, before[-3:], text, after[:3], rtl, features, script)


@lru_cache(maxsize=30_000)
def _shape(
    face: Face, before: str, text: str, after: str, rtl: bool, features: int, script: str
) -> tuple[Set, ...]:
    buffer = hb.Buffer()
    buffer.add_str(before + text + after, len(before), len(text))
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script
    buffer.language = "ar" if script == "Arab" else "en"
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(face.shaper, buffer, dict(FEATURES[features]))
    return tuple(_sets(buffer, face.em, len(before)))


def _sets(buffer: hb.Buffer, em: int, start: int) -> Iterator[Set]:
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        yield Set(
            info.codepoint,
            place.x_offset / em,
            place.y_offset / em,
            place.x_advance / em,
            info.cluster - start,
        )
