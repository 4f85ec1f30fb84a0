"""The screen edition: tags in the order of the text, PDF/UA-1, PDF/A-2b; and every check seen to fail."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from ctypes import create_string_buffer
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from lxml import html as lxml_html
from pelican.settings import read_settings
from pikepdf import Array, Dictionary, Name, String
from tiny import BODY, ISSUE, ROOT, tiny

from arabic.kashida import UNSAID
from arabic.locale import to_arabic_indic
from arabic.script import TATWEEL
from magazine.library import load
from magazine.model import Edition, Imprint
from press.accessible import GROUPS, texts
from press.compose import compose, style_sheets
from press.content import read_page
from press.drawn import Drawn
from press.elements import Element, elements
from press.finish import finish
from press.leaves import paginate
from press.screen import HEAVIEST, RULES, ScreenEditionError, archivable, conform, faults
from press.structure import UNSEEN
from press.textlayer import Record
from press.typeset import Typesetter

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
LONG = {"ar": "الفقرة طويلة حتى تمضي إلى الصفحة التالية. ", "en": "A paragraph that goes on over the page. "}
SHORT = {
    "ar": "ويمضي النص من صفحة إلى صفحة. ",
    "en": "It goes on from page to page, as a text may. ",
}  # no hyphens
SHORTS = """
[[sections]]
name = "In brief"
pieces = [{slug = "one", template = "short"}, {slug = "two", template = "short"}]
"""
# What the tiny pieces lack: a picture, levels, a question; a paragraph, a table, a list, an item and a link
# that go on over the page.
RICH = {
    "ar": """فقرة أولى.[^1] وبقيتها.

/// figure | من رسمنا
![مثلث في مربع](images/x.svg)

شرح الصورة.
///

## قائمة

1. أول البنود
2. ثانيها

### أصغر

- بند
    - بند فيه[^2]

/// question | هل في السؤال كلمة Convention؟
نعم.
///

/// table | جدول طويل
| البند | المادة | الصفحة |
|---|---|---|
{rows}
///

{long}

{items}

[{link}](piece:law-piece)

[^1]: حاشية أولى.
[^2]: حاشية ثانية.
""",
    "en": """A first paragraph.[^1] The rest of it.

/// figure | Drawn by us
![A triangle in a square](images/x.svg)

The caption.
///

## A list

1. The first item
2. The second

### Smaller

- An item
    - An item in it[^2]

/// question | Does the question hold the word اتفاقية here?
Yes.
///

/// table | A long table
| Item | Article | Page |
|---|---|---|
{rows}
///

{long}

{items}

[{link}](piece:law-piece)

