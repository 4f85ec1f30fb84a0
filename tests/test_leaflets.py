"""Leaflets: any awareness piece as four pages on one sheet."""

from __future__ import annotations

import re
from ctypes import create_string_buffer
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pelican.settings import read_settings
from pypdfium2.raw import FPDFText_GetFontInfo
from test_house_rules import refusal
from test_press import plain
from tiny import BODY, ROOT, Tiny, add_kit, tiny

from magazine.errors import MagazineError
from magazine.library import load
from magazine.model import Imprint, Library
from press import leaflet
from press.leaflet import STEPS, print_leaflets
from press.makeup import Block, Frame, make_up

LIMITS = {"ar": 10, "en": 8.6}  # points: what leaflet.css promises
NOTES = {"ar": "ملاحظات", "en": "Notes"}
PARAGRAPH = {"ar": "جملة بعد جملة في ورقة طويلة. ", "en": "Sentence after sentence on a long leaflet. "}
# Every awareness piece of the house, by its file.
PIECES = sorted(path.name[:-3].rsplit(".", 1) for path in (ROOT / "content/awareness").glob("*.md"))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The tiny house with two awareness pieces."""
    return add_kit(tiny(tmp_path_factory.mktemp("leaflet")))


def printed(house: Tiny, slug: str, lang: str) -> list[Path]:
    settings = read_settings(str(house.here / "tinyconf.py"))
    return list(print_leaflets(settings, slug, lang, house.here / "dist"))


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [plain(page.get_textpage().get_text_range()) for page in document]


def boxes(path: Path) -> set[tuple[int, int]]:
    with pikepdf.open(path) as document:
        return {(round(float(p.mediabox[2])), round(float(p.mediabox[3]))) for p in document.pages}


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_short_piece_fills_four_pages(house: Tiny, lang: str) -> None:
    """Title in front; the text with the instruments and the notice below it; pages for notes."""
    small, sheet = printed(house, "lesson", lang)
    title, first, instruments, legal = {
        "ar": ("درس", "هذه فقرة أولى", "الصكوك المستشهد بها", "ليست مشورة قانونية"),
        "en": ("A lesson", "A first paragraph", "Instruments cited", "not legal advice"),
    }[lang]
    pages = texts(small)
    assert len(pages) == 4
    assert boxes(small) == {(420, 595)}
    assert title in pages[0]
    for words in (first, instruments, legal):
        assert words in pages[1]
    assert pages[2:] == [NOTES[lang]] * 2
    assert (len(texts(sheet)), boxes(sheet)) == (2, {(842, 595)})


def test_a_leaflet_is_the_same_twice(house: Tiny) -> None:
    first, again = ([path.read_bytes() for path in printed(house, "lesson", "ar")] for _ in range(2))
    assert first == again


@pytest.mark.parametrize(("lang", "front_is_left"), [("ar", True), ("en", False)])
def test_the_front_stands_where_the_fold_puts_it(house: Tiny, lang: str, front_is_left: bool) -> None:
    _, sheet = printed(house, "lesson", lang)
    with pypdfium2.PdfDocument(sheet) as document:
        outer = document[0]
        text = outer.get_textpage()
        title = {"ar": "درس", "en": "A lesson"}[lang]
        index, _ = text.search(title).get_next()
        assert (text.get_charbox(index)[0] < outer.get_width() / 2) == front_is_left


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_longer_piece_is_set_smaller(house: Tiny, lang: str) -> None:
    """Of ever longer pieces the last that can be a leaflet is not set in the first size."""
    body = {"ar": 230, "en": 200}[lang]
    house.piece(f"content/awareness/longer.{lang}.md", "x", PARAGRAPH[lang] * body, "track: schools\n")
    imprint = Imprint.from_settings(read_settings(str(house.here / "tinyconf.py")))
    library = load(imprint)[0]
    piece = library.pieces["longer", lang]
    edition = leaflet._edition(piece, library)
    typesetter = leaflet._typesetter(library, lang)
    made = [leaflet._made_up(edition, library, typesetter, step)[1] for step in (0, STEPS - 1)]
    assert [leaflet._count(text) for text in made] == [5, 4]
    assert len(texts(printed(house, "longer", lang)[0])) == 4


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_too_long_a_piece_says_by_how_much(house: Tiny, lang: str) -> None:
    path = f"content/awareness/endless.{lang}.md"
    house.piece(path, "x", PARAGRAPH[lang] * 450, "track: schools\n")
    with pytest.raises(MagazineError) as problem:
        printed(house, "endless", lang)
    assert str(problem.value).startswith(f"{path}: in the smallest size the leaflet is ")
    (pages,) = re.findall(r"is (\d+) page\(s\) too long", str(problem.value))
    assert int(pages) >= 2


def test_what_no_page_holds_is_a_finding(house: Tiny) -> None:
    body = "Text.\n\n/// facts | Too many\n" + "- one more\n" * 120 + "///\n"
    house.piece("content/awareness/tall.en.md", "Tall", body, "track: schools\n")
    with pytest.raises(MagazineError, match=r"content/awareness/tall\.en\.md:\d+.*P012"):
        printed(house, "tall", "en")


@pytest.mark.parametrize("closing", [True, False])
def test_what_closes_stands_below_the_last_columns(closing: bool) -> None:
    """Any other block across the columns may stand above them, or on a page of its own."""
    places = set()
    for lines in range(20, 40):
        blocks = [Block("text", (2,) * lines), Block("wide", (20,), closing=closing)]
        *before, last = make_up(blocks, Frame(columns=1, height=72))[0]
        assert not any(page.above or page.below for page in before)
        places.add("above" if last.above else "below")
    assert places == ({"below"} if closing else {"above", "below"})


def test_the_sizes_go_down_to_what_can_be_read() -> None:
    css = (ROOT / "theme/press/leaflet.css").read_text("utf-8")
    for lang, limit in LIMITS.items():
        found = re.findall(rf"\.set-(\d):lang\({lang}\) \{{ --p-text-size: ([\d.]+)pt", css)
        assert [int(step) for step, _ in found] == list(range(STEPS))
        sizes = [float(size) for _, size in found]
        assert sizes == sorted(sizes, reverse=True)
        assert sizes[-1] == limit


def test_only_awareness_pieces_have_leaflets() -> None:
    for slug in ("about", "no-such-piece"):
        said = refusal("invoke", "leaflet", slug)
        assert f"no awareness piece is called {slug}; there are: a-friend-leaves-school" in said


def test_what_the_piece_links_to_is_named_at_its_end(house: Tiny) -> None:
    body = BODY["en"] + "\nSee [another](piece:first) and [the other](piece:drawing).\n"
    house.piece("content/awareness/linking.en.md", "Linking", body, "track: schools\n")
    text = texts(printed(house, "linking", "en")[0])[1]
    assert "On the magazine’s site The first article A drawing" in text


@pytest.fixture(scope="module")
def library() -> Library:
    return load(Imprint.from_settings(read_settings(str(ROOT / "pelicanconf.py"))))[0]


@pytest.mark.parametrize(("slug", "lang"), PIECES)
def test_every_awareness_piece_makes_a_leaflet(
    library: Library, tmp_path: Path, slug: str, lang: str
) -> None:
    piece = library.pieces[slug, lang]
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(leaflet.leaflet(piece, library))
    pages = texts(path)
    assert len(pages) == 4
    assert boxes(path) == {(420, 595)}
    assert "".join(piece.title.split()[:2]) in "".join(pages[0].split())
    last = max(number for number, text in enumerate(pages) if text != NOTES[lang])
    faces = faces_from(path, last, {"ar": "الصكوك المستشهد", "en": "Instruments cited"}[lang])
    assert all("Vazirmatn" in face for face in faces), "below the columns stands no text of the piece"


def faces_from(path: Path, page: int, words: str) -> set[str]:
    """The faces of all glyphs on a page that stand no higher than these words."""
    with pypdfium2.PdfDocument(path) as document:
        text = document[page].get_textpage()
        index, _ = text.search(words).get_next()
        top = text.get_charbox(index, loose=True)[3]
        below = [i for i in range(text.count_chars()) if text.get_charbox(i, loose=True)[3] <= top + 0.1]
        return {face for i in below if (face := face_of(text, i)) and text.get_text_range(i, 1).strip()}


def face_of(text: pypdfium2.PdfTextPage, index: int) -> str:
    name = create_string_buffer(128)
    FPDFText_GetFontInfo(text, index, name, len(name), None)
    return name.value.decode()


def test_no_line_is_stretched(library: Library) -> None:
    """Columns are too narrow for it: not in a paragraph, and not where one is cut between columns."""
    style = ":root { --p-ink: #000; --p-sheet-width: 148mm; --p-sheet-height: 210mm }"
    text = "<p class='{}' style='width: 60mm'>Two words</p>"
    html = f"""<html lang=en class="sheet-A5 leaflet"><title>t</title><style>{style}</style>
        <div class="leaf piece two"><div class=text>{text.format("cut")}{text.format("whole")}</div></div>"""
    pages = leaflet._typesetter(library, "en")._render(html).pages
    boxes = [box for page in pages for box in page._page_box.descendants(placeholders=True)]
    lines = [box for box in boxes if getattr(box, "text", "") == "Two words"]
    assert len(lines) == 2
    assert not any(box.justification_spacing for box in lines)
