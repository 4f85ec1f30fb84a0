"""Nothing in the file moves, asks, hides or fetches."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object, Stream

from magazine.findings import Rule
from preflight.model import Fault, fault
from preflight.opened import Opened, Sheet

RULES = (
    Rule("X050", "the page has an annotation ({kind})", "export without links, notes and buttons"),
    Rule("X051", "the file has an action or a script ({key})", "export without actions and scripts"),
    Rule("X052", "the file has a form to fill in", "export without form fields"),
    Rule("X053", "the file carries another file with it", "export without attachments"),
    Rule("X054", "the file has layers that can be hidden", "flatten the layers", "warning"),
    Rule("X055", "the page shows what is not in the file, or what a press may exchange ({key})", "embed it"),
)
OF_ROOT = ("/OpenAction", "/AA")
EXCHANGED = ("/OPI", "/Ref", "/PS", "/Alternates", "/F")


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
    for key in sorted(_exchanged(page.get("/Resources", Dictionary()), set())):
        yield fault("X055", sheet.number, topic=key, key=key[1:])


def _exchanged(resources: Object, seen: set[tuple[int, int]]) -> Iterator[str]:
    """The keys, of any drawn object, that let something else be drawn in its place."""
    for drawn in dict(resources.get("/XObject", Dictionary()).items()).values():
        if drawn.objgen in seen or not isinstance(drawn, Stream):
            continue
        seen.add(drawn.objgen)
        yield from (key for key in EXCHANGED if key in drawn)
        if drawn.get("/Subtype") == "/PS" or drawn.get("/Subtype2") == "/PS":
            yield "/PS"
        yield from _exchanged(drawn.get("/Resources", Dictionary()), seen)
