"""The palette: five inks, the paper, and the near-black of the text.

Contrast of the text inks on the paper (WCAG 2, held to these figures by tests/weave):

    ink 15.45   indigo 11.64   madder 6.68   olive 5.97   sea 6.06

Saffron (1.94) is never text. It is the only light ink, so it is the companion of the
dark four: the pair stays apart on a photocopy, where hue is gone.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

PAPER: Final = "#f6f0e3"  # the screen's warm paper; print leaves the sheet bare
INK: Final = "#1b1916"  # body text, nothing else

INDIGO: Final = "#1f2d5c"
MADDER: Final = "#9c2a24"
SAFFRON: Final = "#e3a325"
OLIVE: Final = "#5a5f24"
SEA: Final = "#17636f"

INKS: Final = MappingProxyType(
    {"indigo": INDIGO, "madder": MADDER, "saffron": SAFFRON, "olive": OLIVE, "sea": SEA}
)
TEXT_INKS: Final = ("indigo", "madder", "olive", "sea")

# On the press: cyan, magenta, yellow, black in hundredths, mixed by eye and profile (FOGRA39L) for the
# same colours. Three plates at most, two of them solid or nearly, so that small type stays sharp.
PLATES: Final = MappingProxyType(
    {
        INDIGO: (100, 85, 0, 50),
        MADDER: (0, 95, 90, 40),
        SAFFRON: (0, 35, 90, 0),
        OLIVE: (30, 0, 90, 70),
        SEA: (75, 0, 20, 60),
    }
)

_LINEAR_LIMIT = 0.04045


def ink_hex(name: str) -> str:
    """The colour of an ink; an unknown name is an error that lists the known ones."""
    try:
        return INKS[name]
    except KeyError:
        raise ValueError(f"no ink is called {name!r}; there are: {', '.join(INKS)}") from None


def companion_hex(name: str) -> str:
    """The second ink of a page, spent only on the one change."""
    ink_hex(name)
    return INDIGO if name == "saffron" else SAFFRON


def is_light(name: str) -> bool:
    """Too light to hold paper figures apart from their ground."""
    return name not in TEXT_INKS


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, as WCAG 2 defines it."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _linear(channel: float) -> float:
    if channel <= _LINEAR_LIMIT:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
