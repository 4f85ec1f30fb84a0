"""A small PDF/X-4 that a press can print from, made here from nothing, to be broken in one way at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Pdf, Stream

MM = 72 / 25.4
WIDTH, HEIGHT, BLEED, SLUG = 120 * MM, 160 * MM, 3 * MM, 10 * MM
PROFILES = Path("/usr/share/color/icc/ghostscript")  # Ghostscript's own
COATED = Path(__file__).parents[2] / "theme/press/profiles/FOGRA39L_coated.icc"
DATE, ISO_DATE = "D:20261101120000Z", "2026-11-01T12:00:00Z"
XMP = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 pdf:Trapped="False" xmpMM:VersionID="1" xmpMM:RenditionClass="default">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A sound file</rdf:li>
<rdf:li xml:lang="ar">ملف سليم</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{ISO_DATE}</xmp:CreateDate><xmp:ModifyDate>2026-11-01T14:00:00+02:00</xmp:ModifyDate>
<xmp:MetadataDate>{ISO_DATE}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:00000000-0000-4000-8000-000000000001</xmpMM:DocumentID>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
# Crop marks around, in registration colour; art over the whole bleed; a picture; black type; a rule.
MARKS = b"q /Marks CS 1 SCN 0.25 w 10 60 m 18 60 l S 60 10 m 60 18 l S Q\n"
ART = b"q 0.2 0.1 0 0 k %f %f %f %f re f Q\n"
PICTURE = b"q 60 0 0 60 100 100 cm /Picture Do Q\n"
TYPE = b"q /Over gs 0 0 0 1 k BT /Face 11 Tf 1 0 0 1 100 300 Tm (ABBA) Tj ET Q\n"
RULE = b"q 0 0 0 1 K 0.5 w 100 200 m 200 200 l S Q\n"


@cache
def face() -> bytes:
    """A TrueType face of two letters, both of them squares."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A", "B", "blank"])
    builder.setupCharacterMap({65: "A", 66: "B"})
    pen = TTGlyphPen(None)
    for step, point in enumerate(((50, 0), (50, 700), (550, 700), (550, 0))):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    square = pen.glyph()
    blank = TTGlyphPen(None).glyph()
    builder.setupGlyf({".notdef": square, "A": square, "B": square, "blank": blank})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "A", "B", "blank"), (600, 50)))
    builder.setupHorizontalHeader(ascent=750, descent=-250)
    builder.setupNameTable({"familyName": "Square", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    made = BytesIO()
    builder.save(made)
    return made.getvalue()


def font(pdf: Pdf, name: str = "/ABCDEF+Square-Regular") -> Dictionary:
    """The face, embedded."""
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(name),
        Flags=32,
        FontBBox=Array([0, -250, 1000, 750]),
        ItalicAngle=0,
        Ascent=750,
        Descent=-250,
        CapHeight=700,
        StemV=80,
        FontFile2=Stream(pdf, face(), Length1=len(face())),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name(name),
        FirstChar=65,
        LastChar=66,
        Widths=Array([600, 600]),
        Encoding=Name.WinAnsiEncoding,
        FontDescriptor=pdf.make_indirect(descriptor),
    )


def picture(
    pdf: Pdf, size: int = 260, space: object = Name.DeviceCMYK, ink: bytes = b"\x20\x10\x10\x00"
) -> Stream:
    """An image of one colour."""
    return Stream(
        pdf,
        ink * size * size,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size,
        Height=size,
        BitsPerComponent=8,
        ColorSpace=space,
    )


def form(pdf: Pdf, content: bytes, box: tuple[float, ...] = (0, 0, 1000, 1000), **keys: object) -> Stream:
    """A form XObject."""
    return Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=Array(box), **keys)


def registration(pdf: Pdf) -> Array:
    """The colour of every plate."""
    tint = Stream(pdf, b"{dup dup dup}", FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1] * 4))
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, pdf.make_indirect(tint)])


def _resources(pdf: Pdf) -> Dictionary:
    return Dictionary(
        Font=Dictionary(Face=pdf.make_indirect(font(pdf))),
        XObject=Dictionary(Picture=pdf.make_indirect(picture(pdf))),
        ColorSpace=Dictionary(Marks=registration(pdf)),
        ExtGState=Dictionary(Over=Dictionary(OP=True, op=True, OPM=1)),
        Pattern=Dictionary(),
        Shading=Dictionary(),
    )


def _page(pdf: Pdf) -> None:
    x, y = SLUG, SLUG
    page = pdf.add_blank_page(page_size=(WIDTH + 2 * SLUG, HEIGHT + 2 * SLUG))
    trim = (x, y, x + WIDTH, y + HEIGHT)
    bleed = (x - BLEED, y - BLEED, x + WIDTH + BLEED, y + HEIGHT + BLEED)
    page.obj.TrimBox, page.obj.BleedBox = Array(trim), Array(bleed)
    art = ART % (bleed[0], bleed[1], bleed[2] - bleed[0], bleed[3] - bleed[1])
    page.obj.Contents = pdf.make_stream(MARKS + art + PICTURE + TYPE + RULE)
    page.obj.Resources = _resources(pdf)
    page.obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)


def intent(pdf: Pdf, profile: bytes | None = None, components: int = 4) -> Dictionary:
    """The printing condition, with its profile unless another is given."""
    data = profile or COATED.read_bytes()
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier="FOGRA39",
        RegistryName="http://www.color.org",
        Info="Coated FOGRA39",
        DestOutputProfile=pdf.make_indirect(Stream(pdf, data, N=components)),
    )


def build(pages: int = 4) -> Pdf:
    """The sound document."""
    pdf = Pdf.new()
    for _ in range(pages):
        _page(pdf)
    pdf.Root.OutputIntents = Array([intent(pdf)])
    pdf.Root.Metadata = Stream(pdf, XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(Title="A sound file", CreationDate=DATE, ModDate=DATE, Trapped=Name("/False"))
    )
    return pdf


def save(pdf: Pdf, path: Path, **how: object) -> Path:
    """The document as a file."""
    how = {"deterministic_id": "encryption" not in how, "fix_metadata_version": False, **how}
    pdf.save(path, **how)  # type: ignore[arg-type]
    return path


Change = Callable[[Pdf], None]


def draw(content: bytes, **resources: object) -> Change:
    """A change that draws more on the first page."""

    def change(pdf: Pdf) -> None:
        page = pdf.pages[0]
        for name, value in resources.items():
            kind, _, key = name.partition("_")
            made = value(pdf) if callable(value) else value
            page.obj.Resources[f"/{kind}"][f"/{key}"] = pdf.make_indirect(made)
        page.contents_add(pdf.make_stream(content))

    return change


def first(pdf: Pdf) -> pikepdf.Object:
    """The first page."""
    return pdf.pages[0].obj
