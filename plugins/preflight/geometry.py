"""Matrices and boxes: points of 1/72 inch inside, millimetres from the trim's top left outside."""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot, sqrt

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]  # x0, y0, x1, y1 with x0 <= x1 and y0 <= y1

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MM = 72 / 25.4


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first`, then `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def scale(matrix: Matrix) -> float:
    """How much larger things are drawn, the mean of both directions."""
    a, b, c, d, _, _ = matrix
    return sqrt(abs(a * d - b * c))


def sides(matrix: Matrix) -> tuple[float, float]:
    """Width and height of the unit square, as drawn: where a picture is put."""
    a, b, c, d, _, _ = matrix
    return hypot(a, b), hypot(c, d)


def around(points: Iterable[tuple[float, float]]) -> Box:
    """The box around points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def moved(box: Box, matrix: Matrix) -> Box:
    """The box around a box that was transformed."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    corners = ((x0, y0), (x1, y0), (x0, y1), (x1, y1))
    return around((a * x + c * y + e, b * x + d * y + f) for x, y in corners)


def meet(one: Box | None, other: Box | None) -> Box | None:
    """What two boxes share; None when they are apart. They may share an edge or a line."""
    if one is None or other is None:
        return None
    x0, y0, x1, y1 = (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


def overlap(one: Box, other: Box) -> bool:
    """True when the boxes share more than an edge, or one is a line that crosses the other."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def grown(box: Box, by: float) -> Box:
    """The box with every side moved outward; inward when `by` is negative."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def outward(inner: Box, outer: Box) -> tuple[float, float, float, float]:
    """How far the sides of `outer` lie outside those of `inner`: left, bottom, right, top."""
    return inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]


def from_trim(box: Box, trim: Box) -> Box:
    """A box in millimetres from the trim's top left, y downward, rounded to a hundredth."""
    x0, y0, x1, y1 = box
    left, top = trim[0], trim[3]
    found = ((x0 - left) / MM, (top - y1) / MM, (x1 - left) / MM, (top - y0) / MM)
    a, b, c, d = (round(value, 2) + 0.0 for value in found)
    return a, b, c, d
