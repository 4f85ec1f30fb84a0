"""Web fonts: subsets of the theme's full faces, made at build time (fontTools).

A reader pays for every kilobyte: one file holds what its script needs and no more. The layout
features that Arabic joins and places its marks with are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from pelican import signals

from magazine.model import Imprint

ASCII = range(0x20, 0x7F)
LATIN = (*ASCII, *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x2030, 0x2039, 0x203A, 0x20AC, 0x2212)
ARABIC = (
    *range(0x0600, 0x0700),
    *(0xA0, 0xAB, 0xBB, 0xB7, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0xFDFA),
    *(0x200C, 0x200D, 0x200E, 0x200F),
)
FEATURES = ("ccmp", "locl", "isol", "init", "medi", "fina", "rlig", "calt", "liga", "kern", "mark", "mkmk")

# output name -> (source below theme/fonts, code points)
FACES: Mapping[str, tuple[str, tuple[int, ...]]] = {
    "naskh": ("amiri/Amiri-Regular.ttf", (*ARABIC, *ASCII)),
    "kufi": ("reem-kufi/ReemKufi-SemiBold.ttf", (*ARABIC, *ASCII)),
    "serif": ("source-serif/SourceSerif4-Regular.ttf", LATIN),
    "serif-bold": ("source-serif/SourceSerif4-Bold.ttf", LATIN),
}


def make(imprint: Imprint, output: Path) -> None:
    """Write each face as `theme/fonts/<name>.woff2`, from the cache when nothing changed."""
    for name, (source, points) in FACES.items():
        path = imprint.theme / "fonts" / source
        digest = hashlib.sha256(path.read_bytes() + repr((points, FEATURES)).encode()).hexdigest()[:16]
        cached = imprint.cache / "fonts" / f"{name}-{digest}.woff2"
        if not cached.exists():
            cached.parent.mkdir(parents=True, exist_ok=True)
            cached.write_bytes(subset_of(path, points))
        target = output / "theme" / "fonts" / f"{name}.woff2"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(cached.read_bytes())


def subset_of(path: Path, points: tuple[int, ...]) -> bytes:
    """A face cut down to some code points, as WOFF2 bytes; no dates inside, so always the same."""
    options = subset.Options(
        layout_features=list(FEATURES), flavor="woff2", hinting=False, notdef_outline=True, name_IDs=[1, 2]
    )
    font = TTFont(path, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def write_fonts(pelican: Any) -> None:
    """After a run: Pelican has copied the theme's static files by now."""
    make(Imprint.from_settings(pelican.settings), Path(pelican.output_path))


def register() -> None:
    """Connect the fonts."""
    signals.finalized.connect(write_fonts)