[^1]: A first note.
[^2]: A second note.
""",
}


Change = Callable[[pikepdf.Pdf], object]


@dataclass(frozen=True)
class Made:
    """An edition on its way: composed, made up in pages, the PDF as it was typeset, and as it was finished."""

    edition: Edition
    imprint: Imprint
    composed: str
    pages: str
    raw: bytes
    record: Record
    pdf: bytes

    @cached_property
    def document(self) -> pikepdf.Pdf:
        """Left open: what is read from it lives no longer than it does."""
        return pikepdf.open(BytesIO(self.pdf))

    @property
    def elements(self) -> list[Element]:
        return list(elements(self.document))


def editions(settings: str) -> Iterator[tuple[Edition, Imprint, str]]:
    """Every edition of a house, composed."""
    library, _ = load(Imprint.from_settings(read_settings(settings)))
    for edition in library.editions():
        yield edition, library.imprint, compose(edition, library)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """The tiny house with more of the vocabulary in its pieces, and long ones: its PDF in each language."""
    house = tiny(tmp_path_factory.mktemp("rich"))
    house.write("content/articles/images/x.svg", PICTURE)
    for lang, body in RICH.items():
        rows = "\n".join(f"| {number} | {LONG[lang]} | {number} |" for number in range(60))
        items = "\n".join(
            f"{number}. {(SHORT[lang] * (1 if number < 30 else 130)).strip()}" for number in range(1, 31)
        )
        link = (SHORT[lang] * 150).strip()
        text = body.format(rows=rows, long=LONG[lang] * 150, items=items, link=link)
        house.piece(f"content/articles/first.{lang}.md", "Rich", text, more="category: feature\n")
        for slug in ("one", "two"):
            house.piece(f"content/articles/{slug}.{lang}.md", slug, BODY[lang], more="category: feature\n")
    house.write("issues/1/issue.toml", ISSUE + SHORTS)
    made = {}
    for edition, imprint, composed in editions(str(house.here / "tinyconf.py")):
        lang = edition.language.code
        typesetter = Typesetter(imprint.theme, tuple(style_sheets(imprint.theme, lang)))
        pages = paginate(composed, typesetter.measure, lambda *_: "")[0]
        raw, record = typesetter.typeset(pages)
        pdf = finish(raw, record, edition, imprint)
        made[lang] = Made(edition, imprint, composed, pages, raw, record, pdf)
    return made


# --- sound files --------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_rich_edition_is_sound(rich: dict[str, Made], lang: str) -> None:
    assert faults(rich[lang].pdf) == []
    conform(rich[lang].pdf)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_typesetters_file_is_not(rich: dict[str, Made], lang: str) -> None:
    broken = {fault.rule for fault in faults(rich[lang].raw)}
    assert {"01-005", "06-001", "14-002", "28-002", "A-2b"} <= broken


def test_the_same_pages_are_finished_alike(rich: dict[str, Made]) -> None:
    """Also a second time from one record. (`test_press` builds twice from the sources.)"""
    made = rich["en"]
    assert finish(made.raw, made.record, made.edition, made.imprint) == made.pdf


# --- the text of the tags -----------------------------------------------------------------------


def mark_texts(document: pikepdf.Pdf) -> dict[tuple[tuple[int, int], int], str]:
    """What each mark says on its page, in the order of drawing."""
    said: dict[tuple[tuple[int, int], int], str] = {}
    for page in document.pages:
        mark, known = None, {}
        for instruction in pikepdf.parse_content_stream(page, "BDC EMC Tf TJ"):
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "BDC":
                mark = page.obj.objgen, int(operands[1].get("/MCID", -1))
                said.setdefault(mark, "")
            elif operator == "Tf":
                known = texts(page.Resources.Font[str(operands[0])].ToUnicode.read_bytes())
            elif operator == "TJ" and mark:
                codes = b"".join(bytes(item) for item in operands[0] if isinstance(item, String))
                said[mark] += "".join(
                    known[int(codes[at : at + 2].hex(), 16)] for at in range(0, len(codes), 2)
                )
    return said


INLINE = frozenset(("Span", "Link", "Reference"))
INLINE_HTML = frozenset(("a", "b", "code", "em", "i", "small", "span", "strong", "sup"))


def told(entry: pikepdf.Object, said: dict[tuple[tuple[int, int], int], str]) -> str:
    """What an element says to a reader who listens; a block stands apart from what is around it."""
    if "/ActualText" in entry:
        return str(entry.ActualText)
    words = ""
    for kid in entry.K:
        if not isinstance(kid, Dictionary):
            words += said[entry.Pg.objgen, int(kid)]
        elif kid.get("/Type") == Name.MCR:
            words += said[kid.Pg.objgen, int(kid.MCID)]
        elif kid.get("/Type") != Name.OBJR and not is_generated(kid):
            words += told(kid, said)
    return words if str(entry.S)[1:] in INLINE else f"\n{words}\n"


def is_generated(entry: pikepdf.Object) -> bool:
    """The mark of an item in a list that says how its items are numbered: the typesetter's, not the text's."""
    return (str(entry.S), str(entry.P.S)) == ("/Lbl", "/LI") and "/A" in entry.P.P


def words_of(text: str) -> list[str]:
    return UNSEEN.sub("", text).split()


def text_in_order(composed: str, document: pikepdf.Pdf) -> str:
    """The composed HTML's text as tags should tell it: page numbers told, notes behind their paragraph."""
    html = lxml_html.document_fromstring(composed)
    numeral = to_arabic_indic if html.get("data-digits") == "arab" else str
    places = places_of(document)
    for reference in html.find_class("page-of"):
        reference.text = numeral(str(places[reference.get("href")[1:]][0]))
    put_behind(html)
    for element in html.iter():
        if element.tag not in INLINE_HTML:
            element.text, element.tail = f"\n{element.text or ''}", f"\n{element.tail or ''}"
    return str(html.find("body").text_content())


def places_of(document: pikepdf.Pdf) -> dict[str, tuple[int, float]]:
    """Where each anchor is: its page's number, and how high it stands there."""
    numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
    anchors = pikepdf.NameTree(document.Root.Names.Dests)
    return {name: (numbers[place[0].objgen], float(place[3])) for name, place in anchors.items()}


