"""Charts: tables of which one column is drawn.

Labels and values stay text in the cells of a real table, shaped, selectable and read aloud; only the
marks are SVG, without a letter in it. They have no viewBox: places are percentages and thicknesses
pixels, so that one drawing fits a phone, a column and a page, and no style attribute is needed.
Four series are told apart by their filling, for the photocopier's sake: never by colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as etree

from magazine.data import Cell, Data, Row
from magazine.model import Direction

MOST_SERIES = 4
MOST_COLUMNS = 16  # categories side by side across the page
IN_A_COLUMN = {"series": 2, "columns": 8}  # what one column of the page has room for; more is set wide

# A filling: None is solid, "" an outline, anything else a pattern of dashes along the bar.
FILLS = (None, "", "1.5 1.5", "5 2")
THICK = {1: 11, 2: 8, 3: 7, 4: 6}  # of a bar by the number of series, in pixels
BROAD = {1: 16, 2: 11, 3: 8, 4: 7}  # of an upright bar
GAP = 2
HEIGHT = 120  # of upright bars; the style sheets may change it
LINE = 12  # the height of a line of dots
EDGE = 3.0  # per cent left free at both ends of a line of dots


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar's ends along its axis, in per cent from the base, and its place across it, in pixels."""

    start: float
    end: float
    middle: float
    thick: float


def draw(data: Data, kind: str, direction: Direction) -> etree.Element:
    """The table of a chart: `bars`, `stacked`, `columns` or `dots`."""
    table = etree.Element("table")
    (_upright if kind == "columns" else _lying)(table, data, kind, direction)
    return table


def plain(data: Data) -> etree.Element:
    """The table of data that is not drawn: numbers stand at the end of their cells."""
    table = etree.Element("table")
    head = _add(_add(table, "thead"), "tr")
    numeric = [any(row.cells[i].number is not None for row in data.rows) for i in range(len(data.head))]
    for name, number in zip(data.head, numeric, strict=True):
        _add(head, "th", name, scope="col", **({"class_": "number"} if number else {}))
    body = _add(table, "tbody")
    for row in data.rows:
        line = _add(body, "tr")
        for one, number in zip(row.cells, numeric, strict=True):
            _add(line, "td", one.text, **({"class_": "number"} if number else {}))
    return table


def faults(data: Data, kind: str) -> list[tuple[str, int, Mapping[str, object]]]:
    """Why data cannot be drawn: (code of a finding, line, what its words need)."""
    series = len(data.head) - 1
    if not 1 <= series <= MOST_SERIES or not data.rows:
        return [("B014", 0, {"row": " | ".join(data.head)})]
    uneven = [row for row in data.rows if len(row.cells) != len(data.head)]
    if uneven:
        return [("B014", row.line, {"row": " | ".join(one.text for one in row.cells)}) for row in uneven]
    found = [fault for row in data.rows for fault in _faults_of(row)]
    cells = [(row.line, one) for row in data.rows for one in row.cells[1:] if one.number is not None]
    mixed = next(((line, one) for line, one in cells if one.percent != cells[0][1].percent), None)
    if mixed:
        found.append(("D006", mixed[0], {"value": mixed[1].text}))
    if kind == "columns" and max(len(data.rows), len(data.rows) * series / 2) > MOST_COLUMNS:
        found.append(("D007", data.rows[-1].line, {"count": len(data.rows), "most": _most_columns(series)}))
    return found


def _faults_of(row: Row) -> Iterator[tuple[str, int, Mapping[str, object]]]:
    if not row.cells[0].text:
        yield "D008", row.line, {}
    for one in row.cells[1:]:
        if one.number is None and not one.says_nothing:
            yield "D005", row.line, {"value": one.text}


def _most_columns(series: int) -> int:
    return min(MOST_COLUMNS, int(MOST_COLUMNS * 2 / series))


def is_wide(data: Data, kind: str) -> bool:
    """Whether it needs more than one column of the page."""
    series, categories = len(data.head) - 1, len(data.rows)
    if kind == "columns":
        return max(categories, categories * series / 2) > IN_A_COLUMN["columns"]
    return series > IN_A_COLUMN["series"]


