"""Charts, data, options and references: on the screen, and in a PDF that was really typeset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from lxml import html
from PIL import Image
from test_press import pdf_of, pdfium, plain, poppler
from tiny import ROOT, Tiny, tiny

from checks import check
from checks.pictures import ORIENTATION, WIDTHS, pixels
from magazine.data import Data, cell, read
from magazine.library import load
from magazine.manifest import SHEETS
from magazine.markup import Rendered, render
from magazine.model import Imprint, Library
from magazine.options import OPTIONS
from web.reader import WebLinks

LANGS = ("ar", "en")
PARTS = """ar: الجزء,en: Part,ar: عدد المواد | en: Number of articles
الأسس,Foundations,6
الحياة العامة,Public life,12345.5
القانون والأسرة,Law and family,–
"""
YEARS = """ar: السنة | en: Year;ar: نساء | en: Women;ar: رجال | en: Men
1988;12,5%;50%
1989;30%;0.25%
1990;20%;7%
"""
DATES = """ar: المعاهدة,en: Treaty,ar: الاعتماد | en: Adopted,ar: الانضمام | en: Acceded
سيداو,CEDAW,1979,1989
الطفل,Child,1989,1993
"""
SHARES = """ar: البلد | en: Country,ar: أول | en: One,ar: ثان | en: Two,ar: ثالث | en: Three,ar: رابع | en: Four
A,1,2,3,4
B,4,3,2,1
"""
FILES = {"parts": PARTS, "years": YEARS, "dates": DATES, "shares": SHARES}
CHARTS = """/// chart | Bars
data: images/parts.csv
id: parts
///

/// chart | Columns
data: images/years.csv
kind: columns
///

/// chart | Dots
data: images/dates.csv
kind: dots
///

/// chart | Stacked
data: images/shares.csv
kind: stacked
///

/// table | Table
data: images/dates.csv
width: wide
///