def put_behind(html: lxml_html.HtmlElement) -> None:
    """Each note behind the text that calls it, where the tags have it too."""
    notes = {note.get("data-n"): note for note in html.find_class("note-text")}
    behind: dict[lxml_html.HtmlElement, lxml_html.HtmlElement] = {}
    for call in html.findall(".//sup[@data-note]"):
        note = notes.pop(call.get("data-note"))
        note.drop_tree()
        note.tail = None
        block = next(above for above in call.iterancestors() if above.tag in ("p", "li", "td", "dd"))
        inner = next((child for child in block if child.tag in ("ul", "ol")), None)
        if block.tag == "p":
            behind.get(block, block).addnext(note)
            behind[block] = note
        elif inner is not None:
            inner.addprevious(note)
        else:
            block.append(note)
    assert not notes


def assert_tells(pdf: bytes, composed: str) -> None:
    """The tags say the composed HTML's text in its order, word by word: none lost, none grown together."""
    with pikepdf.open(BytesIO(pdf)) as document:
        words = words_of(told(document.Root.StructTreeRoot.K, mark_texts(document)))
        source = words_of(text_in_order(composed, document))
    pairs = enumerate(zip(words, source, strict=False))
    at = next((at for at, (word, wanted) in pairs if word != wanted), min(len(words), len(source)))
    assert words == source, f"{words[max(0, at - 5) : at + 5]} instead of {source[max(0, at - 5) : at + 5]}"


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_tags_tell_the_whole_text_in_its_order(rich: dict[str, Made], lang: str) -> None:
    assert_tells(rich[lang].pdf, rich[lang].composed)


def grown_together(document: pikepdf.Pdf) -> None:
    """The words of what is told besides; a block's last word has no space to lose."""
    spans = (e.entry for e in elements(document) if " " in str(e.entry.get("/ActualText", "")).strip())
    entry = next(spans)
    entry.ActualText = String(str(entry.ActualText).replace(" ", "", 1))


def untold(document: pikepdf.Pdf) -> None:
    del next(e.entry for e in elements(document) if "/ActualText" in e.entry).ActualText


def out_of_order(document: pikepdf.Pdf) -> None:
    """A note where it is printed: behind what comes after the paragraph that calls it."""
    note = first("Note")(document)
    kids = list(note.P.K)
    at = next(at for at, kid in enumerate(kids) if kid.objgen == note.objgen)
    note.P.K = Array([*kids[:at], kids[at + 1], note, *kids[at + 2 :]])


def lost(document: pikepdf.Pdf) -> None:
    row = first("TR", 3)(document)
    row.K = Array(list(row.K)[:-1])


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("change", [grown_together, untold, out_of_order, lost])
def test_what_is_told_wrongly_is_seen(rich: dict[str, Made], lang: str, change: Change) -> None:
    with pytest.raises(AssertionError, match="instead of"):
        assert_tells(changed(rich[lang].pdf, change), rich[lang].composed)


def test_no_stroke_is_told(rich: dict[str, Made], tmp_path: Path) -> None:
    """What lengthens a word stands in no tag, in no font's text and in nothing that is copied."""
    made, path = rich["ar"], tmp_path / "rich.pdf"
    path.write_bytes(made.pdf)
    face = TTFont(ROOT / "theme/fonts/amiri/Amiri-Regular.ttf")
    stroke = face.getGlyphID(face.getBestCmap()[ord(TATWEEL)])
    assert [text for _, glyph, text in made.record.drawn if glyph == stroke and not text], (
        "words were lengthened"
    )
    tagged = [str(e.entry.get(key, "")) for e in made.elements for key in ("/ActualText", "/Alt")]
    linked = [str(link.Contents) for page in made.document.pages for link in page.get("/Annots", ())]
    fonts = {font.objgen: font for page in made.document.pages for font in page.Resources.Font.values()}
    glyphs = [text for font in fonts.values() for text in texts(font.ToUnicode.read_bytes()).values()]
    with pypdfium2.PdfDocument(made.pdf) as document:
        by_pdfium = [page.get_textpage().get_text_range() for page in document]
    by_poppler = subprocess.run(
        ["pdftotext", str(path), "-"], capture_output=True, encoding="utf-8", check=True
    )
    for texts_ in (tagged, linked, glyphs, by_pdfium, [by_poppler.stdout]):
        text = "".join(texts_)
        assert len(text) > 100
        assert not {TATWEEL, UNSAID[0]} & set(text)


# --- structure ----------------------------------------------------------------------------------


def of(made: Made, *roles: str) -> list[Element]:
    return [element for element in made.elements if element.role in roles]


