"""What holds of every tree: the text stays, twice is once, nothing is left to resolve."""

from collections.abc import Iterator
from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from arabic.direction import direct
from arabic.inline import read_line, write_line
from arabic.joining import join_across_inlines
from arabic.script import Direction, strong_direction

ZWJ = "\u200d"
PIECES = [
    "نص", "المرأة", "قال", "مدافعات", "ب", "لاْ", "(ب)", "هـ", "والمادة 16(1)(ب)", "«", "»", "؟",
    "،", "؛", "CEDAW", "Human", "C++", "U.S.", "a", "16", "2016", "50%", "-5", "16-20", "١٦",
    "١٦(١)", "16(1)(b)", "16(1)", "A/RES/34/180", "+218 91 123 4567", "a.b@c.org", "\u00a0", "“",
    "https://www.ohchr.org/en/instruments/listings-of-things/", "(", ")", "[", "]", "”", "(GA)",
    ".", ",", ": ", "!", "?", "…", "–", "/", "&", ZWJ, "\u200f", "\u2066", "\u2069", "٪", "۵", "é",
    "ⵣ", "שלום", "½", "²", "°", "\n", "\t", "Art.", "No.", "$5", "#x", " ", " ", " ", " ", " ",
]  # fmt: skip
INLINE = ["b", "i", "em", "span", "a", "abbr", "code", "sup", "bdi", "q"]
VOID = ["br", "wbr", "img"]
BLOCKS = ["ul", "p", "blockquote", "pre"]

bases = st.sampled_from(["rtl", "ltr"])
prose = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
attributes = st.sampled_from([{}, {}, {}, {"id": "x"}, {"dir": "ltr"}, {"dir": "rtl"}, {"dir": "auto"}])


@st.composite
def blocks(draw: st.DrawFn) -> etree._Element:
    """A paragraph of mixed prose with elements, comments and now and then a block in it."""
    element = etree.Element("p")
    _fill(draw, element, depth=3)
    return element


def _fill(draw: st.DrawFn, element: etree._Element, depth: int) -> None:
    element.text = draw(prose)
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        child = _child(draw, depth)
        child.tail = draw(prose)
        element.append(child)


def _child(draw: st.DrawFn, depth: int) -> etree._Element:
    kind = draw(st.sampled_from([*INLINE * 3, *VOID, *BLOCKS, "comment"]))
    if kind == "comment":
        return etree.Comment("CEDAW نص")
    element = etree.Element(kind, draw(attributes))
    if kind not in VOID:
        _fill(draw, element, depth - 1)
    return element


def source(tree: etree._Element) -> str:
    return etree.tostring(tree, method="c14n").decode()


def text(tree: etree._Element) -> str:
    return str(tree.xpath("string()"))


def after(tree: etree._Element, base: Direction) -> etree._Element:
    copy = deepcopy(tree)
    direct(copy, base)
    return copy


@settings(max_examples=150, deadline=None)
@given(blocks(), bases)
def test_directing_keeps_the_text(tree: etree._Element, base: Direction) -> None:
    assert text(after(tree, base)) == text(tree)


@settings(max_examples=150, deadline=None)
@given(blocks(), bases)
def test_directing_twice_is_directing_once(tree: etree._Element, base: Direction) -> None:
    once = after(tree, base)
    assert source(after(once, base)) == source(once)


@settings(max_examples=150, deadline=None)
@given(blocks())
def test_joining_only_adds_joiners_and_twice_is_once(tree: etree._Element) -> None:
    once = deepcopy(tree)
    join_across_inlines(once)
    assert source(once).replace(ZWJ, "") == source(tree).replace(ZWJ, "")
    twice = deepcopy(once)
    join_across_inlines(twice)
    assert source(twice) == source(once)


@settings(max_examples=150, deadline=None)
@given(blocks(), bases)
def test_joining_leaves_nothing_new_to_direct(tree: etree._Element, base: Direction) -> None:
    done = after(tree, base)
    join_across_inlines(done)
    assert source(after(done, base)) == source(done)


@settings(max_examples=150, deadline=None)
@given(blocks(), bases)
def test_every_letter_stands_in_its_own_direction(tree: etree._Element, base: Direction) -> None:
    for element in tree.iter("*"):
        element.attrib.pop("dir", None)
        # These are Latin whatever they hold.
        if element.tag in {"code", "pre", "a"}:
            element.tag = "b"
    assert not list(strays(after(tree, base), base))


@settings(max_examples=100, deadline=None)
@given(blocks(), bases)
def test_elements_with_an_identity_are_never_doubled(tree: etree._Element, base: Direction) -> None:
    for number, element in enumerate(tree.iter("*")):
        element.set("id", str(number))
    ids = [e.get("id") for e in after(tree, base).iter("*") if e.get("id")]
    assert ids == [e.get("id") for e in tree.iter("*")]


@settings(max_examples=100, deadline=None)
@given(blocks())
def test_a_line_written_is_the_line_read(tree: etree._Element) -> None:
    copy = deepcopy(tree)
    write_line(copy, read_line(copy, lambda element: "" if element.tag == "b" else None))
    assert source(copy) == source(tree)


def test_strays_are_seen() -> None:
    assert list(strays(etree.fromstring("<p>نص <b>a</b></p>"), "rtl")) == ["a"]
    assert list(strays(etree.fromstring('<p>نص <b dir="ltr">aن</b></p>'), "rtl")) == ["ن"]


def strays(tree: etree._Element, base: Direction) -> Iterator[str]:
    """Yield the letters whose direction is not that of the element they stand in."""
    for parent, words in texts(tree):
        directions = [el.get("dir") for el in (parent, *parent.iterancestors()) if el.get("dir")]
        expected = directions[0] if directions else base
        yield from (ch for ch in words if ch.isalpha() and strong_direction(ch) != expected)


def texts(tree: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for node in tree.xpath("//text()"):
        parent = node.getparent()
        owner = parent.getparent() if node.is_tail else parent
        yield owner, str(node)
