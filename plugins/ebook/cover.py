"""The cover as a picture, for the shelf: the printed one, drawn without a browser.

A PNG, though EPUB takes SVG too: shelves that make their thumbnails themselves (Kindle, Apple
Books, most e-ink readers and file managers) want pixels. The cover *page* has its words as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from PIL import Image

import weave
from arabic import locale
from magazine.lettering import Lettering, Measure, Style
from magazine.manifest import SHEETS
from magazine.model import Direction, Edition, Library
from magazine.names import catalogue

PIXELS = 10  # to a thread of the weave: a cover of A4 is 1,400 wide
SIDE, RULE = 0.1, 0.066  # margins and the hairline, as all that follows in shares of the sheet's width


STYLES: Mapping[Direction, Mapping[str, Style]] = {
    "rtl": {
        "line": Style("vazirmatn/Vazirmatn-Regular.ttf", 0.031, 1.4, 0.073),
        "name": Style("reem-kufi/ReemKufi-SemiBold.ttf", 0.225, 1.15, 0.11),
        "title": Style("reem-kufi/ReemKufi-Medium.ttf", 0.048, 1.3, 0.368),
    },
    "ltr": {
        "line": Style("vazirmatn/Vazirmatn-Regular.ttf", 0.031, 1.4, 0.073),
        "name": Style("source-serif/SourceSerif4-Bold.ttf", 0.177, 1.2, 0.12),
        "title": Style("source-serif/SourceSerif4-SemiBold.ttf", 0.045, 1.25, 0.345),
    },
}


def picture(edition: Edition, library: Library) -> bytes:
    """The cover of an edition as PNG."""
    issue, lang = edition.issue, edition.language
    say = catalogue(library, lang.code).gettext
    image = _cloth(edition)
    styles = STYLES[lang.direction]
    measure = Measure(SIDE * image.width, (1 - SIDE) * image.width)
    sheet = Lettering(image, measure, lang.direction, lang.code, library.imprint.theme / "fonts")
    sheet.draw.line([(measure.left, RULE * image.width), (measure.right, RULE * image.width)], weave.INK, 2)
    number = say("Issue %(number)s") % {"number": issue.number}
    sheet.set(styles["line"], f"{number} · {locale.month_year(issue.date, lang.locale)}", weave.INK)
    if issue.specimen:
        sheet.set(styles["line"], say("Specimen issue"), weave.INK, at_end=True)
    sheet.set(styles["name"], library.imprint.names[lang.code], text_ink(issue.ink))
    sheet.set(styles["title"], issue.titles[lang.code], weave.INK)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _cloth(edition: Edition) -> Image.Image:
    """The woven art, a square of pixels for each crossing of threads."""
    issue = edition.issue
    return woven(weave.cover_threads(issue.seed, issue.motif, issue.ink, *SHEETS[issue.sheet]), issue.ink)


def woven(rows: list[bytes], ink: str) -> Image.Image:
    """Threads as pixels."""
    threads = Image.frombytes("P", (len(rows[0]), len(rows)), b"".join(rows))
    inks = (weave.PAPER, weave.ink_hex(ink), weave.companion_hex(ink))
    threads.putpalette(bytes.fromhex("".join(ink[1:] for ink in inks)))
    size = threads.width * PIXELS, threads.height * PIXELS
    return threads.convert("RGB").resize(size, Image.Resampling.NEAREST)


def text_ink(ink: str) -> str:
    """Saffron is never text."""
    return weave.ink_hex(ink) if ink in weave.TEXT_INKS else weave.companion_hex(ink)