def _add(parent: etree.Element, tag: str, text: str = "", **given: str) -> etree.Element:
    """A cell or a row. Attributes as keywords: `class_` is class, `aria_hidden` aria-hidden."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in given.items()}
    element = etree.SubElement(parent, tag, named)
    element.text = text or None
    return element


# --- lying: a row of the table for each label ---------------------------------------------------


def _lying(table: etree.Element, data: Data, kind: str, direction: Direction) -> None:
    head = _add(_add(table, "thead"), "tr")
    _add(head, "th", data.head[0], scope="col")
    _head_of_marks(head, data, kind)
    body = _add(table, "tbody")
    for row, marks in zip(data.rows, MARKS[kind](data, direction), strict=True):
        line = _add(body, "tr")
        _add(line, "th", row.cells[0].text, scope="row")
        drawn = etree.Element("td", {"class": "bar"})
        drawn.append(marks)
        # One value stands at the foot of its bar, where the eye need not cross an empty line.
        if _is_alone(data, kind):
            _add(line, "td", row.cells[1].text, class_="value alone")
            line.append(drawn)
            continue
        line.append(drawn)
        for one in row.cells[1:]:
            _add(line, "td", one.text, class_="value")


def _is_alone(data: Data, kind: str) -> bool:
    """One series without a scale: its name stands above values and bars together."""
    return len(data.head) == 2 and kind != "dots"


def _head_of_marks(head: etree.Element, data: Data, kind: str) -> None:
    """The names of the series, each with its mark when there are several; above dots, the scale."""
    series = data.head[1:]
    if _is_alone(data, kind):
        _add(head, "th", series[0], scope="col", colspan="2")
        return
    corner = _add(head, "td", class_="bar")
    if kind == "dots":
        ends = _add(corner, "div", class_="scale")
        for one in _extremes(data):
            _add(ends, "div", one.text)  # blocks: side by side in one line, two numbers would be one
    for number, name in enumerate(series):
        cell = _add(head, "th", scope="col", class_="value")
        _named(cell, name, kind, number if len(series) > 1 else None)


def _named(cell: etree.Element, name: str, kind: str, series: int | None) -> None:
    """A series' name, after its mark."""
    if series is not None:
        key = _svg(LINE, {"class": "key", "width": "14"})
        if kind == "dots":
            _dot(key, 50, series)
        else:
            _along(key, Bar(0, 100, LINE / 2, LINE - GAP), series, "ltr")
        cell.append(key)
    _add(cell, "span", name)


def _bars(data: Data, direction: Direction) -> Iterator[etree.Element]:
    count = len(data.head) - 1
    thick = THICK[count]
    most = max(_numbers(data), default=0) or 1
    for row in data.rows:
        svg = _svg(count * (thick + GAP) - GAP)
        for number, value in _values(row):
            middle = number * (thick + GAP) + thick / 2
            _along(svg, Bar(0, 100 * value / most, middle, thick), number, direction)
        yield svg


def _stacked(data: Data, direction: Direction) -> Iterator[etree.Element]:
    thick = THICK[1]
    most = max((sum(value for _, value in _values(row)) for row in data.rows), default=0) or 1
    for row in data.rows:
        svg, start = _svg(thick), 0.0
        for number, value in _values(row):
            end = start + 100 * value / most
            _along(svg, Bar(start, end, thick / 2, thick), number, direction)
            start = end
        yield svg


def _dots(data: Data, direction: Direction) -> Iterator[etree.Element]:
    """Places on a scale from the smallest value to the largest, which stand above it."""
    low, high = (one.number or 0 for one in _extremes(data))
    for row in data.rows:
        svg = _svg(LINE)
        places = {
            number: _turned(EDGE + (100 - 2 * EDGE) * (value - low) / ((high - low) or 1), direction)
            for number, value in _values(row)
        }
        _line(svg, 0, 100, LINE / 2, 0.5)
        if len(places) > 1:
            _line(svg, min(places.values()), max(places.values()), LINE / 2, 1.5)
        for number, place in places.items():
            _dot(svg, place, number)
        yield svg


MARKS: Mapping[str, Callable[[Data, Direction], Iterator[etree.Element]]] = {
    "bars": _bars,
    "stacked": _stacked,
    "dots": _dots,
}


# --- upright: a column of the table for each label ----------------------------------------------


def _upright(table: etree.Element, data: Data, kind: str, direction: Direction) -> None:
    """Above the labels the bars, below them a row of values for each series."""
    head = _add(table, "thead")
    bars = _add(head, "tr", class_="bars", aria_hidden="true")
    _add(bars, "td")
    labels = _add(head, "tr")
    _add(labels, "th", data.head[0], scope="col")
    most = max(_numbers(data), default=0) or 1
    for row in data.rows:
        _add(bars, "td", class_="bar").append(_columns(row, most, direction))
        _add(labels, "th", row.cells[0].text, scope="col")
    body = _add(table, "tbody")
    for number, name in enumerate(data.head[1:]):
        line = _add(body, "tr")
        _named(_add(line, "th", scope="row"), name, kind, number if len(data.head) > 2 else None)
        for row in data.rows:
            _add(line, "td", row.cells[number + 1].text, class_="value")


