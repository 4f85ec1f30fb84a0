"""Web fonts: the theme's faces cut to what each script needs, one file a face."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from magazine.faces import Cut, cut
from magazine.model import Imprint

# What an Arabic text needs; Latin words in it take the serif or the reader's own face.
ARABIC = (
    *range(0x20, 0x41),  # space, digits, brackets
    *(0x5B, 0x5D, 0xA0, 0xAB, 0xB7, 0xBB, 0x60C, 0x61B, 0x61F),
    *range(0x621, 0x63B),
    *range(0x640, 0x656),  # the rest of the letters, and the marks
    *range(0x660, 0x66E),  # Arabic-Indic digits, percent and separators
    *(0x670, 0x671, 0x67E, 0x686, 0x6A4, 0x6A8, 0x6AF),
    *range(0x200C, 0x2010),  # joiners and marks of direction
    *(0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026),
    *range(0x2066, 0x206A),  # isolates
)
# English, with marks; bold and italic have no letters with accents, so that the three stay below 40 KB.
PLAIN = (
    *range(0x20, 0x7F),
    *(0xA0, 0xAB, 0xB7, 0xBB, 0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026),
)
LATIN = (
    *PLAIN,
    *map(ord, "àâäáçéèêëíîïñóôöúùûüßæøåœÀÂÄÁÇÉÈÊÍÎÑÓÔÖÚÜØÅŒ§©°×÷±£€½²³¡¿†′−"),
)

# output name -> (source below theme/fonts, code points)
FACES: Mapping[str, tuple[str, tuple[int, ...]]] = {
    "naskh": ("noto-naskh/NotoNaskhArabic-Regular.ttf", ARABIC),
    "naskh-bold": ("noto-naskh/NotoNaskhArabic-Bold.ttf", ARABIC),
    "kufi": ("reem-kufi/ReemKufi-SemiBold.ttf", ARABIC),
    "serif": ("source-serif/SourceSerif4-Regular.ttf", LATIN),
    "serif-bold": ("source-serif/SourceSerif4-SemiBold.ttf", PLAIN),
    "serif-italic": ("source-serif/SourceSerif4-Italic.ttf", PLAIN),
}
# The most that a page of a script fetches: fonts.css names each where its style is met.
FETCHED: Mapping[str, tuple[str, ...]] = {
    "rtl": ("naskh", "naskh-bold", "kufi"),
    "ltr": ("serif", "serif-bold", "serif-italic"),
}


def make(imprint: Imprint, output: Path) -> None:
    """Write each face as `theme/fonts/<name>.woff2`."""
    for name, (source, points) in FACES.items():
        target = output / "theme" / "fonts" / f"{name}.woff2"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(cut(imprint, Cut(name, source, frozenset(points), "woff2")))
