"""Follows the content of a page through forms, patterns, shadings, soft masks and Type 3 glyphs.

It reads every operator that says where something is painted, and with what ink; each thing that is painted
becomes a mark. Positions are those of the page before rotation, in points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Stream

from preflight import colour
from preflight.colour import BLACK, GRAY, Ink, Space
from preflight.fonts import EMPTY, Face, face
from preflight.geometry import IDENTITY, Box, Matrix, around, meet, moved, scale, sides, times
from preflight.marks import Broken, Group, Mark, Path, Picture, Shade, Text
from preflight.outlines import Reach
from preflight.pages import UNREADABLE, inherited

DEEPEST = 24  # forms within forms
FILLS, STROKES, CLIPS = (0, 2, 4, 6), (1, 2, 5, 6), (4, 5, 6, 7)  # modes of showing text
Operands = Any  # of a sequence, each of its own kind


@dataclass(slots=True)
class State:
    """The graphics state, as far as ink and place go."""

    ctm: Matrix
    clip: Box | None
    fill: Ink = BLACK
    stroke: Ink = BLACK
    fill_overprints: bool = False
    stroke_overprints: bool = False
    overprint_mode: int = 0
    width: float = 1.0
    face: Face | None = None
    size: float = 0.0
    between: float = 0.0
    words: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


class Faces:
    """The fonts of a document, each read once."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], Face] = {}

    def __call__(self, font: Dictionary) -> Face:
        """The face of a font dictionary."""
        key = font.objgen
        if key == (0, 0):
            return face(font)
        if key not in self._read:
            self._read[key] = face(font)
        return self._read[key]


