"""What stands on a page: text, paths, pictures, shadings and groups, as drawn."""

from __future__ import annotations

from dataclasses import dataclass

from preflight.colour import Ink, Space
from preflight.fonts import Face
from preflight.geometry import Box


@dataclass(frozen=True, slots=True)
class Text:
    """What one operator shows. `size` is in points on paper, `box` is cut to the clip."""

    box: Box | None
    within: str
    face: Face
    size: float
    fill: Ink | None
    stroke: Ink | None
    fill_overprints: bool
    stroke_overprints: bool
    mode: int  # of overprint: 1 leaves alone the plates that have no ink in it
    width: float = 0.0

    @property
    def seen(self) -> bool:
        """False for text that is there to be searched or to clip."""
        return self.fill is not None or self.stroke is not None


@dataclass(frozen=True, slots=True)
class Path:
    """A path that is filled, stroked or both."""

    box: Box | None
    within: str
    fill: Ink | None
    stroke: Ink | None
    fill_overprints: bool
    stroke_overprints: bool
    width: float  # of the stroke in points on paper
    shape: tuple[float, float]  # width and height of the box, before the clip


@dataclass(frozen=True, slots=True)
class Picture:
    """An image. `space` is None for a stencil, which `ink` is painted through."""

    box: Box | None
    within: str
    space: Space | None
    ink: Ink | None
    pixels: tuple[int, int]
    ppi: float
    bits: int
    mask: bool = False


@dataclass(frozen=True, slots=True)
class Shade:
    """A shading."""

    box: Box | None
    within: str
    space: Space


@dataclass(frozen=True, slots=True)
class Group:
    """A transparency group, the page's own too, with the space that it blends in."""

    box: Box | None
    within: str
    space: Space


@dataclass(frozen=True, slots=True)
class Broken:
    """An operator that cannot be followed."""

    box: Box | None
    within: str
    operator: str


Mark = Text | Path | Picture | Shade | Group | Broken
