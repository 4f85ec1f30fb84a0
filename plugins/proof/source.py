"""What an edition says: the passages of its pieces, and the theme's own words around them.

Read anew from Markdown, manifest, registers and catalogue, not from what the press makes of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lxml import html as lxml_html

from arabic import locale
from magazine import names
from magazine.markup import render
from magazine.model import Edition, Library, Piece
from proof.phrases import LATIN
from proof.script import LRI, PDI, RLM, has_latin

Role = Literal["text", "furniture"]
# A page's number, which the sources do not know, is a private character: it tells the piece by its place in
# the edition, or that any title may stand beside it.
FIRST, ANY = 0xE000, "\uf000"
PLACES = re.compile("[\ue000-\uf000]")
BLOCKS = frozenset(
    "p li dt dd h1 h2 h3 h4 td th caption figcaption div section aside figure table tr thead tbody "
    "ul ol dl blockquote hr pre".split()
)
UNPRINTED = frozenset({"img", "svg", "script", "style"})
FORMAT = re.compile(r"%\((\w+)\)s")
COPIED = frozenset({"kit", "leaflet"})
WORDS = re.compile(r"[^\W\d_]+(?:[\u064b-\u0652\u0670]+[^\W\d_]*)*")
MOST_SOUGHT = 6  # words that tell a place in a file
WHITE = re.compile(r"\s+")
ARAB_DIGITS = str.maketrans("0123456789%", "٠١٢٣٤٥٦٧٨٩٪")
FIGURE = re.compile(r"\d+(?:[./,]\d+|[\u00a0\u202f]\d{3}(?!\d))*([ \u00a0\u202f]?%)?")
DIVIDER = re.compile(r"[./,\u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that are set as one paragraph; `least` and `most` say how often they stand in the file.

    `item` is the number before it when it begins an entry of a numbered list; `lines` are the source's.
    """

    text: str
    rtl: bool
    where: str
    role: Role = "text"
    least: int = 1
    most: int | None = 1
    item: str = ""
    lines: tuple[str, ...] = ()

    def at(self, words: str) -> str:
        """The file, with the line on which these words of it begin."""
        sought = WORDS.findall(words)[:MOST_SOUGHT]
        said = [(number, word) for number, line in enumerate(self.lines, 1) for word in WORDS.findall(line)]
        for count in range(len(sought), 0, -1):
            for first in range(len(said) - count + 1):
                if [word for _, word in said[first : first + count]] == sought[:count]:
                    return f"{self.where}:{said[first][0]}"
        return self.where


class _Links:
    """What the vocabulary's links need of a medium: whether a piece is in this edition."""

    def __init__(self, edition: Edition) -> None:
        self.slugs = {piece.slug for piece in edition.pieces}

    def piece(self, slug: str, source: Piece) -> str | None:  # noqa: ARG002
        """An address when the piece is in the edition: its page is told then."""
        return f"#{slug}" if slug in self.slugs else None

    def term(self, term: str, source: Piece) -> str | None:  # noqa: ARG002
        """Terms stay words."""
        return None

    def picture(self, file: str, source: Piece) -> str:  # noqa: ARG002
        """Pictures have no words."""
        return ""


def passages(edition: Edition, library: Library) -> list[Passage]:
    """All that may stand in the edition's file, in reading order."""
    rtl = edition.language.direction == "rtl"
    found = list(_furniture(edition, library, rtl))
    for piece in edition.pieces:
        where = piece.path.relative_to(library.imprint.root).as_posix()
        lines = tuple(piece.path.read_text("utf-8").splitlines())
        own = [Passage(text, rtl, where, most=None) for text in (title_of(piece), _plain(piece.summary))]
        found += (replace(one, lines=lines) for one in (*own, *_body(piece, edition, library, where)))
    if edition.digits == "arab":
        found = [_exchanged(passage) for passage in found]
    return [passage for passage in found if passage.text]


def title_of(piece: Piece) -> str:
    """A piece's title as it is set."""
    return _plain(piece.title)


def _plain(text: str) -> str:
    return WHITE.sub(" ", text).strip()


def _exchanged(passage: Passage) -> Passage:
    """The same with Arabic-Indic figures, but for those of Latin phrases."""
    parts, done = list[str](), 0
    for phrase in LATIN.finditer(passage.text):
        if has_latin(phrase[0]):
            parts += [FIGURE.sub(_figure, passage.text[done : phrase.start()]), phrase[0]]
            done = phrase.end()
    parts.append(FIGURE.sub(_figure, passage.text[done:]))
    return replace(passage, text="".join(parts), item=passage.item.translate(ARAB_DIGITS))


def _figure(match: re.Match[str]) -> str:
    """A figure with ٬ between its thousands or ٫ before its fraction; dates and the like keep their order."""
    number = match[0].removesuffix(match[1] or "")
    groups, marks = DIVIDER.split(number), DIVIDER.findall(number)
    if marks and "/" not in marks and len(set(marks)) == 1:
        thousands = number[0] != "0" and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
        if thousands or len(groups) == 2:
            marks = ["٬" if thousands else "٫"] * len(marks)
    signs = [RLM + mark if DIVIDER.fullmatch(mark) else mark for mark in marks]
    divided = "".join(part for pair in zip(groups, [*signs, ""], strict=True) for part in pair)
    return (divided + (match[1] or "")).translate(ARAB_DIGITS)


# --- the pieces ---------------------------------------------------------------------------------


