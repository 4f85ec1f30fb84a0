"""What a screen edition must be: accessible, fit to be kept (PDF/A-2b), cut to its size, light."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from io import BytesIO

import pikepdf
from lxml import etree
from pikepdf import Dictionary, pdfa

from magazine.errors import MagazineError
from press import accessible
from press.finished import Fault, File, Rule

HEAVIEST = 3_000_000  # bytes that a reader is asked to send on by phone
SHOWN = 10  # faults in a message
UNREAD = re.compile("pattern|shading")  # PDF/A allows them; pikepdf's checker does not read them
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
}


class ScreenEditionError(MagazineError):
    """A finished PDF is not what a screen edition must be."""


def faults(pdf: bytes, rules: Iterable[Rule] = ()) -> list[Fault]:
    """What a screen edition breaks of the rules; without any named, of all."""
    with pikepdf.open(BytesIO(pdf)) as document:
        file = File(pdf, document)
        return [fault for rule in rules or RULES for fault in rule(file)]


def conform(pdf: bytes) -> None:
    """Let a conforming file pass. ScreenEditionError names what another one breaks."""
    found = [fault for fault in faults(pdf) if not fault.unknown]
    if found:
        lines = [str(fault) for fault in found[:SHOWN]]
        more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
        raise ScreenEditionError("the PDF is not a proper screen edition:\n" + "\n".join(lines + more))


def _said_of_itself(file: File) -> Iterator[Fault]:
    """Tagged and titled, in its catalogue and in its metadata."""
    root, metadata = file.document.Root, file.metadata
    marking, preferences = (root.get(name, Dictionary()) for name in ("/MarkInfo", "/ViewerPreferences"))
    if not marking.get("/Marked") or "/StructTreeRoot" not in root:
        yield Fault("01-005", None, "the file is not tagged")
    if marking.get("/Suspects"):
        yield Fault("01-007", None, "the file suspects its own tags")
    if not preferences.get("/DisplayDocTitle"):
        yield Fault("07-001", None, "the title is not shown")
    if metadata is None:
        yield Fault("06-001", None, "no metadata")
        return
    if metadata.findtext(".//pdfuaid:part", "", NAMESPACES) != "1":
        yield Fault("06-002", None, "the metadata do not say PDF/UA-1")
    if not metadata.findtext(".//dc:title//rdf:li", "", NAMESPACES).strip():
        yield Fault("06-003", None, "the metadata have no title")


def archivable(file: File) -> Iterator[Fault]:
    """PDF/A-2b, by pikepdf's checker.

    It knows only the metadata that PDF/A lists. PDF/UA's mark is allowed where the metadata describe it;
    that is held here, and taken out before the checker looks.
    """
    pages = {page.page.obj.objgen[0]: page.number for page in file.pages}
    with pikepdf.open(BytesIO(file.pdf)) as copy:
        if file.metadata is not None:
            if NAMESPACES["pdfuaid"] not in list(file.metadata.itertext()):
                yield Fault("A-2b", None, "the metadata do not describe the mark of PDF/UA")
            copy.Root.Metadata.write(_without_ua(file.metadata))
        for finding in pdfa.check(copy, "2b").findings:
            at = re.match(r"obj (\d+)", finding.where)
            page = pages.get(int(at[1])) if at else None
            text = f"{finding.message} ({finding.where})"
            unknown = finding.kind == "unsupported" and UNREAD.search(finding.message) is not None
            yield Fault("A-2b", page, text, unknown)


def _without_ua(metadata: etree._Element) -> bytes:
    rest = deepcopy(metadata)
    for name in ("pdfuaid:part", "pdfaExtension:schemas"):
        for entry in rest.findall(f".//{name}/..", NAMESPACES):
            for stands_in in entry.iterancestors(f"{{{NAMESPACES['rdf']}}}RDF"):
                stands_in.remove(entry)
    return etree.tostring(rest.getroottree())


def _light(file: File) -> Iterator[Fault]:
    if len(file.pdf) > HEAVIEST:
        yield Fault("size", None, f"{len(file.pdf):,} bytes; at most {HEAVIEST:,}")


def _trimmed(file: File) -> Iterator[Fault]:
    """A screen shows the page as it is cut."""
    for number, page in enumerate(file.document.pages, 1):
        if list(page.mediabox) != list(page.trimbox):
            yield Fault("bleed", number, "the page is larger than its trimmed size")


RULES: tuple[Rule, ...] = (_said_of_itself, *accessible.RULES, archivable, _light, _trimmed)
