"""Numbers that the source does not write: of pages, in contents and references, of pages' feet, of lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import ROOT

from press.typeset import Typesetter
from proof.prove import prove_passages
from proof.source import ANY, FIRST, Passage
from proof.verdict import Proof

THEME = ROOT / "theme"
TITLE, WORDS = "حق النساء", "نقرأ المقال"
PAGES = """<html lang=ar dir=rtl><title>t</title>
<style>@page {{ size: A5; margin: 30mm }} body {{ font: 11pt Vazirmatn }} section {{ break-before: page }}
.foot {{ position: absolute; bottom: -10mm }} .contents {{ position: relative; padding-right: 20mm }}
.contents b {{ position: absolute; right: 0; font-weight: 400 }} ol {{ padding: 0 10mm }}</style>
<p>غلاف</p>
<section><p class=contents><b>{contents}</b> حق النساء</p>
<p>نقرأ المقال (ص&nbsp;{reference})</p><p class=foot>{foot}</p></section>
<section><h1 style="font-size: 20pt">حق النساء</h1>
<ol>{entries}</ol><p class=foot>3</p></section>"""
SAID = [
    Passage("غلاف", True, "theme", "furniture", least=0, most=None),
    Passage(TITLE, True, "piece.md", most=None),
    Passage(f"{WORDS} (ص\u00a0{chr(FIRST)})", True, "piece.md"),
    Passage("أول", True, "piece.md", item="1"),
    Passage("ثانٍ", True, "piece.md", item="2"),
    Passage(ANY, True, "theme", "furniture", least=0, most=None),
]
SOUND = {"contents": "3", "reference": "3", "foot": "2", "entries": "<li>أول<li>ثانٍ"}
WRONG = {
    "contents": {"contents": "2"},
    "a reference": {"reference": "4"},
    "a page's foot": {"foot": "1"},
    "a list": {"entries": "<li style='counter-set: list-item 2'>أول<li>ثانٍ"},
}


def proven(here: Path, numbers: dict[str, str], said: list[Passage]) -> Proof:
    pdf, _ = Typesetter(THEME, (THEME / "press" / "fonts.css",)).typeset(PAGES.format(**numbers))
    path = here / "pages.pdf"
    path.write_bytes(pdf)
    return prove_passages(path, said, THEME / "fonts", titles=[TITLE])


def test_right_numbers_are_proven_and_counted(tmp_path: Path) -> None:
    proof = proven(tmp_path, SOUND, SAID)
    assert proof.holds, proof.failures
    assert proof.references == 2
    assert not proof.unjudged


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_number_is_caught(name: str, tmp_path: Path) -> None:
    proof = proven(tmp_path, SOUND | WRONG[name], SAID)
    assert not proof.holds
    assert {failure.kind for failure in proof.failures} == {"number"}


def test_a_page_whose_title_stands_nowhere_is_not_judged(tmp_path: Path) -> None:
    said = [Passage(TITLE, True, "piece.md"), *(one for one in SAID if one.text != TITLE)]
    proof = proven(tmp_path, SOUND, [*said, Passage(TITLE, True, "other.md")])
    assert [(one.what, one.page) for one in proof.unjudged] == [("reference", 2)]


def test_a_missing_word_is_told_with_its_line() -> None:
    lines = ("---", "title: x", "---", "", "كلمة أولى.", "", "نقرأ [المقال](piece:x) الآن")
    passage = Passage("نقرأ المقال الآن", True, "content/x.ar.md", lines=lines)
    assert passage.at("المقال الآن") == "content/x.ar.md:7"
    assert passage.at("CEDAW") == "content/x.ar.md"
