"""One edition on its way to the print shop: framed pages, then print PDF, booklet or cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from magazine.manifest import SHEETS
from magazine.model import Edition, Library
from magazine.templates import environment
from prepress.booklet import stitch
from prepress.condition import Condition, condition
from prepress.cover import LETTERED_MM, Board, Strip, spine_mm, wrap
from prepress.marks import TARGET_ACROSS, mark
from prepress.separation import separate
from prepress.sheets import trim_of
from prepress.standard import POINTS, clip, conform, frame
from press.compose import prepare, style_sheets
from press.finish import saved
from press.typeset import Typesetter
from weave import BLEED_MM, INKS, TEXT_INKS

SIGNATURE = 16  # pages of a folded sheet in a bound book
SLUG_ASIDE_MM = 8  # of a slug line, before it and between it and the register mark
BOARD = 2  # pages on each half of a bound volume's cover
LETTERS_PT = (9, 14)  # on a spine, from the narrowest that has words
LETTERS_SHARE = 0.55  # of the spine


@dataclass(frozen=True)
class Job:
    """What an edition gives the printer; `master` holds its typeset pages with their bleed."""

    edition: Edition
    library: Library
    master: bytes

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

    @property
    def stem(self) -> str:
        """What the names of its files begin with."""
        issue, code = self.edition.issue, self.edition.language.code
        return self.library.imprint.file_name(issue, code, "pdf").removesuffix(".pdf")

    @property
    def bound(self) -> bool:
        """Whether it is glued into a cover, and not stitched through the fold."""
        return self.edition.issue.press.binding == "perfect"

    @property
    def right_bound(self) -> bool:
        """On which side: where the language begins."""
        return self.edition.language.direction == "rtl"

    @cached_property
    def printed(self) -> bytes:
        """The print PDF: all pages, or in a bound volume those within the cover."""
        return self._print(slice(BOARD, -BOARD) if self.bound else slice(None))

    @property
    def whole(self) -> bytes:
        """All pages as they are printed, in reading order: of a bound volume those of its cover too."""
        return self._print(slice(None)) if self.bound else self.printed

    @property
    def fronted(self) -> bytes:
        """The print PDF as half of a volume with two fronts: its last page is no cover."""
        return self._print(slice(BOARD, None)) if self.bound else self.printed

    def _print(self, taken: slice) -> bytes:
        """PDF/X-4, with marks in the slug unless `[press]` wants none."""
        with pikepdf.open(BytesIO(self.pages)) as document:
            kept = range(len(document.pages))[taken]
            del document.pages[kept.stop :], document.pages[: kept.start]
            labels = Dictionary(S=Name.D, St=kept.start + 1)
            document.Root.PageLabels = Dictionary(Nums=Array([0, labels]))
            clip(document)
            self._mark(document, "pages", first=kept.start + 1, pages=self.count)
            return saved(document)

    def booklet(self) -> bytes:
        """The pages imposed for saddle stitching."""
        sheets = stitch(self.pages, self.right_bound, self.edition.issue.press.paper_mm)
        with pikepdf.open(BytesIO(sheets)) as document:
            width, _ = trim_of(document.pages[0])
            self._mark(document, "booklet", [width / 2])
            self._conform(document, "booklet")
            return saved(document)

    def cover(self, back: Job | None = None) -> bytes:
        """The cover of the bound volume as one sheet; with `back`, of a volume with two fronts."""
        spine = self.spine_mm(back)
        behind = Board(back.pages, 0, 1) if back else Board(self.pages, -1, -2)
        sides = [self, back] if back else [self]
        strips = [Strip(job._strip(spine, len(sides)), job.right_bound) for job in sides]
        sheets = wrap(Board(self.pages, 0, 1), behind, strips, spine, self.right_bound)
        with pikepdf.open(BytesIO(sheets)) as document:
            across = SHEETS[self.edition.issue.sheet][0]
            self._mark(document, "cover", [across * POINTS, (across + spine) * POINTS], spine=spine)
            self._conform(document, "two-front-cover" if back else "cover")
            return saved(document)

    def spine_mm(self, back: Job | None = None) -> float:
        """The width of the bound volume's spine."""
        inside = self.count + back.count - 2 * BOARD if back else self.count - 2 * BOARD
        return spine_mm(inside, self.edition.issue.press)

    def _conform(self, document: pikepdf.Pdf, part: str) -> None:
        publisher = self.library.imprint.publishers[self.edition.language.code]
        conform(document, self.edition, publisher, self.inks, part)

    def _mark(self, document: pikepdf.Pdf, part: str, folds: Sequence[float] = (), **told: Any) -> None:
        """Marks, and a line that says what each page is; nothing when `[press]` wants none."""
        issue = self.edition.issue
        if issue.press.marks:
            words = self._words() | {
                "part": part,
                "lines": len(document.pages),
                "width": _across(document) * TARGET_ACROSS - SLUG_ASIDE_MM,
                "signature": SIGNATURE if self.bound else 0,
                "condition": f"{self.inks.identifier} {self.inks.plates}",
            }
            mark(document, self.inks, self._typeset("slugs", words | told), folds)

    def _strip(self, spine: float, stretches: int) -> bytes:
        """A stretch of the spine in ink, with the issue's name where there is room."""
        issue = self.edition.issue
        words = self._words() | {
            "length": (SHEETS[issue.sheet][1] + 2 * BLEED_MM) / stretches,
            "spine": spine,
            "lettered": spine >= LETTERED_MM,
            "whole": stretches == 1,
            "ink": INKS[issue.ink],
            "paper": "#fff" if issue.ink in TEXT_INKS else "#000",
            "size": min(max(LETTERS_SHARE * spine * POINTS, LETTERS_PT[0]), LETTERS_PT[1]),
        }
        with pikepdf.open(BytesIO(self._typeset("spine", words))) as document:
            separate(document, self.inks)
            return saved(document)

    def _words(self) -> dict[str, Any]:
        edition = self.edition
        name = self.library.imprint.names[edition.language.code]
        return {"lang": edition.language, "issue": edition.issue, "name": name}

    def _typeset(self, template: str, words: Mapping[str, Any]) -> bytes:
        """Some lines of ours, set as everything else is."""
        edition, theme = self.edition, self.library.imprint.theme
        text = environment(edition, self.library).get_template(f"press/{template}.html").render(words)
        text = prepare(text, edition.language.direction, edition.digits)
        fonts, *_ = style_sheets(theme, edition.language.code)
        pdf, _ = Typesetter(theme, (fonts,)).typeset(text)
        return pdf


def _across(document: pikepdf.Pdf) -> float:
    """How wide its pages are, in millimetres."""
    return trim_of(document.pages[0])[0] / POINTS
