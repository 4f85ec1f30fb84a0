"""What the file says of itself, in its metadata (XMP) and in its information: standard, dates, identity."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree
from pikepdf import Array, Dictionary, Stream
from pikepdf.models.metadata import decode_pdf_date

from magazine.findings import Rule
from preflight.model import Fault, fault
from preflight.opened import Opened, text

RULES = (
    Rule("X040", "the file has no metadata that can be read (XMP)", "export it with metadata"),
    Rule("X041", "the metadata say “{found}”, not {wanted}", "export it as {wanted}"),
    Rule("X042", "the file does not say whether it is trapped", "set Trapped to True or False"),
    Rule("X043", "{name} is “{info}” in the information, “{xmp}” in the metadata", "say one thing in both"),
    Rule("X044", "the file has no identity (ID)", "export it again with an ID of two parts"),
    Rule("X045", "the metadata lack {name}", "add it: {standard} asks for it"),
)
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
PAIRS = (
    ("Title", "dc:title"),
    ("Author", "dc:creator"),
    ("Subject", "dc:description"),
    ("Keywords", "pdf:Keywords"),
    ("Creator", "xmp:CreatorTool"),
    ("Producer", "pdf:Producer"),
    ("CreationDate", "xmp:CreateDate"),
    ("ModDate", "xmp:ModifyDate"),
    ("Trapped", "pdf:Trapped"),
)
ASKED = (
    "dc:title",
    "xmp:CreateDate",
    "xmp:ModifyDate",
    "xmp:MetadataDate",
    "xmpMM:DocumentID",
    "xmpMM:VersionID",
    "xmpMM:RenditionClass",
)


def check(opened: Opened) -> Iterator[Fault]:
    """The identity, the information and the metadata."""
    info = opened.document.trailer.get("/Info", Dictionary())
    identity = opened.document.trailer.get("/ID")
    if not isinstance(identity, Array) or len(identity) != 2 or not all(bytes(part) for part in identity):
        yield fault("X044")
    if text(info, "/Trapped") not in ("/True", "/False"):
        yield fault("X042")
    metadata = _metadata(opened)
    if metadata is None:
        yield fault("X040")
        return
    yield from _standard(metadata, opened.profile.standard)
    for key, name in PAIRS:
        yield from _agree(text(info, f"/{key}"), _value(metadata, name), key)


def _standard(metadata: etree._Element, standard: str) -> Iterator[Fault]:
    found = _value(metadata, "pdfxid:GTS_PDFXVersion")
    if found != standard:
        yield fault("X041", found=found, wanted=standard)
    for name in ASKED:
        if not _value(metadata, name):
            yield fault("X045", topic=name, name=name, standard=standard)


def _agree(info: str, xmp: str, key: str) -> Iterator[Fault]:
    """Where both speak, and where only the information does, they say one thing."""
    info = info.removeprefix("/") if key == "Trapped" else info.replace("; ", ", ")
    same = _moment(info) == _moment(xmp) if key.endswith("Date") else info == xmp.replace("; ", ", ")
    if info and not same:
        yield fault("X043", topic=key, name=key, info=info, xmp=xmp)


def _moment(written: str) -> datetime | str:
    for read in (datetime.fromisoformat, decode_pdf_date):
        try:
            moment = read(written)
        except (ValueError, IndexError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return written


def _metadata(opened: Opened) -> etree._Element | None:
    written = opened.document.Root.get("/Metadata")
    if not isinstance(written, Stream):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(written.read_bytes(), parser)
    except etree.XMLSyntaxError:
        return None


def _value(metadata: etree._Element, name: str) -> str:
    """A property, written as an element, as a list of one or as an attribute."""
    prefix, _, local = name.partition(":")
    qualified = f"{{{NAMESPACES[prefix]}}}{local}"
    for description in metadata.iter(f"{{{NAMESPACES['rdf']}}}Description"):
        if qualified in description.attrib:
            return str(description.attrib[qualified]).strip()
        element = description.find(qualified)
        if element is not None:
            return _listed(element) or (element.text or "").strip()
    return ""


def _listed(element: etree._Element) -> str:
    """The items of a list; of alternatives the first, which is the default."""
    rdf = f"{{{NAMESPACES['rdf']}}}"
    items = [(item.text or "").strip() for item in element.iter(f"{rdf}li")]
    return ", ".join(items[:1] if element.find(f"{rdf}Alt") is not None else items)
