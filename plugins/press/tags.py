"""Writes the structure into a PDF: the tree of elements, and what is on the pages besides it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String

from magazine.model import Language
from press.arrange import Node, Values
from press.drawn import Area, Besides, Drawing, Mark
from press.structure import structure

# ISO 32000-1, 14.8.2.2: what an artifact says of itself.
ARTIFACTS: Mapping[Besides, Mapping[str, str]] = {
    "header": {"Type": "Pagination", "Subtype": "Header"},
    "footer": {"Type": "Pagination", "Subtype": "Footer"},
    "repeated": {"Type": "Pagination"},
    "ornament": {"Type": "Layout"},
}


def tag(document: pikepdf.Pdf, drawing: Drawing, language: Language) -> None:
    """Make a tagged PDF of one whose content is marked."""
    besides: dict[int, dict[int, Besides]] = defaultdict(dict)
    for (page, id_), kind in drawing.besides.items():
        besides[page][id_] = kind
    for page, kinds in besides.items():
        _set_besides(document, document.pages[page], kinds)
    _drop_annotations(document, frozenset(drawing.repeated))
    _Tree(document).write(structure(drawing.body, language))
    document.Root.MarkInfo = Dictionary(Marked=True)
    document.Root.Lang = String(language.code)


def _set_besides(document: pikepdf.Pdf, page: pikepdf.Page, kinds: Mapping[int, Besides]) -> None:
    """Turn marked content that is not of the document into artifacts."""
    instructions = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = list(instruction.operands), instruction.operator
        if str(operator) == "BDC" and (kind := kinds.get(int(operands[1].get("/MCID", -1)))):
            properties = {f"/{key}": Name(f"/{value}") for key, value in ARTIFACTS[kind].items()}
            operands, operator = [Name.Artifact, Dictionary(properties)], Operator("BDC")
        instructions.append((operands, operator))
    page.obj.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))


def _drop_annotations(document: pikepdf.Pdf, numbers: frozenset[int]) -> None:
    for page in document.pages:
        if "/Annots" in page.obj:
            page.obj.Annots = Array(each for each in page.obj.Annots if each.objgen[0] not in numbers)


class _Tree:
    """The structure tree, and the way back from each mark and annotation to its element."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self.document = document
        self.pages = [page.obj for page in document.pages]
        self.marks: list[dict[int, pikepdf.Object]] = [{} for _ in self.pages]
        self.areas: list[pikepdf.Object] = []  # the elements of annotations
        self.notes: list[pikepdf.Object] = []

    def write(self, root: Node) -> None:
        """The whole tree."""
        tree = self.document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = self._element(root, tree)
        tree.ParentTree = self.document.make_indirect(Dictionary(Nums=Array(self._ways_back())))
        tree.ParentTreeNextKey = len(self.pages) + len(self.areas)
        if self.notes:
            names = [item for note in self.notes for item in (note.ID, note)]
            tree.IDTree = self.document.make_indirect(Dictionary(Names=Array(names)))
        self.document.Root.StructTreeRoot = tree

    def _ways_back(self) -> list[object]:
        rows: list[pikepdf.Object] = []
        for page, marks in zip(self.pages, self.marks, strict=True):
            page.StructParents = len(rows)
            rows.append(Array(marks.get(id_) for id_ in range(max(marks, default=-1) + 1)))
        rows += self.areas
        return [item for row in enumerate(rows) for item in row]

    def _element(self, node: Node, parent: pikepdf.Object) -> pikepdf.Object:
        element = self.document.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{node.role}"), P=parent)
        )
        if node.language:
            element.Lang = String(node.language)
        if node.role == "Figure" and node.alternative:
            element.Alt = String(node.alternative)
        if node.actual:
            element.ActualText = String(node.actual)
        if node.role == "Note":
            self.notes.append(element)
            element.ID = String(f"note{len(self.notes):05}")  # in the order of its tree, which is sorted
        if node.attributes:
            element.A = Array(_attributes(owner, values) for owner, values in node.attributes.items())
        element.K = Array(self._kid(kid, element, node) for kid in node.kids)
        return element

    def _kid(self, kid: Node | Mark | Area, element: pikepdf.Object, node: Node) -> object:
        if isinstance(kid, Node):
            return self._element(kid, element)
        if isinstance(kid, Area):
            return self._area(kid, element, node.alternative)
        page = self.pages[kid.page]
        self.marks[kid.page][kid.id] = element
        if "/Pg" not in element:
            element.Pg = page
        if element.Pg.objgen == page.objgen:
            return kid.id
        return Dictionary(Type=Name.MCR, Pg=page, MCID=kid.id)

    def _area(self, area: Area, element: pikepdf.Object, leads_to: str) -> pikepdf.Object:
        annotation = self.document.get_object(area.number, 0)
        annotation.StructParent = len(self.pages) + len(self.areas)
        annotation.Contents = String(leads_to)
        self.areas.append(element)
        return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self.pages[area.page])


def _attributes(owner: str, values: Values) -> Dictionary:
    attributes: dict[str, object] = {"/O": Name(f"/{owner}")}
    for key, value in values.items():
        attributes[f"/{key}"] = _value(value)
    return Dictionary(attributes)


def _value(value: str | int | tuple[float, ...]) -> object:
    if isinstance(value, str):
        return Name(f"/{value}")
    return Array(value) if isinstance(value, tuple) else value
