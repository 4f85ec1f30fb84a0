"""Kits of awareness pieces: whole sheets, their own words, their place on the site, and the fold."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import html
from PIL import Image
from test_press import pdf_of, poppler
from tiny import ROOT, Tiny, add_kit, tiny

from magazine.library import load
from magazine.manifest import SHEETS
from magazine.model import Imprint
from press.desk import print_issue
from press.impose import ACROSS_MM, impose
from press.leaves import SHEET_PAGES, paginate
from press.typeset import Typesetter

WORDS = {"ar": ("حقيبة توعوية", "العدد", "ليست مشورة قانونية"), "en": ("Kit", "Issue", "not legal advice")}
A4 = (841.89, 595.28)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The tiny house with a kit, built."""
    house = add_kit(tiny(tmp_path_factory.mktemp("kit")))
    run = house.pelican()
    assert run.status == 0, run.said
    return house


def settings(house: Tiny):
    from pelican.settings import read_settings

    return read_settings(str(house.here / "tinyconf.py"))


def pdf(house: Tiny, lang: str) -> Path:
    return house.output / lang / "kits" / "pupils" / f"defender-kit-pupils-{lang}.pdf"


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_kit_is_whole_sheets_of_a5(house: Tiny, lang: str) -> None:
    with pikepdf.open(pdf(house, lang)) as document:
        assert len(document.pages) % 4 == 0
        assert all(size(page) == (420, 595) for page in document.pages)
        assert str(document.docinfo["/Title"]) == {"ar": "حقيبة صغيرة", "en": "A small kit"}[lang]


def size(page: pikepdf.Page) -> tuple[int, int]:
    return round(float(page.mediabox[2])), round(float(page.mediabox[3]))


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_kit_calls_itself_a_kit(house: Tiny, lang: str) -> None:
    path = pdf(house, lang)
    kit, issue, legal = WORDS[lang]
    with pypdfium2.PdfDocument(path) as document:
        last = len(document)
    for page in (1, 4, last):
        assert kit in poppler(path, page), page
    assert legal in poppler(path, last)
    assert issue not in poppler(path)


@pytest.mark.parametrize(
    ("lang", "contents", "theme"), [("ar", "المحتويات", "للتجربة"), ("en", "Contents", "For a trial")]
)
def test_a_kit_spares_paper(house: Tiny, lang: str, contents: str, theme: str) -> None:
    """Contents and theme inside the cover, the first piece beside them: no imprint, no frontispiece."""
    assert contents in poppler(pdf(house, lang), 2)
    assert theme in poppler(pdf(house, lang), 2)
    assert {"ar": "درس", "en": "A lesson"}[lang] in poppler(pdf(house, lang), 3)


def foot(path: Path, heading: str) -> Image.Image:
    """The lower third of the page with a heading, above its folio; dark is ink."""
    with pypdfium2.PdfDocument(path) as document:
        page = next(n for n in range(1, len(document) + 1) if heading in poppler(path, n))
        seen = document[page - 1].render(scale=6).to_pil().convert("L")
    return seen.crop((0, int(seen.height * 0.65), seen.width, int(seen.height * 0.9)))


def inked(picture: Image.Image) -> float:
    """How much of it is ink."""
    return sum(picture.histogram()[:160]) / (picture.width * picture.height)


