"""What a screen edition says of itself, so that it can be kept: PDF/A-2b (ISO 19005-2)."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from magazine.model import Edition

PRINTED = 4  # the annotation flag without which PDF/A allows none

# PDF/A knows no PDF/UA: what the packet says of it must be described in the packet.
METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li><rdf:li xml:lang="{lang}">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{publisher}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""  # noqa: E501


def keep(document: pikepdf.Pdf, edition: Edition, publisher: str, profile: bytes) -> None:
    """Metadata, the colours' meaning, annotations that are printed too."""
    _describe(document, edition, publisher)
    _mean_colours(document, profile)
    for page in document.pages:
        _drop_empty(page.obj.Resources)
        for annotation in page.obj.get("/Annots", ()):
            annotation.F = PRINTED


def _drop_empty(resources: pikepdf.Object) -> None:
    """Drop the kinds of which there are none: checkers stumble over patterns that are not there."""
    forms = resources.get("/XObject", Dictionary()).values()
    for holder in (resources, *(form.Resources for form in forms if "/Resources" in form)):
        for kind, entries in list(holder.items()):
            if isinstance(entries, Dictionary) and not len(entries):
                del holder[kind]


def _describe(document: pikepdf.Pdf, edition: Edition, publisher: str) -> None:
    """What the file says of itself: title, publisher, the issue's date; nothing of people or machines."""
    title = edition.issue.titles[edition.language.code]
    for key in list(document.docinfo.keys()):
        del document.docinfo[key]
    document.docinfo["/Title"] = title
    document.docinfo["/Author"] = publisher
    packet = METADATA.format(
        title=escape(title),
        publisher=escape(publisher),
        lang=edition.language.code,
        date=edition.issue.date.isoformat(),
    )
    document.Root.Metadata = document.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)


def _mean_colours(document: pikepdf.Pdf, profile: bytes) -> None:
    """RGB in this file is sRGB."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        RegistryName=String("http://www.color.org"),
        Info=String("sRGB"),
        DestOutputProfile=document.make_stream(profile, N=3),
    )
    document.Root.OutputIntents = Array([document.make_indirect(intent)])
