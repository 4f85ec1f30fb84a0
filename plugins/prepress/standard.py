"""The boxes of a printed page and what the file says of itself: PDF/X-4 (ISO 15930-7)."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from magazine.model import Edition
from prepress.condition import Condition
from prepress.separation import drop
from weave import BLEED_MM

POINTS = 72 / 25.4  # of a millimetre
SLUG_MM = 9  # around the bleed, for marks and the slug line
MARGIN_MM = BLEED_MM + SLUG_MM  # around the trim
INTERACTIVE = ("/Outlines", "/Names", "/Dests", "/OpenAction", "/AcroForm", "/StructTreeRoot", "/MarkInfo")
OF_A_PAGE = ("/Annots", "/Tabs", "/StructParents", "/AA", "/ArtBox", "/CropBox")

METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{publisher}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>{date}T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>{date}T00:00:00Z</xmp:ModifyDate>
<xmp:MetadataDate>{date}T00:00:00Z</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def frame(document: pikepdf.Pdf) -> None:
    """The trim where it was set, the bleed around it and the slug around that; no coordinate below zero."""
    margin = MARGIN_MM * POINTS
    bleed = BLEED_MM * POINTS
    for page in document.pages:
        left, bottom, right, top = map(float, page.trimbox.as_list())
        width, height = right - left, top - bottom
        page.contents_add(f"q 1 0 0 1 {margin - left:.4f} {margin - bottom:.4f} cm".encode(), prepend=True)
        page.contents_add(b"Q")
        page.mediabox = _box(0, 0, width + 2 * margin, height + 2 * margin)
        page.trimbox = _box(margin, margin, margin + width, margin + height)
        page.obj.BleedBox = _box(
            margin - bleed, margin - bleed, margin + width + bleed, margin + height + bleed
        )


def clip(document: pikepdf.Pdf) -> None:
    """Nothing is painted past the bleed: there the marks stand."""
    for page in document.pages:
        left, bottom, right, top = map(float, page.obj.BleedBox)
        page.contents_add(
            f"q {left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f} re W n".encode(), prepend=True
        )
        page.contents_add(b"Q")


def _box(*corners: float) -> Array:
    return Array([round(corner, 4) for corner in corners])


def conform(document: pikepdf.Pdf, edition: Edition, publisher: str, inks: Condition, part: str) -> None:
    """Nothing for the screen; the condition as intent; the file's own words. `part` tells files apart."""
    drop(document.Root, INTERACTIVE)
    for page in document.pages:
        drop(page.obj, OF_A_PAGE)
    _intend(document, inks)
    _describe(document, edition, publisher, part)
    binding = Name.R2L if edition.language.direction == "rtl" else Name.L2R
    document.Root.ViewerPreferences = Dictionary(Direction=binding)


def _intend(document: pikepdf.Pdf, inks: Condition) -> None:
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(inks.identifier),
        OutputCondition=String(inks.condition),
        RegistryName=String(inks.registry),
        Info=String(inks.condition),
        DestOutputProfile=document.make_stream(inks.profile, N=4),
    )
    document.Root.OutputIntents = Array([document.make_indirect(intent)])


def _describe(document: pikepdf.Pdf, edition: Edition, publisher: str, part: str) -> None:
    """Title, publisher, the issue's date, nothing of a machine; the identity goes by the content's name."""
    title, date = edition.issue.titles[edition.language.code], edition.issue.date.isoformat()
    for key in list(document.docinfo.keys()):
        del document.docinfo[key]
    stamp = f"D:{edition.issue.date:%Y%m%d}000000Z"
    document.docinfo["/Title"] = title
    document.docinfo["/Author"] = publisher
    document.docinfo["/CreationDate"] = stamp
    document.docinfo["/ModDate"] = stamp
    document.docinfo["/Trapped"] = Name("/False")
    identity = UUID(bytes=sha256(f"{edition.name} {part} {date} {title}".encode()).digest()[:16])
    packet = METADATA.format(title=escape(title), publisher=escape(publisher), date=date, identity=identity)
    document.Root.Metadata = document.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
