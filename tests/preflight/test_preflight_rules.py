"""Each rule of the preflight has a sound file broken for real in just that way, and catches it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from sound import (
    BLEED,
    COATED,
    HEIGHT,
    MM,
    PROFILES,
    RULE,
    SLUG,
    TYPE,
    WIDTH,
    XMP,
    Change,
    build,
    draw,
    first,
    font,
    form,
    intent,
    picture,
    save,
)

from preflight import PROFILES as HELD
from preflight import RULES, Report, inspect
from preflight.profiles import Profile
from preflight.report import to_html, to_json, to_text

X4 = HELD["x4"]
RGB_PROFILE = (PROFILES / "srgb.icc").read_bytes()


def icc(space: str, components: int) -> Callable[[Pdf], Array]:
    """An ICC colour space with one of Ghostscript's profiles."""
    data = (PROFILES / f"{space}.icc").read_bytes()
    return lambda pdf: Array([Name.ICCBased, pdf.make_indirect(Stream(pdf, data, N=components))])


def spot(pdf: Pdf) -> Array:
    """An ink of its own."""
    tint = Stream(
        pdf, b"{0 exch dup 0 exch 0}", FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1] * 4)
    )
    return Array([Name.Separation, Name("/Gold"), Name.DeviceCMYK, pdf.make_indirect(tint)])


def curve(pdf: Pdf) -> Dictionary:
    """Darker than the press would print."""
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([1]), N=0.8)


def black_plate(pdf: Pdf) -> Array:
    tint = Stream(
        pdf, b"{0 exch 0 exch 0 exch}", FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1] * 4)
    )
    return Array([Name.Separation, Name.Black, Name.DeviceCMYK, pdf.make_indirect(tint)])


def shading(space: Name, ends: tuple[list[float], list[float]]) -> Dictionary:
    """From the left to the right of the page."""
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array(ends[0]), C1=Array(ends[1]), N=1)
    return Dictionary(ShadingType=2, ColorSpace=space, Coords=Array([100, 0, 200, 0]), Function=function)


def each(key: str, value: object) -> Change:
    """A change to every page."""

    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            page.obj[key] = value

    return change


def on_first(key: str, value: object) -> Change:
    def change(pdf: Pdf) -> None:
        first(pdf)[key] = value

    return change


def lose(*path: str) -> Change:
    """Take a key out of the catalogue, the trailer or the first page."""

    def change(pdf: Pdf) -> None:
        node = {"page": first(pdf), "root": pdf.Root, "trailer": pdf.trailer}[path[0]]
        for step in path[1:-1]:
            node = node[int(step)] if step.isdigit() else node[step]
        del node[path[-1]]

    return change


def xmp(old: str, new: str) -> Change:
    """Other metadata."""
    assert old in XMP
    written = XMP.replace(old, new)

    def change(pdf: Pdf) -> None:
        pdf.Root.Metadata = Stream(pdf, written.encode(), Type=Name.Metadata, Subtype=Name.XML)

    return change


def root(key: str, make: Callable[[Pdf], object]) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.Root[key] = make(pdf)

    return change


def pages(count: int) -> Change:
    def change(pdf: Pdf) -> None:
        del pdf.pages[count:]

    return change


def action(pdf: Pdf) -> Dictionary:
    return pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.beep()"))


def bare(pdf: Pdf) -> None:
    """Nothing but the media, with type inside."""
    for page in pdf.pages:
        del page.obj.TrimBox, page.obj.BleedBox
        page.obj.Contents = pdf.make_stream(TYPE + RULE)


def script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["one", action(pdf)])))


def annotation(pdf: Pdf) -> None:
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([100, 300, 150, 310]), Border=Array([0, 0, 0])
    )
    first(pdf).Annots = Array([pdf.make_indirect(link)])


def field_(pdf: Pdf) -> None:
    field = Dictionary(FT=Name.Tx, T="name", V="")
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([pdf.make_indirect(field)])))


def attached(pdf: Pdf) -> None:
    pdf.attachments["notes.txt"] = b"notes"


def layers(pdf: Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))


