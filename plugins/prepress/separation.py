"""The press pass over typeset pages (pikepdf): every colour becomes ink, black type overprints, no more.

The typesetter's pages hold RGB in a handful of operators. One that is not known here is refused:
better no file than a colour that nobody separated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator
from PIL import Image

from magazine.errors import MagazineError
from prepress.condition import Cmyk, Condition

BLACK: Cmyk = (0, 0, 0, 1)
PATTERNED: Cmyk = (0, 0, 0, 0)  # for overprint: not black
JPEG = {"quality": 95, "subsampling": 0}  # no loss that a screen of 175 lines would show
FILL, STROKE = {"rg", "g", "k"}, {"RG", "G", "K"}
SHOWS = {"Tj", "TJ", "'", '"'}
PATH_BEGINS, PATH_ENDS = {"m", "re"}, {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"}
TILING = 1  # /PatternType
TAGGING = {"BDC", "BMC", "EMC", "DP", "MP"}
SPACES, PAINTS = {"cs", "CS"}, {"scn", "SCN"}
REFUSED = {"sh", "sc", "SC", "BI"} | SPACES | PAINTS  # but for a pattern
OVER, KNOCK = Name("/Over"), Name("/Knock")
# Overprint (ISO 32000-2, 8.6.7): black type lies over the inks below; all else knocks them out.
STATES = {
    OVER: Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1),
    KNOCK: Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0),
}


class SeparationError(MagazineError):
    """The pages hold something that this pass does not know how to print."""


@dataclass(frozen=True, slots=True)
class _State:
    """What of the graphics state decides on overprint."""

    fill: Cmyk = BLACK
    overprints: bool | None = None


@dataclass
class _Pass:
    """One content stream on its way."""

    inks: Condition
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    in_path: bool = False

    def take(self, operands: list[Any], operator: str) -> Iterator[tuple[list[Any], str]]:
        """The instruction as it is printed, with what must stand before it."""
        if operator in REFUSED and not _of_pattern(operands, operator):
            raise SeparationError(f"no separation is known for the operator {operator}")
        if operator == "scn":
            self.state = replace(self.state, fill=PATTERNED)
        if operator in TAGGING:
            return
        if operator in FILL | STROKE:
            plates = self._plates(operands, operator)
            if operator in FILL:
                self.state = replace(self.state, fill=plates)
            yield list(plates), "k" if operator in FILL else "K"
            return
        yield from self._overprint(operator)
        self._follow(operator)
        yield operands, operator

    def _plates(self, operands: list[Any], operator: str) -> Cmyk:
        values = [float(value) for value in operands]
        if operator in ("k", "K"):
            raise SeparationError("the typesetter gave no RGB")
        return self.inks.separate(*(values * 3 if len(values) == 1 else values))

    def _overprint(self, operator: str) -> Iterator[tuple[list[Any], str]]:
        """Ask for overprint before black type, and end it before anything else is painted."""
        if operator in SHOWS:
            wanted = self.state.fill == BLACK
        elif (operator in PATH_BEGINS and not self.in_path) or operator == "Do":
            wanted = False
        else:
            return
        if self.state.overprints is not wanted:
            self.state = replace(self.state, overprints=wanted)
            yield [OVER if wanted else KNOCK], "gs"

    def _follow(self, operator: str) -> None:
        if operator == "q":
            self.stack.append(self.state)
        elif operator == "Q":
            self.state = self.stack.pop()
        elif operator in PATH_BEGINS:
            self.in_path = True
        elif operator in PATH_ENDS:
            self.in_path = False


def _of_pattern(operands: list[Any], operator: str) -> bool:
    """A tiling pattern is chosen by its name; its tile is separated like any form."""
    if operator in SPACES:
        return operands == [Name.Pattern]
    return operator in PAINTS and len(operands) == 1 and isinstance(operands[0], Name)


def separate(document: pikepdf.Pdf, inks: Condition) -> None:
    """Every page in the condition's inks, in place. SeparationError names what can't be."""
    done: set[tuple[int, int]] = set()
    for page in document.pages:
        page.obj.Contents = document.make_stream(_separated(page.obj, page.obj.Resources, inks, done))
        _no_group_in_rgb(page.obj)


def _separated(
    content: pikepdf.Object, resources: pikepdf.Object, inks: Condition, done: set[tuple[int, int]]
) -> bytes:
    _objects(resources, inks, done)
    work = _Pass(inks)
    instructions = (
        (new, Operator(name))
        for old in pikepdf.parse_content_stream(content)
        for new, name in work.take(list(old.operands), str(old.operator))
    )
    data = pikepdf.unparse_content_stream(list(instructions))
    states = resources.get("/ExtGState", Dictionary())
    for name, state in STATES.items():
        states[str(name)] = state
    resources.ExtGState = states
    drop(resources, ["/ColorSpace"])
    return data


def _objects(resources: pikepdf.Object, inks: Condition, done: set[tuple[int, int]]) -> None:
    """The pictures and forms that a stream paints, each of them once."""
    if len(resources.get("/Shading", Dictionary())):
        raise SeparationError("no separation is known for /Shading")
    patterns = resources.get("/Pattern", Dictionary())
    if any(pattern.PatternType != TILING for pattern in patterns.values()):
        raise SeparationError("no separation is known for a shading pattern")
    drop(resources, ["/Shading", *(() if len(patterns) else ("/Pattern",))])
    for item in (*resources.get("/XObject", Dictionary()).values(), *patterns.values()):
        if item.objgen in done:
            continue
        done.add(item.objgen)
        if "/PatternType" in item or item.Subtype == Name.Form:
            item.write(_separated(item, item.Resources, inks, done))
            _no_group_in_rgb(item)
            drop(item, ["/StructParents"])
        elif isinstance(item, pikepdf.Stream):
            _print_picture(item, inks)


def _no_group_in_rgb(holder: pikepdf.Object) -> None:
    group = holder.get("/Group")
    if group is not None:
        group.CS = Name.DeviceCMYK


def _print_picture(item: pikepdf.Stream, inks: Condition) -> None:
    """A picture through the profile; its soft mask is grey and stays."""
    if item.get("/ImageMask", False) or item.get("/ColorSpace") == Name.DeviceGray:
        return
    printed = inks.picture(pikepdf.PdfImage(item).as_pil_image())
    item.write(_jpeg(printed), filter=Name.DCTDecode)
    item.ColorSpace = Name.DeviceGray if printed.mode == "L" else Name.DeviceCMYK
    item.BitsPerComponent = 8
    drop(item, ["/DecodeParms"])
    if printed.mode == "CMYK":
        item.Decode = Array([1, 0] * 4)  # Pillow writes the inks inverted, as Adobe does


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", **JPEG)
    return out.getvalue()


def drop(holder: pikepdf.Object, keys: Iterable[str]) -> None:
    """Take entries out of a dictionary, those of them that are there."""
    for key in keys:
        if key in holder:
            del holder[key]
