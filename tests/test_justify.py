"""Justified lines: flush on both sides by the ink of their letters, and words that say what they said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
import uharfbuzz
from PIL import ImageOps
from test_press import pdfium, plain, poppler
from test_textlayer import restored
from tiny import ROOT

from arabic.kashida import STROKE
from arabic.script import TATWEEL
from press import mends
from press.compose import prepare
from press.justify import MOST_STROKES
from press.typeset import Typesetter

THEME = ROOT / "theme"
TEXTS = {
    "ar": "تنص الاتفاقية على التزام <b>الدول الأطراف</b> بأن تتخذ في جميع الميادين كل التدابير المناسبة، بما فيها "
    "التشريع (CEDAW/C/LBY/CO/5)، لكفالة تطور المرأة وتقدمها الكاملين. اللهم نعم، والله، وبسم الله: تضمن لها "
    "<a>ممارسة حقوق الإنسان</a> والحريات الأساسية في سنة 1410هـ، والتمتع بها على أساس المساواة مع الرجل.",
    "en": "States parties shall take in <b>all fields</b> all appropriate measures, including legislation, to ensure "
    "the full development and <a>advancement of women</a>, guaranteeing them the exercise and enjoyment of human "
    "rights and fundamental freedoms (المساواة) on a basis of equality with men.",
}
FACES = {"ar": "12pt/30px Amiri", "en": "12pt/30px 'Source Serif 4'"}
WIDTHS = (170, 215, 260, 305, 350)
LEFT, LINE, SCALE = 40, 30, 3  # pixels: where lines begin, their height; dots a pixel
BEARING = 2.5  # pixels that a letter may stand off or stick out at an end


def page(lang: str, width: float, more: str = "", text: str = "") -> str:
    direction = "rtl" if lang == "ar" else "ltr"
    text = text or TEXTS[lang]
    return prepare(
        f"<html lang={lang} dir={direction}><head><title>t</title><style>@page {{ size: {width + 2 * LEFT}px 900px; margin: 0 {LEFT}px }}"
        f"html, body {{ margin: 0 }} p {{ margin: 0; font: {FACES[lang]};"
        f"text-align: justify; hyphens: auto; {more} }}</style></head><body><p>{text}</p></body></html>",
        direction,
    )


def typesetter() -> Typesetter:
    return Typesetter(THEME, (THEME / "press" / "fonts.css",))


def ink(pdf: bytes) -> list[tuple[float, float]]:
    """Where the ink of each line begins and ends, in pixels from the left edge of the measure."""
    with pypdfium2.PdfDocument(pdf) as document:
        image = ImageOps.invert(document[0].render(scale=SCALE * 96 / 72).to_pil().convert("L"))
    bands = (
        image.crop((0, top * SCALE, image.width, (top + LINE) * SCALE)) for top in range(0, 900 - LINE, LINE)
    )
    boxes = [band.point(lambda dark: 255 * (dark > 90)).getbbox() for band in bands]
    return [(box[0] / SCALE - LEFT, box[2] / SCALE - LEFT) for box in boxes if box]


def ragged(lines: list[tuple[float, float]], width: float) -> list[tuple[float, float]]:
    """Lines that do not reach both ends of the measure, or go beyond."""
    return [line for line in lines if abs(line[0]) > BEARING or abs(line[1] - width) > BEARING]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", TEXTS)
def test_all_lines_but_the_last_are_flush(lang: str, width: float) -> None:
    *lines, _ = ink(typesetter().typeset(page(lang, width))[0])
    assert len(lines) > 3
    assert not ragged(lines, width)


@pytest.mark.parametrize("lang", TEXTS)
def test_ragged_lines_would_be_seen(lang: str) -> None:
    *lines, _ = ink(typesetter().typeset(page(lang, 260, "text-align: start"))[0])
    assert len(ragged(lines, 260)) > len(lines) / 2


def test_the_typesetter_alone_leaves_arabic_lines_ragged(monkeypatch: pytest.MonkeyPatch) -> None:
    """When this fails, our own measure is only for kashidas."""
    monkeypatch.delitem(mends.MENDS, "justify_line")
    found = [
        line
        for width in WIDTHS
        for line in ragged(ink(typesetter().typeset(page("ar", width))[0])[:-1], width)
    ]
    assert found


def overrun(width: float) -> float:
    """How far a line of kerned capitals goes beyond its measure, in pixels."""
    text = "V V V V V V V W W W W W"
    (line,) = ink(typesetter().typeset(page("en", width, "text-align-last: justify", text))[0])
    return line[1] - width


def test_kerning_with_the_space_does_not_lengthen_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert overrun(400) < 0.2
    monkeypatch.delitem(mends.MENDS, "justify_line")
    assert overrun(400) > 0.8, "when only this fails, English lines may go the typesetter’s way"


@pytest.mark.parametrize("lang", TEXTS)
def test_the_last_line_is_as_it_would_be_ragged(lang: str) -> None:
    """It begins where the lines begin, and is not stretched."""
    for width in WIDTHS:
        last, plain_last = (
            ink(typesetter().typeset(page(lang, width, more))[0])[-1] for more in ("", "text-align: start")
        )
        assert last == pytest.approx(plain_last, abs=0.5)
        assert abs(last[1] - width if lang == "ar" else last[0]) < BEARING


@pytest.mark.parametrize("lang", TEXTS)
def test_the_last_line_of_a_part_is_stretched(lang: str) -> None:
    """`p.cut` in print.css: the paragraph goes on in the next column."""
    lines = ink(typesetter().typeset(page(lang, 260, "text-align-last: justify"))[0])
    assert not ragged(lines, 260)


def test_one_word_is_not_stretched() -> None:
    word = "والمساواة"
    one, other = (
        ink(typesetter().typeset(page("ar", 300, more, word))[0]) for more in ("text-align-last: justify", "")
    )
    assert one == other


# --- gaps --------------------------------------------------------------------------------------


LONG_WORDS = {  # U+2060: no line ends there
    "ar": ("و من ذلك أن", "الاستقلالية\u2060والديمقراطية\u2060والمساواة\u2060بينهن"),
    "en": ("it is", "inter\u2060dependence\u2060indivisibility\u2060oftheserights"),
}


@pytest.mark.parametrize("lang", TEXTS)
def test_lines_full_of_gaps_are_told(lang: str) -> None:
    """A long word that does not break leaves too little on the line before it."""
    little, long = LONG_WORDS[lang]
    text = f"{little} {long} {TEXTS[lang]}"
    justified, ragged_ = (
        typesetter().typeset(page(lang, 250, more, text).replace("<p>", "<p data-b=7>"))[1].loose
        for more in ("hyphens: manual", "text-align: start")
    )
    assert justified[0] == ("7", little)
    assert not ragged_, "nothing is stretched"


# --- marks -------------------------------------------------------------------------------------


def rises(text: str, size: int) -> list[float]:
    """How far marks are raised on the page, in pixels, as the file says."""
    html = f"<html lang=ar dir=rtl><title>t</title><p style='font: {size}px Amiri'>{text}"
    with pikepdf.open(BytesIO(typesetter().typeset(html)[0])) as document:
        operations = pikepdf.parse_content_stream(document.pages[0])
        return sorted(float(operands[0]) for operands, operator in operations if str(operator) == "Ts")


def shaped_rises(text: str, size: int) -> list[float]:
    """The same, as HarfBuzz has it."""
    face = uharfbuzz.Face((THEME / "fonts" / "amiri" / "Amiri-Regular.ttf").read_bytes())
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(face), buffer)
    return sorted(size * place.y_offset / face.upem for place in buffer.glyph_positions if place.y_offset)


MARKED = "كُلٌّ نُّبِّ لَّٰهِ"


def test_marks_are_raised_as_the_face_says(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = shaped_rises(MARKED, 200)
    assert len(expected) > 3
    assert [rise for rise in rises(MARKED, 200) if rise] == pytest.approx(expected, abs=0.1)
    monkeypatch.delitem(mends.MENDS, "draw_first_line")
    assert [rise for rise in rises(MARKED, 200) if rise] != pytest.approx(expected, abs=0.1)


# --- strokes -------------------------------------------------------------------------------------


def words(width: float) -> list[str]:
    """The words of the Arabic text as they are set, strokes and all."""
    document = typesetter()._render(page("ar", width))
    lines = [line for line in walk(document.pages[0]._page_box) if type(line).__name__ == "LineBox"]
    return " ".join("".join(box.text for box in walk(line) if hasattr(box, "text")) for line in lines).split()


def walk(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from walk(child)


@pytest.fixture(scope="module")
def stroked() -> list[str]:
    """Every word that got a stroke in any width."""
    found = [word for width in range(150, 400, 10) for word in words(width) if STROKE in word]
    assert len(found) > 50
    return found


def test_a_word_takes_strokes_in_one_place_and_few(stroked: list[str]) -> None:
    runs = [re.findall(f"(?:{STROKE})+", word) for word in stroked]
    assert {len(found) for found in runs} == {1}
    assert {len(found[0]) // len(STROKE) for found in runs} == set(range(1, MOST_STROKES + 1))


def test_the_name_takes_none(stroked: list[str]) -> None:
    names = {"اللهم", "والله،", "الله:"}
    assert names <= set(TEXTS["ar"].split())
    assert not names & {word.replace(STROKE, "") for word in stroked}


def test_a_line_that_its_spaces_fill_takes_no_strokes() -> None:
    """Wider by a few pixels than its letters: the spaces give them."""
    text = "المساواة بين المرأة والرجل أمام القانون"
    natural = next(
        w for w in range(150, 400) if len(ink(typesetter().typeset(page("ar", w, "", text))[0])) == 1
    )
    for more, wanted in ((2, False), (40, True)):
        html = page("ar", natural + more, "text-align-last: justify", text)
        (line,) = (
            b for b in walk(typesetter()._render(html).pages[0]._page_box) if type(b).__name__ == "LineBox"
        )
        assert (STROKE in "".join(b.text for b in walk(line) if hasattr(b, "text"))) is wanted
        assert not ragged(ink(typesetter().typeset(html)[0]), natural + more)


@pytest.mark.parametrize("width", WIDTHS[::2])
def test_the_text_layer_says_the_words_without_strokes(width: float, tmp_path: Any) -> None:
    assert any(STROKE in word for word in words(width)), "a trial of nothing"
    path = tmp_path / "lines.pdf"
    path.write_bytes(restored(*typesetter().typeset(page("ar", width))))
    for read in (poppler(path), pdfium(path)):
        assert "\u07ff" not in read
        assert read.count(TATWEEL) == 1, "the source's own, in 1410هـ"
        for word in ("الاتفاقية", "المساواة", "الأساسية", "والله", "ممارسة"):
            assert word in plain(read)