def pages_of(element: Element) -> set[tuple[int, int]]:
    return {page for page, _ in element.marks}.union(*map(pages_of, element.kids))


def test_levels_of_headings(rich: dict[str, Made]) -> None:
    """The issue, its parts, its pieces, and what the pieces call h2 and h3."""
    marks = mark_texts(rich["en"].document)
    headings = [
        (e.role, " ".join(told(e.entry, marks).split()))
        for e in of(rich["en"], *(f"H{level}" for level in range(1, 7)))
    ]
    assert headings == [
        ("H1", "A small issue"),
        ("H2", "Defender"),
        ("H2", "Contents"),
        ("H3", "Opening"),
        ("H3", "In brief"),
        ("H2", "Opening"),
        ("H3", "Rich"),
        ("H4", "A list"),
        ("H5", "Smaller"),
        ("H4", "1 Does the question hold the word اتفاقية here?"),
        ("H3", "The letter of the law"),
        ("H4", "A heading"),
        ("H2", "In brief"),
        ("H3", "one"),
        ("H4", "A heading"),
        ("H3", "two"),
        ("H4", "A heading"),
        ("H2", "Instruments cited"),
    ]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_what_goes_on_over_the_page_is_one(rich: dict[str, Made], lang: str) -> None:
    """A paragraph, a list, its last item, a link, a table with its head once."""
    over = [element for element in rich[lang].elements if len(pages_of(element)) > 1]
    marks = mark_texts(rich[lang].document)
    long = " ".join([LONG[lang].strip()] * 150)
    assert told(next(e.entry for e in over if e.role == "P"), marks).split() == long.split()
    assert Counter(element.role for element in over if element.role not in (*GROUPS, "Span")) == {
        "P": 2, "L": 1, "LI": 1, "LBody": 1, "Link": 1, "Table": 1, "TBody": 1
    }  # fmt: skip
    (table,) = [element for element in over if element.role == "Table"]
    caption, head, body = table.kids
    assert (caption.role, head.role, body.role) == ("Caption", "THead", "TBody")
    assert [cell.role for cell in head.kids[0].kids] == ["TH"] * 3, "the head once"
    assert len(body.kids) == 60
    assert all(cell.entry.A[0].Scope == "/Column" for cell in head.kids[0].kids)
    (numbered,) = [element for element in over if element.role == "L"]
    assert [told(item.kids[0].entry, marks).strip() for item in numbered.kids] == [
        f"{n}." for n in range(1, 31)
    ]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_link_that_goes_on_leads_from_each_page(rich: dict[str, Made], lang: str) -> None:
    (link,) = [link for link in of(rich[lang], "Link") if len(pages_of(link)) > 1]
    areas = {key: page for page in rich[lang].document.pages for key in keys_of(page)}
    assert {areas[key].obj.objgen for key in link.annotations} == pages_of(link)
    for key in link.annotations:
        assert str(rich[lang].document.get_object(*key).Contents) == (SHORT[lang] * 150).strip()


def keys_of(page: pikepdf.Page) -> list[tuple[int, int]]:
    return [annotation.objgen for annotation in page.get("/Annots", ())]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_row_is_read_from_its_start(rich: dict[str, Made], lang: str) -> None:
    """From right to left the first cell is the rightmost; in the tags it is the first."""
    marks = mark_texts(rich[lang].document)
    table = max(of(rich[lang], "Table"), key=lambda table: len(table.kids[-1].kids))
    cells = [told(cell.entry, marks).strip() for cell in table.kids[-1].kids[17].kids]
    assert cells == ["17", LONG[lang].strip(), "17"]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_note_stands_behind_the_paragraph_that_calls_it(rich: dict[str, Made], lang: str) -> None:
    marks = mark_texts(rich[lang].document)
    notes = of(rich[lang], "Note")
    assert [str(note.entry.ID) for note in notes] == [f"note{n:05}" for n in range(1, 6)]
    for note in notes:
        assert note.parent
        siblings = note.parent.kids
        before = siblings[siblings.index(note) - 1]
        assert before.role == "P"
        assert "Reference" in [kid.role for kid in before.kids]
        assert note.kids[0].role == "Lbl"
    in_list = notes[1].parent
    assert in_list
    assert in_list.role == "LBody", "inside the item that calls it"
    told_notes = [told(note.entry, marks) for note in notes[:2]]
    assert all(words.lstrip("12. \n").startswith(("A ", "حاشية")) for words in told_notes), told_notes


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_notes_and_their_calls_lead_to_each_other(rich: dict[str, Made], lang: str) -> None:
    made = rich[lang]
    places = places_of(made.document)
    calls, notes = of(made, "Reference"), of(made, "Note")
    calls = [call for call in calls if call.parent and call.parent.role == "P"]
    assert len(calls) == len(notes) == 5
    heights = []
    for call, note in zip(calls, notes, strict=True):
        (there,), (back,) = call.kids, note.kids[0].kids
        for link, target in ((there, note), (back, call)):
            (area,) = (made.document.get_object(*key) for key in link.annotations)
            number, _ = places[str(area.Dest)]
            assert {made.document.pages[number - 1].obj.objgen} == pages_of(target)
            heights.append(places[str(area.Dest)][1])
        assert heights[-2] < heights[-1], "the note stands below its call"


