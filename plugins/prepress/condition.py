"""The printing condition: which inks print on which paper, as one row of a table and its ICC profile."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms

from magazine.model import Issue
from weave import INKS, PLATES, TEXT_INKS

Cmyk = tuple[float, float, float, float]  # shares of full ink
WITH_BLACK_POINT = 0x2000  # cmsFLAGS_BLACKPOINTCOMPENSATION of Little CMS
# CIE relative luminance of linear sRGB; a photocopier sees no hue.
LUMINANCE = (0.2126, 0.7152, 0.0722)
# Solid where black is the only plate: a screen would fray small letters, and a copier would fray them again.
SOLID = frozenset(INKS[name] for name in TEXT_INKS)
GREY_TOLERANCE = 0.002  # the typesetter writes colours with six digits


@dataclass(frozen=True)
class Condition:
    """A row of theme/press/profiles/profiles.toml. `ink_limit` is in hundredths, of all plates together."""

    name: str
    path: Path
    identifier: str
    condition: str
    ink_limit: int
    plates: str

    @property
    def registry(self) -> str:
        """Who keeps the identifiers; printers' checks want it of a custom profile too."""
        return "http://www.color.org"

    @cached_property
    def profile(self) -> bytes:
        """The ICC profile."""
        return self.path.read_bytes()

    @property
    def described(self) -> str:
        """What the profile calls itself."""
        return _description(self.path)

    @cached_property
    def _transform(self) -> ImageCms.ImageCmsTransform:
        return ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(BytesIO(self.profile)),
            "RGB",
            "CMYK",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags(WITH_BLACK_POINT),
        )

    def separate(self, red: float, green: float, blue: float) -> Cmyk:
        """The plates of a colour: grey in black alone, the house's inks as mixed, others by profile."""
        if max(red, green, blue) - min(red, green, blue) <= GREY_TOLERANCE:
            return 0, 0, 0, _tidy(1 - green)
        rgb = tuple(round(value * 255) for value in (red, green, blue))
        name = "#{:02x}{:02x}{:02x}".format(*rgb)
        if self.plates == "K":
            return 0, 0, 0, 1 if name in SOLID else _tidy(1 - _lightness(red, green, blue))
        known = PLATES.get(name)
        hundredths = known or self._by_profile(rgb)
        cyan, magenta, yellow, black = (_tidy(value / 100) for value in hundredths)
        return cyan, magenta, yellow, black

    def _by_profile(self, rgb: tuple[int, ...]) -> tuple[float, ...]:
        pixel = self.picture(Image.new("RGB", (1, 1), rgb)).getpixel((0, 0))
        assert isinstance(pixel, tuple)
        return tuple(round(value / 2.55) for value in pixel)

    def picture(self, image: Image.Image) -> Image.Image:
        """A picture in this condition's inks: CMYK, or grey for black alone."""
        if self.plates == "K" or image.mode in ("1", "L"):
            return image.convert("L")
        converted = ImageCms.applyTransform(image.convert("RGB"), self._transform)
        assert converted is not None
        return converted


def _tidy(share: float) -> float:
    return round(min(max(share, 0), 1), 4)


def _lightness(*rgb: float) -> float:
    """As light as a grey that the eye takes for as light (sRGB's own curve)."""
    linear = sum(part * weight for part, weight in zip(map(_linear, rgb), LUMINANCE, strict=True))
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def condition(issue: Issue, theme: Path) -> Condition:
    """The condition that an issue's `[press]` names (the manifest was checked)."""
    name, shelf = issue.press.profile, theme / "press" / "profiles"
    table = tomllib.loads((shelf / "profiles.toml").read_text("utf-8"))
    if name in table:
        row = dict(table[name])
        return Condition(name, shelf / row.pop("file"), **row)
    path = issue.path.parent / name
    return Condition(name, path, "Custom", _description(path), LEAST_LIMIT, "CMYK")


def _description(profile: Path) -> str:
    return str(ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(str(profile)))).strip()


LEAST_LIMIT = 280  # of a profile that nobody has told us about
