"""Nothing in the file moves, asks, hides or fetches."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Stream

from magazine.findings import Rule
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet
from preflight.pages import inherited

RULES = (
    Rule("X050", "the page has an annotation ({kind})", "export without links, notes and buttons"),
    Rule("X051", "the file has an action or a script ({key})", "export without actions and scripts"),
    Rule("X052", "the file has a form to fill in", "export without form fields"),
    Rule("X053", "the file carries another file with it", "export without attachments"),
    Rule("X054", "the file has layers that can be hidden", "flatten the layers", "warning"),
    Rule("X055", "the page shows what is not in the file, or what a press may exchange ({key})", "embed it"),
    Rule("X056", "the page brings a curve or a screen of its own ({key})", "leave it to the press"),
)
OF_ROOT = ("/OpenAction", "/AA")
EXCHANGED = ("/OPI", "/Ref", "/PS", "/Alternates", "/F")
CURVES = ("/TR", "/TR2", "/HT", "/BG2", "/UCR2")
USUAL = Name.Default


def check(opened: Opened) -> Iterator[Fault]:
    """The catalogue first, then pages with what they draw."""
    root = opened.document.Root
    names = root.get("/Names", Dictionary())
    acting = [key for key in OF_ROOT if key in root and not isinstance(root[key], Array)]
    acting += ["/JavaScript"] if "/JavaScript" in names else []
    for key in acting:
        yield fault("X051", topic=key, key=key[1:])
    form = root.get("/AcroForm")
    if form is not None and (len(form.get("/Fields", Array())) or "/XFA" in form):
        yield fault("X052")
    if "/EmbeddedFiles" in names or "/AF" in root:
        yield fault("X053")
    if len(root.get("/OCProperties", Dictionary()).get("/OCGs", Array())):
        yield fault("X054")
    for sheet in opened.sheets:
        yield from _page(sheet)


def _page(sheet: Sheet) -> Iterator[Fault]:
    page = sheet.page.obj
    for annotation in list(page.get("/Annots", Array())):
        kind = str(annotation.get("/Subtype", "/?"))[1:]
        box = annotation.get("/Rect")
        x0, y0, x1, y1 = map(float, list(box)) if isinstance(box, Array) else sheet.trim
        yield fault("X050", sheet.number, sheet.place((x0, y0, x1, y1)), topic=kind, kind=kind)
    if "/AA" in page:
        yield fault("X051", sheet.number, topic="/AA", key="AA")
    for code, key in sorted(set(_drawn(inherited(page, "/Resources") or Dictionary(), set()))):
        yield fault(code, sheet.number, topic=key, key=key[1:])


def _drawn(resources: Object, seen: set[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """The keys, of states and of drawn objects at any depth, that let a press get something else."""
    for state in dict(resources.get("/ExtGState", Dictionary()).items()).values():
        yield from (("X056", key) for key in CURVES if state.get(key, USUAL) != USUAL)
    for drawn in dict(resources.get("/XObject", Dictionary()).items()).values():
        if drawn.objgen in seen or not isinstance(drawn, Stream):
            continue
        seen.add(drawn.objgen)
        yield from (("X055", key) for key in EXCHANGED if key in drawn)
        if drawn.get("/Subtype") == "/PS" or drawn.get("/Subtype2") == "/PS":
            yield "X055", "/PS"
        yield from _drawn(drawn.get("/Resources", Dictionary()), seen)