def alternates(pdf: Pdf) -> None:
    image = first(pdf).Resources.XObject.Picture
    image.Alternates = Array([Dictionary(Image=pdf.make_indirect(picture(pdf)), DefaultForPrinting=True)])


def second_intent(pdf: Pdf) -> None:
    pdf.Root.OutputIntents.append(intent(pdf))


def other_profile(data: bytes, components: int) -> Change:
    return root("/OutputIntents", lambda pdf: Array([intent(pdf, data, components)]))


def half_white(pdf: Pdf) -> Stream:
    """A picture of which the left half is white."""
    size = 260
    made = picture(pdf, size)
    made.write((b"\0" * 4 * (size // 2) + b"\x80\x10\x10\0" * (size // 2)) * size)
    return made


def group(space: object) -> Callable[[Pdf], Stream]:
    made = Dictionary(S=Name.Transparency, CS=space)
    return lambda pdf: form(pdf, b"0.1 0.1 0 0 k 100 100 20 20 re f", Group=made)


def without_program(pdf: Pdf) -> Dictionary:
    made = font(pdf, "/ABCDEF+Helvetica")
    del made.FontDescriptor.FontFile2
    return made


def drawn_face(pdf: Pdf) -> Dictionary:
    """A Type 3 font of one square."""
    glyph = pdf.make_stream(b"600 0 0 0 600 700 d1 0 0 500 700 re f")
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 600, 700]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(square=glyph),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name.square])),
        FirstChar=65,
        LastChar=65,
        Widths=Array([600]),
        Resources=Dictionary(),
    )


def bits(pdf: Pdf) -> Stream:
    """A stencil of 100 × 100 pixels."""
    return Stream(
        pdf,
        b"\xaa" * 1300,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=100,
        Height=100,
        BitsPerComponent=1,
        ImageMask=True,
    )


def words(
    at: str, colour: str = "0 0 0 1 k", size: float = 11, state: str = "/Over gs", face: str = "Face"
) -> bytes:
    return f"q {state} {colour} BT /{face} {size} Tf 1 0 0 1 {at} Tm (AB) Tj ET Q".encode()


@dataclass(frozen=True)
class Bad:
    """A sound file with one change, and what it breaks."""

    codes: str
    change: Change
    profile: Profile = X4
    fonts: tuple[str, ...] = ()
    name: str = ""


