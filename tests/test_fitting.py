"""Measured galleys and the pages made of them, with the real typesetter, read by others from the PDF."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement
from pelican.settings import read_settings
from test_press import plain
from tiny import ISSUE, Tiny, tiny

from magazine.errors import MagazineError
from magazine.library import load
from magazine.model import Edition, Imprint, Library
from press.compose import compose, style_sheets
from press.desk import print_issue
from press.finish import finish
from press.fitting import CONTENT, TEXTS, Fitted, TablesCutError, fit
from press.galley import BLOCK, LINES, matters
from press.leaves import paginate
from press.makeup import Block, Frame, make_up
from press.measures import Line, Measured, Measures
from press.typeset import TypesetError, Typesetter

LANGS = ["ar", "en"]
WORDS = {
    "ar": "المساواة أمام القانون حق لكل امرأة، وتنص الاتفاقية على التزام الدولة باحترامه وحمايته، وعلى أن "
    "تقدم الدول الأطراف تقارير عن التدابير التي اتخذتها لإعمال هذه الحقوق وعن التقدم المحرز فيها",
    "en": "equality before the law is a right of every woman and the convention obliges each state to respect "
    "and protect it, while states parties undertake to submit reports on the legislative, judicial and "
    "administrative measures which they have adopted to give effect to its provisions",
}
MARKED = {
    "ar": ("**{}**", "[{}](term:discrimination)", "«{}»", "{} CEDAW/C/LBY/CO/5", "{} في المادة 16"),
    "en": ("**{}**", "[{}](term:discrimination)", "“{}”", "{} المساواة", "{} in article 16"),
}
SEE = {"ar": r"ص ?(\d+)", "en": r"\(page (\d+)\)"}


def prose(lang: str, words: int, seed: int, mark: bool = True) -> str:
    """Words of the language, some of them marked up."""
    chance = random.Random(seed)
    made = []
    for _ in range(words):
        word = chance.choice(WORDS[lang].split())
        made.append(chance.choice(MARKED[lang]).format(word) if mark and chance.random() < 0.08 else word)
    return " ".join(made) + "."


def paragraphs(lang: str, count: int, seed: int, mark: bool = True) -> str:
    return "\n\n".join(prose(lang, 20 + 13 * at % 60, seed + at, mark) for at in range(count))


@dataclass(frozen=True)
class Set:
    """An edition as it was set."""

    edition: Edition
    library: Library
    html: str
    fitted: Sequence[Fitted]
    typesetter: Typesetter
    measured: list[str] = field(default_factory=list)  # the galleys

    @cached_property
    def tree(self) -> HtmlElement:
        return lxml_html.document_fromstring(self.html)

    @cached_property
    def leaves(self) -> list[HtmlElement]:
        return list(self.tree.find_class("leaf"))

    @cached_property
    def pdf(self) -> bytes:
        pdf, record = self.typesetter.typeset(self.html)
        return finish(pdf, record, self.edition, self.library.imprint)

    @cached_property
    def texts(self) -> list[str]:
        """The text of each page as PDFium reads it."""
        with pypdfium2.PdfDocument(BytesIO(self.pdf)) as document:
            return [plain(page.get_textpage().get_text_range()) for page in document]

    def title(self, slug: str) -> str:
        return TITLES[slug][self.edition.language.code]

    def article(self, slug: str) -> HtmlElement:
        return self.tree.get_element_by_id(slug)

    def page_of(self, anchor: str) -> int:
        """The page on which an anchor stands, counted on the leaves."""
        element = self.tree.get_element_by_id(anchor)
        leaf = next(iter(element.xpath("ancestor-or-self::*[contains(@class,'leaf')]")), None)
        if leaf is None:
            leaf = element.find_class("leaf")[0]
        return self.leaves.index(leaf) + 1


def set_edition(house: Tiny, lang: str, text: str = "") -> Set:
    imprint = Imprint.from_settings(read_settings(str(house.here / "tinyconf.py")))
    library = load(imprint)[0]
    edition = next(edition for edition in library.editions() if edition.language.code == lang)
    typesetter = Typesetter(imprint.theme, tuple(style_sheets(imprint.theme, lang)))
    measured: list[str] = []

    def measure(html: str) -> Measures:
        measured.append(html)
        return typesetter.measure(html)

    html, _, fitted = paginate(text or compose(edition, library), measure, lambda *_: "")
    return Set(edition, library, html, fitted, typesetter, measured)


# --- one issue with everything ------------------------------------------------------------------

PIECES = '"law-piece", "brief-one", "brief-two", {slug = "chosen", template = "explainer"}, "asking"'
TITLES = {
    "first": {"ar": "مطلع", "en": "Prologue"},
    "law-piece": {"ar": "جداول", "en": "Tables"},
    "brief-one": {"ar": "موجز", "en": "Brief"},
    "brief-two": {"ar": "تتمة", "en": "Sequel"},
    "chosen": {"ar": "شرح", "en": "Explained"},
    "asking": {"ar": "رأي", "en": "Opinion"},
}
TEMPLATES = {"brief-one": "short", "brief-two": "short", "chosen": "review", "asking": "editorial"}
ITEMS, REFERENCES = 24, 20
ROWS = {"7": 62, "8": 44}  # of the tables whose rows are called 7000 and 8000 onwards


def first(lang: str) -> str:
    """Text with references, a list that goes over a column, notes."""
    see = " ".join(
        f"{prose(lang, 6, 90 + at)} [{at}](piece:brief-{('one', 'two')[at % 2]})" for at in range(REFERENCES)
    )
    items = "\n".join(
        f"{at}. {5000 + at} {prose(lang, 6 + 9 * (at % 3), 40 + at)}" for at in range(1, ITEMS + 1)
    )
    noted = f"{prose(lang, 20, 20)}[^1]\n\n{prose(lang, 70, 21)}[^2]"
    return f"{paragraphs(lang, 3, 1)}\n\n## {WORDS[lang][:24]}\n\n{see}.\n\n{items}\n\n{noted}\n\n[^1]: 1\n[^2]: 2\n"


def tables(lang: str) -> str:
    """Two tables that no page holds, one in a column, one across."""
    narrow = "\n".join(
        f"| {7000 + at} | {prose(lang, 2 + at % 9, at, mark=False)} |" for at in range(ROWS["7"])
    )
    wide = "\n".join(f"| {8000 + at} | {prose(lang, 9, at, mark=False)} | – |" for at in range(ROWS["8"]))
    return (
        f"{paragraphs(lang, 2, 60)}\n\n/// table | 7777\n| 7888 | – |\n|---|---|\n{narrow}\n///\n\n"
        f"{paragraphs(lang, 2, 70)}\n\n/// table | 8777\n| 8888 | – | – |\n|---|---|---|\n{wide}\n///\n"
    )


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Set]:
    """The issue in both languages."""
    house = tiny(tmp_path_factory.mktemp("fitting"))
    house.write("issues/1/issue.toml", ISSUE.replace('"law-piece"', PIECES))
    for slug, titles in TITLES.items():
        category = "review" if slug == "law-piece" else "feature"
        more = f"category: {category}\n" + (f"template: {TEMPLATES[slug]}\n" if slug in TEMPLATES else "")
        for lang, title in titles.items():
            text = {"first": first, "law-piece": tables}.get(slug, short)(lang)
            house.piece(f"content/articles/{slug}.{lang}.md", title, text, more)
    return {lang: set_edition(house, lang) for lang in LANGS}


def short(lang: str) -> str:
    return paragraphs(lang, 2, 100)


@pytest.fixture(params=LANGS)
def made(request: pytest.FixtureRequest, editions: Mapping[str, Set]) -> Set:
    """The issue in one language."""
    return editions[request.param]


def walk(box: Any) -> Iterator[Any]:
    """A box of the typesetter's and all in it."""
    yield box
    for child in getattr(box, "children", ()):
        yield from walk(child)


