"""The proof catches what it must: each fault is made for real, in HTML that is typeset or in the PDF."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import arabic_reshaper
import pikepdf
import pytest
from bidi import get_display
from fontTools.ttLib import TTFont
from tiny import ROOT

from press.typeset import Typesetter
from proof.prove import prove_passages
from proof.report import to_html, to_json
from proof.source import Passage
from proof.verdict import Proof

THEME = ROOT / "theme"
SENTENCE = "تكتب المدافعات عن حقوق النساء في ليبيا كل شهر"
MIXED = "انضمت ليبيا إلى اتفاقية سيداو في 16 مايو 1989"


def proven(pdf: bytes, said: str, here: Path, rtl: bool = True) -> Proof:
    path = here / "line.pdf"
    path.write_bytes(pdf)
    return prove_passages(path, [Passage(said, rtl, "line.md")], THEME / "fonts")


def typeset(text: str, style: str = "font: 14pt Amiri", direction: str = "rtl") -> bytes:
    lang = "ar" if direction == "rtl" else "en"
    html = f'<html lang={lang} dir={direction}><title>t</title><p style="{style}">{text}</p>'
    return Typesetter(THEME, (THEME / "press" / "fonts.css",)).typeset(html)[0]


def kinds(proof: Proof) -> set[str]:
    return {failure.kind for failure in proof.failures}


SOUND = {
    "plain": (SENTENCE, "font: 14pt Amiri", "rtl"),
    "kufi": (SENTENCE, "font: 500 24pt Reem Kufi", "rtl"),
    "small": (SENTENCE, "font: 10pt Vazirmatn", "rtl"),
    "vowelled": ("كَتَبَتْ مُدافِعاتٌ رضًا حُرًّا", "font: 14pt Amiri", "rtl"),
    "lam-alef": ("لا إلا الأعداد الأولى والآن", "font: 14pt Amiri", "rtl"),
    "Arabic-Indic figures": ("في ١٦ مايو ١٩٨٩", "font: 14pt Amiri", "rtl"),
    "European figures": (MIXED, "font: 14pt Amiri", "rtl"),
    "brackets": ("قالت (في ليبيا) نعم", "font: 14pt Amiri", "rtl"),
    "English": ("Women defenders write (in Libya) each month.", "font: 10pt 'Source Serif 4'", "ltr"),
}


@pytest.mark.parametrize("name", SOUND)
def test_sound_lines_are_proven(name: str, tmp_path: Path) -> None:
    text, style, direction = SOUND[name]
    proof = proven(typeset(text, style, direction), text, tmp_path, direction == "rtl")
    assert proof.holds, proof.failures
    assert proof.total.words == len(text.split())


def test_latin_words_in_arabic_and_arabic_words_in_english(tmp_path: Path) -> None:
    html = """في اتفاقية <span dir=ltr style='font-family: "Source Serif 4"'>CEDAW (1979)</span> تقول"""
    assert proven(typeset(html), "في اتفاقية CEDAW (1979) تقول", tmp_path).holds
    html = "the word <span dir=rtl lang=ar style='font-family: Amiri'>حق النساء</span> means"
    english = typeset(html, "font: 10pt 'Source Serif 4'", "ltr")
    assert proven(english, "the word حق النساء means", tmp_path, rtl=False).holds


@pytest.mark.parametrize("face", ["Amiri", "Vazirmatn"])
def test_a_word_in_two_faces_is_proven(face: str, tmp_path: Path) -> None:
    html = "وكلمة مح\u200d<b>\u200dمد</b>ود هنا"
    assert proven(typeset(html, f"font: 14pt {face}"), "وكلمة محمدود هنا", tmp_path).holds


def test_lengthened_words_are_proven_and_counted(tmp_path: Path) -> None:
    said = " ".join([SENTENCE] * 6)
    narrow = "font: 14pt Amiri; text-align: justify; width: 150px"
    proof = proven(typeset(said, narrow), said, tmp_path)
    assert proof.holds, proof.failures
    assert proof.total.kashida > 3


FAULTS: dict[str, tuple[str, str, set[str]]] = {
    "reshaped input": (arabic_reshaper.reshape(SENTENCE), "font: 14pt Amiri", {"shape"}),
    "reversed input": (get_display(arabic_reshaper.reshape(SENTENCE)), "font: 14pt Amiri", {"shape"}),
    "letter-spacing": (SENTENCE, "font: 14pt Amiri; letter-spacing: .03em", {"place", "shape"}),
    "joining off": (
        SENTENCE,
        "font: 14pt Amiri; font-feature-settings: 'init' 0, 'medi' 0, 'fina' 0",
        {"shape"},
    ),
    "an element inside a word": (
        SENTENCE.replace("المدافعات", "المد<b>ا</b>فع<b>ات</b>"),
        "font: 14pt Amiri",
        {"shape"},
    ),
    "a lost letter": (SENTENCE.replace("المدافعات", "المدافعت"), "font: 14pt Amiri", {"shape"}),
    "a lost word": (SENTENCE.replace("حقوق ", ""), "font: 14pt Amiri", {"missing"}),
    "words exchanged": (SENTENCE.replace("عن حقوق", "حقوق عن"), "font: 14pt Amiri", {"order"}),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_of_the_text_are_caught(name: str, tmp_path: Path) -> None:
    text, style, expected = FAULTS[name]
    proof = proven(typeset(text, style), SENTENCE, tmp_path)
    assert not proof.holds
    assert kinds(proof) & expected, proof.failures
    assert '"holds": false' in to_json(proof)


def test_a_fallback_font_is_caught(tmp_path: Path) -> None:
    proof = proven(typeset(SENTENCE, "font: 14pt DejaVu Sans"), SENTENCE, tmp_path)
    assert "font" in kinds(proof)


def test_the_wrong_base_direction_is_caught(tmp_path: Path) -> None:
    said = "نعم، في CEDAW و ICCPR."
    wrong = typeset(said, "font: 14pt Vazirmatn", "ltr")
    assert proven(typeset(said, "font: 14pt Vazirmatn"), said, tmp_path).holds
    assert kinds(proven(wrong, said, tmp_path)) & {"order", "shape"}


def edited(pdf: bytes, change: Callable[[list[Any]], list[Any]]) -> bytes:
    """The PDF with what its first text array holds changed."""
    with pikepdf.open(BytesIO(pdf)) as document:
        instructions: list[Any] = []
        for operands, operator in pikepdf.parse_content_stream(document.pages[0]):
            if str(operator) == "TJ":
                instructions.append(([pikepdf.Array(change(list(operands[0])))], operator))
            else:
                instructions.append((operands, operator))
        document.pages[0].Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def with_glyphs(change: Callable[[list[int]], list[int]]) -> Callable[[list[Any]], list[Any]]:
    """Other glyphs in the same places."""

    def changed(items: list[Any]) -> list[Any]:
        places = [n for n, item in enumerate(items) if isinstance(item, pikepdf.String) and bytes(item)]
        gids = [int.from_bytes(bytes(items[n]), "big") for n in places]
        for place, gid in zip(places, change(gids), strict=True):
            items[place] = pikepdf.String(gid.to_bytes(2, "big"))
        return items

    return changed


def test_runs_exchanged_in_the_file_are_caught(tmp_path: Path) -> None:
    sound = typeset(SENTENCE)
    assert proven(edited(sound, with_glyphs(lambda gids: gids)), SENTENCE, tmp_path).holds
    proof = proven(edited(sound, with_glyphs(lambda gids: gids[::-1])), SENTENCE, tmp_path)
    assert "shape" in kinds(proof)


def objects(pdf: bytes, change: Callable[[list[Any]], list[Any]]) -> bytes:
    """The PDF with what its text objects draw changed: the arrays of all of them, in their order."""
    with pikepdf.open(BytesIO(pdf)) as document:
        instructions = [
            (list(one.operands), one.operator) for one in pikepdf.parse_content_stream(document.pages[0])
        ]
        shown = [at for at, (_, operator) in enumerate(instructions) if str(operator) == "TJ"]
        arrays = change([instructions[at][0] for at in shown])
        for at, operands in zip(shown, arrays, strict=True):
            instructions[at] = (operands, instructions[at][1])
        document.pages[0].Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def test_runs_of_a_line_exchanged_are_caught(tmp_path: Path) -> None:
    """What stands to the right of the Latin run and what stands to its left change places."""
    html = "تمام <span dir=ltr>CEDAW</span> كلام"
    sound = typeset(html, "font: 14pt Vazirmatn")
    assert proven(objects(sound, lambda arrays: arrays), "تمام CEDAW كلام", tmp_path).holds
    swapped = objects(sound, lambda arrays: [arrays[-1], *arrays[1:-1], arrays[0]])
    assert kinds(proven(swapped, "تمام CEDAW كلام", tmp_path)) & {"order", "shape"}


def test_words_that_are_not_drawn_are_missing(tmp_path: Path) -> None:
    """Text in the rendering mode of a text layer: a program finds it, a reader of paper doesn't."""
    with pikepdf.open(BytesIO(typeset(SENTENCE))) as document:
        content = document.pages[0].Contents.read_bytes()
        document.pages[0].Contents = document.make_stream(content.replace(b"BT", b"BT 3 Tr"))
        out = BytesIO()
        document.save(out)
    proof = proven(out.getvalue(), SENTENCE, tmp_path)
    assert not proof.holds
    assert kinds(proof) == {"missing"}


