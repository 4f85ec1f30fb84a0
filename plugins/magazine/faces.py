"""The theme's faces, cut to what a text needs (fontTools): for the site and for e-books.

A reader pays for every kilobyte: a cut face holds what is asked of it and no more. The layout
features that Arabic joins and places its marks with are kept.

To the SIL Open Font License a cut face is a modified version. It keeps the copyright and the
licence of the whole one, and goes by a plain name of its own: Source Serif reserves “Source”.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from fontTools import subset
from fontTools.ttLib import TTFont

from magazine.model import Imprint

FEATURES = (
    *("ccmp", "locl", "isol", "init", "medi", "fina", "rlig", "calt", "rclt", "liga"),
    *("kern", "mark", "mkmk"),
)
Format = Literal["woff2", "ttf"]

# Records of the name table (OpenType): what stays, and what tells a reader the face's name.
COPYRIGHT, FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT, LICENCE, LICENCE_URL = 0, 1, 2, 3, 4, 6, 13, 14
KEPT = (COPYRIGHT, FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT, LICENCE, LICENCE_URL)


@dataclass(frozen=True, slots=True)
class Cut:
    """A face to be cut: its plain name, its source below `theme/fonts`, what it must set."""

    name: str
    source: str
    points: frozenset[int]
    format: Format


def cut(imprint: Imprint, wanted: Cut) -> bytes:
    """The cut face, from the cache when nothing changed; the cache keeps one of each name."""
    source = imprint.theme / "fonts" / wanted.source
    told = repr((wanted.name, sorted(wanted.points), FEATURES, KEPT, version("fonttools")))
    digest = hashlib.sha256(source.read_bytes() + told.encode()).hexdigest()[:16]
    target = imprint.cache / "fonts" / f"{wanted.name}-{digest}.{wanted.format}"
    if not target.exists():
        made = subset_of(source, wanted)
        target.parent.mkdir(parents=True, exist_ok=True)
        for older in target.parent.glob(f"{wanted.name}-{'?' * len(digest)}.{wanted.format}"):
            older.unlink(missing_ok=True)
        part = target.with_suffix(".part")
        part.write_bytes(made)
        part.replace(target)
    return target.read_bytes()


def subset_of(source: Path, wanted: Cut) -> bytes:
    """A face cut down to some code points; no dates inside, so always the same bytes."""
    options = subset.Options(
        layout_features=list(FEATURES), hinting=False, notdef_outline=True, name_IDs=list(KEPT)
    )
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted.points)
    cutter.subset(font)
    _rename(font["name"], wanted.name)
    font.flavor = "woff2" if wanted.format == "woff2" else None
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _rename(names: Any, name: str) -> None:
    for record in (FAMILY, UNIQUE, FULL, POSTSCRIPT):
        for entry in [entry for entry in names.names if entry.nameID == record]:
            names.setName(name, record, entry.platformID, entry.platEncID, entry.langID)
