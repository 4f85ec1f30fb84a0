"""The job ticket: on paper what a print shop asks on the telephone, a page in each language of the house."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Dictionary, String

from magazine import names
from magazine.manifest import SHEETS
from magazine.model import Edition, Language, Library
from magazine.templates import environment
from prepress.booklet import PAGES_A_SHEET, creep_mm
from prepress.files import File
from prepress.job import SIGNATURE, Job
from prepress.separation import drop
from prepress.sheets import MARGIN, trim_of
from prepress.standard import INTERACTIVE, OF_A_PAGE, POINTS, SLUG_MM
from press.compose import prepare, style_sheets
from press.finish import saved
from press.textlayer import restore
from press.typeset import Typesetter
from weave import BLEED_MM, INKS

THUMB_PX = 110  # across a page: 10 mm at 280 dots to the inch
JPEG = {"quality": 60, "optimize": True}


@dataclass(frozen=True, slots=True)
class Row:
    """A file in the ticket's list; its trim in millimetres."""

    name: str
    part: str
    pages: int
    width: float
    height: float


def ticket(jobs: Sequence[Job], files: Sequence[File]) -> bytes:
    """One PDF. What nobody has told us is a line to fill in."""
    library, issue = jobs[0].library, jobs[0].edition.issue
    editions = [library.edition(issue, language.code) for language in library.imprint.languages]
    told = _facts(jobs, files)
    with pikepdf.new() as document:
        for edition in editions:
            own = [job for job in jobs if job.edition.language == edition.language]
            _append(document, edition, library, told | {"spreads": [s for job in own for s in _spreads(job)]})
        _describe(document, editions, library)
        return saved(document)


def _facts(jobs: Sequence[Job], files: Sequence[File]) -> dict[str, Any]:
    """What the job is, in numbers; the template has the words."""
    issue, inks = jobs[0].edition.issue, jobs[0].inks
    sheets = max(job.count for job in jobs) // PAGES_A_SHEET
    width, height = SHEETS[issue.sheet]
    return {
        "issue": issue,
        "press": issue.press,
        "inks": inks,
        "jobs": jobs,
        "files": list(map(_row, files)),
        "width": width,
        "height": height,
        "bleed": BLEED_MM,
        "slug": SLUG_MM,
        "bound": jobs[0].bound,
        "signature": SIGNATURE,
        "creep": round(creep_mm(2 * (sheets - 1), issue.press.paper_mm), 2),
        "ink": INKS[issue.ink],
    }


def _row(file: File) -> Row:
    with pikepdf.open(BytesIO(file.data)) as document:
        width, height = (round(side / POINTS, 1) for side in trim_of(document.pages[0]))
        return Row(file.name, file.part, len(document.pages), width, height)


def _spreads(job: Job) -> Iterator[list[str]]:
    """The pages as they lie before a reader, as pictures: the first alone, then two by two."""
    pictures = list(_thumbs(job.pages))
    yield pictures[:1]
    yield from (pictures[at : at + 2] for at in range(1, len(pictures), 2))


def _thumbs(pages: bytes) -> Iterator[str]:
    """Each page small, as cut, as an address that holds its own picture."""
    with pypdfium2.PdfDocument(pages) as document:
        for page in document:
            scale = THUMB_PX / (page.get_width() - 2 * MARGIN)
            shown = page.render(scale=scale, crop=(MARGIN,) * 4).to_pil().convert("RGB")
            out = BytesIO()
            shown.save(out, "JPEG", **JPEG)
            yield f"data:image/jpeg;base64,{b64encode(out.getvalue()).decode()}"


def _append(document: pikepdf.Pdf, edition: Edition, library: Library, told: Mapping[str, Any]) -> None:
    """The ticket in one language, set as everything else is."""
    theme, language = library.imprint.theme, edition.language
    template = environment(edition, library).get_template("press/ticket.html")
    text = template.render(told, lang=language, **_names(library, language))
    fonts, _, tokens, _, faces = style_sheets(theme, language.code)
    typesetter = Typesetter(theme, (fonts, tokens, faces, theme / "press" / "ticket.css"))
    pdf, record = typesetter.typeset(prepare(text, language.direction, edition.digits))
    with pikepdf.open(BytesIO(pdf)) as part:
        restore(part, record)
        document.pages.extend(part.pages)


def _names(library: Library, language: Language) -> dict[str, str]:
    imprint = library.imprint
    return {"name": imprint.names[language.code], "publisher": imprint.publishers[language.code]}


def _describe(document: pikepdf.Pdf, editions: Sequence[Edition], library: Library) -> None:
    """What the file says of itself: a paper of this issue, nothing of people or machines."""
    drop(document.Root, INTERACTIVE)
    for page in document.pages:
        drop(page.obj, (*OF_A_PAGE, "/BleedBox", "/TrimBox"))
    title = " · ".join(
        f"{names.catalogue(library, edition.language.code).gettext('Job ticket')}: "
        f"{edition.issue.titles[edition.language.code]}"
        for edition in editions
    )
    first = editions[0]
    publisher = library.imprint.publishers[first.language.code]
    stamp = f"{first.issue.date.isoformat()}T00:00:00Z"
    for key in list(document.docinfo.keys()):
        del document.docinfo[key]
    document.docinfo["/Title"], document.docinfo["/Author"] = title, publisher
    document.docinfo["/CreationDate"] = document.docinfo["/ModDate"] = f"D:{first.issue.date:%Y%m%d}000000Z"
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        said["dc:title"], said["dc:creator"] = title, [publisher]
        said["xmp:CreateDate"] = said["xmp:ModifyDate"] = said["xmp:MetadataDate"] = stamp
    document.Root.Lang = String(first.language.code)
    document.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
