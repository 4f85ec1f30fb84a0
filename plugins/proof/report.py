"""The proof on paper: JSON for machines, one self-contained page of HTML for a printer and an editor."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import asdict
from html import escape
from io import BytesIO
from pathlib import Path

import pypdfium2

from proof.prove import Failure, Proof, Tally

SCALE = 3.0  # of a point: pixels of a picture
ROUND = 6.0  # millimetres around a place
MM = 72 / 25.4
MOST_PICTURES = 100
SAID = {
    "font": "a font or glyph that is not the theme’s",
    "notdef": "a missing glyph",
    "shape": "other glyphs than the source’s",
    "place": "a glyph out of its place",
    "form": "a letter in the wrong form",
    "order": "words in the wrong order",
    "lost": "a word of the line is lost",
    "unknown": "words that the source does not have",
    "missing": "words of the source that the file does not have",
}
STYLE = (
    "body{font:15px/1.6 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse}td,th{padding:.1em .8em;text-align:end;border-bottom:1px solid #ccc}"
    "img{max-width:100%;border:1px solid #999}article{border-top:2px solid #900;margin:1.5em 0}"
    "[dir=auto]{font-size:1.2em}code{overflow-wrap:anywhere}"
)


def to_json(proof: Proof) -> str:
    """Totals, pages, failures."""
    told = {
        "edition": proof.edition,
        "holds": proof.holds,
        "total": _tally(proof.total),
        "pages": [_tally(page) for page in proof.pages],
        "fonts": dict(proof.fonts),
        "failures": [asdict(failure) for failure in proof.failures],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _tally(tally: Tally) -> dict[str, int]:
    return asdict(tally) | {"unproven": tally.words - min(tally.shaped, tally.ordered)}


def to_html(proof: Proof, pdf: Path) -> str:
    """The report, each failure with a picture of its place."""
    total = proof.total
    verdict = "Proven" if proof.holds else "NOT PROVEN"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(proof.edition)}</title>'
        f"<style>{STYLE}</style><h1>Shaping proof: {escape(proof.edition)}</h1>"
        f"<p><strong>{verdict}.</strong> {total.words} words; "
        f"shaped as uharfbuzz shapes them {total.shaped}; "
        f"in the order of python-bidi {total.ordered}; of {total.letters} Arabic words in the forms of "
        f"arabic-reshaper {total.formed}; lengthened by a stroke {total.kashida}; "
        f"the theme’s own {total.furniture}.</p>"
        + "".join(_failures(proof, pdf))
        + _pages(proof)
        + "</html>\n"
    )


def _pages(proof: Proof) -> str:
    names = ("page", "words", "shaped", "letters", "formed", "ordered", "kashida", "furniture")
    head = "".join(f"<th>{name}</th>" for name in names)
    rows = "".join(
        "<tr>" + "".join(f"<td>{getattr(page, name)}</td>" for name in names) + "</tr>"
        for page in proof.pages
    )
    return f"<h2>Pages</h2><table><tr>{head}</tr>{rows}</table>"


def _failures(proof: Proof, pdf: Path) -> Iterator[str]:
    if not proof.failures:
        return
    yield f"<h2>Failures: {len(proof.failures)}</h2>"
    with pypdfium2.PdfDocument(pdf) as document:
        for number, failure in enumerate(proof.failures):
            picture = _picture(document, failure) if failure.page and number < MOST_PICTURES else ""
            yield (
                f"<article><h3>{escape(SAID[failure.kind])}</h3><p>Page {failure.page}, "
                f"{' '.join(map(str, failure.box))} mm · {escape(failure.where)}</p>{picture}"
                f'<p dir="auto">{escape(failure.expected)}</p>'
                f"<p><code>{escape(failure.found)}</code></p></article>"
            )


def _picture(document: pypdfium2.PdfDocument, failure: Failure) -> str:
    """The place on its page, as an image inside the report."""
    page = document[failure.page - 1]
    media, trim = page.get_mediabox(), page.get_trimbox()
    left, bottom, right, top = (side * MM for side in failure.box)
    x, y = trim[0] - media[0], trim[1] - media[1]
    around = ROUND * MM
    crop = (
        max(0.0, x + left - around),
        max(0.0, y + bottom - around),
        max(0.0, page.get_width() - x - right - around),
        max(0.0, page.get_height() - y - top - around),
    )
    out = BytesIO()
    page.render(scale=SCALE, crop=crop).to_pil().convert("L").save(out, "PNG", optimize=True)
    return f'<img alt="" src="data:image/png;base64,{b64encode(out.getvalue()).decode()}">'