class Walker:
    """Walks one page. What it met is in `marks`, in the order of painting."""

    def __init__(self, media: Box, faces: Faces) -> None:
        self.marks: list[Mark] = []
        self.faces = faces
        self.state = State(IDENTITY, media)
        self.within = "page"
        self._ground = IDENTITY  # patterns are laid out from it, not from the CTM
        self._resources: Object = EMPTY
        self._spaces: Mapping[str, Object] = {}
        self._known: dict[str, Space] = {}
        self._saved: list[State] = []
        self._open: set[tuple[int, int]] = set()
        self._once: set[tuple[int, int]] = set()
        self._depth = 0
        self._points: list[tuple[float, float]] = []
        self._from: tuple[float, float] | None = None
        self._clips = False
        self._matrix = self._line = IDENTITY

    # Streams

    def page(self, page: pikepdf.Page) -> list[Mark]:
        """The marks of a page."""
        self._group(page.obj)
        self._content(page, inherited(page.obj, "/Resources") or EMPTY)
        return self.marks

    def _content(self, holder: pikepdf.Page | Stream, resources: Object) -> None:
        before = self._resources, self._spaces, self._known, self._saved
        self._resources, self._known, self._saved = resources, {}, []
        self._points, self._from, self._clips = [], None, False
        try:
            self._spaces = dict(resources.get("/ColorSpace", EMPTY).items())
            for step in pikepdf.parse_content_stream(holder):
                self._obey(str(step.operator), step.operands)
        except UNREADABLE as problem:
            self._cannot(str(problem))
        if self._saved:
            self._cannot("q")
        self._resources, self._spaces, self._known, self._saved = before

    def _obey(self, operator: str, operands: Operands) -> None:
        try:
            OPERATORS[operator](self, operands)
        except UNREADABLE:
            self._cannot(operator)

    def _cannot(self, operator: str) -> None:
        self.marks.append(Broken(self.state.clip, self.within, operator))

    def _inner(
        self, stream: Any, state: State, within: str, resources: Object | None = None, once: bool = False
    ) -> None:
        """Walk a stream inside this one; never one inside itself, and with `once` never again."""
        key = stream.objgen
        if key in self._open or self._depth > DEEPEST or (once and key in self._once):
            return
        before = self.state, self.within, self._ground, self._points, self._clips, self._matrix, self._line
        self.state, self.within, self._ground = state, within, state.ctm
        self._open.add(key)
        self._once.add(key)
        self._depth += 1
        self._content(stream, stream.get("/Resources", resources or self._resources))
        self._depth -= 1
        self._open.discard(key)
        self.state, self.within, self._ground, self._points, self._clips, self._matrix, self._line = before

    def _form(self, form: Any, state: State, within: str, once: bool = False) -> None:
        matrix = _matrix(form.get("/Matrix"))
        ctm = times(matrix, state.ctm)
        clip = meet(state.clip, moved(_box(form.BBox), ctm))
        inside = replace(state, ctm=ctm, clip=clip)
        if "/Group" in form:
            self._group(form, clip)
        self._inner(form, inside, within, once=once)

    def _group(self, holder: Object, box: Box | None = None) -> None:
        try:
            group = holder.get("/Group", EMPTY)
            if "/CS" in group:
                named = dict(holder.get("/Resources", EMPTY).get("/ColorSpace", EMPTY).items())
                self.marks.append(Group(box or self.state.clip, self.within, colour.read(group.CS, named)))
        except UNREADABLE:
            self._cannot("Group")

    # State

    def save(self, _: Operands) -> None:
        """Operator q."""
        self._saved.append(replace(self.state))

    def restore(self, _: Operands) -> None:
        """Operator Q."""
        self.state = self._saved.pop()

    def concatenate(self, operands: Operands) -> None:
        """Operator cm."""
        self.state.ctm = times(_numbers(operands), self.state.ctm)

    def extended(self, operands: Operands) -> None:
        """Operator gs: overprint, line width, font and soft mask."""
        wanted = self._named("/ExtGState", operands[0])
        state = self.state
        state.stroke_overprints = bool(wanted.get("/OP", state.stroke_overprints))
        state.fill_overprints = bool(wanted.get("/op", wanted.get("/OP", state.fill_overprints)))
        state.overprint_mode = int(wanted.get("/OPM", state.overprint_mode))
        state.width = float(wanted.get("/LW", state.width))
        if "/Font" in wanted:
            state.face, state.size = self.faces(wanted.Font[0]), float(wanted.Font[1])
        mask = wanted.get("/SMask")
        if isinstance(mask, Dictionary):
            inside = State(state.ctm, state.clip)
            self._form(mask.G, inside, "mask", once=True)

    def _named(self, kind: str, name: Object) -> Any:
        return self._resources[kind][str(name)]

    # Colour

    def space(self, name: Object) -> Space:
        """A colour space by its name in these resources."""
        key = str(name)
        if key not in self._known:
            self._known[key] = colour.read(name, self._spaces)
        return self._known[key]

    def fill_space(self, operands: Operands) -> None:
        """Operator cs."""
        space = self.space(operands[0])
        self.state.fill = Ink(space, space.initial)

    def stroke_space(self, operands: Operands) -> None:
        """Operator CS."""
        space = self.space(operands[0])
        self.state.stroke = Ink(space, space.initial)

    def fill_colour(self, operands: Operands) -> None:
        """Operators sc and scn."""
        self.state.fill = self._coloured(self.state.fill.space, operands)

    def stroke_colour(self, operands: Operands) -> None:
        """Operators SC and SCN."""
        self.state.stroke = self._coloured(self.state.stroke.space, operands)

    def _coloured(self, space: Space, operands: Operands) -> Ink:
        if operands and isinstance(operands[-1], Name):
            return Ink(space, _numbers(operands[:-1]), str(operands[-1]))
        return Ink(space, _numbers(operands))

    def device(self, family: str, operands: Operands) -> Ink:
        """A colour of a device's space, or of the space that stands for it here."""
        if family not in self._known:
            self._known[family] = colour.default(family, self._spaces)
        return Ink(self._known[family], _numbers(operands))

    def _met(self, ink: Ink, box: Box | None) -> Ink:
        """An ink that paints; what is in its pattern is walked."""
        if ink.pattern:
            pattern = self._named("/Pattern", Name(ink.pattern))
            if pattern.get("/PatternType") == 2:
                self._shading(pattern.Shading, box)
            else:
                state = State(times(_matrix(pattern.get("/Matrix")), self._ground), self.state.clip)
                base = ink.space.base
                if base is not None and len(ink.tints) == base.size:
                    state.fill = state.stroke = Ink(base, ink.tints)
                self._inner(pattern, state, "pattern", once=True)
        return ink

    # Paths

    def move(self, operands: Operands) -> None:
        """Operator m: a place that counts when something is drawn from it."""
        self._from = (float(operands[0]), float(operands[1]))

    def line(self, operands: Operands) -> None:
        """Operator l."""
        self._start()
        self._points.append((float(operands[0]), float(operands[1])))

    def _start(self) -> None:
        if self._from is not None:
            self._points.append(self._from)
            self._from = None

    def curve(self, operands: Operands) -> None:
        """Operators c, v and y: the curve lies within its control points."""
        self._start()
        xy = _numbers(operands)
        self._points.extend(zip(xy[::2], xy[1::2], strict=True))

    def rectangle(self, operands: Operands) -> None:
        """Operator re."""
        x, y, width, height = _numbers(operands)
        self._points.extend(((x, y), (x + width, y + height)))

    def clip(self, _: Operands) -> None:
        """Operators W and W*: they take effect when the path ends."""
        self._clips = True

    def paint(self, fills: bool, strokes: bool) -> None:
        """The operators that end a path."""
        points, self._points, self._from = self._points, [], None
        state = self.state
        if points:
            whole = moved(around(points), state.ctm)
            if fills or strokes:
                self._path(whole, fills, strokes)
            if self._clips:
                state.clip = meet(state.clip, whole)
        self._clips = False

    def _path(self, whole: Box, fills: bool, strokes: bool) -> None:
        state = self.state
        width = state.width * scale(state.ctm) if strokes else 0.0
        x0, y0, x1, y1 = whole
        half = width / 2
        box = meet((x0 - half, y0 - half, x1 + half, y1 + half), state.clip)
        self.marks.append(
            Path(
                box,
                self.within,
                self._met(state.fill, box) if fills else None,
                self._met(state.stroke, box) if strokes else None,
                state.fill_overprints,
                state.stroke_overprints,
                width,
                (x1 - x0, y1 - y0),
            )
        )

    # Pictures, forms, shadings

    def external(self, operands: Operands) -> None:
        """Operator Do."""
        drawn = self._named("/XObject", operands[0])
        if drawn.get("/Subtype") == "/Form":
            self._form(drawn, replace(self.state), self.within)
        elif drawn.get("/Subtype") == "/Image":
            self._picture(drawn)

    def inline(self, operands: Operands) -> None:
        """An image between BI and EI."""
        image = operands[0]
        stencil = bool(image.image_mask)
        size = int(image.width), int(image.height)
        bits = 1 if stencil else int(image.bits_per_component)
        space = None if stencil else self._inline_space(image)
        self._placed(space, size, bits)

    def _inline_space(self, image: pikepdf.PdfInlineImage) -> Space:
        written: Any = image.obj.get("/CS", image.obj.get("/ColorSpace"))
        return self.space(written) if isinstance(written, Name) else colour.read(written, self._spaces)

    def _picture(self, image: Stream) -> None:
        size = int(image.Width), int(image.Height)
        stencil = bool(image.get("/ImageMask", False))
        bits = 1 if stencil else int(image.get("/BitsPerComponent", 8))
        self._placed(None if stencil else self._picture_space(image), size, bits)
        mask = image.get("/Mask")
        if isinstance(mask, Stream):
            self._placed(GRAY, (int(mask.Width), int(mask.Height)), 1, mask=True)

    def _picture_space(self, image: Stream) -> Space:
        written = image.get("/ColorSpace")
        if written is None:  # only JPEG 2000 may say it inside
            return Space("JPEG 2000", 0)
        return self.space(written) if isinstance(written, Name) else colour.read(written, self._spaces)

    def _placed(self, space: Space | None, size: tuple[int, int], bits: int, mask: bool = False) -> None:
        state = self.state
        across, high = sides(state.ctm)
        ppi = min(size[0] / across, size[1] / high) * 72 if across and high else 0.0
        box = meet(moved((0, 0, 1, 1), state.ctm), state.clip)
        ink = self._met(state.fill, box) if space is None else None
        self.marks.append(Picture(box, self.within, space, ink, size, ppi, bits, mask))

    def shade(self, operands: Operands) -> None:
        """Operator sh."""
        shading = self._named("/Shading", operands[0])
        box = self.state.clip
        if "/BBox" in shading:
            box = meet(box, moved(_box(shading.BBox), self.state.ctm))
        self._shading(shading, box)

    def _shading(self, shading: Object, box: Box | None) -> None:
        self.marks.append(Shade(box, self.within, colour.read(shading.ColorSpace, self._spaces)))

    # Text

    def begin(self, _: Operands) -> None:
        """Operator BT."""
        self._matrix = self._line = IDENTITY

    def font(self, operands: Operands) -> None:
        """Operator Tf."""
        self.state.face = self.faces(self._named("/Font", operands[0]))
        self.state.size = float(operands[1])

    def place(self, operands: Operands) -> None:
        """Operator Tm."""
        self._matrix = self._line = _numbers(operands)

    def next_line(self, operands: Operands) -> None:
        """Operator Td."""
        x, y = _numbers(operands)
        self._matrix = self._line = times((1, 0, 0, 1, x, y), self._line)

    def leading_line(self, operands: Operands) -> None:
        """Operator TD."""
        self.state.leading = -float(operands[1])
        self.next_line(operands)

    def new_line(self, _: Operands) -> None:
        """Operator T*."""
        self.next_line((0, -self.state.leading))

    def quote(self, operands: Operands) -> None:
        """Operator ': a new line, and its text."""
        self.new_line(())
        self.show((operands[0],))

    def double_quote(self, operands: Operands) -> None:
        """Operator ": spacing, a new line, and its text."""
        self.state.words, self.state.between = float(operands[0]), float(operands[1])
        self.quote((operands[2],))

    def show(self, operands: Operands) -> None:
        """Operator Tj."""
        self._show((operands[0],))

    def show_spaced(self, operands: Operands) -> None:
        """Operator TJ."""
        self._show(operands[0])

    def _show(self, parts: Iterable[Any]) -> None:
        state = self.state
        if state.face is None:
            raise ValueError("text without a font")
        length, codes = self._length(state.face, parts)
        drawn = times(self._matrix, state.ctm)
        box = meet(self._around(length, state.face.reach(codes), drawn), state.clip)
        self._text(state.face, box, abs(state.size) * scale(drawn), state.width * scale(state.ctm))
        self._matrix = times((1, 0, 0, 1, length, 0), self._matrix)

    def _around(self, length: float, reach: Reach | None, drawn: Matrix) -> Box | None:
        if reach is None:
            return None
        low, high = (self.state.rise + part * self.state.size for part in reach)
        return moved((min(0, length), min(low, high), max(0, length), max(low, high)), drawn)

    def _length(self, face: Face, parts: Iterable[Any]) -> tuple[float, set[int]]:
        """How far the parts of a line of text carry, in the text's own units, and the codes in them."""
        state, length, met = self.state, 0.0, set[int]()
        for part in parts:
            if isinstance(part, pikepdf.String):
                codes = face.codes(bytes(part))
                met.update(codes)
                width, spaces = face.advance(codes)
                length += width / 1000 * state.size + len(codes) * state.between + spaces * state.words
            else:
                length -= float(part) / 1000 * state.size
        return length * state.stretch, met

    def _text(self, face: Face, box: Box | None, size: float, width: float) -> None:
        state = self.state
        fill, stroke = state.mode in FILLS, state.mode in STROKES
        self.marks.append(
            Text(
                box,
                self.within,
                face,
                size,
                self._met(state.fill, box) if fill else None,
                self._met(state.stroke, box) if stroke else None,
                state.fill_overprints,
                state.stroke_overprints,
                state.overprint_mode,
                width if stroke else 0.0,
            )
        )
        if face.kind == "Type3":
            self._glyphs(face)

    def _glyphs(self, face: Face) -> None:
        ctm = times(_matrix(face.font.get("/FontMatrix")), times(self._matrix, self.state.ctm))
        grown = times((self.state.size, 0, 0, self.state.size, 0, 0), ctm)
        resources = face.font.get("/Resources", self._resources)
        for _, glyph in sorted(face.font.get("/CharProcs", EMPTY).items()):
            self._inner(glyph, replace(self.state, ctm=grown), "glyph", resources, once=True)