def test_lists(rich: dict[str, Made]) -> None:
    numbered, pointed, inner = of(rich["en"], "L")[2:5]
    marks = mark_texts(rich["en"].document)
    assert [told(item.kids[0].entry, marks).strip() for item in numbered.kids] == ["1.", "2."]
    assert numbered.entry.A[0].ListNumbering == "/Decimal"
    assert pointed.entry.A[0].ListNumbering == "/Disc"
    assert inner.parent
    assert inner.parent.role == "LBody"
    definitions = of(rich["en"], "L")[0]
    assert [[kid.role for kid in item.kids] for item in definitions.kids] == [["Lbl", "LBody"]] * 5


def test_the_picture_is_described(rich: dict[str, Made]) -> None:
    (figure,) = of(rich["ar"], "Figure")
    assert str(figure.entry.Alt) == "مثلث في مربع"
    left, bottom, right, top = map(float, figure.entry.A[0].BBox)
    width, height = (float(side) for side in rich["ar"].document.pages[0].mediabox[2:])
    assert 0 < left < right < width
    assert 0 < bottom < top < height
    assert figure.parent
    assert [kid.role for kid in figure.parent.kids] == ["Figure", "Caption"]


def test_links_say_where_they_lead(rich: dict[str, Made]) -> None:
    document = rich["en"].document
    links = [link for page in document.pages for link in page.get("/Annots", ())]
    said = {str(link.Contents) for link in links}
    assert {"Rich", "The letter of the law", "article 16(1)(b)"} <= said
    assert not [words for words in said if words.startswith("law-")]


@pytest.mark.parametrize(("lang", "other", "words"), [("ar", "en", "Convention"), ("en", "ar", "اتفاقية")])
def test_runs_of_the_other_language(rich: dict[str, Made], lang: str, other: str, words: str) -> None:
    marks = mark_texts(rich[lang].document)
    runs = {told(e.entry, marks): str(e.entry.Lang) for e in rich[lang].elements if "/Lang" in e.entry}
    assert runs[words] == other
    assert set(runs.values()) == {other}


def test_twins_have_one_structure(rich: dict[str, Made]) -> None:
    """But for spans: Arabic is told besides, English where a word was cut."""
    arabic, english = (
        Counter(e.role for e in rich[lang].elements if e.role != "Span") for lang in ("ar", "en")
    )
    assert arabic == english


def test_what_is_besides_the_document(rich: dict[str, Made]) -> None:
    """Running lines, a table's head over its next page, the cloth, the question's great mark."""
    document = rich["ar"].document
    kinds = Counter(
        (str(artifact.get("/Type")), str(artifact.get("/Subtype")))
        for page in document.pages
        for instruction in pikepdf.parse_content_stream(page, "BDC")
        if instruction.operands[0] == Name.Artifact
        for artifact in [instruction.operands[1]]
    )
    assert kinds["/Pagination", "/Footer"] >= 4
    assert kinds["/Pagination", "None"] >= 3, "each cell of the head"
    assert kinds["/Layout", "None"] >= 2, "cover and opener"


def test_what_says_nothing_is_not_told() -> None:
    """Leaders, ornaments out of the line, what is hidden from listeners; but not a number in the line."""
    css = """p.a::after { content: leader('. ') '7' } p.b { position: relative }
             p.b::after { content: '*'; position: absolute; top: 0 }"""
    text = "<p class=a>Contents</p><p class=b>Text</p><p aria-hidden=true>Hidden</p><p>Seen</p>"
    _, record = Typesetter(ROOT / "theme", ()).typeset(
        f"<html lang=en><title>t</title><style>{css}</style>{text}"
    )

    def words(drawn: Drawn) -> list[str]:
        return [
            word
            for kid in drawn.kids
            for word in (words(kid) if isinstance(kid, Drawn) else [getattr(kid, "text", "")])
        ]

    assert words(record.drawing.body) == ["Contents", "7", "Text", "Seen"]
    assert len(record.drawing.besides) >= 3
    assert set(record.drawing.besides.values()) == {"ornament"}


