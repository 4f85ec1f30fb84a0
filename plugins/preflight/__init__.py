"""An independent preflight of any PDF: is it what a press can print from, and where is it not?

It shares no code with what makes the PDFs. `inspect` opens a file, walks every page, has it separated into
plates, and holds it against every rule (`preflight.rules`) by a profile (`preflight.profiles`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pikepdf

from preflight import plates, tools
from preflight.geometry import from_trim
from preflight.marks import Text
from preflight.model import Facts, Fault, FontFacts, PageFacts, Report, fault, told_once
from preflight.opened import Opened, Sheet
from preflight.pages import UNREADABLE
from preflight.profiles import PROFILES, Profile
from preflight.rules import OF_FILE, OF_PAGE, RULES
from preflight.walker import Faces, Walker

__all__ = ["PROFILES", "RULES", "Fault", "Profile", "Report", "inspect"]


def inspect(pdf: Path, profile: Profile, fonts: Collection[str] = ()) -> Report:
    """Hold a file against a profile. With `fonts`, text is set in one of these families.

    Whatever is wrong is a fault of the report, a file that is no PDF and a tool that is missing too.
    """
    try:
        with pikepdf.open(pdf) as document:
            if document.is_encrypted:
                return _report(pdf, profile, [fault("X002")], Facts())
            return _opened(pdf, document, profile, frozenset(fonts))
    except pikepdf.PasswordError:
        return _report(pdf, profile, [fault("X002")], Facts())
    except (pikepdf.PdfError, OSError) as problem:
        return _report(pdf, profile, [fault("X001", problem=_said(problem, pdf))], Facts())


def _opened(pdf: Path, document: pikepdf.Pdf, profile: Profile, fonts: frozenset[str]) -> Report:
    try:
        sheets = tuple(Sheet(number, page) for number, page in enumerate(document.pages, 1))
    except UNREADABLE as problem:
        return _report(pdf, profile, [fault("X005", problem=_said(problem, pdf))], Facts())
    if not sheets:
        return _report(pdf, profile, [fault("X005", problem="no pages")], Facts())
    opened = Opened(pdf, document, profile, fonts, sheets)
    _ask_tools(opened)
    faces = Faces()
    faults = [one for sheet in sheets for one in _page(sheet, opened, faces)]
    for family in OF_FILE:
        faults += _held(partial(family.check, opened), opened)
    return _report(pdf, profile, faults, _facts(opened))


def _page(sheet: Sheet, opened: Opened, faces: Faces) -> Iterator[Fault]:
    """Walk a page, hold it against the rules, and let its marks go."""
    sheet.marks = Walker(sheet.media, faces).page(sheet.page)
    opened.meets(sheet, (mark.face for mark in sheet.marks if isinstance(mark, Text)))
    for family in OF_PAGE:
        yield from _held(partial(family.check_page, sheet, opened), opened, sheet.number)
    sheet.forget()


def _held(check: Callable[[], Iterator[Fault]], opened: Opened, number: int | None = None) -> list[Fault]:
    """What a rule finds; that it cannot read the file is a fault as well."""
    found: list[Fault] = []
    try:
        found.extend(check())
    except UNREADABLE as problem:
        said = _said(problem, opened.path)
        found.append(fault("X005", number, topic=said, problem=said))
    return found


def _ask_tools(opened: Opened) -> None:
    """Qpdf's and Ghostscript's word; the plates go to the pages."""
    try:
        opened.complaints = tools.complaints(opened.path)
    except tools.MissingToolError as missing:
        opened.missing.append(str(missing))
    try:
        for separation in plates.separate(opened.path, len(opened.sheets)):
            for number, separated in separation.pages:
                opened.sheets[number - 1].separated = separated
            lines = opened.errors if separation.said.status else opened.warnings
            lines += separation.complaints
    except tools.MissingToolError as missing:
        opened.missing.append(str(missing))


def _said(problem: Exception, pdf: Path) -> str:
    """A library's words, without the folder that the file happens to lie in."""
    return " ".join(str(problem).replace(str(pdf), pdf.name).split()) or type(problem).__name__


def _facts(opened: Opened) -> Facts:
    pages = []
    for sheet in opened.sheets:
        boxes = tuple((name, from_trim(box, sheet.trim)) for name, box in sheet.boxes.items())
        separated = sheet.separated
        ink = (separated.most, separated.plates) if separated else (None, ())
        pages.append(PageFacts(sheet.number, boxes, *ink))
    fonts: dict[tuple[str, str, bool, bool], set[int]] = {}
    for face, numbers in opened.used.items():
        fonts.setdefault((face.name, face.kind, face.embedded, face.subset), set()).update(numbers)
    faces = tuple(FontFacts(*key, tuple(sorted(numbers))) for key, numbers in sorted(fonts.items()))
    return Facts(opened.document.pdf_version, tuple(pages), opened.intent, opened.ink_limit, faces)


def _report(pdf: Path, profile: Profile, faults: list[Fault], facts: Facts) -> Report:
    weighed = (
        replace(one, severity=profile.severity.get(one.code, RULES[one.code].severity))
        for one in told_once(faults)
    )
    return Report(pdf.name, profile.name, tuple(weighed), facts, RULES)