| a | b | c |
|:--|:-:|--:|
| 1 | 2 | 3 |
"""
# The words around a reference; the target's chart is pages behind its opening.
LINKS = {
    "ar": "قبل [القانون](piece:law-piece) بعد. ثم [الرسم](piece:law-piece#parts) هنا. و[الخبر](piece:post) غائب. و[أدناه](#parts)، و[المادة 1](law:cedaw/1).\n\n",
    "en": "Before [the law](piece:law-piece) after. Then [the chart](piece:law-piece#parts) here. And [the post](piece:post) is absent. And [below](#parts), and [article 1](law:cedaw/1).\n\n",
}
FILLER = {"ar": "فقرة تملأ الصفحة بكلام لا يعني شيئًا. " * 30, "en": "A paragraph that fills the page. " * 30}
# What each language shows of the files, in the cells of tables.
SHOWN = {
    "ar": ["الأسس", "الحياة العامة", "12.345,5", "12,5%", "0,25%", "نساء", "المعاهدة", "الاعتماد", "1979", "رابع"],
    "en": ["Foundations", "Public life", "12,345.5", "12.5%", "0.25%", "Women", "Treaty", "Adopted", "1979", "Four"],
}  # fmt: skip


@pytest.fixture(scope="module")
def charted(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """A house whose two articles have every kind of chart, built with its PDFs."""
    house = tiny(tmp_path_factory.mktemp("charted"))
    for name, content in FILES.items():
        house.write(f"content/articles/images/{name}.csv", content)
    for lang, title in (("ar", "المقال الأول"), ("en", "The first article")):
        more = "category: feature\n"
        house.piece(f"content/articles/first.{lang}.md", title, LINKS[lang] + CHARTS, more)
        far = f"{FILLER[lang]}\n\n" * 9 + CHARTS
        house.piece(f"content/articles/law-piece.{lang}.md", f"{title}: 2", far, more)
    run = house.pelican()
    assert run.status == 0, run.said
    return house


@pytest.fixture(scope="module")
def library(charted: Tiny) -> Library:
    return library_of(charted)


def library_of(house: Tiny) -> Library:
    from pelican.settings import read_settings

    return load(Imprint.from_settings(read_settings(str(house.here / "tinyconf.py"))))[0]


def article(charted: Tiny, lang: str) -> html.HtmlElement:
    return html.document_fromstring(charted.page(f"{lang}/articles/first/index.html"))


def figures(charted: Tiny, lang: str) -> dict[str, html.HtmlElement]:
    """The figures of the first article by their captions."""
    root = article(charted, lang)
    captioned = [figure for figure in root.iter("figure") if figure.findtext("figcaption")]
    return {figure.findtext("figcaption"): figure for figure in captioned}


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


# --- on the screen ------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_is_a_table_with_hidden_marks(charted: Tiny, lang: str) -> None:
    charts = [f for f in figures(charted, lang).values() if "chart" in f.get("class").split()]
    assert len(charts) == 4
    for chart in charts:
        assert chart.findall(".//table/thead/tr/th[@scope='col']")
        assert chart.findall(".//table/tbody/tr/th[@scope='row']")
        marks = chart.findall(".//svg")
        assert marks
        for svg in marks:
            assert svg.get("aria-hidden") == "true"
            assert not svg.text_content().strip(), "words stand in cells"
            assert svg.get("viewbox") is None


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_needs_a_style_attribute(charted: Tiny, lang: str) -> None:
    """A strict policy forbids inline styles; the marks have presentational attributes only."""
    root = article(charted, lang)
    assert not root.xpath("//*[@style or @align]")
    assert not root.findall(".//body//style")
    assert root.xpath("//td[@class='align-end']/text()") == ["3"]
    assert root.xpath("//td[@class='align-center']/text()") == ["2"]


@pytest.mark.parametrize("lang", LANGS)
def test_one_file_fills_both_languages(charted: Tiny, lang: str) -> None:
    shown = " ".join(map(words, figures(charted, lang).values()))
    for text in SHOWN[lang]:
        assert text in shown
    other = {"ar": "Foundations", "en": "الأسس"}[lang]
    assert other not in shown


def test_bars_grow_from_the_start_of_the_line(charted: Tiny) -> None:
    for lang, base in (("ar", "100%"), ("en", "0%")):
        bars = list(figures(charted, lang)["Bars"].iter("line"))
        assert [bar.get("x1") for bar in bars] == [base, base], "the third has no number"
        assert [bar.get("x2") for bar in bars][1] == {"ar": "0%", "en": "100%"}[lang]


@pytest.mark.parametrize("lang", LANGS)
def test_a_value_alone_stands_at_the_foot_of_its_bar(charted: Tiny, lang: str) -> None:
    shown = figures(charted, lang)
    kinds = {
        name: [cell.get("class") for cell in shown[name].find(".//tbody/tr")] for name in ("Bars", "Dots")
    }
    assert kinds == {"Bars": [None, "value alone", "bar"], "Dots": [None, "bar", "value", "value"]}


def test_dots_stand_on_a_scale_whose_ends_are_told(charted: Tiny) -> None:
    for lang, first in (("ar", 97.0), ("en", 3.0)):
        dots = figures(charted, lang)["Dots"]
        assert [words(end) for end in dots.find_class("scale")[0]] == ["1979", "1993"]
        places = [float(dot.get("cx").rstrip("%")) for dot in dots.findall(".//tbody//circle")]
        assert places[0] == first
        assert places[1] == places[2], "1989 and 1989"
        assert places[3] == 100 - first


def test_four_series_differ_without_colour(charted: Tiny) -> None:
    stacked = figures(charted, "en")["Stacked"]
    row = stacked.find(".//tbody/tr")
    looks = {(mark.tag, mark.get("stroke-dasharray"), mark.get("fill")) for mark in row.iter("line", "rect")}
    assert len(looks) == 4
    keys = [key[0] for key in stacked.find_class("key")]
    assert {(key.tag, key.get("stroke-dasharray"), key.get("fill")) for key in keys} == looks
    colours = {mark.get("stroke") for mark in stacked.iter("line", "rect")}
    assert colours == {"currentColor"}


@pytest.mark.parametrize("lang", LANGS)
def test_what_needs_room_is_wide(charted: Tiny, lang: str) -> None:
    shown = figures(charted, lang)
    wide = {caption for caption, figure in shown.items() if "wide" in figure.get("class").split()}
    assert wide == {"Stacked", "Table"}, "four series, and what its editor asked for"


def rendered(house: Tiny, body: str) -> Rendered:
    house.piece("content/news/sly.en.md", "Sly", body)
    library = library_of(house)
    return render(library.pieces["sly", "en"], library, WebLinks(library))


def test_no_attribute_of_html_gets_through(house: Tiny) -> None:
    """The Blocks interface takes `attrs`; the renderer does not, whatever the checks say."""
    for block in ("note | t", "figure"):
        page = rendered(
            house, f'/// {block}\n    attrs: {{onclick: "alert(1)", class: sly}}\n\nText.\n///'
        ).html
        assert "onclick" not in page
        assert "sly" not in page
        assert "Text." in page


def test_options_stand_in_either_language(house: Tiny) -> None:
    page = rendered(
        house, "/// صورة | x\nعرض: واسع\nمعرّف: here\n![y](images/z.svg)\n\nCaption: *this*.\n///"
    ).html
    figure = html.fragment_fromstring(page)
    assert (figure.get("class"), figure.get("id")) == ("figure wide", "here")
    assert words(figure.find("figcaption")) == "Caption: this. x"


def test_a_files_words_are_not_markdown(house: Tiny) -> None:
    house.write("content/news/images/d.csv", "ar: أ,en: A,ar: ب | en: *B*\nx,<b>_y_</b>,1\n")
    page = rendered(house, "/// table\ndata: images/d.csv\n///").html
    assert "*B*" in page
    assert "&lt;b&gt;_y_&lt;/b&gt;" in page


# --- data -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("12.5%", 12.5),
        ("12 %", 12),
        ("٣٫٥٪", 3.5),
        ("0.125", 0.125),
        ("1,234", None),
        ("1.234", None),
        ("-3", None),
        ("12 years", None),
        ("", None),
    ],
)
def test_numbers(text: str, number: float | None) -> None:
    assert cell(text).number == number
    assert cell(text).percent == (number is not None and text[-1] in "%٪")


@pytest.mark.parametrize(
    "content",
    [
        "ar: أ,en: Part,ar: ع | en: Count\nأ,One,1\nب,Two,2\n",
        "\ufeffar: أ;en: Part;ar: ع | en: Count\r\nأ;One;1\r\nب;Two;2\r\n",
        "ar: أ\ten: Part\ten: Count | ar: ع\n\nأ\tOne\t1\nب\tTwo\t2\n\n",
        '"ar: أ","en: Part","ar: ع|en:Count"\n"أ",One,1\nب,"Two","2"\n',
    ],
    ids=["commas", "semicolons of a spreadsheet", "tabs and empty lines", "quotes"],
)
def test_files_as_spreadsheets_write_them(house: Tiny, content: str) -> None:
    house.write("content/articles/images/d.csv", content)
    library = library_of(house)
    data, found = read("images/d.csv", library.pieces["first", "en"], library.imprint)
    assert not found
    assert data.head == ("Part", "Count")
    assert [[one.text for one in row.cells] for row in data.rows] == [["One", "1"], ["Two", "2"]]


def test_a_file_that_is_not_there_is_no_data(library: Library) -> None:
    assert read("images/none.csv", library.pieces["first", "en"], library.imprint) == (Data(), [])


def test_real_twins_name_the_same_data() -> None:
    """Both languages of the magazine's own charts come from the same files."""
    named = re.compile(r"^(?:data|بيانات): *(\S+)$", re.M)
    seen = 0
    for path in sorted((ROOT / "content").glob("*/*.ar.md")):
        twin = path.with_name(path.name.replace(".ar.", ".en."))
        files = named.findall(path.read_text("utf-8"))
        assert named.findall(twin.read_text("utf-8")) == files, path.name
        seen += len(files)
    assert seen >= 7


