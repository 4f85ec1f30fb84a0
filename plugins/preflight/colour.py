"""Colour spaces as a file names them, and the inks that a colour puts on the plates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Name, Object, Stream
from PIL import ImageCms

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
SPECIAL = frozenset({"Separation", "DeviceN", "Indexed", "Pattern"})
ABBREVIATED: Mapping[str, str] = {
    "/G": "DeviceGray",
    "/RGB": "DeviceRGB",
    "/CMYK": "DeviceCMYK",
    "/I": "Indexed",
}
DEVICE = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4, "CalGray": 1, "CalRGB": 3, "Lab": 3, "Pattern": 0}
DEFAULTS = {"DeviceGray": "/DefaultGray", "DeviceRGB": "/DefaultRGB", "DeviceCMYK": "/DefaultCMYK"}
DEEPEST = 8  # spaces within spaces; a file may go round in circles


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space. `base` is the alternate, the palette's or the pattern's own."""

    family: str
    size: int
    colorants: tuple[str, ...] = ()
    base: Space | None = None

    def leaves(self) -> Iterator[str]:
        """The families that colours end in: Separation and its like stand for their base."""
        if self.family not in SPECIAL:
            yield self.family
        if self.base is not None:
            yield from self.base.leaves()

    def spots(self) -> Iterator[str]:
        """The colorants that name a plate of their own."""
        yield from (name for name in self.colorants if name not in (*PROCESS, "None", "All"))
        if self.base is not None:
            yield from self.base.spots()

    @property
    def registration(self) -> bool:
        """True for /All, which prints on every plate."""
        return "All" in self.colorants or (self.base is not None and self.base.registration)

    @property
    def initial(self) -> tuple[float, ...]:
        """The colour that a space begins with."""
        if self.family in ("Separation", "DeviceN"):
            return (1.0,) * self.size
        return (0.0, 0.0, 0.0, 1.0) if self.size == 4 else (0.0,) * self.size


GRAY = Space("DeviceGray", 1)


@dataclass(frozen=True, slots=True)
class Ink:
    """What paints: a colour in its space, or a pattern."""

    space: Space
    tints: tuple[float, ...]
    pattern: str = ""

    def plates(self) -> Mapping[str, float] | None:
        """How much of each plate, or None where the file does not say it itself."""
        return None if self.pattern else _plates(self.space, self.tints)

    @property
    def white(self) -> bool:
        """True for bare paper."""
        plates = self.plates()
        return plates is not None and not any(plates.values())


BLACK = Ink(GRAY, (0.0,))


@lru_cache(maxsize=4096)
def _plates(space: Space, tints: tuple[float, ...]) -> Mapping[str, float] | None:
    if len(tints) != space.size:
        return None
    match space.family:
        case "DeviceGray" | "CalGray" | "ICCBased GRAY":
            return {"Black": 1 - tints[0]}
        case "DeviceCMYK" | "ICCBased CMYK":
            return dict(zip(PROCESS, tints, strict=True))
        case "Separation" | "DeviceN":
            named = dict(zip(space.colorants, tints, strict=True))
            return dict.fromkeys(PROCESS, named["All"]) if "All" in named else named
    return None


def default(family: str, named: Mapping[str, Object], depth: int = 0) -> Space:
    """A device's space, or the one that the resources put in its place."""
    instead = DEFAULTS.get(family, "")
    if instead in named and depth < DEEPEST:
        found = read(named[instead], {}, depth + 1)
        if found.size == DEVICE[family]:
            return found
    return Space(family, DEVICE[family])


def read(written: Object, named: Mapping[str, Object], depth: int = 0) -> Space:
    """A colour space from its name or its array. ValueError for what is none."""
    if depth > DEEPEST:
        raise ValueError("colour spaces within colour spaces")
    if isinstance(written, Name):
        return _by_name(str(written), named, depth)
    if not isinstance(written, Array) or not len(written):
        raise ValueError("not a colour space")
    return _by_array(written, named, depth)


def _by_name(name: str, named: Mapping[str, Object], depth: int) -> Space:
    family = ABBREVIATED.get(name, name[1:])
    if family in DEVICE:
        return default(family, named, depth)
    if name not in named:
        raise ValueError(f"no colour space {name}")
    return read(named[name], named, depth + 1)


def _by_array(written: Array, named: Mapping[str, Object], depth: int) -> Space:
    family = ABBREVIATED.get(str(written[0]), str(written[0])[1:])
    match family:
        case "ICCBased":
            return _of_profile(written[1])
        case "Indexed":
            return Space("Indexed", 1, (), read(written[1], named, depth + 1))
        case "Separation":
            return Space("Separation", 1, (str(written[1])[1:],), read(written[2], named, depth + 1))
        case "DeviceN":
            colorants = tuple(str(name)[1:] for name in written[1])
            return Space("DeviceN", len(colorants), colorants, read(written[2], named, depth + 1))
        case "Pattern":
            return Space("Pattern", 0, (), read(written[1], named, depth + 1) if len(written) > 1 else None)
    return _by_name(str(written[0]), named, depth)


def _of_profile(profile: Object) -> Space:
    if not isinstance(profile, Stream):
        raise ValueError("an ICC space without a profile")
    return Space(f"ICCBased {icc_space(profile)}", int(profile.N))


def icc_space(profile: Stream) -> str:
    """The colour space of an ICC profile: its header's word, RGB, CMYK, GRAY or Lab; empty for none."""
    try:
        header = profile.read_bytes()[:40]
    except pikepdf.PdfError:
        return ""
    return header[16:20].decode("latin-1").strip() if header[36:40] == b"acsp" else ""


def icc_name(profile: Stream) -> str:
    """What an ICC profile calls itself; empty where it cannot be read."""
    try:
        read = ImageCms.ImageCmsProfile(BytesIO(profile.read_bytes()))
    except (pikepdf.PdfError, OSError, ImageCms.PyCMSError):
        return ""
    return (read.profile.profile_description or "").strip()