def bare(text: str) -> str:
    """A line without strokes and joiners, and without what stands at its ends."""
    return re.sub("[\u0640\u200d]", "", text).strip(" \n\u2010")


def set_lines(box: Any, block: str = "") -> Iterator[tuple[str, str]]:
    """The lines of text that stand in a box, each with the number of its block."""
    if box.element is not None and "::" not in (box.element_tag or ""):
        block = box.element.get(BLOCK) if box.element.get(LINES) else block
        if type(box).__name__ == "LineBox" and block:
            texts = [inner for inner in walk(box) if hasattr(inner, "text") and "::" not in inner.element_tag]
            yield block, bare("".join(inner.text for inner in texts))
            return
    for child in getattr(box, "children", ()):
        yield from set_lines(child, block)


def test_text_breaks_into_the_lines_that_were_measured(made: Set) -> None:
    """Of every block that is cut or not, word by word, and not just as many."""
    seen: dict[str, list[str]] = {}
    for page in made.typesetter._render(made.html).pages:
        for block, line in set_lines(page._page_box):
            seen.setdefault(block, []).append(line)
    counted = {
        strip.id: [bare(line.text) for line in item.measures[strip.id].lines]
        for item in made.fitted
        for strip in item.matter.strips
        if strip.role == "text"
    }
    assert seen == counted
    assert sum(map(len, counted.values())) > 100
    assert made.tree.find_class("cut")


