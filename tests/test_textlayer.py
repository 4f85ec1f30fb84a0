"""The text layer: what is copied or searched for is what the source says, in both extractors.

Each case is first shown to fail without the layer, so that a better typesetter would be noticed.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from test_press import pdfium, poppler
from tiny import ROOT

from press.textlayer import Record, restore
from press.typeset import Typesetter

THEME = ROOT / "theme"
PAGE = '<html lang=ar dir=rtl><title>t</title><p style="font: {face}; {more}">{text}</p>'
CASES = (
    ("600 24pt Reem Kufi", "كيف تمضي الشكوى", "letters of a bare form and dots"),
    ("14pt Amiri", "كَتَبَتْ مُدافِعاتٌ رضًا حرًّا", "marks over letters"),
    ("14pt Amiri", "التعريف بالطريق إلى الحرية", "letters kept apart by a kern"),
    ("14pt Vazirmatn", "لا إلا الأعداد الأولى", "a glyph that says two letters"),
)


def typeset_line(face: str, text: str, more: str = "") -> tuple[bytes, Record]:
    page = PAGE.format(face=face, text=text, more=more)
    return Typesetter(THEME, (THEME / "press" / "fonts.css",)).typeset(page)


def restored(pdf: bytes, record: Record) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        restore(document, record)
        out = BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def read(tmp_path: Path, pdf: bytes) -> tuple[str, str]:
    path = tmp_path / "line.pdf"
    path.write_bytes(pdf)
    return poppler(path), pdfium(path)


@pytest.mark.parametrize(("face", "text", "why"), CASES, ids=[case[2] for case in CASES])
def test_both_extractors_read_the_source(face: str, text: str, why: str, tmp_path: Path) -> None:
    pdf, record = typeset_line(face, text)
    assert set(read(tmp_path, pdf)) != {text}, f"{why}: without the layer one of them was wrong"
    assert read(tmp_path, restored(pdf, record)) == (text, text)


def test_english_is_left_as_it_was(tmp_path: Path) -> None:
    text = "The office of the first affidavit"
    pdf, record = typeset_line("12pt 'Source Serif 4'", text, "direction: ltr")
    assert read(tmp_path, restored(pdf, record)) == (text, text)


@pytest.mark.parametrize(("face", "text"), [case[:2] for case in CASES])
def test_what_is_seen_stays(face: str, text: str) -> None:
    """Pixels at 144 dpi: only edges may differ, by less than half of their darkness."""
    pdf, record = typeset_line(face, text)
    before, after = (picture(data) for data in (pdf, restored(pdf, record)))
    assert dark(before) > 300, "there is something to see"
    assert changed(before, after) <= 0.02 * dark(before)


def picture(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=2).to_pil().convert("L")


def dark(image: Image.Image) -> int:
    """Pixels of ink."""
    return sum(image.histogram()[:128])


def changed(before: Image.Image, after: Image.Image) -> int:
    """Pixels that are ink in one and paper in the other."""
    return sum(ImageChops.difference(before, after).histogram()[129:])


def test_a_shifted_outline_would_be_seen() -> None:
    """The comparison above can fail: half a point is enough."""
    one = typeset_line("14pt Amiri", "مدافعات")[0]
    other = typeset_line("14pt Amiri", "مدافعات", "padding-right: .5pt")[0]
    before, after = picture(one), picture(other)
    assert changed(before, after) > 0.02 * dark(before)


def test_same_in_same_out() -> None:
    assert restored(*typeset_line(*CASES[1][:2])) == restored(*typeset_line(*CASES[1][:2]))


def test_a_record_of_another_page_is_refused() -> None:
    pdf, _ = typeset_line("14pt Amiri", "مدافعات")
    _, record = typeset_line("14pt Amiri", "محاميات")
    with pytest.raises(ValueError, match="stands where"):
        restored(pdf, record)


def test_a_glyph_too_many_is_refused() -> None:
    pdf, record = typeset_line("14pt Amiri", "مدافعات")
    record.drawn.append(record.drawn[-1])
    with pytest.raises(ValueError, match="more glyphs"):
        restored(pdf, record)
