"""The walk through a page: nothing hides in a form, a pattern, a mask or a glyph, and all has its place."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from sound import Change, build, draw, face, form
from test_preflight_rules import drawn_face, shading

from preflight.geometry import Box
from preflight.marks import Broken, Group, Mark, Path, Picture, Shade, Text
from preflight.walker import Faces, Walker

RED = b"1 0 0 rg 0 0 10 10 re f"
MEDIA = (0.0, 0.0, 500.0, 600.0)


def marks(change: Change) -> list[Mark]:
    """What a change adds to the sound page."""
    pdf = build(1)
    usual = len(Walker(MEDIA, Faces()).page(pdf.pages[0]))
    change(pdf)
    return Walker(MEDIA, Faces()).page(pdf.pages[0])[usual:]


def one(change: Change) -> Mark:
    (found,) = marks(change)
    return found


def spaces(found: list[Mark]) -> set[str]:
    inks = [ink for mark in found if isinstance(mark, Text | Path) for ink in (mark.fill, mark.stroke) if ink]
    return {ink.space.family for ink in inks}


def tiling(pdf: Pdf, content: bytes = RED, **keys: object) -> Stream:
    return Stream(
        pdf,
        content,
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 10, 10]),
        XStep=10,
        YStep=10,
        Resources=Dictionary(),
        **keys,
    )


def nested(pdf: Pdf) -> Stream:
    """Red in a form in a form in a form."""
    inner = form(pdf, RED)
    for _ in range(2):
        within = Dictionary(XObject=Dictionary(In=pdf.make_indirect(inner)))
        inner = form(pdf, b"/In Do", Resources=within)
    return inner


def masked(pdf: Pdf) -> Dictionary:
    group = form(pdf, RED, Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))
    return Dictionary(SMask=Dictionary(S=Name.Luminosity, G=pdf.make_indirect(group)))


def red_glyph(pdf: Pdf) -> Dictionary:
    face = drawn_face(pdf)
    face.CharProcs.square = pdf.make_stream(b"600 0 d0 1 0 0 rg 0 0 500 700 re f")
    return face


HIDDEN = [
    ("form", draw(b"/Its Do", XObject_Its=nested), "page"),
    ("pattern", draw(b"/Pattern cs /Its scn 0 0 50 50 re f", Pattern_Its=tiling), "pattern"),
    ("pattern of type", draw(b"/Pattern cs /Its scn BT /Face 9 Tf (A) Tj ET", Pattern_Its=tiling), "pattern"),
    ("stroke", draw(b"/Pattern CS /Its SCN 0 0 50 50 re S", Pattern_Its=tiling), "pattern"),
    ("mask", draw(b"/Its gs", ExtGState_Its=masked), "mask"),
    ("glyph", draw(b"BT /Its 9 Tf (A) Tj ET", Font_Its=red_glyph), "glyph"),
]


@pytest.mark.parametrize(("change", "within"), [row[1:] for row in HIDDEN], ids=[row[0] for row in HIDDEN])
def test_colour_is_found_wherever_it_hides(change: Change, within: str) -> None:
    assert "DeviceRGB" in spaces([mark for mark in marks(change) if mark.within == within])


def test_a_masks_group_is_met_with_its_space() -> None:
    groups = [mark for mark in marks(draw(b"/Its gs", ExtGState_Its=masked)) if isinstance(mark, Group)]
    assert [group.space.family for group in groups] == ["DeviceRGB"]


def test_a_form_that_draws_itself_ends() -> None:
    def change(pdf: Pdf) -> None:
        draw(b"/Its Do", XObject_Its=lambda made: form(made, RED + b" /Its Do"))(pdf)

    assert len([mark for mark in marks(change) if isinstance(mark, Path)]) == 1


def test_spaces_that_go_round_in_circles_are_broken() -> None:
    def change(pdf: Pdf) -> None:
        space = pdf.make_indirect(Array([Name.Indexed, Name.DeviceRGB, 0, pikepdf.String(b"abc")]))
        space[1] = space
        draw(b"/Its cs", ColorSpace_Its=space)(pdf)

    assert isinstance(one(change), Broken)


def test_a_default_space_stands_for_the_devices() -> None:
    gray = Array([Name.CalGray, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))])
    assert spaces(marks(draw(b"0.5 g 0 0 9 9 re f", ColorSpace_DefaultGray=gray))) == {"CalGray"}


PLACES: list[tuple[str, bytes, Box]] = [
    ("rectangle", b"0 g 20 30 40 50 re f", (20, 30, 60, 80)),
    ("a place alone", b"0 0 m 20 30 m 60 30 l 60 80 l h 5 5 m h f", (20, 30, 60, 80)),
    ("moved", b"q 2 0 0 2 10 0 cm 0 g 20 30 40 50 re f Q", (50, 60, 130, 160)),
    ("turned", b"q 0 1 -1 0 200 0 cm 0 g 20 30 40 50 re f Q", (120, 20, 170, 60)),
    ("stroked", b"4 w 20 30 40 50 re S", (18, 28, 62, 82)),
    ("curve", b"20 30 m 40 90 60 10 80 30 c f", (20, 10, 80, 90)),
    ("clipped", b"q 30 40 10 10 re W n 20 30 40 50 re f Q", (30, 40, 40, 50)),
    ("after the clip", b"q 30 40 10 10 re W n Q 20 30 40 50 re f", (20, 30, 60, 80)),
    ("picture", b"q 60 0 0 40 100 110 cm /Picture Do Q", (100, 110, 160, 150)),
    ("type", b"BT /Face 10 Tf 20 30 Td (AB) Tj ET", (20, 30, 32, 37)),
    ("spaced type", b"BT /Face 10 Tf 2 Tc 20 30 Td [(A) -500 (B)] TJ ET", (20, 30, 41, 37)),
    ("wide type", b"BT /Face 10 Tf 200 Tz 20 30 Td (AB) Tj ET", (20, 30, 44, 37)),
    ("raised type", b"BT /Face 10 Tf 4 Ts 1 0 0 1 20 30 Tm (AB) Tj ET", (20, 34, 32, 41)),
    ("next line", b"BT /Face 10 Tf 12 TL 20 30 Td () Tj (AB) ' ET", (20, 18, 32, 25)),
    ("after type", b"BT /Face 10 Tf 20 30 Td (A) Tj (B) Tj ET", (26, 30, 32, 37)),
]


@pytest.mark.parametrize(("content", "box"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_everything_has_its_place(content: bytes, box: Box) -> None:
    assert marks(draw(content))[-1].box == pytest.approx(box)


def test_what_the_clip_hides_has_no_place() -> None:
    assert marks(draw(b"q 30 40 10 10 re W n 200 200 40 50 re f Q"))[-1].box is None


def test_a_shading_fills_the_clip() -> None:
    made = shading(Name.DeviceCMYK, ([0, 0, 0, 0], [1, 0, 0, 0]))
    found = one(draw(b"q 30 40 10 10 re W n /Its sh Q", Shading_Its=made))
    assert isinstance(found, Shade)
    assert found.box == (30, 40, 40, 50)


def test_a_pictures_resolution_comes_from_the_matrix() -> None:
    found = one(draw(b"q 0.5 0 0 0.5 0 0 cm q 0 120 -60 0 100 100 cm /Picture Do Q Q"))
    assert isinstance(found, Picture)
    assert found.ppi == pytest.approx(260 / 60 * 72)


def test_the_size_of_type_comes_from_both_matrices() -> None:
    found = one(draw(b"q 2 0 0 2 0 0 cm BT /Face 4 Tf 1.5 0 0 1.5 20 30 Tm (A) Tj ET Q"))
    assert isinstance(found, Text)
    assert found.size == pytest.approx(12)


def test_a_state_is_restored() -> None:
    found = one(draw(b"q /Over gs 0 0 1 0 k 9 w Q 20 30 40 50 re B"))
    assert isinstance(found, Path)
    assert found.fill is not None
    assert (found.fill.space.family, found.fill_overprints, found.width) == ("DeviceGray", False, 1)


def composite(pdf: Pdf, **of_font: object) -> Dictionary:
    """A face of codes of two bytes; without a program unless one is given."""
    keys, program = dict(of_font), of_font.get("FontDescriptor")
    below = Dictionary(
        Type=Name.Font,
        Subtype=keys.pop("Subtype", Name.CIDFontType2),
        BaseFont=Name("/ABCDEF+Square"),
        DW=500,
        W=Array([1, Array([600, 700]), 10, 12, 900]),
        **({} if program is None else keys),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/ABCDEF+Square"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]),
    )


def test_a_composite_face_has_widths_of_its_own() -> None:
    found = one(draw(b"BT /Its 10 Tf <0001 0002 000b 0063> Tj ET", Font_Its=composite))
    assert found.box == pytest.approx((0, 0, 6 + 7 + 9 + 5, 7.5))


def truetype(pdf: Pdf) -> Dictionary:
    """Code 2 is a square, by a map; every other is blank."""
    table = pdf.make_stream(bytes((0, 3, 0, 3, 0, 1)))
    descriptor = Dictionary(FontFile2=pdf.make_stream(face()))
    return composite(pdf, CIDToGIDMap=table, FontDescriptor=descriptor)


def opentype(pdf: Pdf) -> Dictionary:
    descriptor = Dictionary(FontFile3=pdf.make_stream(postscript(), Subtype=Name.OpenType))
    return composite(pdf, Subtype=Name.CIDFontType0, FontDescriptor=descriptor)


def bare_cff(pdf: Pdf) -> Dictionary:
    data = TTFont(BytesIO(postscript())).getTableData("CFF ")
    descriptor = Dictionary(FontFile3=pdf.make_stream(data, Subtype=Name.CIDFontType0C))
    return composite(pdf, Subtype=Name.CIDFontType0, FontDescriptor=descriptor)


def postscript() -> bytes:
    """The square as a PostScript outline: glyph 2, after a blank."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "space", "A"])
    builder.setupCharacterMap({32: "space", 65: "A"})
    pen, blank = T2CharStringPen(600, None), T2CharStringPen(600, None).getCharString()
    for step, point in enumerate(((50, 0), (50, 700), (550, 700), (550, 0))):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    builder.setupCFF("Square", {}, {".notdef": blank, "space": blank, "A": pen.getCharString()}, {})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "space", "A"), (600, 0)))
    builder.setupHorizontalHeader(ascent=750, descent=-250)
    builder.setupNameTable({"familyName": "Square", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    made = BytesIO()
    builder.save(made)
    return made.getvalue()


@pytest.mark.parametrize("font", [truetype, opentype, bare_cff])
def test_letters_reach_as_high_as_their_outlines(font: Callable[[Pdf], Dictionary]) -> None:
    assert one(draw(b"BT /Its 10 Tf <0001 0002> Tj ET", Font_Its=font)).box == pytest.approx((0, 0, 13, 7))
    assert one(draw(b"BT /Its 10 Tf <0001> Tj ET", Font_Its=font)).box is None