def test_a_column_that_the_style_makes_narrower_is_told(editions: Mapping[str, Set]) -> None:
    """The typesetter's checks see lines that the make-up did not count on."""
    made = editions["ar"]
    narrow = made.html.replace("</head>", "<style>.leaf .col { width: 70mm !important }</style></head>")
    with pytest.raises(TypesetError, match=r"\d+ lines for \d+: \w+"):
        made.typesetter.typeset(narrow)
    assert made.pdf, "as it is there is nothing to say"


def test_every_leaf_is_a_page(made: Set) -> None:
    assert len(made.texts) == len(made.leaves)


def test_references_tell_the_page(made: Set) -> None:
    """Numbers take room: the first galley, which does not know them yet, had other lines."""
    assert len(made.measured) > 1
    first = made.typesetter.measure(made.measured[0])
    lines = {id_: measured.lines for item in made.fitted for id_, measured in item.measures.items()}
    assert any(first[id_].lines != lines[id_] for id_ in first), "a trial of nothing"
    told = made.article("first").find_class("page-of")
    assert len(told) == REFERENCES
    for reference in told:
        target = reference.get("href", "")[1:]
        assert reference.text == str(made.page_of(target))
        assert made.title(target) in made.texts[int(reference.text) - 1]
    begin, end = (made.page_of(slug) for slug in ("first", "law-piece"))
    read = re.findall(SEE[made.edition.language.code], " ".join(made.texts[begin - 1 : end - 1]))
    assert read == [reference.text for reference in told], "as others read it"


def test_a_list_goes_on_counting_in_the_next_column(made: Set) -> None:
    lists = made.article("first").findall(".//ol")
    assert len(lists) > 1
    with pypdfium2.PdfDocument(BytesIO(made.pdf)) as document:
        found = [pair for page in document for pair in marks(page)]
    assert found == [(str(at), str(5000 + at)) for at in range(1, ITEMS + 1)]


def marks(page: pypdfium2.PdfPage) -> Iterator[tuple[str, str]]:
    """Each item of the list by the number it begins with, and the mark beside it, by their places."""
    text = page.get_textpage()
    glyphs = [(text.get_text_range(at, 1), *text.get_charbox(at)) for at in range(text.count_chars())]
    whole = "".join(glyph[0] if len(glyph[0]) == 1 else "?" for glyph in glyphs)
    for match in re.finditer(r"\b5\d{3}\b", whole):
        _, left, bottom, _, _ = glyphs[match.start()]
        end = glyphs[match.end() - 1][3]
        beside = [
            (x, glyph)
            for glyph, x, y, _, _ in glyphs
            if glyph.isdigit() and abs(y - bottom) < 4 and (left - 25 < x < left or end < x < end + 25)
        ]
        yield "".join(glyph for _, glyph in sorted(beside)), match[0]


def test_shorts_share_pages(made: Set) -> None:
    one, two = (
        made.tree.get_element_by_id(f"brief-{name}").xpath("ancestor::article")[0] for name in ("one", "two")
    )
    assert one is two
    assert made.page_of("brief-one") == made.page_of("brief-two")
    for slug in ("brief-one", "brief-two"):
        assert made.title(slug) in made.texts[made.page_of("brief-one") - 1]