LEFT, FOOT, TOP = SLUG, SLUG, SLUG + HEIGHT
BOX = "q 0.3 0 0 0 k %f %f 40 40 re f Q"
CASES = [
    Bad("X010 X012", bare, name="neither trim nor bleed"),
    Bad("X011", each("/CropBox", Array([60, 60, 300, 300])), name="trim out of crop"),
    Bad(
        "X011 X130",
        each("/MediaBox", Array([SLUG - 5, SLUG - 5, WIDTH + SLUG + 5, HEIGHT + SLUG + 5])),
        name="bleed out of media",
    ),
    Bad(
        "X011 X012",
        each("/BleedBox", Array([SLUG + 5, SLUG - 9, WIDTH + SLUG + 9, HEIGHT + SLUG + 9])),
        name="trim out of bleed",
    ),
    Bad(
        "X012",
        each("/BleedBox", Array([SLUG - 3, SLUG - 3, SLUG + WIDTH + 3, SLUG + HEIGHT + 3])),
        name="bleed",
    ),
    Bad(
        "X013",
        on_first("/BleedBox", Array([SLUG - BLEED, SLUG - BLEED, WIDTH + SLUG + 18, HEIGHT + SLUG + 18])),
        name="one other",
    ),
    Bad("X014", each("/Rotate", 90), name="turned"),
    Bad("X014", each("/UserUnit", 2), name="scaled"),
    Bad("X015", each("/ArtBox", Array([60, 60, 200, 200])), name="art box"),
    Bad("X020", pages(3), name="three pages"),
    Bad("X030", lose("root", "/OutputIntents"), name="no intent"),
    Bad("X031", lose("root", "/OutputIntents", "0", "/OutputConditionIdentifier"), name="no condition"),
    Bad("X031", lose("root", "/OutputIntents", "0", "/RegistryName"), name="no registry"),
    Bad("X032", lose("root", "/OutputIntents", "0", "/DestOutputProfile"), name="no profile"),
    Bad("X033", other_profile(RGB_PROFILE, 3), name="profile of a screen"),
    Bad("X033", other_profile(COATED.read_bytes(), 3), name="three components"),
    Bad("X035", other_profile((PROFILES / "default_cmyk.icc").read_bytes(), 4), name="a profile of SWOP"),
    Bad("X034", second_intent, name="two intents"),
    Bad("X040", lose("root", "/Metadata"), name="no metadata"),
    Bad("X040", xmp("</rdf:RDF>", ""), name="metadata that do not parse"),
    Bad("X041", xmp(">PDF/X-4<", ">PDF/X-1a:2003<"), name="another standard"),
    Bad("X042", lose("trailer", "/Info", "/Trapped"), name="trapped?"),
    Bad("X043", xmp("A sound file", "Another file"), name="two titles"),
    Bad("X043", xmp("2026-11-01T14:00:00+02:00", "2026-11-01T14:00:00Z"), name="two dates"),
    Bad("X045", xmp('xmpMM:VersionID="1"', ""), name="no version"),
    Bad("X050", annotation, name="link"),
    Bad("X051", root("/OpenAction", action), name="opens with a script"),
    Bad("X051", script, name="script"),
    Bad(
        "X051",
        on_first("/AA", Dictionary(O=Dictionary(S=Name.Named, N=Name.NextPage))),
        name="page with an action",
    ),
    Bad("X052", field_, name="form"),
    Bad("X053", attached, name="attachment"),
    Bad("X054", layers, name="layers"),
    Bad("X055", alternates, name="alternates"),
    Bad("X056", draw(b"/Its gs", ExtGState_Its=lambda pdf: Dictionary(TR=curve(pdf))), name="transfer curve"),
    Bad("X060", draw(b"1 0 0 rg 100 120 20 20 re f"), name="DeviceRGB"),
    Bad("X060", draw(b"0 0.4 0 RG 2 w 100 120 m 140 120 l S"), name="DeviceRGB stroke"),
    Bad(
        "X060",
        draw(b"/Its cs 0.4 0.2 0.1 sc 100 120 20 20 re f", ColorSpace_Its=icc("srgb", 3)),
        name="ICC RGB",
    ),
    Bad(
        "X060",
        draw(
            b"/Its cs 50 20 10 sc 100 120 20 20 re f",
            ColorSpace_Its=Array(
                [Name.Lab, Dictionary(WhitePoint=Array([0.96, 1, 0.82]), Range=Array([-99, 99, -99, 99]))]
            ),
        ),
        name="Lab",
    ),
    Bad(
        "X060",
        draw(
            b"/Its cs 0.5 0.2 0.1 sc 100 120 20 20 re f",
            ColorSpace_Its=Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))]),
        ),
        name="CalRGB",
    ),
    Bad(
        "X060",
        draw(b"/Its cs 0.5 0.2 0.1 0 sc 100 120 20 20 re f", ColorSpace_Its=icc("ps_cmyk", 4)),
        name="another press",
    ),
    Bad(
        "X060", draw(b"0 0 1 RG 1 Tr BT /Face 40 Tf 1 0 0 1 100 120 Tm (A) Tj ET 0 Tr"), name="outlined type"
    ),
    Bad(
        "X061",
        draw(
            b"q 40 0 0 40 100 180 cm /Its Do Q",
            XObject_Its=lambda pdf: picture(pdf, 200, Name.DeviceRGB, b"abc"),
        ),
        name="RGB picture",
    ),
    Bad(
        "X061",
        draw(b"q 4 0 0 4 100 180 cm BI /W 20 /H 20 /BPC 8 /CS /RGB ID " + b"abc" * 400 + b" EI Q"),
        name="RGB inline",
    ),
    Bad(
        "X061",
        draw(
            b"q 40 0 0 40 100 180 cm /Its Do Q",
            XObject_Its=lambda pdf: picture(
                pdf, 200, Array([Name.Indexed, Name.DeviceRGB, 1, pikepdf.String(b"abcdef")]), b"\1"
            ),
        ),
        name="palette of RGB",
    ),
    Bad(
        "X062",
        draw(
            b"q 100 180 40 40 re W n /Its sh Q", Shading_Its=shading(Name.DeviceRGB, ([1, 0, 0], [0, 0, 1]))
        ),
        name="shading",
    ),
    Bad(
        "X062",
        draw(
            b"/Pattern cs /Its scn 100 180 40 40 re f",
            Pattern_Its=Dictionary(PatternType=2, Shading=shading(Name.DeviceRGB, ([1, 0, 0], [0, 0, 1]))),
        ),
        name="shading as a pattern",
    ),
    Bad("X063", draw(b"/Its Do", XObject_Its=group(Name.DeviceRGB)), name="RGB group"),
    Bad("X063", on_first("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)), name="RGB page"),
    Bad("X064", draw(b"/Its cs 0.5 sc 100 120 20 20 re f", ColorSpace_Its=spot), name="gold"),
    Bad("X065", draw(b"/Marks cs 0.5 sc 100 120 20 20 re f"), name="registration colour"),
    Bad("X070", draw(b"0.9 0.9 0.8 0.8 k 100 120 20 20 re f"), name="340 %"),
    Bad(
        "X070",
        draw(b"/Over gs 0.9 0.9 0.8 0 k 100 120 20 20 re f 0 0 0 0.8 k 110 120 5 5 re f"),
        name="340 % by overprint",
    ),
    Bad("X080", draw(words("100 120", "0.6 0.4 0.4 1 k", state="")), name="rich black"),
    Bad("X080", draw(words("100 120", "0.7 0.7 0.7 0.3 k", 20, state="")), name="black of four"),
    Bad("X090", draw(b"0 0 0 1 K 0.2 w 100 120 m 140 120 l S"), name="hairline"),
    Bad(
        "X090",
        draw(b"q 0.1 0 0 0.1 0 0 cm 0 0 0 1 K 2 w 1000 1200 m 1400 1200 l S Q"),
        name="scaled to a hairline",
    ),
    Bad("X090", draw(b"0 0 0 1 k 100 120 40 0.1 re f"), name="filled hairline"),
    Bad("X090", draw(b"0 0 0 0.3 k 0 0 0 1 K 0.1 w 100 120 40 20 re B"), name="outlined by a hairline"),
    Bad(
        "X090",
        draw(b"0 0 0 1 k 0 0 0 1 K 0.05 w 100 120 40 0.1 re B"),
        name="outlined in its own ink, and thin still",
    ),
    Bad(
        "X090",
        draw(b"/Over gs 0 0 0 1 K 1 Tr 0.1 w BT /Face 40 Tf 1 0 0 1 100 120 Tm (A) Tj ET 0 Tr"),
        name="type in outline",
    ),
    Bad("X100", draw(words("100 120", "0.9 0.5 0.2 0 k", 8, state="")), name="small in three inks"),
    Bad("X101", draw(words("100 120", "0 0 0 0.5 k", 8, state="")), name="small in a tint"),
    Bad("X110", draw(b"q 140 0 0 140 100 180 cm /Picture Do Q"), name="134 ppi"),
    Bad("X110", draw(b"q 50 0 0 140 100 180 cm /Picture Do Q"), name="stretched"),
    Bad(
        "X111", draw(b"q 0 0 0 1 k 40 0 0 40 100 180 cm /Its Do Q", XObject_Its=bits), name="180 ppi of line"
    ),
    Bad("X120 X162", draw(words("100 120", face="Its"), Font_Its=without_program), name="not in the file"),
    Bad(
        "X121",
        draw(words("100 120", face="Its"), Font_Its=lambda pdf: font(pdf, "/Square-Regular")),
        name="whole",
    ),
    Bad("X122", lambda pdf: None, fonts=("Amiri", "Source Serif 4"), name="not ours"),
    Bad("X123", draw(words("100 120", face="Its"), Font_Its=drawn_face), name="Type 3"),
    Bad("X130", draw((BOX % (LEFT, 180)).encode()), name="ends at the trim"),
    Bad("X130", draw((BOX % (LEFT - 1.5 * MM, 180)).encode()), name="ends in the bleed"),
    Bad("X130", draw((BOX % (180, TOP - 40 - 0.2 * MM)).encode()), name="nearly at the trim"),
    Bad(
        "X130",
        draw(f"q {LEFT} 0 400 900 re W n 0.3 0 0 0 k 0 180 60 40 re f Q".encode()),
        name="clipped at the trim",
    ),
    Bad(
        "X130",
        draw(f"q 50 0 0 50 {LEFT + WIDTH - 50} 180 cm /Picture Do Q".encode()),
        name="picture to the trim",
    ),
    Bad("X131", draw(f"0 0 0 0 k {LEFT + WIDTH} 0 40 900 re f".encode()), name="a white frame"),
    Bad("X131", draw(f"0 0 0 0 k 0 0 900 {SLUG} re f".encode()), name="bare at the foot"),
    Bad("X131", draw(f"0 0 0 0 k 0 180 {LEFT} {6 * MM} re f".encode()), name="a gap of 6 mm"),
    Bad(
        "X131",
        draw(f"q {20 * MM} 0 0 {20 * MM} {LEFT - 10 * MM} 180 cm /Its Do Q".encode(), XObject_Its=half_white),
        name="a picture that is white past the trim",
    ),
    Bad("X140", draw(words(f"{LEFT + 2 * MM} 180")), name="2 mm"),
    Bad("X141", draw(words(f"{LEFT - 4} 180")), name="cut"),
    Bad("X150", draw(words("100 120", state="")), name="knocks out"),
    Bad("X150", draw(words("100 120", "0 g")), name="gray cannot overprint"),
    Bad("X151", draw(b"/Over gs 0 0 0 0 k 100 120 20 20 re f"), name="white box"),
    Bad("X151", draw(words("100 120", "0 0 0 0 k")), name="white type"),
]


def checked(change: Change, folder: Path, profile: Profile = X4, fonts: tuple[str, ...] = ()) -> Report:
    pdf = build()
    change(pdf)
    return inspect(save(pdf, folder / "it.pdf"), profile, fonts)


def codes(report: Report) -> str:
    return " ".join(sorted({one.code for one in report.faults}))


def test_the_sound_file_is_sound(tmp_path: Path) -> None:
    report = checked(lambda pdf: None, tmp_path, fonts=("Square",))
    assert report.faults == ()
    assert [page.number for page in report.facts.pages] == [1, 2, 3, 4]
    assert [(face.name, face.embedded, face.pages) for face in report.facts.fonts] == [
        ("Square-Regular", True, (1, 2, 3, 4))
    ]


@pytest.mark.parametrize("bad", CASES, ids=lambda bad: f"{bad.codes} {bad.name}")
def test_one_break_is_one_fault(bad: Bad, tmp_path: Path) -> None:
    """The rule that is broken speaks, and no other."""
    assert codes(checked(bad.change, tmp_path, bad.profile, bad.fonts)) == bad.codes


def two_authors(pdf: Pdf) -> None:
    """As programs write them in the two places."""
    listed = (
        "<dc:creator><rdf:Seq><rdf:li>One</rdf:li><rdf:li>Two</rdf:li></rdf:Seq></dc:creator><xmp:CreateDate>"
    )
    xmp("<xmp:CreateDate>", listed)(pdf)
    pdf.trailer.Info.Author = "One; Two"


# Near the limits, and sound
SOUND = [
    Bad(
        "",
        each(
            "/BleedBox", Array([SLUG - BLEED - 1, SLUG - BLEED, WIDTH + SLUG + BLEED, HEIGHT + SLUG + BLEED])
        ),
        name="a wider bleed",
    ),
    Bad("", pages(4), name="four pages"),
    Bad("", two_authors, name="two authors"),
    Bad("", draw(b"q 62.4 0 0 62.4 100 180 cm /Picture Do Q"), name="300 ppi"),
    Bad("", draw(b"0 0 0 1 K 0.25 w 100 120 m 140 120 l S"), name="a line of 0.25 pt"),
    Bad("", draw(b"0 0 0 1 k 100 120 40 0.25 re f 150 120 0.2 0.2 re f"), name="a filled line, a dot"),
    Bad("", draw(b"0 0 0 1 k 0 0 0 1 K 0.1 w 100 120 40 20 re B"), name="a shape outlined in its own ink"),
    Bad("", draw(b"0.9 0.9 0.7 0.8 k 100 120 20 20 re f"), name="330 %"),
    Bad("", draw(words("100 120", "0.6 0.4 0.4 1 k", 25, state="")), name="large rich black"),
    Bad("", draw(words("100 120", "1 0.8 0.2 0.3 k", 12, state="")), name="navy"),
    Bad("", draw(words("100 120", "0 0 0 0.5 k", 9, state="")), name="9 pt in a tint"),
    Bad("", draw(words("100 120", "0.1 0.9 0 0 k", 6, state="")), name="small in two inks"),
    Bad("", draw(words("100 120", "0 0 0 0 k", 6, state="")), name="white on art"),
    Bad("", draw(words("100 120", "0.3 0.3 0.3 0.3 k 3 Tr", 6, state="")), name="type that is not seen"),
    Bad("", draw(words(f"{LEFT + 4 * MM} 180")), name="4 mm from the trim"),
    Bad("", draw((BOX % (LEFT - BLEED, 180)).encode()), name="to the end of the bleed"),
    Bad("", draw((BOX % (LEFT + 0.4 * MM, 180)).encode()), name="off the trim"),
    Bad("", draw(f"0 0 0 0 k {LEFT} 180 40 40 re f".encode()), name="white at the trim"),
    Bad("", draw(b"0 0 0 0 k 0 180 400 40 re f"), name="a white band across the trim"),
    Bad("", draw(f"0 0 0 0 k 0 180 {LEFT} {4 * MM} re f".encode()), name="a gap of 4 mm in the bleed"),
    Bad(
        "",
        draw(b"/Its cs 0.9 sc 100 120 20 20 re f", ColorSpace_Its=black_plate),
        name="the black plate by name",
    ),
    Bad("", draw(b"/Its Do", XObject_Its=group(Name.DeviceCMYK)), name="blended in CMYK"),
    Bad(
        "", draw(b"/Its gs", ExtGState_Its=lambda pdf: Dictionary(TR2=Name.Default)), name="the press's curve"
    ),
]


@pytest.mark.parametrize("good", SOUND, ids=lambda good: good.name)
def test_what_is_within_the_limits_is_sound(good: Bad, tmp_path: Path) -> None:
    assert codes(checked(good.change, tmp_path)) == ""


# Files that no PDF library would write


def junk(path: Path) -> None:
    path.write_bytes(b"Dear printer, the file follows.")


def absent(path: Path) -> None:
    path.unlink(missing_ok=True)


def folder(path: Path) -> None:
    path.mkdir()


def locked(path: Path) -> None:
    save(build(), path, encryption=pikepdf.Encryption(owner="printer", user="reader"))


def restricted(path: Path) -> None:
    """Opens without a password."""
    save(build(), path, encryption=pikepdf.Encryption(owner="printer", user=""))


def unfollowed(path: Path) -> None:
    pdf = build()
    draw(b"q 1 0 0 cm Q")(pdf)
    save(pdf, path)


def unbalanced(path: Path) -> None:
    pdf = build()
    draw(b"q q")(pdf)
    save(pdf, path)


def unheard_of(path: Path) -> None:
    pdf = build()
    draw(b"1 2 sparkle")(pdf)
    save(pdf, path)


def misbuilt(path: Path) -> None:
    """An annotation that is a number."""
    pdf = build()
    first(pdf).Annots = Array([1])
    save(pdf, path)


def groupless(path: Path) -> None:
    """The page's group is a number."""
    pdf = build()
    first(pdf).Group = 7
    save(pdf, path)


def spaceless(path: Path) -> None:
    """So are its colour spaces."""
    pdf = build()
    first(pdf).Resources.ColorSpace = 7
    save(pdf, path)


def cut_widths(path: Path) -> None:
    """The widths of a composite font end in the middle."""
    below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Square, W=Array([1]))
    keys = {
        "Type": Name.Font,
        "Subtype": Name.Type0,
        "BaseFont": Name.Square,
        "Encoding": Name("/Identity-H"),
    }
    pdf = build()
    draw(words("100 120", face="Its"), Font_Its=Dictionary(DescendantFonts=Array([below]), **keys))(pdf)
    save(pdf, path)