def _body(piece: Piece, edition: Edition, library: Library, where: str) -> Iterator[Passage]:
    rtl = edition.language.direction == "rtl"
    root = lxml_html.fragment_fromstring(render(piece, library, _Links(edition)).html, create_parent="div")
    _tell_pages(root, names.catalogue(library, piece.lang).gettext("(page\u00a0%(page)s)"), edition)
    notes = list(_notes(root))
    for number, question in enumerate(root.find_class("question"), 1):
        heading = question.find("h2")
        if heading is not None:
            heading.text = f"{number} {heading.text or ''}"
    least = 0 if edition.issue.kind in COPIED else 1
    quoted = {text for aside in root.find_class("pullquote") for text in _texts(aside)}
    for text, item in _items(root):
        yield Passage(text, rtl, where, least=least if text in quoted else 1, item=item)
    for text in notes:
        yield Passage(text, rtl, where)


def _tell_pages(root: lxml_html.HtmlElement, words: str, edition: Edition) -> None:
    """After the name of a piece of this edition stands its page."""
    places = {f"#{piece.slug}": chr(FIRST + number) for number, piece in enumerate(edition.pieces)}
    for link in root.findall(".//a[@class='piece']"):
        if place := places.get(link.get("href", "")):
            link.tail = f" {words % {'page': place}}{link.tail or ''}"


def _notes(root: lxml_html.HtmlElement) -> Iterator[str]:
    """The notes in the order of their calls, which take the notes' numbers."""
    texts = {item.get("id"): item for item in root.iterfind(".//div[@class='footnote']/ol/li")}
    calls = root.findall(".//a[@class='footnote-ref']")
    for number, call in enumerate(calls, 1):
        call.text = f"{LRI}{number}{PDI}"  # a note's number is no part of the number before it
        note = texts[call.get("href", "")[1:]]
        for back in note.findall(".//a[@class='footnote-backref']"):
            back.drop_tree()
        yield _plain(f"{number}. " + " ".join(_texts(note)))
    for listing in root.findall(".//div[@class='footnote']"):
        listing.drop_tree()


def _texts(root: lxml_html.HtmlElement) -> Iterator[str]:
    return (text for text, _ in _items(root))


def _items(root: lxml_html.HtmlElement) -> Iterator[tuple[str, str]]:
    """The words of each block, in reading order, those of blocks inside it by themselves; with the number
    of the list's entry that they begin."""
    gathered, item = list[str](), ""
    for part in (*_walk(root), None):
        if isinstance(part, int):
            item = str(part)
        elif part is not None:
            gathered.append(part)
        else:
            if text := _plain("".join(gathered)):
                yield text, item
                item = ""
            gathered = []


def _walk(element: lxml_html.HtmlElement) -> Iterator[str | int | None]:
    """The texts of an element, None where a block begins or ends, its number where an entry begins."""
    if element.text:
        yield element.text
    for child in element:
        if not isinstance(child.tag, str) or child.tag in UNPRINTED:
            pass
        elif child.tag == "br":
            yield " "
        elif child.tag in BLOCKS:
            yield None
            if child.tag == "li" and element.tag == "ol":
                yield int(element.get("start", "1")) + element.findall("li").index(child)
            yield from _walk(child)
            yield None
        else:
            yield from _walk(child)
        if child.tail:
            yield child.tail


# --- the theme's own words ----------------------------------------------------------------------


def _furniture(edition: Edition, library: Library, rtl: bool) -> Iterator[Passage]:
    for text in dict.fromkeys(map(_plain, _words(edition, library))):
        yield Passage(text, rtl, "theme", "furniture", least=0, most=None)
    yield Passage(ANY, rtl, "theme", "furniture", least=0, most=None)


def _words(edition: Edition, library: Library) -> Iterator[str]:
    """Names, dates, labels and headings that the theme's templates may print."""
    issue, code, lang = edition.issue, edition.language.code, edition.language.locale
    imprint = library.imprint
    catalogue = names.catalogue(library, code)
    specimen = catalogue.gettext("Specimen issue")
    called = (
        catalogue.gettext("Kit")
        if issue.kind == "kit"
        else catalogue.gettext("Issue %(number)s") % {"number": issue.number}
    )
    month = locale.month_year(issue.date, lang)
    name, publisher = imprint.names[code], imprint.publishers[code]
    yield from (name, publisher, called, specimen, month, issue.titles[code], issue.themes[code])
    yield from (f"{name} · {called}", f"{called} · {month}", f"{called} · {month} · {specimen}")
    yield from (f"{name} · {publisher}", locale.format_date(issue.date, lang))
    yield from (names.section(library, section, code) for section, _ in edition.sections)
    yield from (catalogue.gettext(word) for word in (*imprint.categories.values(), *imprint.tracks.values()))
    yield from _catalogued(edition, library)
    for piece in edition.pieces:
        yield locale.list_and([names.author(library, one, code) for one in piece.authors], lang)
        if piece.date:
            yield locale.month_year(piece.date, lang)
    for instrument in library.instruments.values():
        yield f"{instrument.names[code]} ({instrument.symbol})"
        between = catalogue.gettext(", ")
        yield f"{instrument.names[code]}{between}{instrument.year} ({instrument.symbol})"
        yield str(instrument.year)
    yield from ("؟", "?", "•", "–", str(issue.number or ""))


def _catalogued(edition: Edition, library: Library) -> Iterator[str]:
    """What the templates of paper ask of the catalogue, in the edition's language."""
    catalogue = names.catalogue(library, edition.language.code)
    for template in sorted((library.imprint.theme / "templates" / "press").glob("*.html")):
        for word in re.findall(r"""_\((["'])(.+?)\1""", template.read_text("utf-8")):
            if not FORMAT.search(word[1]):
                yield catalogue.gettext(word[1])