@pytest.mark.parametrize(
    ("slug", "template", "columns"),
    [("first", "feature", 2), ("chosen", "explainer", 2), ("asking", "editorial", 1)],
    ids=["of its category", "of the issue, though it has its own", "its own"],
)
def test_the_template_is(made: Set, slug: str, template: str, columns: int) -> None:
    assert made.article(slug).get("class", "").split()[:2] == ["piece", template]
    most = max(len(leaf.find_class("col")) for leaf in made.article(slug).find_class("leaf"))
    assert most == columns


@pytest.mark.parametrize("name", ROWS, ids=["in a column", "across"])
def test_a_table_taller_than_a_page_is_cut_between_rows(made: Set, name: str) -> None:
    read = re.findall(rf"\b{name}\d{{3}}\b", " ".join(made.texts))
    caption, head = f"{name}777", f"{name}888"
    parts = [table for table in made.article("law-piece").iter("table") if head in table.text_content()]
    assert len(parts) > 1
    assert read[:2] == [caption, head], "the caption once, at the beginning"
    assert read.count(head) == len(parts), "the head above each part"
    assert [row for row in read if row not in (caption, head)] == [
        str(1000 * int(name) + row) for row in range(ROWS[name])
    ]
    for text in made.texts:
        if rows := re.findall(rf"\b{name}\d{{3}}\b", text):
            assert head in rows[:2], "no part without its head"


def test_the_pages_are_the_same_bytes_twice(editions: Mapping[str, Set]) -> None:
    made = editions["ar"]
    html, _, _ = paginate(compose(made.edition, made.library), made.typesetter.measure, lambda *_: "")
    assert html == made.html
    pdf, record = made.typesetter.typeset(html)
    assert finish(pdf, record, made.edition, made.library.imprint) == made.pdf


# --- what no page holds -------------------------------------------------------------------------


def test_a_box_taller_than_a_page_stops_the_build_with_a_sentence(house: Tiny) -> None:
    """From the process in which it is set, to the person who must mend it."""
    house.piece(
        "content/articles/first.en.md",
        "First",
        f"Text.\n\n/// note | The longest of notes\n{paragraphs('en', 40, 1)}\n///\n",
        "category: feature\n",
    )
    settings = read_settings(str(house.here / "tinyconf.py"))
    with pytest.raises(MagazineError) as caught:
        print_issue(settings, "1", "en", house.here / "dist")
    said = str(caught.value)
    assert "content/articles/first.en.md:11: P012 “The longest of notes" in said
    assert "taller than a page" in said


# --- galleys that are counted and not set: a paragraph says how many lines it has ----------------

LINE, PAGE, HEAD = 20.0, 400.0, 30.0  # pixels: forty units a page
GALLEY = "<html><head></head><body><article id=piece data-columns={}><header></header><div class=text>{}</div>{}</article></body></html>"


