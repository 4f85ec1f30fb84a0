"""An issue's PDF, opened by others: poppler, PDFium, pikepdf."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import html as lxml_html
from tiny import ROOT, Tiny, tiny

from press.board import contents
from press.compose import prepare
from press.notes import notes_to_the_foot
from press.typeset import TypesetError, Typesetter

THEME = ROOT / "theme"
FACES = {"Amiri", "Reem-Kufi", "Vazirmatn", "Source-Serif-4"}


def pdf_of(site: Tiny, lang: str) -> Path:
    return site.output / lang / "magazine" / "1" / f"defender-1-{lang}.pdf"


def poppler(path: Path, page: int | None = None) -> str:
    """The text (or one page's) as pdftotext reads it, without the directional marks it adds."""
    pages = ["-f", str(page), "-l", str(page)] if page else []
    said = subprocess.run(
        ["pdftotext", *pages, str(path), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    return plain(said)


def pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return plain("\n".join(page.get_textpage().get_text_range() for page in document))


def plain(text: str) -> str:
    text = re.sub("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    return " ".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_pdf_opens_and_is_sound(site: Tiny, lang: str) -> None:
    done = subprocess.run(
        ["qpdf", "--check", str(pdf_of(site, lang))], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("extract", [poppler, pdfium])
def test_arabic_comes_back_in_logical_order(site: Tiny, extract) -> None:
    text = extract(pdf_of(site, "ar"))
    assert "هذه فقرة أولى عن المساواة" in text
    assert "والمساواة" not in text
    assert "ةاواسملا" not in text, "visual order"


def test_a_word_broken_by_markup_is_one_word(site: Tiny) -> None:
    assert "محمدود" in poppler(pdf_of(site, "ar"))


@pytest.mark.parametrize(("lang", "direction"), [("ar", "/R2L"), ("en", "/L2R")])
def test_binding_language_title(site: Tiny, lang: str, direction: str) -> None:
    with pikepdf.open(pdf_of(site, lang)) as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert preferences.Direction == direction
        assert preferences.DisplayDocTitle
        assert str(pdf.Root.Lang) == lang
        assert str(pdf.docinfo["/Title"]) == {"ar": "عدد صغير", "en": "A small issue"}[lang]
        assert "/MarkInfo" in pdf.Root, "tagged"
        assert set(map(str, pdf.docinfo.keys())) == {"/Title", "/Author"}, "nothing else is told"


def test_first_page_is_on_its_side(site: Tiny) -> None:
    """Right-bound: odd pages are left pages, their folio on the left edge; left-bound: on the right."""
    for lang, odd_left in (("ar", True), ("en", False)):
        with pypdfium2.PdfDocument(pdf_of(site, lang)) as document:
            width = document[0].get_width()
            number = next(n for n in range(6, len(document) + 1) if folio(document[n - 1], n) is not None)
            left = folio(document[number - 1], number) < width / 2
            assert left == (odd_left == (number % 2 == 1)), (lang, number)


def folio(page: pypdfium2.PdfPage, number: int) -> float | None:
    """Where the page's own number stands below the text: x in points."""
    text = page.get_textpage()
    height = page.get_height()
    for index in range(text.count_chars()):
        left, _, _, top = text.get_charbox(index)
        if top < height * 0.09 and text.get_text_range(index, len(str(number))) == str(number):
            return float(left)
    return None


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_only_the_themes_fonts(site: Tiny, lang: str) -> None:
    rows = subprocess.run(
        ["pdffonts", str(pdf_of(site, lang))], capture_output=True, encoding="utf-8", check=True
    )
    fonts = [row.split() for row in rows.stdout.splitlines()[2:]]
    assert fonts
    for font in fonts:
        assert any(font[0].partition("+")[2].startswith(face) for face in FACES), font
        assert font[-5:-2] == ["yes", "yes", "yes"], f"embedded, subset, with a text layer: {font}"


def test_bookmarks_and_links(site: Tiny) -> None:
    with pikepdf.open(pdf_of(site, "en")) as pdf:
        with pdf.open_outline() as outline:
            titles = [child.title for item in outline.root for child in item.children]
        assert titles == ["The first article", "The letter of the law"]
        links = [a for page in pdf.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
        assert len(links) >= 4, "the contents lead to the pieces, twice each"


def test_the_board_knows_where_each_piece_began(site: Tiny) -> None:
    pages, openings = contents(pdf_of(site, "en"))
    with pypdfium2.PdfDocument(pdf_of(site, "en")) as document:
        assert pages == len(document)
        for page, title in openings:
            assert title in plain(document[page - 1].get_textpage().get_text_range())
    assert [title for _, title in openings] == ["The first article", "The letter of the law"]


def test_contents_tell_the_page(site: Tiny) -> None:
    with pypdfium2.PdfDocument(pdf_of(site, "en")) as document:
        pages = [plain(page.get_textpage().get_text_range()) for page in document]
    contents = next(text for text in pages if "Contents" in text)
    opening = next(n for n, text in enumerate(pages, 1) if "A first paragraph on equality" in text)
    assert re.search(rf"\b{opening} The first article\b", contents)


def test_footnotes_stand_below_the_column_that_calls_them(site: Tiny) -> None:
    with pypdfium2.PdfDocument(pdf_of(site, "en")) as document:
        page = next(p for p in document if "A first paragraph" in plain(p.get_textpage().get_text_range()))
        text = page.get_textpage()

        def box(words: str) -> tuple[float, ...]:
            index, _ = text.search(words).get_next()
            return text.get_charbox(index)

        note, call = box("A first footnote in English"), box("A first paragraph")
        middle = page.get_width() / 2
        assert note[3] < call[1]
        assert (note[0] < middle) == (call[0] < middle), "in the column that calls it"


def test_the_colophon_and_cover_say_specimen(site: Tiny) -> None:
    with pypdfium2.PdfDocument(pdf_of(site, "en")) as document:
        assert "Specimen issue" in plain(document[0].get_textpage().get_text_range())
        assert "not one of the issues" in plain(document[1].get_textpage().get_text_range())


def test_an_unchanged_issue_is_not_typeset_again(site: Tiny) -> None:
    before = pdf_of(site, "ar").read_bytes()
    run = site.pelican()
    assert run.status == 0, run.said
    assert "typesetting" not in run.said
    assert pdf_of(site, "ar").read_bytes() == before


def test_a_changed_piece_typesets_its_issue_anew_and_alike(tmp_path: Path) -> None:
    house = tiny(tmp_path)
    assert "typesetting 1-ar" in house.pelican().said
    first = pdf_of(house, "ar").read_bytes()
    source = house.here / "content/articles/first.ar.md"
    sound = source.read_text("utf-8")
    source.write_text(sound.replace("جملة تقف وحدها", "جملة أخرى"), "utf-8")
    said = house.pelican().said
    assert "typesetting 1-ar" in said
    assert "typesetting 1-en" not in said, "the other language did not change"
    assert "جملة أخرى" in poppler(pdf_of(house, "ar")) or pdf_of(house, "ar").read_bytes() != first
    source.write_text(sound, "utf-8")
    house.pelican()
    assert pdf_of(house, "ar").read_bytes() == first, "the same sources give the same bytes"


# --- the typesetter's own warnings, each made for real -----------------------------------------


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p><img src='none.png'></p>", "none.png"),
        ("<p style='colour: red'>x</p>", "colour"),
        ("<p><img src='https://example.org/x.png'></p>", "example.org"),
    ],
)
def test_the_typesetters_lines_are_errors(html: str, words: str) -> None:
    with pytest.raises(TypesetError, match=re.escape(words)):
        Typesetter(THEME, ()).typeset(f"<html lang=en><title>t</title>{html}")


def test_a_crash_of_the_typesetter_is_a_message() -> None:
    """WeasyPrint 70 fails an assertion of its own on a floating first letter in columns."""
    css = "div { columns: 2 } p::first-letter { float: left }"
    with pytest.raises(TypesetError, match="could not lay the pages out"):
        Typesetter(THEME, ()).typeset(
            f"<html lang=en><title>t</title><style>{css}</style><div><p>Text</p></div>"
        )


# --- the HTML stage -----------------------------------------------------------------------------


def test_prepare_joins_and_directs() -> None:
    out = prepare("<p>كلمة مح<b>مد</b> في CEDAW/C/LBY/CO/5 هنا</p>", "rtl")
    assert "مح\u200d<b>\u200dمد</b>" in out
    assert re.search(r'<span [^>]*dir="ltr"[^>]*>CEDAW/C/LBY/CO/5</span>', out)


def test_notes_leave_no_list_and_no_way_back() -> None:
    source = (
        '<div><p>Text<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>, more.</p>'
        '<div class="footnote"><hr><ol><li id="fn:1"><p>A <em>note</em>.&#160;'
        '<a class="footnote-backref" href="#fnref:1">↑</a></p><p>Its second paragraph.</p></li></ol></div></div>'
    )
    root = lxml_html.fragment_fromstring(source)
    notes = notes_to_the_foot(root, "piece")
    assert lxml_html.tostring(root, encoding="unicode") == (
        '<div><p>Text<sup class="call" data-note="piece-1"><a id="call-1" href="#note-piece-1">1</a></sup>, more.</p></div>'
    )
    assert [note.text_content() for note in notes] == ["1. A note. Its second paragraph."]
    assert notes[0].get("id") == "note-piece-1"
