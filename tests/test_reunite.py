"""What the make-up takes apart is one again in the tags, in the order of the text, whatever the pages are.

The pages are made up by the press itself. Only the measures are not the typesetter's: a line holds six
words here, so that hundreds of texts can be tried. (`test_screen_pdf` holds finished files against the text.)
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import tinyhtml5
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from lxml.html import HtmlElement

from press.drawn import Drawn, Mark, besides
from press.galley import BLOCK, NOTE
from press.leaves import paginate
from press.measures import Line, Measured
from press.reunite import reunite

LINE, WORDS = 10.0, 6  # pixels; words on a line
PROBES = {"probe-page": (900.0, 120.0), "probe-column": (440.0, 1.0), "probe-line": (1.0, LINE)}
PAGE = """<html><head><title>t</title></head><body><article id="piece" data-columns="{columns}">
<header class="opening"><h1>Title</h1></header><div class="text">{text}</div><div class="end-notes">{notes}</div>
</article></body></html>"""


# --- measures ----------------------------------------------------------------------------------


def measure(galley: str) -> dict[str, Measured]:
    """Blocks below each other, their words six to a line."""
    found, top = {}, 0.0
    for element in lxml_html.document_fromstring(galley).iter():
        id_ = element.get(BLOCK)
        if id_ in PROBES:
            width, height = PROBES[id_]
            found[id_] = Measured(0.0, height, width, (), 0.0)
        elif id_ is not None and not element.xpath("ancestor::tr"):
            lines = tuple(lines_of(element))
            found[id_] = Measured(top, LINE * len(lines), 440.0, lines, 0.0)
            top += LINE * len(lines)
    return found


def lines_of(element: HtmlElement) -> Iterator[Line]:
    words = element.text_content().split()
    calls = [(call.text_content(), call.get(NOTE)) for call in element.iterfind(f".//*[@{NOTE}]")]
    for at in range(0, len(words) or 1, WORDS):
        line = " ".join(words[at : at + WORDS])
        yield Line(line, LINE, tuple(name for call, name in calls if call in line))


# --- texts -------------------------------------------------------------------------------------


class Text:
    """Draws the pieces of a text; every word in it is another, and every element has a number."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.words, self.notes = draw, 0, list[str]()

    def prose(self, most: int) -> str:
        """Words, some of them in elements, some with a note."""
        out = []
        for _ in range(self.draw(st.integers(1, most))):
            kind = self.draw(st.sampled_from(["", "", "", "em", "a", "note"]))
            if kind == "note":
                out.append(f"{self.word()}{self.call()}")
            elif kind:
                inside = " ".join(self.word() for _ in range(self.draw(st.integers(1, 15))))
                out.append(f"<{kind}>{inside}</{kind}>")
            else:
                out += [self.word() for _ in range(self.draw(st.integers(1, 10)))]
        return " ".join(out)

    def word(self) -> str:
        self.words += 1
        return f"w{self.words}"

    def call(self) -> str:
        number = len(self.notes) + 1
        self.notes.append(
            f'<p class="note-text" data-n="n{number}" {BLOCK}="note-n{number}">note{number}</p>'
        )
        return f'<sup class="call" {NOTE}="n{number}">call{number}.</sup>'

    def blocks(self, most: int, kinds: list[str]) -> str:
        return "".join(
            getattr(self, self.draw(st.sampled_from(kinds)))() for _ in range(self.draw(st.integers(1, most)))
        )

    def paragraph(self) -> str:
        return f"<p>{self.prose(5)}</p>"

    def heading(self) -> str:
        return f"<h2>{self.word()}</h2><p>{self.prose(2)}</p>"

    def figure(self) -> str:
        return f'<figure class="{self.draw(st.sampled_from(["", "wide"]))}">{self.word()}</figure>'

    def items(self) -> str:
        tag = self.draw(st.sampled_from(["ul", "ol", "blockquote"]))
        inner = "p" if tag == "blockquote" else "li"
        return f"<{tag}>{''.join(f'<{inner}>{self.prose(3)}</{inner}>' for _ in range(self.draw(st.integers(1, 5))))}</{tag}>"

    def question(self) -> str:
        return f'<section class="question"><h2>{self.word()}</h2>{self.blocks(3, ["paragraph", "figure", "items"])}</section>'

    def table(self) -> str:
        rows = "".join(
            f"<tr><td>{self.prose(1)}</td><td>{self.word()}</td></tr>"
            for _ in range(self.draw(st.integers(2, 20)))
        )
        head = f"<thead><tr><th>{self.word()}{self.call()}</th><th>{self.word()}</th></tr></thead>"
        caption = f"<figcaption>{self.word()}</figcaption>"
        return f'<figure class="table wide">{caption}<table>{head}<tbody>{rows}</tbody></table></figure>'


KINDS = ["paragraph", "paragraph", "heading", "figure", "items", "question", "table"]


@st.composite
def documents(draw: st.DrawFn) -> str:
    text = Text(draw)
    blocks = text.blocks(8, KINDS)
    html = PAGE.format(columns=draw(st.sampled_from([1, 2])), text=blocks, notes="".join(text.notes))
    tree = lxml_html.document_fromstring(html)
    for number, element in enumerate(tree.iterfind(".//div[@class='text']//*")):
        element.set("data-k", str(number))
    return lxml_html.tostring(tree, encoding="unicode")


# --- what is drawn of the pages ----------------------------------------------------------------


def drawn(element: ElementTree.Element) -> Drawn:
    """An element as it would be drawn: a mark for each stretch of its text."""
    kids: list[Drawn | Mark] = [mark(element.text)]
    for child in element:
        kids += [drawn(child)] if not besides(child) else []
        kids.append(mark(child.tail))
    return Drawn(element, kids=[kid for kid in kids if isinstance(kid, Drawn) or kid.text])


def mark(text: str | None) -> Mark:
    return Mark(0, 0, text or "", text=text or "")


def united(composed: str) -> Drawn:
    """The body of a document, made up in pages and reunited."""
    pages = paginate(composed, measure, lambda *_: "")[0]
    body = drawn(tinyhtml5.parse(pages, namespace_html_elements=False).find("body"))
    reunite(body)
    return body


def said(kid: Drawn | Mark) -> str:
    return kid.text if isinstance(kid, Mark) else "".join(map(said, kid.kids))


def nodes(kid: Drawn, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every element of the text with those that it stands in, by their numbers."""
    key = kid.element.get("data-k")
    path = (*above, key) if key else above
    if key:
        yield path
    for child in kid.kids:
        if isinstance(child, Drawn):
            yield from nodes(child, path)


def in_order(composed: str) -> HtmlElement:
    """The composed text with each note behind its call."""
    html = lxml_html.document_fromstring(composed)
    notes = {note.get("data-n"): note for note in html.find_class("note-text")}
    for call in html.iterfind(f".//*[@{NOTE}]"):
        note = notes[call.get(NOTE)]
        note.tail, call.tail = call.tail, None
        call.addnext(note)
    return html.find("body")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(composed=documents())
def test_the_text_is_told_in_its_order(composed: str) -> None:
    assert said(united(composed)).split() == in_order(composed).text_content().split()
