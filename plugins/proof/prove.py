"""The proof of a finished file: its pages one by one, then its fonts, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pikepdf

from magazine.model import Edition, Library
from proof.desk import Desk
from proof.faces import Face, differing, known_as, theme_faces
from proof.matching import Setter
from proof.numbering import Numbers
from proof.pages import MM, Glyph, Page, box_of, fonts_of, read_pages
from proof.places import Places
from proof.source import Passage, passages, title_of
from proof.verdict import NOWHERE, Failure, Proof, Tally, Unjudged


def prove(pdf: Path, edition: Edition, library: Library) -> Proof:
    """Hold a finished PDF of an edition against its sources."""
    titles = [title_of(piece) for piece in edition.pieces]
    fonts = library.imprint.theme / "fonts"
    return prove_passages(pdf, passages(edition, library), fonts, edition.name, titles)


def prove_passages(
    pdf: Path, said: Sequence[Passage], fonts: Path, name: str = "", titles: Sequence[str] = ()
) -> Proof:
    """Hold a PDF against these passages, set in the faces of a folder."""
    theme = theme_faces(fonts)
    with pikepdf.open(pdf) as document:
        embedded = fonts_of(document)
        faces = {font: theme[known] for font in embedded if (known := _known(font)) in theme}
        desk = Desk(Places(said, Setter(faces)), Numbers(titles))
        used, tallies, heights, unjudged = _Used(), list[Tally](), list[float](), list[Unjudged]()
        for page in read_pages(document):
            used.note(page)
            tallies.append(desk.page(page))
            heights.append(round(page.height / MM, 1))
            unjudged += (Unjudged("picture", page.number, box.in_mm()) for box in page.pictures)
        failures = [*used.foreign(embedded, faces), *desk.failures]
    judged = list(desk.numbers.judged())
    failures += (one for one in judged if isinstance(one, Failure))
    unjudged += (one for one in judged if isinstance(one, Unjudged))
    failures += (
        Failure("missing", 0, NOWHERE, text, "", said[number].at(text))
        for number, text in desk.places.missing()
    )
    told = {font: face.path.name for font, face in sorted(faces.items())}
    checked = len(desk.numbers.named) - sum(one.what == "reference" for one in unjudged)
    failed = tuple(_from_the_top(one, heights) for one in failures)
    return Proof(
        name, tuple(tallies), failed, told, checked, tuple(_from_the_top(one, heights) for one in unjudged)
    )


Placed = TypeVar("Placed", Failure, Unjudged)


def _from_the_top(one: Placed, heights: Sequence[float]) -> Placed:
    """As printers measure; pages are read from the bottom."""
    if not one.page:
        return one
    left, bottom, right, top = one.box
    height = heights[one.page - 1]
    return replace(one, box=(left, round(height - top, 1), right, round(height - bottom, 1)))


def _known(font: str) -> str:
    return known_as(font.partition("@")[0])


@dataclass(slots=True)
class _Used:
    """The glyphs of each font that pages draw, each with the first place where it stands."""

    fonts: dict[str, dict[int, tuple[int, Glyph]]] = field(default_factory=lambda: defaultdict(dict))

    def note(self, page: Page) -> None:
        """Add a page's."""
        for line in page.lines:
            for glyph in line.glyphs:
                if glyph.gid >= 0:
                    self.fonts[glyph.font].setdefault(glyph.gid, (page.number, glyph))

    def foreign(self, embedded: Mapping[str, pikepdf.Object], faces: Mapping[str, Face]) -> Iterator[Failure]:
        """Fonts that are not the theme's, and glyphs in them that are not the theme's glyphs."""
        for font, glyphs in self.fonts.items():
            number, first = next(iter(glyphs.values()))
            if font not in faces:
                box = box_of([first]).in_mm()
                yield Failure("font", number, box, "a face of the theme", font.partition("@")[0].lstrip("/"))
                continue
            for gid, why in differing(embedded[font], faces[font], set(glyphs) - {0}):
                number, glyph = glyphs[gid]
                yield Failure("font", number, box_of([glyph]).in_mm(), faces[font].name_of(gid), why)
