"""The cloth: a field of one motif between borders, and the one change.

Heights and places on a draft are counted in threads, four to a module.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from .borders import chosen_borders, lay_chart, lay_foot, lay_head
from .draft import THREADS, Draft
from .inks import is_light
from .motifs import (
    BARE,
    COMPANION,
    INK,
    Figure,
    gable,
    lozenge,
    motif_named,
    silhouette,
    star,
)
from .sheet import MODULE_MM, svg

CYCLE: Final = 5  # issues in a series: one motif across the first cover, five across the fifth
LEAST_BORDER: Final = 1 / 8  # of a cloth's height, kept for borders at head and foot alike
_ASPECT = {"eye": 0.8}  # how tall a repeat stands for its width, where it is not as tall


@dataclass(frozen=True, slots=True)
class Register:
    """A run of picks across the whole cloth."""

    top: int
    bottom: int

    @property
    def height(self) -> int:
        """In picks."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Sett:
    """How a cloth is set up: the motif, how often it repeats, how it is varied, its change."""

    motif: str
    across: int
    down: int
    pitch: int  # threads from one motif to the next, across
    drop: int  # and down
    variation: int
    lesser: int  # the variation of the lesser motifs in the corners
    changed: tuple[int, int]  # column and row of the one that differs
    borders: int
    change: int = 1  # how far on the changed motif's variation is; odd, so that combs turn over
    counterchanged: bool = False  # in the end, paper for ink
    light: bool = False  # in the end, dyed light

    @property
    def great(self) -> bool:
        """One motif fills the cloth."""
        return self.across * self.down == 1


def cloth(width_modules: int, height_modules: int, seed: int, motif: str, ink: str) -> str:
    """A whole cloth, bordered at head and foot."""
    draft = Draft(width_modules * THREADS, height_modules * THREADS)
    whole = Register(0, draft.picks)
    weave_cloth(draft, whole, sett_of_issue(seed, motif, draft.warps, whole.height), ink)
    return svg(draft, ink, width_modules * MODULE_MM, height_modules * MODULE_MM)


def sett_of_issue(number: int, motif: str, warps: int, height: int) -> Sett:
    """A series counts its covers in motifs across; the next series varies the rings."""
    series, place = divmod(number - 1, CYCLE)
    return sett_up(motif, warps, height, place + 1, variation=series + place, turn=number)


def sett_up(
    motif: str,
    warps: int,
    height: int,
    across: int,
    *,
    variation: int,
    turn: int,
    border: float = LEAST_BORDER,
) -> Sett:
    """As many rows as the height takes; `turn` decides borders, lesser motifs and the change."""
    room = height - 2 * round(height * border)
    pitch = even(warps / across)
    drop = min(even(pitch * _ASPECT.get(motif, 1)), room // 2 * 2)
    down = max(1, room // drop)
    place = _inner(across, turn), _inner(down, turn // 2)
    return Sett(motif, across, down, pitch, drop, variation, variation + turn, place, turn)


def even(threads: float) -> int:
    """To the nearest even number of threads, so that an axis falls between two of them."""
    return 2 * max(1, round(threads / 2))


def _inner(count: int, turn: int) -> int:
    """A place that keeps off the ends of a row, where the row is long enough to have a middle."""
    return 1 + turn % (count - 2) if count > 2 else turn % count


def weave_cloth(draft: Draft, register: Register, sett: Sett, ink: str) -> None:
    """Ink from edge to edge, the field in the middle, borders in what is left."""
    sett = replace(sett, light=is_light(ink))
    draft.stripe(register.top, register.bottom, INK)
    spare = register.height - sett.down * sett.drop
    field = Register(register.top + spare // 2, register.bottom - (spare + 1) // 2)
    charts = chosen_borders(spare // 2, sett.borders)
    lay_field(draft, field, sett)
    lay_head(draft, field.top, charts)
    lay_foot(draft, field.bottom, charts)
    if sett.light:
        dye_light(draft, register)
    if sett.counterchanged:
        draft.exchange(INK, BARE, register.top, register.bottom)


def lay_field(draft: Draft, field: Register, sett: Sett) -> None:
    """Motifs in rows, lesser ones in the corners between them, one of them changed."""
    window = (field.top, field.bottom)
    left = (draft.warps - sett.across * sett.pitch) // 2
    for column, row in _places(sett, 1):
        x, y = left + column * sett.pitch, field.top + row * sett.drop
        draft.lay(_lesser(sett), x, y, window)
    for column, row in _places(sett, 0):
        x, y = left + column * sett.pitch, field.top + row * sett.drop
        centre = x + sett.pitch // 2, y + sett.drop // 2
        draft.lay(_figures(sett, (column, row)), *centre, window)


def _places(sett: Sett, more: int) -> Iterator[tuple[int, int]]:
    """Columns and rows, with one column beyond each edge, which the edge then cuts."""
    for row in range(sett.down + more):
        for column in range(-1, sett.across + 1 + more):
            yield column, row


def _lesser(sett: Sett) -> list[Figure]:
    wide, tall = even(sett.pitch / 2) / THREADS, even(sett.drop / 2) / THREADS
    if sett.motif == "comb":
        return gable(wide, tall, sett.variation)
    if sett.motif == "lozenge":
        return lozenge(wide, tall, sett.lesser)
    side = min(wide, tall)
    return (star if sett.motif == "star" else lozenge)(side, side, sett.lesser)


def _figures(sett: Sett, place: tuple[int, int]) -> list[Figure]:
    wide, tall = sett.pitch / THREADS - 1, sett.drop / THREADS - 1
    same = motif_named(sett.motif)(wide, tall, sett.variation)
    if place != sett.changed:
        return same
    if not sett.great:
        return _changed(sett, sett.motif, wide, tall)
    # Where one motif fills the cloth, the change is at its heart.
    wide, tall = even(sett.pitch * 0.4) / THREADS, even(sett.drop * 0.4) / THREADS
    if sett.motif in ("eye", "comb"):
        return [*same, *_changed(sett, "lozenge", tall, tall)]
    return [*same, *_changed(sett, sett.motif, wide, tall)]


def _changed(sett: Sett, motif: str, width: float, height: float) -> list[Figure]:
    """The one change: another variation, on cleared ground, with the companion ink in it.

    It stands against ink, never against bare paper alone, so that it outlives a photocopy.
    """
    ground = Figure(INK, silhouette(motif, width + 1, height + 1))
    figures = [ground, *motif_named(motif)(width, height, sett.variation + sett.change)]
    return [Figure(_change_dyes(sett).get(tone, tone), points) for tone, points in figures]


def _change_dyes(sett: Sett) -> dict[int, int]:
    """What the change puts for what, before the cloth is counterchanged or dyed light."""
    if sett.counterchanged:
        return {INK: COMPANION}
    return {BARE: COMPANION, INK: BARE} if sett.light else {BARE: COMPANION}


def dye_light(draft: Draft, register: Register) -> None:
    """On a light ink the figures take the companion and the change is left bare.

    Paper figures on saffron would be gone from a photocopy.
    """
    draft.exchange(BARE, COMPANION, register.top, register.bottom)


def lay_warp_ends(draft: Draft, top: int) -> int:
    """The ends of the warp, still without weft, at the head of a cloth; gives the pick below."""
    ends = ("#...",) * 4 + ("#.#.",) * 4
    lay_chart(draft, ends, top)
    return top + len(ends)
