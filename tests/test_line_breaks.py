"""Where lines break around links and calls: the typesetter's faults there, and our mends, in every width."""

from __future__ import annotations

from importlib import import_module

import pytest
from lxml import html as lxml_html
from tiny import ROOT

from press import mends
from press.compose import prepare, style_sheets
from press.ties import NBSP, tie, wrap_ties
from press.typeset import Typesetter

THEME = ROOT / "theme"
WIDTHS = range(180, 430)
TEXTS = {
    (
        "ar",
        "tied",
    ): "على الدولة أن تشجع فرصًا ملائمة للنشاط الثقافي: حقوق الطفل،\u00a0<a>المادة\u00a0<span>31(2)</span></a>.",
    (
        "ar",
        "free",
    ): "على الدولة أن تشجع فرصًا ملائمة للنشاط الثقافي: حقوق الطفل، <a>المادة\u00a0<span>31(2)</span></a>.",
    (
        "en",
        "tied",
    ): "Tell her where the parent is, unless that would harm the child:\u00a0<a>article\u00a09(4)</a>.",
    (
        "en",
        "free",
    ): "Tell her where the parent is, unless that would harm the child: <a>article\u00a09(4)</a>.",
    (
        "ar",
        "call",
    ): "على الدولة أن تشجع فرصًا ملائمة للنشاط.<sup><a>1</a></sup> ولها ما بعده في السطر الآخر كله.",
    (
        "en",
        "call",
    ): "Tell her where the parent is, please.<sup><a>1</a></sup> Then there is another line of it.",
}


def ill(lang: str, text: str) -> list[str]:
    """Lines of a word or two before the last, or that begin with a call: their width and words."""
    blocks = "".join(f"<p data-b='{w}' style='width: {w}px; hyphens: none'>{text}</p>" for w in WIDTHS)
    style = "@page { size: 200mm 200000mm; margin: 0 } p { font: 12px Vazirmatn }"
    direction = "rtl" if lang == "ar" else "ltr"
    sheets = style_sheets(THEME, lang)[:1]
    measures = Typesetter(THEME, tuple(sheets)).measure(
        f"<html lang={lang} dir={direction}><title>t</title><style>{style}</style>{blocks}"
    )
    found = []
    for width in WIDTHS:
        lines = [line.text for line in measures[str(width)].lines]
        found += [f"{width}: {line}" for line in lines[:-1] if len(line) < width / 15]
        found += [f"{width}: {line}" for line in lines if line[0] == "1"]
    return found


@pytest.mark.parametrize(("lang", "kind"), TEXTS)
def test_lines_end_well_before_links_and_calls(lang: str, kind: str) -> None:
    assert not ill(lang, TEXTS[lang, kind])


# The mend that each kind of text needs. What justified lines and marks need is in test_justify.
MEND = {"tied": "split_first_line", "free": "split_first_line", "call": "can_break_text"}


@pytest.mark.parametrize(("lang", "kind"), TEXTS)
def test_without_its_mend_they_break_ill(monkeypatch: pytest.MonkeyPatch, lang: str, kind: str) -> None:
    """When this fails, the mend may go."""
    monkeypatch.delitem(mends.MENDS, MEND[kind])
    assert ill(lang, TEXTS[lang, kind])


def test_every_mend_has_such_a_test() -> None:
    assert {*MEND.values(), "justify_line", "draw_first_line"} == set(mends.MENDS)


def test_mends_leave_nothing_behind() -> None:
    """Not even when the layout fails."""

    def now() -> dict[str, object]:
        return {name: getattr(import_module(module), name) for name, (module, _) in mends.MENDS.items()}

    before = now()
    with pytest.raises(ZeroDivisionError), mends.mended():
        assert not before.items() & now().items()
        raise ZeroDivisionError
    assert now() == before


@pytest.mark.parametrize(
    "paragraph",
    [
        "One word after another.",
        "One word after <a>another</a> says more.",
        "One word after <a>another</a> (page 11) says more.",
        "One word after another <a>of it</a>.",
        "One word after <a>another</a> more.",
        "One word after <a>another</a>, incomprehensibly.",
        "كلمة بعد كلمة ثم <a>كلمة</a> (ص 11) كلام أطول.",
    ],
)
def test_tying_changes_no_words(paragraph: str) -> None:
    root = lxml_html.fragment_fromstring(f"<div><p>{paragraph}</p></div>")
    before = root.text_content()
    tie(root)
    wrap_ties(root)
    assert root.text_content().replace("\u00a0", " ") == before


TITLES = (
    ("feature", "Forty-odd years of a convention", "of a convention"),
    ("feature", "Equality, article by article", "by article"),
    ("review", "Resolution\u00a01325, read slowly", "read slowly"),
    ("feature", "بضع وأربعون سنة من عمر اتفاقية", "من عمر اتفاقية"),
    ("feature", "What is this", ""),
)


@pytest.mark.parametrize(("template", "title", "end"), TITLES)
def test_the_end_of_a_title_is_one_piece(template: str, title: str, end: str) -> None:
    header = f"<header class='opening'><h1>{title}</h1></header>"
    root = lxml_html.fragment_fromstring(f"<div><article class='piece {template}'>{header}</article></div>")
    tie(root)
    heading = root.find(".//h1")
    assert heading is not None
    assert heading.text_content().replace(NBSP, " ") == title.replace(NBSP, " ")
    assert "".join(whole.text_content() for whole in heading).replace(NBSP, " ") == end


LONG = "والسؤال قريب منا، وهذا المقال عن هذا الفاعل، فما الذي عليه بالضبط؟"
TIED = (
    (f"{LONG} فليبيا دولة طرف بانضمامها إليها في 16 مايو 1989.", "16 مايو 1989.", "a date at the end"),
    (f"{LONG} نصها في المادة 12 من الاتفاقية", "المادة 12", "a number and what it counts"),
    ("Nobody else may say it for her, and Libya acceded to it on 16 May.", "16 May.", "a short last word"),
)


@pytest.mark.parametrize(("text", "tied", "why"), TIED, ids=[case[2] for case in TIED])
def test_what_is_tied_is_never_parted(text: str, tied: str, why: str) -> None:
    direction = "rtl" if "ل" in text else "ltr"
    blocks = "".join(f"<p data-b='{w}' style='width: {w}px; hyphens: none'>{text}</p>" for w in WIDTHS)
    style = "@page { size: 200mm 200000mm; margin: 0 } p { font: 12px Vazirmatn }"
    page = f"<html dir={direction}><title>t</title><style>{style}</style>{blocks}"
    sheets = tuple(style_sheets(THEME, "ar"))
    parted = {
        name
        for name, measure in Typesetter(THEME, sheets).measure(prepare(page, direction)).items()
        if not any(tied in line.text.replace(NBSP, " ") for line in measure.lines)
    }
    assert not parted


def test_the_marks_of_a_list_are_no_lines() -> None:
    text = "<ul><li data-b='1'>One line.</li></ul>"
    measures = Typesetter(THEME, ()).measure(f"<html lang=en><title>t</title>{text}")
    assert [line.text for line in measures["1"].lines] == ["One line."]
