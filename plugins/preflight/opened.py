"""A file under preflight: its document, its pages with what stands on them, and what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Object

from preflight.fonts import Face
from preflight.geometry import Box, from_trim, overlap
from preflight.marks import Mark
from preflight.model import IntentFacts
from preflight.pages import inherited
from preflight.plates import Separated
from preflight.profiles import Profile

BOXES = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
LETTER: Box = (0.0, 0.0, 612.0, 792.0)  # where a broken page says nothing


def boxes_of(page: pikepdf.Page) -> dict[str, Box]:
    """The boxes that a page states; MediaBox and CropBox are inherited."""
    found = {}
    for name in BOXES:
        written = inherited(page.obj, f"/{name}") if name[0] in "MC" else page.obj.get(f"/{name}")
        if isinstance(written, Array) and len(written) == 4:
            x0, y0, x1, y1 = map(float, list(written))
            found[name] = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return found


class Sheet:
    """A page and its marks."""

    def __init__(self, number: int, page: pikepdf.Page) -> None:
        self.number = number
        self.page = page
        self.boxes = boxes_of(page)
        self.media = self.boxes.get("MediaBox", LETTER)
        self.trim = self.boxes.get("TrimBox", self.boxes.get("CropBox", self.media))
        self.bleed = self.boxes.get("BleedBox", self.trim)
        self.marks: list[Mark] = []
        self.separated: Separated | None = None
        self._inside: list[tuple[Mark, Box]] | None = None

    @property
    def inside(self) -> list[tuple[Mark, Box]]:
        """What is printed on the page and its bleed: not the printer's marks around it, nor a mask."""
        if self._inside is None:
            self._inside = [
                (mark, mark.box)
                for mark in self.marks
                if mark.box is not None and mark.within != "mask" and overlap(mark.box, self.bleed)
            ]
        return self._inside

    def forget(self) -> None:
        """Let the marks go: a book has more of them than memory likes."""
        self.marks, self._inside = [], None

    def place(self, box: Box | None) -> Box | None:
        """A box as faults give it."""
        return None if box is None else from_trim(box, self.trim)


@dataclass(slots=True)
class Opened:
    """The whole file."""

    path: Path
    document: pikepdf.Pdf
    profile: Profile
    fonts: frozenset[str]
    sheets: tuple[Sheet, ...]
    used: dict[Face, list[int]] = field(default_factory=dict)  # faces, with their pages
    complaints: tuple[str, ...] = ()  # of qpdf
    errors: list[str] = field(default_factory=list)  # of Ghostscript
    warnings: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # tools

    def meets(self, sheet: Sheet, faces: Iterable[Face]) -> None:
        """Note the faces of a page."""
        for face in faces:
            pages = self.used.setdefault(face, [])
            if sheet.number not in pages:
                pages.append(sheet.number)

    @property
    def intents(self) -> list[Dictionary]:
        """The output intents for PDF/X."""
        found = self.document.Root.get("/OutputIntents", Array())
        return [one for one in list(found) if isinstance(one, Dictionary) and one.get("/S") == "/GTS_PDFX"]

    @property
    def intent(self) -> IntentFacts | None:
        """The printing condition, as far as the file tells it."""
        if not self.intents:
            return None
        first = self.intents[0]
        profile = first.get("/DestOutputProfile")
        stream = isinstance(profile, pikepdf.Stream)
        return IntentFacts(
            text(first, "/OutputConditionIdentifier"),
            text(first, "/RegistryName"),
            text(first, "/Info") or text(first, "/OutputCondition"),
            int(profile.get("/N", 0)) if profile is not None and stream else 0,
        )

    @property
    def ink_limit(self) -> int:
        """The most ink on one place that the printing condition bears, in per cent."""
        intent = self.intent
        return self.profile.most_ink(f"{intent.condition} {intent.profile}" if intent else "")


def text(of: Mapping[str, Object] | Object, key: str) -> str:
    """A text of a dictionary; empty where there is none."""
    return str(of.get(key, "")).strip()