@pytest.mark.parametrize("guide", ["CONTRIBUTING.md", "CONTRIBUTING.ar.md"])
def test_the_guides_know_every_option(guide: str) -> None:
    text = re.sub("[\u064b-\u0652]", "", (ROOT / guide).read_text("utf-8"))
    for option in OPTIONS.values():
        for name in option.names:
            assert f"`{name}: " in text, name
        for value in option.values or ():
            assert f"{value}`" in text, value


def test_every_sheet_has_its_widths_as_the_press_sets_them() -> None:
    """What the check of pictures counts with is what the style sheet says."""
    assert set(WIDTHS) == set(SHEETS)
    css = (ROOT / "theme/press/tokens.css").read_text("utf-8")
    for sheet, (column, wide) in WIDTHS.items():
        own = re.search(rf"\.sheet-{sheet} {{(.*?)}}", css)
        tokens = dict(re.findall(r"(--p-[a-z]+): (\d+)mm", css[: css.index("}")]))
        tokens |= dict(re.findall(r"(--p-[a-z]+): (\d+)mm", own[1])) if own else {}
        assert int(tokens["--p-column"]) == column
        assert SHEETS[sheet][0] - 2 * int(tokens["--p-side"]) == wide


def picture(width: int, height: int, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    out = BytesIO()
    Image.new("L", (width, height), 128).save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photograph_is_measured_as_it_is_seen(tmp_path: Path) -> None:
    """Phones turn pictures by a mark in the file."""
    for orientation, seen in ((1, (40, 20)), (6, (20, 40))):
        path = tmp_path / f"{orientation}.jpg"
        path.write_bytes(picture(40, 20, orientation))
        assert pixels(path) == seen


@pytest.mark.parametrize(
    ("place", "size", "found"),
    [
        ("articles/first", (956, 700), 1),
        ("articles/first", (957, 700), 0),
        ("articles/first", (460, 920), 1),
        ("articles/first", (461, 922), 0),  # tall: 78 mm high, 39 mm wide
        ("news/post", (40, 40), 0),
    ],
)
def test_pictures_of_issues_have_pixels_enough(
    house: Tiny, place: str, size: tuple[int, int], found: int
) -> None:
    house.write(f"content/{place.partition('/')[0]}/images/x.jpg", picture(*size))
    more = "category: feature\n" if place.startswith("articles") else ""
    house.piece(f"content/{place}.en.md", "x", "/// figure\n![y](images/x.jpg)\n///", more)
    codes = [item.code for item in check(library_of(house)) if item.code.startswith("B")]
    assert codes == ["B027"] * found


# --- on paper -----------------------------------------------------------------------------------


@pytest.mark.parametrize("extract", [poppler, pdfium])
@pytest.mark.parametrize("lang", LANGS)
def test_labels_and_values_are_text_in_the_pdf(charted: Tiny, lang: str, extract) -> None:
    text = extract(pdf_of(charted, lang))
    for shown in SHOWN[lang]:
        assert shown in text, shown
    assert not {"19791993", "19931979"} & set(text.split()), "the ends of a scale are two numbers"


class Pages:
    """A PDF's pages with the places of their letters, in points from the left."""

    def __init__(self, path: Path) -> None:
        self.document = pypdfium2.PdfDocument(path)
        self.texts = [page.get_textpage() for page in self.document]

    def find(self, words: str) -> Iterator[tuple[int, float, float]]:
        """Page, left and right edge of each place where the words stand."""
        for number, text in enumerate(self.texts, 1):
            search = text.search(words)
            while found := search.get_next():
                boxes = [text.get_charbox(i) for i in range(found[0], sum(found))]
                yield number, min(box[0] for box in boxes), max(box[2] for box in boxes)

    def lines(self) -> Iterator[dict[str, float]]:
        """The words of each line with their left edges."""
        for text in self.texts:
            rows: dict[int, dict[str, float]] = {}
            for left, bottom, right, top in (text.get_rect(i) for i in range(text.count_rects())):
                word = text.get_text_bounded(left, bottom, right, top).strip()
                rows.setdefault(round(bottom), {})[word] = left
            yield from rows.values()


@pytest.fixture(scope="module")
def pages(charted: Tiny) -> dict[str, Pages]:
    return {lang: Pages(pdf_of(charted, lang)) for lang in LANGS}


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_category_stands_at_the_start(pages: dict[str, Pages], lang: str) -> None:
    years = ("1988", "1989", "1990")
    line = next(line for line in pages[lang].lines() if all(year in line for year in years))
    lefts = [line[year] for year in years]
    assert lefts == sorted(lefts, reverse=lang == "ar")
    assert len(set(lefts)) == 3


@pytest.mark.parametrize("lang", LANGS)
def test_a_chart_fits_its_column_and_a_wide_one_the_page(pages: dict[str, Pages], lang: str) -> None:
    narrow = extent(pages[lang], {"ar": ("المعاهدة", "الانضمام"), "en": ("Treaty", "Acceded")}[lang])
    wide = extent(pages[lang], {"ar": ("البلد", "رابع"), "en": ("Country", "Four")}[lang])
    assert 70 < narrow <= 81.5
    assert 160 < wide <= 168.5


def extent(pages: Pages, ends: tuple[str, str]) -> float:
    """From the edge of the first words to the other edge of the second, in millimetres."""
    _, left, right = next(pages.find(ends[0]))
    _, other_left, other_right = next(pages.find(ends[1]))
    return (max(right, other_right) - min(left, other_left)) / 72 * 25.4


def opening(charted: Tiny, lang: str, words: str) -> int:
    """The page on which words first stand, as both extractors' common reader counts."""
    with pypdfium2.PdfDocument(pdf_of(charted, lang)) as document:
        texts = [plain(page.get_textpage().get_text_range()) for page in document]
    return next(number for number, text in enumerate(texts, 1) if words in text)


@pytest.mark.parametrize("lang", LANGS)
def test_a_reference_tells_the_page_that_is_there(charted: Tiny, pages: dict[str, Pages], lang: str) -> None:
    text = poppler(pdf_of(charted, lang))
    told = [int(n) for n in re.findall({"ar": r"\(ص\W*(\d+)", "en": r"\(page (\d+)\)"}[lang], text)]
    piece = opening(charted, lang, FILLER[lang][:30])
    captions = [page for page, _, _ in pages[lang].find("Bars")]
    assert told == [piece, captions[-1]], "the piece, and the chart in it; no piece of another issue"
    assert captions[-1] > piece


def test_the_brackets_of_an_arabic_page_stand_around_it(charted: Tiny, pages: dict[str, Pages]) -> None:
    """From right to left: bracket, ص, number, bracket, all on one line."""
    told = opening(charted, "ar", FILLER["ar"][:30])
    page = opening(charted, "ar", "القانون")
    text = pages["ar"].texts[page - 1]
    drawn = [(text.get_text_range(i, 1), text.get_charbox(i)) for i in range(text.count_chars())]
    at = next(i for i, (letter, _) in enumerate(drawn) if letter == "ص" and drawn[i - 1][0] in "()")
    (_, place), row = drawn[at], drawn[at - 1 : at + 6]
    digits = [box[0] for letter, box in row if letter.isdigit()]
    brackets = sorted(box[0] for letter, box in row if letter in "()")[-2:]
    assert "".join(letter for letter, _ in row if letter.isdigit()) == str(told)
    assert brackets[0] < min(digits) <= max(digits) < place[0] < brackets[1]
    heights = [box[1] for letter, box in row if letter.isdigit() or letter in "()"]
    assert max(heights) - min(heights) < 6


def test_an_own_place_is_found_in_the_issue(charted: Tiny, library: Library) -> None:
    from press.compose import compose

    issue = library.issues[0]
    root = html.document_fromstring(compose(library.edition(issue, "en"), library))
    own = next(link for link in root.iter("a") if words(link) == "below")
    assert own.get("href") == "#first--parts"
    assert root.get_element_by_id("first--parts").tag == "figure"
    paragraph = own.getparent()
    told = [words(see) for see in paragraph.find_class("see")]
    assert told == ["(page )", "(page )"], (
        "the two links to a piece of the issue; numbers come in typesetting"
    )
    assert [link.get("href") for link in paragraph.find_class("page-of")] == [
        "#law-piece",
        "#law-piece--parts",
    ]
    assert "the post is absent" in words(paragraph)
    wide = [figure.findtext("figcaption") for figure in root.iter("figure") if "wide" in figure.get("class")]
    assert set(wide) == {"Stacked", "Table"}
