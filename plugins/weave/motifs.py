"""The four motifs, as polygons in modules around their own centre (0, 0).

Each takes the width and height it may fill and a variation. A motif says what is bare
paper and what is ink; the draft cuts it to threads. Sizes and insets are whole threads
(quarter modules) wherever they can be, so that left and right, head and foot come out alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final, NamedTuple

Point = tuple[float, float]

BARE, INK, COMPANION = 0, 1, 2  # tones: the paper left bare, the ink, the second ink


class Figure(NamedTuple):
    """One shape in one tone; later figures lie over earlier ones."""

    tone: int
    points: list[Point]


Outline = Callable[[float, float, float], list[Point]]
Motif = Callable[[float, float, int], list[Figure]]

# Setts: how rings follow one another from the rim to the heart, as (thickness in modules,
# tone). A sett repeats until the heart is reached.
SETTS: Final[tuple[tuple[tuple[float, int], ...], ...]] = (
    ((1.0, BARE), (0.25, INK), (0.25, BARE), (0.75, INK)),
    ((1.5, BARE), (0.5, INK), (0.25, BARE), (0.5, INK)),
    ((0.25, BARE), (0.25, INK), (1.0, BARE), (0.75, INK)),
    ((0.5, BARE), (0.5, INK)),
    ((0.75, BARE), (0.25, INK), (0.75, BARE), (1.0, INK)),
)
VARIATIONS: Final = len(SETTS) * 3  # five setts of rings, three hearts

_ROOM_FOR_A_HEART = 8  # modules; a smaller motif is its rings alone
_GREAT = 20  # modules; from here rings and teeth are twice as thick
_TIP = 1.5  # how much faster the points of a star draw in than its square
_SQUARE = 0.7071  # a square and a lozenge of equal size: the half side to the half diagonal


def lozenge(width: float, height: float, variation: int) -> list[Figure]:
    """Lozenge in lozenge, down to a heart; a great one has beads along its rim."""
    rings = _rings(diamond, width, height, variation)
    return [*rings, *_beads(width, height), *_heart(width, height, variation)]


def star(width: float, height: float, variation: int) -> list[Figure]:
    """The eight-point star: ring in ring, or opened into a rose of eight petals."""
    side = min(width, height)
    if variation % 2 and side >= _ROOM_FOR_A_HEART:
        return [*_rose(side)]
    return [*_rings(khatim, side, side, variation), *_heart(side, side, variation)]


def comb(width: float, height: float, variation: int) -> list[Figure]:
    """The weaver's comb: even teeth on a bar, and a handle like half a lozenge.

    Every second variation stands on its teeth.
    """
    tooth = _weight(height) / 2
    teeth = [box(at, -height / 4, tooth, height / 2) for at in _teeth(width / 2, tooth)]
    handle = _half(_rings(diamond, width, height, variation))
    return _upright([*(Figure(BARE, outline) for outline in teeth), *handle], variation)


def gable(width: float, height: float, variation: int) -> list[Figure]:
    """Half a lozenge, to stand between the handles of combs."""
    rings = _half(_rings(diamond, width, height, variation))
    return _upright(rings, variation + 1)


def eye(width: float, height: float, variation: int) -> list[Figure]:
    """The eye: lashes above and below, lids, white, and an iris of rings."""
    lash = max(_threads(height / 10), 0.5)
    lids, lid = height - 2 * lash, 0.5 * _weight(height)
    tooth, flat = max(_threads(lash / 2), 0.25), (width - lids) / 2 + 0.5
    figures = [Figure(BARE, box(at, 0, tooth, height)) for at in _teeth(flat, tooth)]
    figures += [Figure(BARE, almond(width, lids))]
    if height >= _ROOM_FOR_A_HEART:
        figures += [Figure(INK, almond(width, lids, lid))]
        figures += [Figure(BARE, almond(width, lids, 2 * lid))]
        lids -= 4 * lid
    return [*figures, *_rings(diamond, lids, lids, variation, rim=INK)]


MOTIFS: Final = MappingProxyType({"lozenge": lozenge, "star": star, "comb": comb, "eye": eye})


def motif_named(name: str) -> Motif:
    """The motif of this name; an unknown one is an error that lists the known ones."""
    try:
        return MOTIFS[name]
    except KeyError:
        raise ValueError(f"no motif is called {name!r}; there are: {', '.join(MOTIFS)}") from None


def diamond(width: float, height: float, inset: float = 0) -> list[Point]:
    """A lozenge; one of two modules or less is cut square, for it would come out a cross."""
    down = height / 2 - inset
    if down <= 1:
        return box(0, 0, _pairs(width / height * down), _pairs(down))
    across = width / height * down
    return [(across, 0), (0, down), (-across, 0), (0, -down)]


def box(x: float, y: float, width: float, height: float) -> list[Point]:
    """A rectangle about (x, y)."""
    left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def khatim(width: float, height: float, inset: float = 0) -> list[Point]:
    """The star's sixteen corners: eight points and the eight notches between them."""
    half = min(width, height) / 2
    square = _threads(half * _SQUARE) - inset
    far = max(half - _threads(_TIP * inset), square)
    notch = far - square
    quarter: list[Point] = [(far, 0), (square, notch), (square, square), (notch, square)]
    points: list[Point] = []
    for _ in range(4):
        points += quarter
        quarter = [(-y, x) for x, y in quarter]
    return points


