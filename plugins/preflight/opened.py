"""A file under preflight: its document, its pages with what stands on them, and what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Object

from preflight.colour import icc_name
from preflight.fonts import Face
from preflight.geometry import Box, from_trim, meet, overlap
from preflight.marks import Mark
from preflight.model import IntentFacts
from preflight.pages import UNREADABLE, inherited
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
    def shown(self) -> Box:
        """The part of the page that a reader shows."""
        return meet(self.boxes.get("CropBox", self.media), self.media) or self.media

    @property
    def turned(self) -> bool:
        """Whether a reader turns the page, or shows it in another size."""
        return bool(inherited(self.page.obj, "/Rotate")) or "/UserUnit" in self.page.obj

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
    intent: IntentFacts | None = None  # the printing condition, as far as the file tells it

    def __post_init__(self) -> None:
        """Read the printing condition once."""
        with suppress(*UNREADABLE):  # its rule says what is wrong
            self.intent = _told(self.intents[0]) if self.intents else None

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
    def ink_limit(self) -> int:
        """The most ink on one place that the printing condition bears, in per cent."""
        intent = self.intent
        words = (intent.condition, intent.info, intent.profile) if intent else ()
        return self.profile.most_ink(" ".join(words))


def text(of: Mapping[str, Object] | Object, key: str) -> str:
    """A text of a dictionary; empty where there is none."""
    return str(of.get(key, "")).strip()


def _told(intent: Dictionary) -> IntentFacts:
    profile = intent.get("/DestOutputProfile")
    embedded = profile if isinstance(profile, pikepdf.Stream) else None
    return IntentFacts(
        text(intent, "/OutputConditionIdentifier"),
        text(intent, "/RegistryName"),
        text(intent, "/Info") or text(intent, "/OutputCondition"),
        "" if embedded is None else icc_name(embedded),
        0 if embedded is None else int(embedded.get("/N", 0)),
    )