def test_marks_survive_the_text_layer(rich: dict[str, Made]) -> None:
    made = rich["ar"]
    with pikepdf.open(BytesIO(made.raw)) as raw:
        for number, (before, after) in enumerate(zip(raw.pages, made.document.pages, strict=True)):
            besides = Counter(id_ for page, id_ in made.record.drawing.besides if page == number)
            assert read_page(1, after).marks + besides == read_page(1, before).marks


# --- PDFium, which Chrome reads with, as a witness ----------------------------------------------


def witnessed(pdf: bytes, number: int) -> list[tuple[str, str, str]]:
    """A page's elements as PDFium sees them: role, alternative, actual text."""
    raw = pypdfium2.raw

    def word(get: Callable[..., int], element: object) -> str:
        length = get(element, None, 0)
        buffer = create_string_buffer(length)
        get(element, buffer, length)
        return buffer.raw.decode("utf-16-le").rstrip("\0")

    def below(element: object) -> Iterator[tuple[str, str, str]]:
        getters = (raw.FPDF_StructElement_GetType, raw.FPDF_StructElement_GetAltText,
                   raw.FPDF_StructElement_GetActualText)  # fmt: skip
        role, alternative, actual = (word(get, element) for get in getters)
        yield role, alternative, actual
        for at in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
            if child:
                yield from below(child)

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number]
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        tops = [
            raw.FPDF_StructTree_GetChildAtIndex(tree, at)
            for at in range(raw.FPDF_StructTree_CountChildren(tree))
        ]
        found = [element for top in tops for element in below(top)]
        raw.FPDF_StructTree_Close(tree)
    return found


def test_pdfium_sees_the_same(rich: dict[str, Made]) -> None:
    pages = {page.obj.objgen: number for number, page in enumerate(rich["ar"].document.pages)}
    (figure,) = of(rich["ar"], "Figure")
    assert figure.page
    found = witnessed(rich["ar"].pdf, pages[figure.page])
    assert ("Figure", "مثلث في مربع", "") in found
    assert ("Span", "", "شرح الصورة.") in found
    assert {"Document", "Part", "Art", "P", "H3", "H4", "Caption", "Note", "Lbl"} <= {
        role for role, _, _ in found
    }


# --- what the file says of itself ---------------------------------------------------------------

DC = "{http://purl.org/dc/elements/1.1/}"
RDF_LI = ".//{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def test_metadata(rich: dict[str, Made]) -> None:
    document = rich["ar"].document
    packet = document.Root.Metadata.read_bytes()
    metadata = etree.fromstring(packet)
    titles = {li.get(XML_LANG): li.text for li in metadata.find(f".//{DC}title").iterfind(RDF_LI)}
    assert titles == {"x-default": "عدد صغير", "ar": "عدد صغير"}
    assert metadata.findtext(f".//{DC}creator//{RDF_LI[3:]}") == str(document.docinfo["/Author"])
    assert metadata.findtext(".//{http://ns.adobe.com/xap/1.0/}CreateDate") == "2026-01-05", "the issue's"
    assert b"Filter" not in document.Root.Metadata.unparse(resolved=True), "whoever looks for it finds it"
    (intent,) = document.Root.OutputIntents
    profile = (ROOT / "theme/press/profiles/sRGB.icc").read_bytes()
    assert intent.DestOutputProfile.read_bytes() == profile


def test_nothing_tells_of_people_or_machines(rich: dict[str, Made]) -> None:
    document = rich["ar"].document
    loose = BytesIO()
    document.save(
        loose,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
    )
    for word in (str(ROOT), "/tmp", "file:", os.environ.get("USER", "root") + "@", "WeasyPrint", "pikepdf"):
        assert word.encode() not in loose.getvalue(), word


# --- every rule, broken for real ----------------------------------------------------------------

QUICK = [rule for rule in RULES if rule is not archivable]


def changed(pdf: bytes, change: Change) -> bytes:
    """The file with a change, saved as the finishing pass saves it."""
    with pikepdf.open(BytesIO(pdf)) as document:
        change(document)
        out = BytesIO()
        document.save(out, fix_metadata_version=False, deterministic_id=True)
        return out.getvalue()


