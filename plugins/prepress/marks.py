"""Marks in the slug: where to cut and fold, whether plates register, how thick ink lies, which page it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from prepress.condition import Condition
from prepress.separation import FILL, REFUSED, STROKE, TAGGING
from prepress.standard import POINTS

HAIR = 0.25  # points
CUT_FROM_MM, CUT_TO_MM = 4, 9  # from the trim: outside the bleed
TARGET_MM, CROSS_MM, RING_MM = 7.5, 2.5, 1.5  # a register mark: from the trim, half its cross, its radius
TARGET_ACROSS = 3 / 4  # of the trim, at head and foot
PATCH_MM = 4
ROUND = 0.5523  # of the radius: how a Bézier curve makes a quarter of a circle
PATCHES = {
    "CMYK": (
        (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1),
        (1, 1, 0, 0), (0, 1, 1, 0), (1, 0, 1, 0), (0, 0, 0, 0.5),
    ),
    "K": ((0, 0, 0, 1), (0, 0, 0, 0.75), (0, 0, 0, 0.5), (0, 0, 0, 0.25)),
}  # fmt: skip
SLUG_HEIGHT_MM = 4
SLUG_FROM_MM = 4.5  # below the trim
ALL = Name("/All")

Point = tuple[float, float]


def registration(document: pikepdf.Pdf) -> pikepdf.Object:
    """The colour that stands on every plate (ISO 32000-2, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return document.make_indirect(Array([Name.Separation, ALL, Name.DeviceCMYK, tint]))


def mark(document: pikepdf.Pdf, inks: Condition, slugs: bytes, folds: Sequence[float] = ()) -> None:
    """Put marks, the colour bar and each page's slug line (a page of `slugs`) into the slugs, in place.

    A sheet is folded at `folds`, in points from the left of its trim.
    """
    everywhere = registration(document)
    with pikepdf.open(BytesIO(slugs)) as lines:
        for number, (page, line) in enumerate(zip(document.pages, lines.pages, strict=True)):
            name = page.add_resource(everywhere, Name.ColorSpace, ALL)
            left, bottom, right, top = map(float, page.trimbox.as_list())
            drawing = [f"q {name} CS 1 SCN {HAIR} w", *cuts(left, bottom, right, top)]
            drawing += _targets(left, bottom, right, top)
            drawing += [*_folds([left + fold for fold in folds], bottom, top), "Q", *_bar(left, top, inks)]
            page.contents_add(" ".join(drawing).encode())
            _slug(document, page, number, line, everywhere, (left, bottom))


def cuts(left: float, bottom: float, right: float, top: float) -> list[str]:
    """Lines at the corners of the trim, outside the bleed."""
    near, far = CUT_FROM_MM * POINTS, CUT_TO_MM * POINTS
    upright = [((x, edge + sign * near), (x, edge + sign * far))
               for x in (left, right) for edge, sign in ((bottom, -1), (top, 1))]  # fmt: skip
    level = [((edge + sign * near, y), (edge + sign * far, y))
             for y in (bottom, top) for edge, sign in ((left, -1), (right, 1))]  # fmt: skip
    return [line(*ends) for ends in (*upright, *level)]


def line(one: Point, other: Point) -> str:
    """The operators of a line."""
    return f"{one[0]:.3f} {one[1]:.3f} m {other[0]:.3f} {other[1]:.3f} l S"


def _folds(places: Iterable[float], bottom: float, top: float) -> list[str]:
    """Dashes above and below where the sheet is folded."""
    near, far = CUT_FROM_MM * POINTS, CUT_TO_MM * POINTS
    ends = ((bottom - near, bottom - far), (top + near, top + far))
    return ["[3 2] 0 d", *(line((x, one), (x, other)) for x in places for one, other in ends), "[] 0 d"]


def _targets(left: float, bottom: float, right: float, top: float) -> list[str]:
    """Register marks on each side; at head and foot off the middle, where folds and slug lines are."""
    away, down = TARGET_MM * POINTS, (bottom + top) / 2
    across = left + (right - left) * TARGET_ACROSS
    centres = ((across, bottom - away), (across, top + away), (left - away, down), (right + away, down))
    return [_target(*centre) for centre in centres]


def _target(x: float, y: float) -> str:
    arm, radius = CROSS_MM * POINTS, RING_MM * POINTS
    bend = radius * ROUND
    ring = (
        f"{x + radius:.3f} {y:.3f} m "
        f"{x + radius:.3f} {y + bend:.3f} {x + bend:.3f} {y + radius:.3f} {x:.3f} {y + radius:.3f} c "
        f"{x - bend:.3f} {y + radius:.3f} {x - radius:.3f} {y + bend:.3f} {x - radius:.3f} {y:.3f} c "
        f"{x - radius:.3f} {y - bend:.3f} {x - bend:.3f} {y - radius:.3f} {x:.3f} {y - radius:.3f} c "
        f"{x + bend:.3f} {y - radius:.3f} {x + radius:.3f} {y - bend:.3f} {x + radius:.3f} {y:.3f} c S"
    )
    return " ".join((line((x - arm, y), (x + arm, y)), line((x, y - arm), (x, y + arm)), ring))


def _bar(left: float, top: float, inks: Condition) -> list[str]:
    side, y = PATCH_MM * POINTS, top + SLUG_FROM_MM * POINTS
    return [
        f"{cyan:g} {magenta:g} {yellow:g} {black:g} k "
        f"{left + (at + 3) * side:.3f} {y:.3f} {side:.3f} {side:.3f} re f"
        for at, (cyan, magenta, yellow, black) in enumerate(PATCHES[inks.plates])
    ]


def _slug(
    document: pikepdf.Pdf,
    page: pikepdf.Page,
    number: int,
    text: pikepdf.Page,
    everywhere: pikepdf.Object,
    corner: Point,
) -> None:
    """A typeset line on every plate, below the trim."""
    form = document.copy_foreign(text.as_form_xobject())
    form.Resources.ColorSpace = Dictionary(All=everywhere)
    form.write(_on_every_plate(form))
    name = page.add_resource(form, Name.XObject, Name(f"/Slug{number}"))  # pages share resources
    x, y = corner[0] + CUT_FROM_MM * POINTS, corner[1] - (SLUG_FROM_MM + SLUG_HEIGHT_MM) * POINTS
    page.contents_add(f"q 1 0 0 1 {x:.3f} {y:.3f} cm {name} Do Q".encode())


def _on_every_plate(content: pikepdf.Object) -> bytes:
    without = TAGGING | FILL | STROKE | REFUSED | {"gs"}
    kept = [one for one in pikepdf.parse_content_stream(content) if str(one.operator) not in without]
    return b"/All cs 1 scn\n" + pikepdf.unparse_content_stream(
        [(one.operands, Operator(str(one.operator))) for one in kept]
    )
