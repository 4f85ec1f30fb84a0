"""What a machine can see of a PDF's accessibility: PDF/UA-1.

The rules bear the numbers of the Matterhorn Protocol 1.1, which lists how a file can fail ISO 14289-1. They
cover what our files hold: no forms, no scripts, no sound.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from pikepdf import Dictionary, Name

from press.content import Page
from press.elements import Element, Key
from press.finished import Fault, File, Rule

SHOWN = 10  # glyphs in a message
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
GROUPS = (
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
)
BLOCKS = ("P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody")
TABLES = ("Table", "THead", "TBody", "TFoot", "TR", "TH", "TD")
INLINE = ("Span", "Quote", "Note", "Reference", "Code", "Link", "Figure")
ROLES = frozenset((*GROUPS, *BLOCKS, *TABLES, *INLINE))
# What may stand in an element, and in what an element may stand, where that is not free.
HOLDS: Mapping[str, tuple[str, ...]] = {
    "Table": ("Caption", "THead", "TBody", "TFoot", "TR"),
    "THead": ("TR",),
    "TBody": ("TR",),
    "TFoot": ("TR",),
    "TR": ("TH", "TD"),
    "L": ("Caption", "LI", "L"),
    "LI": ("Lbl", "LBody"),
    "TOC": ("Caption", "TOC", "TOCI"),
    "TOCI": ("Lbl", "Reference", "P", "NonStruct", "TOC"),
}
STANDS_IN: Mapping[str, tuple[str, ...]] = {
    "THead": ("Table",),
    "TBody": ("Table",),
    "TFoot": ("Table",),
    "TR": ("Table", "THead", "TBody", "TFoot"),
    "TH": ("TR",),
    "TD": ("TR",),
    "LI": ("L",),
    "LBody": ("LI",),
    "Lbl": ("LI", "TOCI", "Note"),
    "TOCI": ("TOC",),
}


# --- content ------------------------------------------------------------------------------------


def _marked(file: File) -> Iterator[Fault]:
    """All that is drawn is content or an artifact."""
    for page in file.pages:
        for said, times in page.wrong.items():
            rule, _, text = said.partition(": ")
            yield Fault(rule, page.number, f"{text} ({times}×)")


def _in_the_tree(file: File) -> Iterator[Fault]:
    """Each mark hangs on one element, and the way back from it leads there."""
    hung = {mark: element for element in file.elements for mark in element.marks}
    times = Counter(mark for element in file.elements for mark in element.marks)
    for page in file.pages:
        ways_back = _ways_back(file, page)
        for id_ in page.marks.keys() | {id_ for key, id_ in hung if key == page.page.obj.objgen}:
            mark = page.page.obj.objgen, id_
            if page.marks[id_] != 1 or times[mark] != 1:
                yield Fault(
                    "01-005", page.number, f"mark {id_} is drawn {page.marks[id_]}× and tagged {times[mark]}×"
                )
            elif ways_back.get(id_) != hung[mark].entry.objgen:
                yield Fault("01-005", page.number, f"no way leads back from mark {id_} to its element")


def _ways_back(file: File, page: Page) -> dict[int, Key]:
    row = file.ways_back.get(int(page.page.obj.get("/StructParents", -1)), ())
    return {id_: entry.objgen for id_, entry in enumerate(row) if isinstance(entry, Dictionary)}


def _fonts(file: File) -> Iterator[Fault]:
    """Every glyph says something, and none is the sign for a missing one."""
    known: dict[Key, dict[int, str]] = {}
    for page in file.pages:
        for key, glyphs in page.glyphs.items():
            font = page.fonts[key]
            if key not in known:
                known[key] = texts(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}
            silent = sorted(
                glyph for glyph in glyphs if not known[key].get(glyph, "").strip("\0\ufeff\ufffe")
            )
            if silent:
                yield Fault("10-001", page.number, f"glyphs {silent[:SHOWN]} of {font.BaseFont} say nothing")
            if 0 in glyphs:
                yield Fault("31-030", page.number, f"{font.BaseFont} lacks a glyph that is drawn")


def texts(cmap: bytes) -> dict[int, str]:
    """What each glyph says, by a ToUnicode CMap of single characters (bfchar)."""
    rows = re.findall(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>", cmap)
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in rows}


# --- structure ----------------------------------------------------------------------------------


def _roles(file: File) -> Iterator[Fault]:
    """Elements of the standard kinds, each under one that may hold it."""
    for element in file.elements:
        parent, role = element.parent, element.role
        above = parent.role if parent else "StructTreeRoot"
        holder = file.document.Root.StructTreeRoot if parent is None else parent.entry
        if role not in ROLES:
            yield Fault("02-001", file.page_of(element), f"{role} is no kind of element")
        if element.entry.P.objgen != holder.objgen:
            yield Fault("09-001", file.page_of(element), f"{role} names another parent than its own")
        if above not in STANDS_IN.get(role, (above,)) or role not in HOLDS.get(above, (role,)):
            yield Fault(_family(role, above), file.page_of(element), f"{role} stands in {above}")
        if role in HOLDS and element.marks:
            yield Fault(_family(role), file.page_of(element), f"{role} has text of its own")


def _family(*roles: str) -> str:
    """The rule on tables, on contents or on lists, whichever these roles belong to."""
    if any(role in TABLES for role in roles):
        return "09-004"
    return "09-006" if any(role.startswith("TOC") for role in roles) else "09-005"


def _headings(file: File) -> Iterator[Fault]:
    """The first heading is of level 1, and none lies more than one level below the one before."""
    headings = [element for element in file.elements if re.fullmatch("H[1-6]", element.role)]
    if not headings or headings[0].role != "H1":
        yield Fault("14-002", None, "the first heading is not H1")
    for before, after in pairwise(headings):
        if int(after.role[1]) > int(before.role[1]) + 1:
            yield Fault("14-003", file.page_of(after), f"{after.role} follows {before.role}")


def _tables(file: File) -> Iterator[Fault]:
    """Heads say what they head, and rows have as many cells as each other."""
    for element in file.elements:
        if element.role == "TH" and element.attribute("/Scope") is None:
            yield Fault("15-003", file.page_of(element), "a table's head does not say what it heads")
        if element.role == "Table" and len(set(_widths(element))) > 1:
            yield Fault("09-004", file.page_of(element), "the rows of a table differ in length")


def _widths(table: Element) -> Iterator[int]:
    """Columns of each row; a cell that reaches down counts in the rows below too."""
    rows = [
        row for part in table.kids for row in ([part] if part.role == "TR" else part.kids) if row.role == "TR"
    ]
    reaching: Counter[int] = Counter()
    for number, row in enumerate(rows):
        for cell in row.kids:
            columns, down = (int(cell.attribute(name) or 1) for name in ("/ColSpan", "/RowSpan"))
            for below in range(number, number + down):
                reaching[below] += columns
        yield reaching[number]


def _pictures(file: File) -> Iterator[Fault]:
    for element in file.elements:
        if element.role == "Figure" and not str(element.entry.get("/Alt", "")).strip():
            yield Fault("13-004", file.page_of(element), "a picture without a description")


def _notes(file: File) -> Iterator[Fault]:
    """Notes have names of their own."""
    seen = set()
    for element in file.elements:
        if element.role == "Note":
            id_ = str(element.entry.get("/ID", ""))
            if not id_:
                yield Fault("19-003", file.page_of(element), "a note without an ID")
            elif id_ in seen:
                yield Fault("19-004", file.page_of(element), f"two notes have the ID {id_}")
            seen.add(id_)


def _annotations(file: File) -> Iterator[Fault]:
    """Every annotation is a link, hangs on a Link, and says where it leads."""
    hung = {key: element for element in file.elements for key in element.annotations}
    for number, page in enumerate(file.document.pages, 1):
        annotations = page.obj.get("/Annots", ())
        if len(annotations) and page.obj.get("/Tabs") != Name.S:
            yield Fault("28-008", number, "links are not gone through in the order of reading")
        for annotation in annotations:
            element = hung.get(annotation.objgen)
            key = int(annotation.get("/StructParent", -1))
            if (
                element is None
                or key not in file.ways_back
                or file.ways_back[key].objgen != element.entry.objgen
            ):
                yield Fault("28-002", number, "an annotation is in no element")
            elif element.role != "Link" or annotation.Subtype != Name.Link:
                yield Fault("28-011", number, f"an annotation ({annotation.Subtype}) is in {element.role}")
            if not str(annotation.get("/Contents", "")).strip():
                yield Fault("28-012", number, "a link does not say where it leads")


def _languages(file: File) -> Iterator[Fault]:
    own = [element for element in file.elements if "/Lang" in element.entry]
    said = [(file.page_of(element), str(element.entry.Lang)) for element in own]
    for page, language in [(None, str(file.document.Root.get("/Lang", ""))), *said]:
        if not LANGUAGE.fullmatch(language):
            yield Fault("11-001", page, f"'{language}' is no language")


RULES: tuple[Rule, ...] = (
    _languages,
    _marked,
    _in_the_tree,
    _roles,
    _headings,
    _tables,
    _pictures,
    _notes,
    _annotations,
    _fonts,
)