def intentless(path: Path) -> None:
    """The intents are a number."""
    pdf = build()
    pdf.Root.OutputIntents = 7
    save(pdf, path)


def pageless(path: Path) -> None:
    save(build(0), path)


def garbled(path: Path) -> None:
    """A font whose outlines are none."""
    pdf = build()
    first(pdf).Resources.Font.Face.FontDescriptor.FontFile2.write(b"garbage")
    save(pdf, path)


def nameless(path: Path) -> None:
    """No identity: the bytes are changed after they were written, at the same length."""
    save(build(), path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    written = path.read_bytes()
    assert written.count(b"/ID [") == 1
    path.write_bytes(written.replace(b"/ID [", b"/IX ["))


def shifted(path: Path) -> None:
    """A table of objects that points to the wrong places."""
    save(build(), path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    head, tail = path.read_bytes().split(b"\n", 1)
    path.write_bytes(head + b"\n%%%%%%%%%\n" + tail)


def torn(path: Path) -> None:
    """The art of the first page is compressed data cut in half."""
    pdf = build()
    first(pdf).Contents = pdf.make_stream(b"")
    first(pdf).Contents.write(b"x\x9c\x4b\x4c", filter=Name.FlateDecode)
    save(pdf, path, compress_streams=False)


FILES = [
    ("X001", junk),
    ("X001", absent),
    ("X001", folder),
    ("X002", locked),
    ("X002", restricted),
    ("X004", unfollowed),
    ("X004", unbalanced),
    ("X004", unheard_of),
    ("X005", misbuilt),
    ("X005", pageless),
    ("X004", groupless),
    ("X004", spaceless),
    ("X004", cut_widths),
    ("X005", intentless),
    ("X044", nameless),
    ("X160", shifted),
    ("X161", torn),
    ("X162", garbled),
]


@pytest.mark.parametrize(("code", "make"), FILES, ids=lambda value: getattr(value, "__name__", value))
def test_a_file_that_is_broken_is_a_fault_and_no_traceback(
    code: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    make(tmp_path / "it.pdf")
    report = inspect(tmp_path / "it.pdf", X4)
    assert code in codes(report)
    assert report.errors


def test_a_missing_tool_is_named_and_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(build(), tmp_path / "it.pdf")
    monkeypatch.setenv("PATH", str(tmp_path))
    report = inspect(path, X4)
    assert [(one.code, dict(one.values)["tool"]) for one in report.errors] == [
        ("X003", "gs"),
        ("X003", "qpdf"),
    ]


# One ink


def gray(content: bytes) -> Pdf:
    """A sound file for a press with black alone."""
    pdf = build()
    printer = bytearray((PROFILES / "default_gray.icc").read_bytes())
    printer[12:16] = b"prtr"
    pdf.Root.OutputIntents = Array([intent(pdf, bytes(printer), 1)])
    for page in pdf.pages:
        page.obj.Contents = pdf.make_stream(content)
    return pdf


ONE_INK = [
    ("", b"0 0 0 0.4 k 100 120 40 40 re f 0.3 g 150 120 40 40 re f"),
    ("X060 X066", b"0 0.2 0 0.4 k 100 120 40 40 re f"),
    ("X061 X066", b"q 60 0 0 60 100 100 cm /Picture Do Q"),
]


@pytest.mark.parametrize(("found", "content"), ONE_INK, ids=("black", "a second ink", "picture in four"))
def test_a_press_with_one_ink(found: str, content: bytes, tmp_path: Path) -> None:
    report = inspect(save(gray(TYPE + RULE + content), tmp_path / "it.pdf"), HELD["gray"])
    assert codes(report) == found


# Profiles are data


@pytest.mark.parametrize(
    ("condition", "limit"),
    [
        ("FOGRA39 Coated FOGRA39 (ISO 12647-2:2004)", 330),
        ("FOGRA39 ISO Coated v2 300% (ECI)", 300),
        ("FOGRA51 PSO Coated v3", 300),
        ("CGATS TR 001 U.S. Web Coated (SWOP) v2", 300),
        ("something else", 300),
    ],
)
def test_the_printing_condition_says_how_much_ink(condition: str, limit: int) -> None:
    assert X4.most_ink(condition) == limit


def test_a_profile_may_weigh_a_rule_otherwise(tmp_path: Path) -> None:
    assert not checked(pages(3), tmp_path).errors
    strict = replace(X4, severity={"X020": "error"})
    assert [one.code for one in checked(pages(3), tmp_path, strict).errors] == ["X020"]


def test_lengths_of_a_profile_are_the_rules_lengths(tmp_path: Path) -> None:
    near = draw(words(f"{LEFT + 2 * MM} 180"))
    assert codes(checked(near, tmp_path, replace(X4, margin=1.5))) == ""


def test_a_fault_has_its_place_from_the_trims_top_left(tmp_path: Path) -> None:
    square = f"1 0 0 rg {LEFT + 10 * MM} {TOP - 30 * MM} {20 * MM} {10 * MM} re f".encode()
    (fault,) = checked(draw(square), tmp_path).faults
    assert (fault.page, fault.box) == (1, (10.0, 20.0, 30.0, 30.0))


def test_the_most_ink_has_its_place(tmp_path: Path) -> None:
    square = f"1 1 1 1 k {LEFT + 10 * MM} {TOP - 30 * MM} {20 * MM} {10 * MM} re f".encode()
    (fault,) = checked(draw(square), tmp_path).faults
    assert fault.box == pytest.approx((10, 20, 10.35, 20.35), abs=0.4)
    assert dict(fault.values) == {"percent": "400", "limit": "330"}


def test_the_same_fault_on_a_page_is_told_once_at_its_worst(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        for y, width in ((120, "0.2"), (140, "0.1"), (160, "0.15")):
            draw(f"0 0 0 1 K {width} w 100 {y} m 140 {y} l S".encode())(pdf)

    (fault,) = checked(change, tmp_path).faults
    assert (fault.count, dict(fault.values)["width"]) == (3, "0.10")


def test_what_has_a_place_speaks_for_what_has_none(tmp_path: Path) -> None:
    hidden = b"q 1 0 0 rg 0 0 1 1 re W n 100 120 9 9 re f Q 1 0 0 rg 100 120 9 9 re f"
    (fault,) = checked(draw(hidden), tmp_path).faults
    assert (fault.count, fault.box is None) == (2, False)


def test_marks_outside_the_bleed_are_the_printers(tmp_path: Path) -> None:
    """Hairlines, small tints and text stand there; RGB does not even there."""
    slug = b"q 0.1 w /Marks CS 1 SCN 2 300 m 10 300 l S Q " + words("30 3", "0 0 0 0.5 k", 5, state="")
    assert codes(checked(draw(slug), tmp_path)) == ""
    assert codes(checked(draw(b"1 0 0 rg 2 300 5 5 re f"), tmp_path)) == "X060"


def test_resources_may_stand_above_the_page(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        draw(b"/Its cs 0.5 0.2 0.1 sc 100 120 20 20 re f", ColorSpace_Its=icc("srgb", 3))(pdf)
        pdf.Root.Pages.Resources = first(pdf).Resources
        for page in pdf.pages:
            del page.obj.Resources

    assert codes(checked(change, tmp_path)) == "X060"


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_file_is_never_a_traceback(seed: int, tmp_path: Path) -> None:
    path = save(build(), tmp_path / "it.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    written, chance = bytearray(path.read_bytes()), random.Random(seed)
    texts = [at for at in range(len(written)) if 32 <= written[at] < 127 and written[at - 1] != 0]
    for at in chance.sample(texts, 40):
        written[at] = chance.randrange(32, 127)
    path.write_bytes(written)
    report = inspect(path, X4)
    assert json.loads(to_json(report))["errors"] == len(report.errors)
    assert to_text(report, "ar") and to_html([report])


def test_every_rule_has_a_file_that_breaks_it() -> None:
    broken = {code for bad in CASES for code in bad.codes.split()} | {code for code, _ in FILES}
    broken |= {code for found, _ in ONE_INK for code in found.split()}
    assert broken | {"X003"} == set(RULES)
