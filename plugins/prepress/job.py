"""One edition on its way to the print shop: framed pages, then print PDF and booklet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from magazine.manifest import SHEETS
from magazine.model import Edition, Library
from magazine.templates import environment
from prepress.booklet import stitch
from prepress.condition import Condition, condition
from prepress.marks import mark
from prepress.separation import separate
from prepress.standard import clip, conform, frame
from press.compose import style_sheets
from press.finish import saved
from press.typeset import Typesetter

SIGNATURE = 16  # pages of a folded sheet in a bound book


@dataclass(frozen=True)
class Job:
    """What an edition gives the printer; `master` holds its typeset pages with their bleed."""

    edition: Edition
    library: Library
    master: bytes

    @property
    def stem(self) -> str:
        """How the names of its files begin."""
        name = self.library.imprint.file_name(self.edition.issue, self.edition.language.code, "pdf")
        return name.removesuffix(".pdf")

    @cached_property
    def inks(self) -> Condition:
        """The printing condition of its issue."""
        return condition(self.edition.issue, self.library.imprint.theme)

    @cached_property
    def pages(self) -> bytes:
        """The pages in ink, in their boxes, without marks."""
        with pikepdf.open(BytesIO(self.master)) as document:
            separate(document, self.inks)
            frame(document)
            self._conform(document, "pages")
            document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
            return saved(document)

    @cached_property
    def count(self) -> int:
        """How many pages there are."""
        with pikepdf.open(BytesIO(self.pages)) as document:
            return len(document.pages)

    @cached_property
    def printed(self) -> bytes:
        """The print PDF: PDF/X-4, with marks in the slug unless `[press]` wants none."""
        with pikepdf.open(BytesIO(self.pages)) as document:
            clip(document)
            if self.edition.issue.press.marks:
                mark(document, self.inks, self._slugs())
            return saved(document)

    def booklet(self) -> bytes:
        """The pages imposed for saddle stitching, bound on the side where the language begins."""
        right_bound = self.edition.language.direction == "rtl"
        sheets = stitch(self.pages, right_bound, self.edition.issue.press.paper_mm)
        with pikepdf.open(BytesIO(sheets)) as document:
            self._conform(document, "booklet")
            return saved(document)

    def _conform(self, document: pikepdf.Pdf, part: str) -> None:
        publisher = self.library.imprint.publishers[self.edition.language.code]
        conform(document, self.edition, publisher, self.inks, part)

    def _slugs(self) -> bytes:
        """A line for each page, typeset as everything else is."""
        issue, imprint = self.edition.issue, self.library.imprint
        template = environment(self.edition, self.library).get_template("press/slugs.html")
        text = template.render(
            lang=self.edition.language,
            issue=issue,
            name=imprint.names[self.edition.language.code],
            width=SHEETS[issue.sheet][0] / 2 - 15,
            pages=self.count,
            signature=SIGNATURE if issue.press.binding == "perfect" else self.count,
            condition=f"{self.inks.identifier} {self.inks.plates}",
        )
        fonts: Path = style_sheets(imprint.theme, self.edition.language.code)[0]
        pdf, _ = Typesetter(imprint.theme, (fonts,)).typeset(text)
        return pdf