@dataclass
class Count:
    """Measures galleys by what they say; `sizes` holds how many lines more a size of text makes."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, html: str) -> Measures:
        tree = lxml_html.document_fromstring(html)
        (article,) = tree.iter("article")
        size = article.get("class") or ""
        self.asked.append(size)
        found: dict[str, Measured] = {
            "probe-page": Measured(0, PAGE, 600, (), 0),
            "probe-column": Measured(0, 1, 280, (), 0),
            "probe-line": Measured(0, LINE, 600, (), 0),
        }
        top = 0.0
        for element in article.iterfind(f".//*[@{BLOCK}]"):
            lines = self.lines(element, size)
            height = self.height(element) if element.tag != "p" else LINE * len(lines)
            found[element.get(BLOCK) or ""] = Measured(top, height, 280, lines, 0)
            top += height
        return found

    def lines(self, element: HtmlElement, size: str) -> tuple[Line, ...]:
        count = int(element.text or 0) + self.sizes.get(size, 0) if element.tag == "p" else 0
        return (Line("x", LINE, ()),) * count

    def height(self, element: HtmlElement) -> float:
        """What does not break says its height in units; rows are one line each, below a head."""
        if element.tag == "figure":
            captions = sum(1 for _ in element.iter("figcaption"))
            return HEAD + LINE * captions + LINE * sum(1 for _ in element.iterfind(".//tbody/tr"))
        return LINE if element.tag == "tr" else float(element.get("title") or 0) * LINE / 2


def counted(
    blocks: str, columns: int = 2, measure: Count | None = None, notes: str = ""
) -> tuple[Fitted, Count]:
    measure = measure or Count()
    tree = lxml_html.document_fromstring(GALLEY.format(columns, blocks, notes))
    (item,) = fit(tree, matters(tree), measure)[1]
    return item, measure


def plain_cost(*lines: int) -> float:
    return make_up([Block("text", (2,) * count) for count in lines], Frame(2, 40))[1]


def test_a_piece_whose_pages_are_content_is_measured_once() -> None:
    item, measure = counted("<p>40</p>")
    assert (item.cost, item.text_class, measure.asked) == (0, "", [""])


def test_a_piece_gives_room_rather_than_end_in_a_scant_page() -> None:
    """ROOMS: 43 lines are a page and three lines; columns that begin lower and pages that end earlier cost less."""
    item, _ = counted("<p>43</p>")
    assert plain_cost(43) > item.cost > CONTENT
    assert item.pages[0].height < 40
    scant = make_up([Block("text", (2,) * 43)], Frame(2, 40))[0][-1]
    assert item.pages[-1].height > scant.height


def test_a_smaller_text_is_taken_when_room_alone_does_not_do() -> None:
    """TEXTS: a fiftieth smaller it has three lines less, and fills its page."""
    item, measure = counted("<p>43</p>", measure=Count({"tight": -3, "loose": 1}))
    assert (item.text_class, len(item.pages)) == ("tight", 1)
    assert item.measures["0"].lines == (Line("x", LINE, ()),) * 40, "measured in that size"
    assert measure.asked == ["", "tight"], "and is content"


def test_another_size_that_is_no_better_is_not_taken() -> None:
    item, measure = counted("<p>43</p>", measure=Count({"tight": 0, "loose": 0}))
    assert item.text_class == ""
    assert measure.asked == list(TEXTS), "each was tried"


def test_what_fills_a_page_stands_though_the_piece_looks_for_room() -> None:
    """With a shorter page it could not, and that is no reason to stop."""
    item, _ = counted("<p>5</p><pre title=40></pre><p>43</p>")
    assert item.cost > CONTENT, "it looked"
    assert [s.block for page in item.pages for column in page.columns for s in column].count(1) == 1


def test_what_is_known_is_not_measured_again() -> None:
    one, two = (matters(lxml_html.document_fromstring(GALLEY.format(2, "<p>40</p>", "")))[0] for _ in "12")
    known, measure = Fitted(one), Count()
    _, fitted = fit(two.element.getroottree().getroot(), [one, two], measure, [known])
    assert fitted[0] is known
    assert not known.pages
    assert fitted[1].pages
    assert measure.asked == [""], "one article alone"


# --- tables -------------------------------------------------------------------------------------

ROW = "<tr><td>x</td></tr>"


def table(rows: int, role: str = "", note: bool = False) -> str:
    call = "<sup data-note=n></sup>" if note else ""
    return f"<figure class='table {role}' id=t><figcaption>c{call}</figcaption><table><tbody>{ROW * rows}</tbody></table></figure>"


@pytest.mark.parametrize(
    ("rows", "role", "note", "parts"),
    [
        (17, "", False, [17]),  # 390 of 400 pixels
        (18, "", False, [15, 3]),
        (16, "wide", False, [16]),  # with the space to the columns 390
        (17, "wide", False, [14, 3]),
        (15, "", True, [15]),  # with a note of 50 below it 400
        (16, "", True, [13, 3]),
        (60, "", False, [15, 16, 16, 13]),  # the caption stands above the first alone
        (1, "", False, [1]),
    ],
)
def test_tables_are_cut_into_parts_that_a_page_holds(
    rows: int, role: str, note: bool, parts: list[int]
) -> None:
    notes = "<p class=note-text data-n=n data-b=note-n>2</p>" if note else ""
    tree = lxml_html.document_fromstring(
        GALLEY.format(2, f"<p>9</p>{table(rows, role, note)}<p>9</p>", notes)
    )
    measure = Count()
    for _ in parts:
        try:
            fit(tree, matters(tree), measure)
            break
        except TablesCutError:
            assert len(parts) > 1, "it was short enough"
    made = list(tree.iter("figure"))
    assert [len(part.findall(".//tbody/tr")) for part in made] == parts
    assert [part.get("id") for part in made] == ["t", *[None] * (len(parts) - 1)]
    assert [len(part.findall("figcaption")) for part in made] == [1, *[0] * (len(parts) - 1)]
