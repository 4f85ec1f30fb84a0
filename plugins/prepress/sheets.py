"""A sheet with its boxes, and pages laid on it: what booklets and covers are made of (pikepdf)."""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from prepress.standard import MARGIN_MM, POINTS
from weave import BLEED_MM

MARGIN, BLEED = MARGIN_MM * POINTS, BLEED_MM * POINTS
UPRIGHT = (1, 0, 0, 1)

Point = tuple[float, float]
Window = tuple[float, float, float, float]  # left, bottom, width, height
Turn = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side of a sheet; its places are points from the corner of its trim."""

    document: pikepdf.Pdf
    page: pikepdf.Page

    @classmethod
    def of(cls, document: pikepdf.Pdf, width: float, height: float) -> Sheet:
        """A new last page of the document, of this trim, with bleed and slug around it."""
        page = document.add_blank_page(page_size=(width + 2 * MARGIN, height + 2 * MARGIN))
        page.trimbox = Array([MARGIN, MARGIN, MARGIN + width, MARGIN + height])
        page.obj.BleedBox = Array(
            [MARGIN - BLEED, MARGIN - BLEED, MARGIN + width + BLEED, MARGIN + height + BLEED]
        )
        return cls(document, page)

    def lay(self, page: pikepdf.Page, place: Point, window: Window, turn: Turn = UPRIGHT) -> None:
        """Put another file's page here, its media box's corner at `place`; only the window is seen."""
        form = self.document.copy_foreign(page.as_form_xobject())
        form.BBox = Array(page.mediabox.as_list())  # with its bleed
        laid = len(self.page.resources.get("/XObject", Dictionary()))
        name = self.page.add_resource(form, Name.XObject, Name(f"/Page{laid}"))
        left, bottom, width, height = window
        clip = f"{left + MARGIN:.3f} {bottom + MARGIN:.3f} {width:.3f} {height:.3f} re W n"
        matrix = f"{' '.join(map(str, turn))} {place[0] + MARGIN:.3f} {place[1] + MARGIN:.3f} cm"
        self.page.contents_add(f"q {clip} {matrix} {name} Do Q".encode())


def trim_of(page: pikepdf.Page) -> tuple[float, float]:
    """Width and height of a framed page, as cut."""
    left, bottom, right, top = map(float, page.trimbox.as_list())
    return right - left, top - bottom