def test_a_glyph_drawn_otherwise_than_the_theme_draws_it_is_caught(tmp_path: Path) -> None:
    """The embedded font has the right glyphs, one of them with another's outline."""
    with pikepdf.open(BytesIO(typeset(SENTENCE))) as document:
        (font,) = document.pages[0].Resources.Font.values()
        program = font.DescendantFonts[0].FontDescriptor
        face = TTFont(BytesIO(program.FontFile2.read_bytes()))
        drawn = [name for name in face.getGlyphOrder() if face["glyf"][name].numberOfContours > 0]
        face["glyf"][drawn[-1]] = face["glyf"][drawn[-2]]
        changed = BytesIO()
        face.save(changed)
        program.FontFile2 = document.make_stream(changed.getvalue())
        out = BytesIO()
        document.save(out)
    assert "font" in kinds(proven(out.getvalue(), SENTENCE, tmp_path))


def test_a_missing_glyph_is_caught(tmp_path: Path) -> None:
    proof = proven(edited(typeset(SENTENCE), with_glyphs(lambda gids: [0, *gids[1:]])), SENTENCE, tmp_path)
    assert "notdef" in kinds(proof)


def test_an_unmirrored_bracket_is_caught(tmp_path: Path) -> None:
    said = "قالت (في ليبيا) نعم"
    font = TTFont(THEME / "fonts" / "amiri" / "Amiri-Regular.ttf")
    left, right = (font.getGlyphID(font.getBestCmap()[ord(char)]) for char in "()")

    def turned(gids: list[int]) -> list[int]:
        return [{left: right, right: left}.get(gid, gid) for gid in gids]

    proof = proven(edited(typeset(said), with_glyphs(turned)), said, tmp_path)
    assert "shape" in kinds(proof)


def test_a_moved_mark_is_caught_and_shown(tmp_path: Path) -> None:
    said = "كَتَبَتْ مُدافِعاتٌ"

    # A number before a glyph moves it, one after it takes the pen back.
    def moved(items: list[Any]) -> list[Any]:
        at = next(
            n for n, item in enumerate(items) if not isinstance(item, pikepdf.String) and abs(item) > 50
        )
        items[at], items[at + 2] = float(items[at]) - 30, float(items[at + 2]) + 30
        return items

    proof = proven(edited(typeset(said), moved), said, tmp_path)
    assert "place" in kinds(proof)
    assert "data:image/png" in to_html(proof, tmp_path / "line.pdf")