def first(role: str, at: int = 0) -> Callable[[pikepdf.Pdf], pikepdf.Object]:
    """The first element of a role (or the one at a place among them)."""
    return lambda document: [e.entry for e in elements(document) if e.role == role][at]


def without(key: str, find: Callable[[pikepdf.Pdf], pikepdf.Object]) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        del find(document)[key]

    return change


def with_(key: str, value: object, find: Callable[[pikepdf.Pdf], pikepdf.Object]) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        find(document)[key] = value

    return change


def root(document: pikepdf.Pdf) -> pikepdf.Object:
    return document.Root


def page(document: pikepdf.Pdf) -> pikepdf.Object:
    """A page with text and links: the contents, the first that leads anywhere."""
    return next(page.obj for page in document.pages if "/Annots" in page.obj)


def link(document: pikepdf.Pdf) -> pikepdf.Object:
    return page(document).Annots[0]


def font(document: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(page(document).Resources.Font.values()))


def content(old: bytes, new: bytes) -> Change:
    """The page's content with its first `old` (a pattern) replaced."""

    def change(document: pikepdf.Pdf) -> None:
        data, times = re.subn(old, new, page(document).Contents.read_bytes(), count=1, flags=re.DOTALL)
        assert times == 1, old
        page(document).Contents = document.make_stream(data)

    return change


def metadata(old: bytes, new: bytes) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        data, times = re.subn(old, new, document.Root.Metadata.read_bytes(), flags=re.DOTALL)
        assert times == 1, old
        document.Root.Metadata.write(data)

    return change


def note_twice(document: pikepdf.Pdf) -> None:
    first("Note", 1)(document).ID = first("Note")(document).ID


def wider(document: pikepdf.Pdf) -> None:
    widths = font(document).DescendantFonts[0].W
    widths[1][0] = float(widths[1][0]) + 100


def forget(document: pikepdf.Pdf) -> None:
    """The way back from a page's first mark."""
    document.Root.StructTreeRoot.ParentTree.Nums[2 * int(page(document).StructParents) + 1][0] = None


def heavier(document: pikepdf.Pdf) -> None:
    document.Root.PieceInfo = document.make_stream(os.urandom(HEAVIEST))


def fewer_cells(document: pikepdf.Pdf) -> None:
    row = first("TR", 3)(document)
    row.K = Array(list(row.K)[:-1])


