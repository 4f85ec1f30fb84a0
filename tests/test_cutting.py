"""A paragraph over two columns: the two parts hold exactly what the whole held, wherever it was cut."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from lxml.html import HtmlElement
from tiny import ROOT

from press.compose import style_sheets
from press.cutting import CUT, GOES_ON, counted, part
from press.galley import LINES
from press.leaves import paginate
from press.typeset import Typesetter

PIECES = [
    "نص",
    "المرأة",
    "كلمة",
    "word",
    "a",
    "gender-",
    "16",
    "(b)",
    ".",
    "،",
    "مح\u200d",
    "\u200dمد",
    "\u00a0",
]
SPACES = [" ", " ", "\n", ""]
INLINE = ["em", "strong", "span", "a", "sup"]
EMPTY = ["br", "img", "span"]

prose = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SPACES)), max_size=5).map(
    lambda pairs: "".join(piece + space for piece, space in pairs)
)


@st.composite
def paragraphs(draw: st.DrawFn) -> HtmlElement:
    """A paragraph or an item with elements in it, each with a number and some with an id."""
    element = lxml_html.Element(draw(st.sampled_from(["p", "li"])))
    _fill(draw, element, depth=3)
    element.text = f"{element.text}Two words"  # something is always left to cut
    for number, each in enumerate(element.iter()):
        each.set("data-k", str(number))
        if draw(st.booleans()):
            each.set("id", f"id-{number}")
    return element


def _fill(draw: st.DrawFn, element: HtmlElement, depth: int) -> None:
    element.text = draw(prose)
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        if draw(st.booleans()):
            child = lxml_html.Element(draw(st.sampled_from(EMPTY)))
        else:
            child = lxml_html.Element(draw(st.sampled_from([*INLINE, "ul"])))
            if child.tag == "ul":
                child.append(lxml_html.Element("li"))
            _fill(draw, child[0] if len(child) else child, depth - 1)
        child.tail = draw(prose)
        element.append(child)


def parts(element: HtmlElement, *cuts: int) -> list[HtmlElement]:
    edges = [0, *cuts, None]
    return [part(element, start or 0, end) for start, end in pairwise(edges)]


def letters(element: HtmlElement, above: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    """Each counted character with the elements that it stands in, by their numbers."""
    inside = (*above, element.get("data-k"))
    found = [(char, inside) for char in element.text or "" if counted(char)]
    for child in element:
        found += letters(child, inside)
        found += [(char, inside) for char in child.tail or "" if counted(char)]
    return found


def cut_places(data: st.DataObject, element: HtmlElement, most: int) -> list[int]:
    """Places anywhere in the text, and often at the edge of an element."""
    last = counted(element.text_content()) - 1
    edges = [at for at, (one, other) in enumerate(pairwise(letters(element)), 1) if one[1] != other[1]]
    places = st.one_of(st.integers(1, last), st.sampled_from(edges or [last]))
    return sorted(data.draw(st.lists(places, min_size=1, max_size=most, unique=True)))


def words(*elements: HtmlElement) -> list[str]:
    """Their words, with what stands behind the elements; the end of a line parts words too."""
    text = ""
    for element in map(deepcopy, elements):
        for line_end in element.iter("br"):
            line_end.tail = f" {line_end.tail or ''}"
        text += element.text_content() + (element.tail or "")
    return text.split()


def keys(element: HtmlElement) -> list[str]:
    return [each.get("data-k") for each in element.iter()]


def names(element: HtmlElement) -> list[str]:
    return (element.get("class") or "").split()


@settings(max_examples=300, deadline=None)
@given(element=paragraphs(), data=st.data())
def test_no_character_is_lost_or_doubled_or_leaves_its_element(
    element: HtmlElement, data: st.DataObject
) -> None:
    before = lxml_html.tostring(element)
    cuts = cut_places(data, element, 3)
    made = parts(element, *cuts)
    assert [letter for each in made for letter in letters(each)] == letters(element)
    assert [sum(len(letters(each)) for each in made[:at]) for at in range(1, len(made))] == cuts
    assert words(*made) == words(element), "spaces too"
    assert lxml_html.tostring(element) == before, "what is cut stays as it was"


@settings(max_examples=300, deadline=None)
@given(element=paragraphs(), data=st.data())
def test_every_element_is_there_once_but_those_that_the_cut_goes_through(
    element: HtmlElement, data: st.DataObject
) -> None:
    first, second = parts(element, *cut_places(data, element, 1))
    on_both_sides = {key for _, above in letters(first) for key in above} & {
        key for _, above in letters(second) for key in above
    }
    assert keys(first) + [key for key in keys(second) if key not in on_both_sides] == keys(element)
    assert [key for key in keys(element) if key in keys(second)] == keys(second), "in their order"
    assert on_both_sides == set(keys(first)) & set(keys(second))
    assert {each.get("data-k") for each in second.iter() if GOES_ON in names(each)} == on_both_sides


@settings(max_examples=300, deadline=None)
@given(element=paragraphs(), data=st.data())
def test_attributes_stay_and_ids_are_there_once(element: HtmlElement, data: st.DataObject) -> None:
    made = parts(element, *cut_places(data, element, 3))
    ids = [each.get("id") for whole in made for each in whole.iter() if each.get("id")]
    assert ids == [each.get("id") for each in element.iter() if each.get("id")]
    assert [(CUT in names(each), GOES_ON in names(each)) for each in made] == [
        (at < len(made) - 1, at > 0) for at in range(len(made))
    ]
    for whole in made:
        for each in whole.iterdescendants():
            assert set(names(each)) <= {GOES_ON}
            assert each.tag == element.xpath("//*[@data-k=$key]", key=each.get("data-k"))[0].tag


@settings(max_examples=300, deadline=None)
@given(element=paragraphs(), data=st.data())
def test_no_part_begins_or_ends_with_a_space(element: HtmlElement, data: st.DataObject) -> None:
    for each in parts(element, *cut_places(data, element, 3)):
        assert each.text_content() == each.text_content().strip(" \n")


@given(element=paragraphs())
def test_nothing_happens_to_what_is_not_cut(element: HtmlElement) -> None:
    whole = part(element, 0, None)
    assert (letters(whole), keys(whole), names(whole)) == (letters(element), keys(element), [])


# --- what an editor would see ------------------------------------------------------------------


def cut(html: str, place: int) -> list[str]:
    element = lxml_html.fragment_fromstring(html)
    return [lxml_html.tostring(each, encoding="unicode") for each in parts(element, place)]


def test_a_link_is_cut_with_its_anchor_before() -> None:
    assert cut('<p>See <a id="x" href="#y">the second piece</a>.</p>', 6) == [
        '<p class="cut">See <a id="x" href="#y">the</a></p> ',
        '<p class="goes-on"><a href="#y" class="goes-on">second piece</a>.</p>',
    ]


def test_an_anchor_behind_the_cut_is_kept() -> None:
    assert cut('<p>See <a id="x" href="#y">the piece</a>.</p>', 3) == [
        '<p class="cut">See</p> ',
        '<p class="goes-on"><a id="x" href="#y">the piece</a>.</p>',
    ]


def test_the_end_of_a_line_stays_with_its_line() -> None:
    assert cut("<p>One<br>two</p>", 3) == ['<p class="cut">One<br></p> ', '<p class="goes-on">two</p>']


def test_no_space_is_said_where_there_was_none() -> None:
    assert cut("<p>gender-based</p>", 7) == ['<p class="cut">gender-</p>', '<p class="goes-on">based</p>']


def test_an_item_inside_an_item_has_its_mark() -> None:
    """Not begun before the cut, it does not go on."""
    assert cut("<li>One<ul><li>two</li><li>three</li></ul></li>", 3) == [
        '<li class="cut">One</li>',
        '<li class="goes-on"><ul><li>two</li><li>three</li></ul></li>',
    ]
    assert cut("<li>One<ul><li>two</li><li>three</li></ul></li>", 6) == [
        '<li class="cut">One<ul><li>two</li></ul></li>',
        '<li class="goes-on"><ul class="goes-on"><li>three</li></ul></li>',
    ]


# --- lists over columns, as they are set -------------------------------------------------------

PAGE = """<html lang="en" dir="ltr" class="sheet-A4"><head><title>t</title><style>
@page {{ size: 210mm 297mm }} @page galley {{ size: 210mm 200000mm }}
:root {{ --p-ink: #000; --p-sheet-width: 210mm; --p-sheet-height: 297mm }}
</style></head><body><article id="piece" class="piece feature two" data-columns="2">
<header class="opening"><h1>Title</h1></header><div class="text">{text}</div><div class="end-notes"></div>
</article></body></html>"""


def paged(text: str) -> tuple[HtmlElement, bytes]:
    """The pages of a piece, and their PDF; the typesetter has nothing to say of them."""
    theme = ROOT / "theme"
    typesetter = Typesetter(theme, tuple(style_sheets(theme, "en")))
    pages = paginate(PAGE.format(text=text), typesetter.measure, lambda *_: "")[0]
    return lxml_html.document_fromstring(pages), typesetter.typeset(pages)[0]


def test_the_mark_of_an_item_is_no_line() -> None:
    html, _ = paged("<ul><li>One line</li></ul>")
    assert [item.get(LINES) for item in html.iter("li")] == ["1"]


def test_items_inside_an_item_that_goes_on_keep_their_numbers() -> None:
    inner = "".join(f"<li>One of many that fill more than a column: {at}</li>" for at in range(1, 90))
    html, _ = paged(f"<p>Before.</p><ol><li>The one<ol>{inner}</ol></li></ol>")
    items = [item for item in html.xpath("//li/ol/li") if GOES_ON not in names(item)]
    assert len({item.getparent() for item in items}) > 1, "their list goes on"
    assert [item.get("style") for item in items] == [f"counter-set:list-item {at};" for at in range(89)]


def test_the_last_line_of_an_item_that_goes_on_is_not_stretched() -> None:
    html, pdf = paged(f"<ul><li>{'word ' * 500}</li></ul>")
    assert len(html.xpath("//li")) > 1, "it goes on"
    assert len(set(steps(pdf, "w"))) == 1, "words stand as far from each other in every line"


def steps(pdf: bytes, letter: str) -> list[int]:
    """How far a letter stands from the one before it in its line, in half points."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        at = [
            page.get_charbox(n)[:2] for n in range(page.count_chars()) if page.get_text_range(n, 1) == letter
        ]
    width = max(x for x, _ in at) / 3
    return [
        round(2 * (x - left)) for (left, y), (x, below) in pairwise(at) if y == below and 0 < x - left < width
    ]


def test_a_list_that_goes_on_begins_at_the_head_of_its_column() -> None:
    _, pdf = paged(f"<p>{'word ' * 90}</p><ul><li>{'word ' * 500}</li></ul>")
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        at = [page.get_charbox(n)[:2] for n in range(page.count_chars()) if page.get_text_range(n, 1) == "w"]
        middle = document[0].get_width() / 2
    first, second = (max(y for x, y in at if (x > middle) == right) for right in (False, True))
    assert round(first - second, 1) == 0