def rules(picture: Image.Image) -> int:
    """Lines that go through its middle."""
    middle = [picture.getpixel((picture.width // 2, y)) < 160 for y in range(picture.height)]
    return sum(now and not before for before, now in pairwise(middle))


@pytest.mark.parametrize(("lang", "heading"), [("ar", "الصكوك المستشهد بها"), ("en", "Instruments cited")])
def test_a_kit_closes_with_lines_to_write_on(house: Tiny, lang: str, heading: str) -> None:
    """Below the list of instruments an issue has a cloth: a kit is copied, and toner is dear."""
    assert inked(foot(pdf_of(house, lang), heading)) > 0.2
    closing = foot(pdf(house, lang), heading)
    assert inked(closing) < 0.05
    assert rules(closing) >= 4


def test_a_kit_is_the_same_twice(house: Tiny) -> None:
    first = pdf(house, "ar").read_bytes()
    shutil.rmtree(Imprint.from_settings(settings(house)).cache / "press")
    assert print_issue(settings(house), "pupils", "ar", house.here / "again")[0].read_bytes() == first


def test_spare_pages_are_for_notes_and_stand_before_the_back(house: Tiny) -> None:
    path = pdf(house, "en")
    with pypdfium2.PdfDocument(path) as document:
        notes = [n for n in range(1, len(document) + 1) if poppler(path, n).startswith("Notes")]
        assert len(notes) < 4
        assert notes == list(range(len(document) - len(notes), len(document)))


def made_up(pieces: int, spares: Sequence[str] = ("note",)) -> list[str]:
    """The words of each page of a document of so many pages, spare ones, and a back."""
    leaves = "".join(f"<section class=leaf>{number}</section>" for number in range(1, pieces + 1))
    text = "<section data-columns=1><header></header><div class=text><p>Text</p></div></section>"
    spare = "".join(f"<section class='ruled leaf' data-spare=''>{words}</section>" for words in spares)
    back = "<section class=leaf>back</section>"
    html = (
        f"<html lang=en><head><title>t</title>{FRAME}</head><body>{leaves}{text}{spare}{back}</body></html>"
    )
    typesetter = Typesetter(ROOT / "theme", ())
    made, _ = typesetter.typeset(paginate(html, typesetter.measure, lambda *_: "")[0])
    with pypdfium2.PdfDocument(made) as document:
        return [page.get_textpage().get_text_range().strip() for page in document]


FRAME = """<style>
@page { size: 100mm 100mm; margin: 0 } @page galley { size: 100mm 200000mm }
.leaf { break-before: page } .galley body { page: galley }
p { margin: 0; line-height: 5mm }
.probe-page { width: 100mm; height: 100mm } .probe-column { width: 100mm; height: 1px } .probe-line { height: 5mm }
</style>"""


@pytest.mark.parametrize("pieces", range(1, 6))
def test_pages_for_notes_are_as_many_as_make_whole_sheets(pieces: int) -> None:
    words = made_up(pieces)
    notes = words.count("note")
    assert len(words) % SHEET_PAGES == 0
    assert notes < SHEET_PAGES
    first = [str(number) for number in range(1, pieces + 1)]
    assert words == [*first, "Text", *["note"] * notes, "back"]


def test_spare_pages_follow_each_other_in_turn() -> None:
    assert made_up(3, ("warp", "weft")) == ["1", "2", "3", "Text", "warp", "weft", "warp", "back"]


def test_a_kit_stands_with_the_awareness_pieces_and_not_in_the_magazine(house: Tiny) -> None:
    for lang in ("ar", "en"):
        for path in ("awareness/index.html", "tracks/schools/index.html"):
            root = html.document_fromstring(house.page(f"{lang}/{path}"))
            links = [a.get("href").rpartition("/")[2] for a in root.cssselect(".kits a")]
            assert links == ["defender-kit-pupils-ar.pdf", "defender-kit-pupils-en.pdf"]
            assert len(root.cssselect(".kits .size")) == 2
        for path in ("tracks/art/index.html", "news/index.html", "tags/cedaw/index.html"):
            assert not html.document_fromstring(house.page(f"{lang}/{path}")).cssselect(".kits")
        wall = html.document_fromstring(house.page(f"{lang}/magazine/index.html"))
        assert len(wall.cssselect(".covers > li")) == 1
        assert "pupils" not in house.page(f"{lang}/index.html")
    assert "pupils" not in house.page("sitemap.xml")


def test_a_piece_in_a_kit_alone_is_in_no_issue(house: Tiny) -> None:
    root = html.document_fromstring(house.page("en/awareness/lesson/index.html"))
    assert not root.cssselect(".in-issue")


def test_a_kits_art_comes_from_its_name(house: Tiny) -> None:
    (kit,) = load(Imprint.from_settings(settings(house)))[0].kits
    assert (kit.name, kit.number, kit.sheet) == ("pupils", None, "A5")
    assert kit.seed == kit.seed > 0


def test_the_press_prints_a_kit_by_name_with_its_sheets(house: Tiny) -> None:
    made = print_issue(settings(house), "pupils", "ar", house.here / "dist")
    assert [path.name for path in made] == ["defender-kit-pupils-ar.pdf", "defender-kit-pupils-ar-sheets.pdf"]
    assert made[0].read_bytes() == pdf(house, "ar").read_bytes()
    with pikepdf.open(made[0]) as small, pikepdf.open(made[1]) as large:
        assert len(large.pages) * 2 == len(small.pages)
        assert [float(x) for x in large.pages[0].mediabox[2:]] == pytest.approx(A4, abs=0.1)
    done = subprocess.run(["qpdf", "--check", str(made[1])], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


# --- the fold -----------------------------------------------------------------------------------


def numbered(count: int) -> bytes:
    """So many pages of A5, each with its number large in the middle."""
    style = (
        "@page { size: A5; margin: 80mm 0 0 } p { text-align: center; break-after: page; font-size: 40pt }"
    )
    body = (
        "".join(f"<p>{number}</p>" for number in range(1, count))
        + f"<p style='break-after: auto'>{count}</p>"
    )
    html = f"<html lang=en><title>t</title><style>{style}</style>{body}"
    return Typesetter(ROOT / "theme", ()).typeset(html)[0]


def halves(sheets: bytes) -> list[tuple[int, int]]:
    """The number on the left and on the right half of each side, by where its glyphs stand."""
    found = []
    with pypdfium2.PdfDocument(sheets) as document:
        for page in document:
            middle = page.get_width() / 2
            text = page.get_textpage()
            glyphs = [(text.get_charbox(i)[0], text.get_text_range(i, 1)) for i in range(text.count_chars())]
            sides = (
                [c for x, c in sorted(glyphs) if (x < middle) == left and c.isdigit()]
                for left in (True, False)
            )
            left, right = (int("".join(side)) for side in sides)
            found.append((left, right))
    return found


def read(sides: list[tuple[int, int]], right_bound: bool) -> list[int]:
    """Fold the pile and turn its pages: the numbers as a reader meets them.

    A sheet lies with its outer side down; of its two leaves the first is the one that stands, outer
    side up, where the front of a book is: on the left half when it is bound on the right.
    """
    front, back = [], []
    for outer, inner in zip(sides[::2], sides[1::2], strict=True):
        first, last = (outer[0], outer[1]) if right_bound else (outer[1], outer[0])
        # Turned over the short edge, the back of a left half is the right half of the other side.
        behind_first, before_last = (inner[1], inner[0]) if right_bound else (inner[0], inner[1])
        front += [first, behind_first]
        back = [before_last, last, *back]
    return front + back


@pytest.mark.parametrize("right_bound", [True, False])
@pytest.mark.parametrize("pages", [4, 8, 12])
def test_folded_it_reads_from_the_first_page_to_the_last(pages: int, right_bound: bool) -> None:
    sheets = impose(numbered(pages), "A5", right_bound)
    assert read(halves(sheets), right_bound) == list(range(1, pages + 1))


def test_where_the_front_stands() -> None:
    assert halves(impose(numbered(4), "A5", True)) == [(1, 4), (3, 2)], "Arabic: the spine is on the right"
    assert halves(impose(numbered(4), "A5", False)) == [(4, 1), (2, 3)]


def test_every_sheet_can_be_folded() -> None:
    assert set(ACROSS_MM) == set(SHEETS)
    for sheet, (width, _) in SHEETS.items():
        assert ACROSS_MM[sheet] >= 2 * width


def test_sheets_are_a4_and_the_same_twice() -> None:
    first, again = (impose(numbered(4), "A5", True) for _ in range(2))
    assert first == again
    with pikepdf.open(BytesIO(first)) as document:
        for page in document.pages:
            assert [float(x) for x in page.mediabox[2:]] == pytest.approx(A4, abs=0.1)
        assert document.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