def _columns(row: Row, most: float, direction: Direction) -> etree.Element:
    count = len(row.cells) - 1
    broad = BROAD[count]
    svg = _svg(HEIGHT)
    for number, value in _values(row):
        middle = (number - (count - 1) / 2) * (broad + GAP) * (-1 if direction == "rtl" else 1)
        _up(svg, Bar(0, 100 * value / most, middle, broad), number)
    return svg


# --- marks --------------------------------------------------------------------------------------


def _numbers(data: Data) -> Iterator[float]:
    return (value for row in data.rows for _, value in _values(row))


def _values(row: Row) -> Iterator[tuple[int, float]]:
    """The numbers of a row, each with the number of its series."""
    return ((i, one.number) for i, one in enumerate(row.cells[1:]) if one.number is not None)


def _extremes(data: Data) -> Sequence[Cell]:
    cells = [one for row in data.rows for one in row.cells[1:] if one.number is not None]
    by_value = sorted(cells, key=lambda one: one.number or 0)
    return by_value[:1] + by_value[-1:]


def _turned(place: float, direction: Direction) -> float:
    """Per cent from the left of what is told from the start."""
    return 100 - place if direction == "rtl" else place


def _svg(height: float, more: Mapping[str, str] | None = None) -> etree.Element:
    given = {"xmlns": "http://www.w3.org/2000/svg", "height": f"{height:g}", "aria-hidden": "true"}
    return etree.Element("svg", given | dict(more or {}))


def _along(svg: etree.Element, bar: Bar, series: int, direction: Direction) -> None:
    """A lying bar."""
    start, end = (_turned(place, direction) for place in (bar.start, bar.end))
    if FILLS[series] != "":
        _line(svg, start, end, bar.middle, bar.thick, FILLS[series])
    elif bar.start != bar.end:
        place = {"x": _share(min(start, end)), "width": _share(abs(end - start))}
        _outline(svg, place | {"y": f"{bar.middle - bar.thick / 2 + 0.5:g}", "height": f"{bar.thick - 1:g}"})


def _up(svg: etree.Element, bar: Bar, series: int) -> None:
    """An upright bar beside the middle of its cell."""
    if FILLS[series] != "":
        drawn = {"x1": "50%", "x2": "50%", "y1": "100%", "y2": _share(100 - bar.end)}
        _stroke(svg, drawn | {"transform": f"translate({bar.middle:g})"}, bar.thick, FILLS[series])
    elif bar.end:
        place = {"x": "50%", "y": _share(100 - bar.end), "height": _share(bar.end)}
        shift = f"translate({bar.middle - bar.thick / 2 + 0.5:g})"
        _outline(svg, place | {"width": f"{bar.thick - 1:g}", "transform": shift})


def _dot(svg: etree.Element, place: float, series: int) -> None:
    """Disc, ring, tall stroke, square."""
    middle = LINE / 2
    if series < 2:
        fill = ("currentColor", "#fff")[series]
        given = {"cx": _share(place), "cy": f"{middle:g}", "r": "4", "stroke": "currentColor", "fill": fill}
        etree.SubElement(svg, "circle", given | ({"class": "open"} if series else {}))
        return
    reach, thick = ((middle, 2.5), (4, 8))[series - 2]
    ends = {"y1": f"{middle - reach:g}", "y2": f"{middle + reach:g}"}
    _stroke(svg, {"x1": _share(place), "x2": _share(place), **ends}, thick)


def _line(
    svg: etree.Element, start: float, end: float, y: float, thick: float, dashes: str | None = None
) -> None:
    _stroke(svg, {"x1": _share(start), "x2": _share(end), "y1": f"{y:g}", "y2": f"{y:g}"}, thick, dashes)


def _stroke(svg: etree.Element, ends: Mapping[str, str], thick: float, dashes: str | None = None) -> None:
    line = etree.SubElement(svg, "line", {**ends, "stroke": "currentColor", "stroke-width": f"{thick:g}"})
    if dashes:
        line.set("stroke-dasharray", dashes)


def _outline(svg: etree.Element, place: Mapping[str, str]) -> None:
    etree.SubElement(svg, "rect", {**place, "fill": "none", "stroke": "currentColor"})


def _share(number: float) -> str:
    return f"{round(number, 2):g}%"
