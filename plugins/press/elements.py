"""The structure elements of a finished PDF, as they stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

Key = tuple[int, int]  # an object's number and generation


@dataclass(slots=True)
class Element:
    """A structure element and what hangs on it: elements, marks (page object, MCID), annotations."""

    entry: pikepdf.Object
    role: str
    parent: Element | None
    kids: list[Element] = field(default_factory=list)
    marks: list[tuple[Key, int]] = field(default_factory=list)
    annotations: list[Key] = field(default_factory=list)

    @property
    def page(self) -> Key | None:
        """The page where it begins."""
        if self.marks:
            return self.marks[0][0]
        return next((page for kid in self.kids if (page := kid.page)), None)

    def attribute(self, name: str) -> pikepdf.Object | None:
        """An attribute, whoever its owner is."""
        held = self.entry.get("/A", Array())
        owners = held if isinstance(held, Array) else [held]
        return next((owner[name] for owner in owners if name in owner), None)


def elements(document: pikepdf.Pdf) -> Iterator[Element]:
    """Every element in the order of reading; none when the file is not tagged."""
    root = document.Root.get("/StructTreeRoot")
    if root is not None:
        for entry in _listed(root.K):
            yield from _below(entry, None)


def _below(entry: pikepdf.Object, parent: Element | None) -> Iterator[Element]:
    element = Element(entry, str(entry.S)[1:], parent)
    if parent:
        parent.kids.append(element)
    yield element
    for kid in _listed(entry.get("/K", Array())):
        if not isinstance(kid, Dictionary):
            element.marks.append((entry.Pg.objgen, int(kid)))
        elif kid.get("/Type") == Name.MCR:
            element.marks.append((kid.Pg.objgen, int(kid.MCID)))
        elif kid.get("/Type") == Name.OBJR:
            element.annotations.append(kid.Obj.objgen)
        else:
            yield from _below(kid, element)


def _listed(kids: pikepdf.Object) -> list[pikepdf.Object]:
    return list(kids) if isinstance(kids, Array) else [kids]