TAGGED = rb"/Span << /MCID \d+ >> BDC\n"
BROKEN: tuple[tuple[str, str, Change], ...] = (
    (
        "01-003",
        "an artifact in content",
        content(TAGGED + rb"(?=.)", rb"\g<0>/Artifact BMC\n0 0 1 1 re f\nEMC\n"),
    ),
    ("01-004", "content in an artifact", content(TAGGED + rb".*?\nEMC", rb"/Artifact BMC\n\g<0>\nEMC")),
    ("01-005", "untagged", content(rb"\Z", rb"\n0 0 9 9 re f")),
    ("01-005", "not closed", content(rb"\nEMC", rb"")),
    ("01-005", "closed twice", content(rb"\nEMC", rb"\nEMC\nEMC")),
    ("01-005", "one mark twice", content(rb"/MCID 1 ", rb"/MCID 0 ")),
    ("01-005", "no way back", forget),
    ("01-005", "in no element", with_("/K", Array(), first("P"))),
    ("01-005", "not tagged", without("/MarkInfo", root)),
    ("01-007", "suspect", with_("/Suspects", True, lambda document: document.Root.MarkInfo)),
    ("02-001", "no such role", with_("/S", Name.Paragraph, first("P"))),
    ("06-001", "no metadata", without("/Metadata", root)),
    ("06-002", "not PDF/UA-1", metadata(rb"<pdfuaid:part>1", rb"<pdfuaid:part>2")),
    ("06-003", "no title", metadata(rb"<dc:title>.*</dc:title>", rb"")),
    (
        "07-001",
        "title not shown",
        with_("/DisplayDocTitle", False, lambda document: document.Root.ViewerPreferences),
    ),
    ("09-001", "another parent", lambda document: with_("/P", first("L")(document), first("P"))(document)),
    ("09-004", "a row too short", fewer_cells),
    ("09-004", "a cell outside its row", with_("/S", Name.TD, first("P"))),
    ("09-005", "an item outside its list", with_("/S", Name.Div, first("L"))),
    ("09-005", "a paragraph in a list", with_("/S", Name.P, first("LI"))),
    ("09-006", "a line outside its contents", with_("/S", Name.Div, first("TOC"))),
    ("10-001", "glyphs without text", without("/ToUnicode", font)),
    ("11-001", "no language", without("/Lang", root)),
    ("11-001", "no such language", with_("/Lang", String("the Arabic"), first("Span"))),
    ("13-004", "a picture without description", without("/Alt", first("Figure"))),
    ("14-002", "no first heading", with_("/S", Name.P, first("H1"))),
    ("14-003", "a level left out", with_("/S", Name.H6, first("H3"))),
    ("15-003", "a head without scope", without("/A", first("TH"))),
    ("19-003", "a note without name", without("/ID", first("Note"))),
    ("19-004", "two notes of one name", note_twice),
    ("28-002", "a link in no element", without("/StructParent", link)),
    ("28-008", "no order of links", without("/Tabs", page)),
    ("28-011", "a link in a span", with_("/S", Name.Span, first("Link"))),
    ("28-012", "a link to somewhere", without("/Contents", link)),
    ("31-030", "a glyph that the font lacks", content(rb"<[0-9a-f]{4}", rb"<0000")),
    ("A-2b", "a glyph that the font lacks", content(rb"<[0-9a-f]{4}", rb"<0000")),
    ("A-2b", "no meaning of colours", without("/OutputIntents", root)),
    ("A-2b", "no mark of PDF/A", metadata(rb"<pdfaid:part>2</pdfaid:part>", rb"")),
    (
        "A-2b",
        "the mark of PDF/UA not described",
        metadata(rb"<pdfaExtension:schemas>.*</pdfaExtension:schemas>", rb""),
    ),
    ("A-2b", "another property", metadata(rb"<dc:format>", rb"<dc:odd>1</dc:odd><dc:format>")),
    ("A-2b", "widths that are not the font's", wider),
    (
        "A-2b",
        "a font that is not there",
        without("/FontFile2", lambda d: font(d).DescendantFonts[0].FontDescriptor),
    ),
    ("A-2b", "a link that is not printed", with_("/F", 0, link)),
    ("A-2b", "a script", with_("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("1")), root)),
    ("A-2b", "another colour space", content(rb"0 0 0 rg", rb"0 0 0 1 k")),
    ("size", "too heavy", heavier),
    ("bleed", "with a bleed", with_("/MediaBox", Array([-9, -9, 700, 900]), page)),
)


@pytest.mark.parametrize(("rule", "why", "change"), BROKEN, ids=[f"{row[0]} {row[1]}" for row in BROKEN])
def test_each_rule_is_seen_to_fail(rich: dict[str, Made], rule: str, why: str, change: Change) -> None:
    rules = RULES if rule == "A-2b" else QUICK
    found = [fault for fault in faults(changed(rich["ar"].pdf, change), rules) if fault.rule == rule]
    assert found, why
    assert not any(fault.unknown for fault in found)


def test_a_faulty_file_is_not_kept(rich: dict[str, Made]) -> None:
    """The build stops, and says what is wrong and on which page."""
    without_words = changed(rich["ar"].pdf, without("/Contents", link))
    number = [each.obj.objgen for each in rich["ar"].document.pages].index(
        page(rich["ar"].document).objgen
    ) + 1
    with pytest.raises(
        ScreenEditionError, match=f"28-012, page {number}: a link does not say where it leads"
    ):
        conform(without_words)


def test_what_the_checker_does_not_know_stops_nobody(rich: dict[str, Made]) -> None:
    """A pattern is allowed in PDF/A; pikepdf's checker does not read it."""

    def paint(document: pikepdf.Pdf) -> None:
        tile = document.make_stream(
            b"0 0 1 1 re f", PatternType=1, PaintType=1, TilingType=1, BBox=Array([0, 0, 2, 2]),
            XStep=2, YStep=2, Resources=Dictionary(),
        )  # fmt: skip
        page(document).Resources.Pattern = Dictionary(tile=tile)

    pdf = changed(rich["ar"].pdf, paint)
    assert {(fault.rule, fault.unknown) for fault in faults(pdf)} == {("A-2b", True)}
    conform(pdf)


def test_every_rule_is_broken_above() -> None:
    rules = set()
    for module in ("accessible", "screen", "content"):
        source = (ROOT / f"plugins/press/{module}.py").read_text("utf-8")
        rules |= set(re.findall(r'"(\d\d-\d{3}|A-2b|size|bleed)[":]', source))
    assert rules == {rule for rule, _, _ in BROKEN}
