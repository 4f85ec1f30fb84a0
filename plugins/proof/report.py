"""A proof as lines for a terminal, as JSON and as one HTML file with pictures; Arabic, English or both."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import asdict
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from magazine.catalogue import translations
from magazine.findings import TRANSLATIONS
from proof.verdict import Failure, Proof, Tally, Unjudged

LANGUAGES = ("ar", "en")
DIRECTIONS = {"ar": "rtl"}
SCALE = 3.0  # of a point: pixels of a picture
AROUND_MM = 6.0
POINTS = 72 / 25.4
FIRST = 5  # failures that are told in a terminal
MOST = 100  # failures that are shown; the others are in the JSON
SAID = {
    "font": "a font or a glyph that is not the theme’s",
    "notdef": "a glyph that the font does not have",
    "shape": "other glyphs than those of the source’s words",
    "place": "a glyph out of its place",
    "form": "a letter in the wrong form",
    "order": "words in the wrong order",
    "lost": "a word of the line is lost",
    "number": "a number that is another than it should be",
    "unknown": "words that the source does not have",
    "missing": "words of the source that the file does not have",
    "picture": "a picture: what is written in it is not read",
    "reference": "a page’s number whose title was not found",
}
COLUMNS = (
    ("words", "Words"),
    ("shaped", "Glyphs (uharfbuzz)"),
    ("letters", "Arabic words"),
    ("formed", "Forms (arabic-reshaper)"),
    ("ordered", "Order (python-bidi)"),
    ("kashida", "Lengthened"),
    ("furniture", "The theme’s own"),
)
Said = Callable[..., str]


def to_json(proof: Proof) -> str:
    """Everything, for machines; the same bytes for the same file."""
    told = {
        "edition": proof.edition,
        "holds": proof.holds,
        "total": _tally(proof.total),
        "page_numbers": proof.references,
        "pages": [_tally(page) for page in proof.pages],
        "fonts": dict(proof.fonts),
        "failures": [asdict(failure) for failure in proof.failures],
        "not_judged": [asdict(one) for one in proof.unjudged],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _tally(tally: Tally) -> dict[str, int]:
    return asdict(tally) | {"proven": tally.proven, "unproven": tally.words - tally.proven}


def to_text(proof: Proof, lang: str) -> str:
    """The summary, then the first failures, a line each."""
    said = _wording(lang)
    lines = [summary(proof, lang)]
    for one in proof.failures[:FIRST]:
        told = said(" (expected: {expected}; found: {found})", expected=one.expected, found=one.found)
        lines.append(f"{place(one, lang)}: {said(SAID[one.kind])}{told} {one.where}".rstrip())
    if (others := len(proof.failures) - FIRST) > 0:
        lines.append(said("Failures that stand in the report alone: {count}", count=others))
    return "\n".join(lines)


def summary(proof: Proof, lang: str) -> str:
    """The outcome in a line."""
    words = (
        "Shaping proof of {name}: {proven} of {words} words proven, page numbers: {numbers}, "
        "failures: {failures}"
    )
    counts = {"proven": proof.total.proven, "words": proof.total.words, "numbers": proof.references}
    return _wording(lang)(words, name=proof.edition, failures=len(proof.failures), **counts)


def place(one: Failure | Unjudged, lang: str) -> str:
    """Where it is: the page, and the top left of its box from that of the trim."""
    said = _wording(lang)
    if not one.page:
        return said("the file")
    x, y, *_ = one.box
    return said("page {page} ({x}, {y} mm)", page=one.page, x=f"{x:.1f}", y=f"{y:.1f}")


def to_html(proof: Proof, pdf: Path, langs: Sequence[str] = LANGUAGES) -> str:
    """One file that needs nothing else, with a part for each language; each failure with its picture."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    parts = [
        {
            "lang": lang,
            "direction": DIRECTIONS.get(lang, "ltr"),
            "said": (said := _wording(lang)),
            "summary": summary(proof, lang),
            "columns": [(name, said(title)) for name, title in COLUMNS],
            "failures": [(one, place(one, lang), said(SAID[one.kind])) for one in proof.failures[:MOST]],
            "unjudged": [(place(one, lang), said(SAID[one.what]), one.text) for one in proof.unjudged],
        }
        for lang in langs
    ]
    template = environment.get_template("report.html")
    return template.render(proof=proof, parts=parts, pictures=_pictures(proof, pdf))


def _pictures(proof: Proof, pdf: Path) -> list[str]:
    """Of each failure that is shown its place on the page, as an image inside the report."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_picture(document, one) if one.page else "" for one in proof.failures[:MOST]]


def _picture(document: pypdfium2.PdfDocument, failure: Failure) -> str:
    page = document[failure.page - 1]
    trim, media = page.get_trimbox(), page.get_mediabox()
    left, top, right, bottom = (side * POINTS for side in failure.box)
    around = AROUND_MM * POINTS
    crop = (
        max(0.0, trim[0] - media[0] + left - around),
        max(0.0, trim[3] - media[1] - bottom - around),
        max(0.0, media[2] - trim[0] - right - around),
        max(0.0, media[3] - trim[3] + top - around),
    )
    out = BytesIO()
    page.render(scale=SCALE, crop=crop).to_pil().convert("L").save(out, "PNG", optimize=True)
    return f"data:image/png;base64,{b64encode(out.getvalue()).decode()}"


def _wording(lang: str) -> Said:
    catalogue: NullTranslations = translations(TRANSLATIONS, lang, "findings")

    def said(words: str, /, **values: Any) -> str:
        return catalogue.gettext(words).format(**values)

    return said