def _numbers(operands: Operands) -> Any:
    return tuple(map(float, operands))


def _matrix(written: Object | None) -> Matrix:
    return IDENTITY if written is None else _numbers(list(written))


def _box(written: Any) -> Box:
    x0, y0, x1, y1 = map(float, list(written))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


Obey = Callable[[Walker, Operands], None]


def _number(field: str, by: float = 1.0) -> Obey:
    """An operator that sets one number of the state."""

    def obey(walker: Walker, operands: Operands) -> None:
        setattr(walker.state, field, type(getattr(walker.state, field))(float(operands[0]) * by))

    return obey


def _ends(fills: bool, strokes: bool) -> Obey:
    return lambda walker, _: walker.paint(fills, strokes)


def _fills(family: str) -> Obey:
    def obey(walker: Walker, operands: Operands) -> None:
        walker.state.fill = walker.device(family, operands)

    return obey


def _strokes(family: str) -> Obey:
    def obey(walker: Walker, operands: Operands) -> None:
        walker.state.stroke = walker.device(family, operands)

    return obey


def _nothing(_: Walker, __: Operands) -> None:
    """Neither ink nor place."""


# How lines end and join, dashes, flatness, intents, glyph metrics, marked content, ends.
IGNORED = "d d0 d1 i j J M ri h ET BMC BDC EMC MP DP BX EX"
OPERATORS: Mapping[str, Obey] = {
    **dict.fromkeys(IGNORED.split(), _nothing),
    "q": Walker.save,
    "Q": Walker.restore,
    "cm": Walker.concatenate,
    "gs": Walker.extended,
    "w": _number("width"),
    "cs": Walker.fill_space,
    "CS": Walker.stroke_space,
    "sc": Walker.fill_colour,
    "scn": Walker.fill_colour,
    "SC": Walker.stroke_colour,
    "SCN": Walker.stroke_colour,
    "g": _fills("DeviceGray"),
    "rg": _fills("DeviceRGB"),
    "k": _fills("DeviceCMYK"),
    "G": _strokes("DeviceGray"),
    "RG": _strokes("DeviceRGB"),
    "K": _strokes("DeviceCMYK"),
    "m": Walker.move,
    "l": Walker.line,
    "c": Walker.curve,
    "v": Walker.curve,
    "y": Walker.curve,
    "re": Walker.rectangle,
    "W": Walker.clip,
    "W*": Walker.clip,
    "n": _ends(False, False),
    "f": _ends(True, False),
    "F": _ends(True, False),
    "f*": _ends(True, False),
    "S": _ends(False, True),
    "s": _ends(False, True),
    "B": _ends(True, True),
    "B*": _ends(True, True),
    "b": _ends(True, True),
    "b*": _ends(True, True),
    "Do": Walker.external,
    "INLINE IMAGE": Walker.inline,
    "sh": Walker.shade,
    "BT": Walker.begin,
    "Tf": Walker.font,
    "Tm": Walker.place,
    "Td": Walker.next_line,
    "TD": Walker.leading_line,
    "T*": Walker.new_line,
    "Tj": Walker.show,
    "TJ": Walker.show_spaced,
    "'": Walker.quote,
    '"': Walker.double_quote,
    "Tc": _number("between"),
    "Tw": _number("words"),
    "Tz": _number("stretch", 0.01),
    "TL": _number("leading"),
    "Tr": _number("mode"),
    "Ts": _number("rise"),
}