def almond(width: float, height: float, inset: float = 0) -> list[Point]:
    """Flat lids, and corners cut at half a right angle."""
    down, across = height / 2 - inset, width / 2 - 2 * inset
    flat = across - down
    return [
        (across, 0), (flat, down), (-flat, down),
        (-across, 0), (-flat, -down), (flat, -down),
    ]  # fmt: skip


def silhouette(name: str, width: float, height: float) -> list[Point]:
    """The whole outline of a motif, to clear the ground where one is to stand."""
    if name == "comb":
        return box(0, 0, width, height)
    if name == "star":
        return khatim(min(width, height), min(width, height))
    return diamond(width, height) if name == "lozenge" else almond(width, height)


def _rings(
    outline: Outline, width: float, height: float, variation: int, rim: int = BARE
) -> Iterator[Figure]:
    sett = SETTS[variation % len(SETTS)]
    inset, turn = 0.0, 0
    while 2 * inset < height:
        thickness, tone = sett[turn % len(sett)]
        yield Figure(tone if rim == BARE else INK - tone, outline(width, height, inset))
        inset, turn = inset + thickness * _weight(height), turn + 1


def _heart(width: float, height: float, variation: int) -> Iterator[Figure]:
    """What lies at the centre, on an ink ground: a lozenge, whole or pierced, or four dots."""
    if height < _ROOM_FOR_A_HEART:
        return
    slope = width / height
    yield Figure(INK, diamond(6 * slope, 6))
    if variation % 3 == 1:
        for x, y in ((1, 0), (0, 1), (-1, 0), (0, -1)):
            yield Figure(BARE, box(x * slope * 1.5, y * 1.5, slope, 1))
        return
    yield Figure(BARE, diamond(4 * slope, 4))
    if variation % 3 == 0:
        yield Figure(INK, diamond(2 * slope, 2))


def _beads(width: float, height: float) -> Iterator[Figure]:
    """Squares of ink along the four sides of a great lozenge, from tip to tip."""
    if height < _GREAT:
        return
    across, down = width / 2 - _weight(height) * width / height / 2, height / 2 - 1
    count = round(down)
    for bead in range(count + 1):
        x, y = _threads(across * (1 - bead / count)), _threads(down * bead / count)
        for way in {(x, y), (-x, y), (x, -y), (-x, -y)}:
            yield Figure(INK, box(*way, 0.5, 0.5))


def _rose(side: float) -> Iterator[Figure]:
    """Eight petals, each a slanted strip between an axis and a diagonal."""
    reach, width, gap = _threads(side / 2), _threads(side / 4.5), 0.5
    yield Figure(BARE, box(0, 0, 2 * gap, 2 * gap))
    petal = [(gap, 2 * gap), (width, width + gap), (width, reach), (gap, reach - width + gap)]
    for x, y in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        yield Figure(BARE, [(px * x, py * y) for px, py in petal])
        yield Figure(BARE, [(py * x, px * y) for px, py in petal])


def _half(rings: Iterator[Figure]) -> list[Figure]:
    """The lower half of lozenges, cut along the axis."""
    halves = ((tone, [point for point in points if point[1] >= 0]) for tone, points in rings)
    return [Figure(tone, points) for tone, points in halves]


def _upright(figures: list[Figure], variation: int) -> list[Figure]:
    """Every second variation is turned over."""
    way = -1 if variation % 2 else 1
    return [Figure(tone, [(x, y * way) for x, y in points]) for tone, points in figures]


def _teeth(half: float, tooth: float) -> list[float]:
    """Where teeth stand: a gap as wide as a tooth between them, a double one on the axis."""
    count = int((half - tooth) / (2 * tooth)) + 1
    right = [tooth / 2 + 2 * tooth * place for place in range(count)]
    return [-at for at in reversed(right)] + right


def _weight(height: float) -> int:
    return 2 if height >= _GREAT else 1


def _pairs(modules: float) -> float:
    """To the nearest pair of threads, and one pair at least."""
    return max(round(modules * 2), 1) / 2


def _threads(modules: float) -> float:
    """To the nearest whole thread."""
    return round(modules * 4) / 4
