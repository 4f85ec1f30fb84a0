"""Every editor's mistake: a finding with file, line, what is wrong, how to mend it; status 1; no traceback."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

import pytest
from photographs import jpeg
from PIL import Image
from tiny import ISSUE, KIT, Run, Tiny, add_kit

from magazine.findings import RULES

A = "content/articles/first.ar.md"
NEWS = "content/news/bad.ar.md"
D = "content/news/images/d.csv"
SOUND = '---\ntitle: "عنوان"\ndate: 2026-01-04\nauthors: [desk]\nsummary: "خلاصة."\n'


class Bad(NamedTuple):
    """A mistake: how it is made, and the finding it must give."""

    code: str
    path: str
    line: int
    make: Callable[[Tiny], object]
    words: str = ""


def news(front: str, body: str = "نص.") -> Callable[[Tiny], object]:
    """A news post with this front matter after sound beginnings."""
    return lambda house: house.write(NEWS, f"{SOUND}{front}---\n\n{body}\n")


def body(text: str) -> Callable[[Tiny], object]:
    """A news post with this body; its first line is line 8 of the file."""
    return news("", text)


def issue(old: str, new: str) -> Callable[[Tiny], object]:
    """The manifest with something replaced."""
    assert old in ISSUE
    return lambda house: house.write("issues/1/issue.toml", ISSUE.replace(old, new))


def line_of(text: str, needle: str) -> int:
    """Where the words stand, counted from 1."""
    return text[: text.index(needle)].count("\n") + 1


def chart(rows: str, options: str = "") -> Callable[[Tiny], object]:
    """A chart of two columns with these rows: the first is on line 11, below options one later."""
    return body(f"/// chart | رسم\n{options}| السنة | العدد |\n|---|---|\n{rows}\n///")


def data(content: bytes) -> Callable[[Tiny], object]:
    """A chart whose data file holds this."""
    return lambda house: (house.write(D, content), body("/// رسم-بياني\nبيانات: images/d.csv\n///")(house))


def with_file(path: str, content: bytes) -> Callable[[Tiny], object]:
    """A picture that is this file."""
    name = path.rpartition("/")[2]
    return lambda house: (house.write(path, content), body(f"![صورة](images/{name})")(house))


def png(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("L", (width, height)).save(out, "PNG")
    return out.getvalue()


def in_issue(picture: bytes, options: str) -> Callable[[Tiny], object]:
    """A piece of the issue whose figure is this picture; it stands below the figure's opening, line 9."""
    text = f"/// figure\n{options}![صورة](images/x.png)\n///"
    return lambda house: (
        house.write("content/articles/images/x.png", picture),
        house.piece(A, "المقال الأول", text, more="category: feature\n"),
    )


def kit(folder: str, more: str = "") -> Callable[[Tiny], object]:
    """A kit in that folder, with further lines at its head."""
    return lambda house: (add_kit(house), house.write(f"issues/{folder}/issue.toml", more + KIT))


DISCREET = 'discreet: true\nneutral_title: "ملاحظات"\nneutral_slug: {}\n'
QUIET = "content/news/quiet.ar.md"


def quiet(slug: str) -> Callable[[Tiny], object]:
    """A discreet post in English whose twin, read before it, has this neutral address."""
    return lambda house: (
        house.piece(QUIET, "خبر", "نص.", DISCREET.format(slug)),
        house.piece("content/news/quiet.en.md", "News", "Text.", DISCREET.format("page-7")),
    )


PHOTO, ANSWERS = "content/news/images/x.jpg", "content/pictures.yaml"


def photograph(answered: str, data: bytes = b"") -> Callable[[Tiny], object]:
    """A photograph, and what is answered for it."""
    return lambda house: (
        house.write(PHOTO, data or jpeg(carrying=False)),
        house.write(ANSWERS, f"{answered}\n"),
    )


I1 = "issues/1/issue.toml"
DRAWN_ELSEWHERE = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://sodipodi.example/" viewBox="0 0 2 1"'
    ' s:docname="/home/someone/x.svg"><metadata>someone</metadata><path d="M0 0h2v1z"/></svg>'
)
RAW = '---\ntitle: "عنوان"\n{}---\n\nنص.\n'

TABLE = (
    # files
    Bad("F001", "content/news/bad.md", 1, lambda h: h.write("content/news/bad.md", SOUND + "---\n\nنص.\n")),
    Bad("F002", "content/news/خبر.ar.md", 1, lambda h: h.piece("content/news/خبر.ar.md", "خبر")),
    Bad("F002", "content/news/Bad_Slug.ar.md", 1, lambda h: h.piece("content/news/Bad_Slug.ar.md", "خبر")),
    Bad("F003", "content/news/bad.fr.md", 1, lambda h: h.write("content/news/bad.fr.md", SOUND + "---\n\nx\n")),
    Bad("F004", "content/blog/bad.ar.md", 1, lambda h: h.piece("content/blog/bad.ar.md", "خبر")),
    Bad("F005", NEWS, 1, lambda h: h.write(NEWS, (SOUND + "---\n\n").encode() + b"\xc7\xe1\xe4\xd5")),
    Bad("F006", "content/news/first.ar.md", 1, lambda h: h.piece("content/news/first.ar.md", "خبر"), A),
    Bad("F007", "content/news/lone.en.md", 1, lambda h: (
        h.piece("content/articles/lone.ar.md", "منفرد", more="category: feature\n"),
        h.piece("content/news/lone.en.md", "Lone"),
    ), "content/articles/lone.ar.md"),
    Bad("F008", "content/pages/kits.ar.md", 1, lambda h: h.piece("content/pages/kits.ar.md", "حقائب")),
    Bad("F008", "content/pages/magazine.ar.md", 1, lambda h: h.piece("content/pages/magazine.ar.md", "المجلة")),
    # front matter
    Bad("M001", NEWS, 1, lambda h: h.write(NEWS, "نص بلا مقدمة.\n")),
    Bad("M002", NEWS, 1, lambda h: h.write(NEWS, "---\ntitle: x\n\nنص.\n")),
    Bad("M003", NEWS, 2, lambda h: h.write(NEWS, "---\ntitle: عنوان: فرعي\n---\nنص\n")),
    Bad("M014", NEWS, 3, lambda h: h.write(NEWS, "---\ntitle: x\n\tdate: 2026-01-04\n---\nنص\n")),
    Bad("M004", NEWS, 1, lambda h: h.write(NEWS, RAW.format("date: 2026-01-04\nauthors: [desk]\n")), "summary"),
    Bad("M004", NEWS, 1, lambda h: h.write(NEWS, RAW.format('summary: "x"\nauthors: [desk]\n')), "date"),
    Bad("M005", NEWS, 6, news("auhtors: [desk]\n"), "authors"),
    Bad("M006", NEWS, 6, news('title: "ثانٍ"\n')),
    Bad("M007", NEWS, 6, news("specimen: perhaps\n")),
    Bad("M007", NEWS, 6, news("tags: cedaw\n")),
    Bad("M007", NEWS, 6, news("picture: images/x.svg\n")),
    Bad("M008", NEWS, 3, lambda h: h.write(NEWS, SOUND.replace("2026-01-04", "03/04/2024") + "---\n\nنص.\n")),
    Bad("M008", NEWS, 3, lambda h: h.write(NEWS, SOUND.replace("2026-01-04", "2026-13-45") + "---\n\nنص.\n")),
    Bad("M009", NEWS, 6, news("status: ready\n"), "published"),
    Bad("M009", "content/awareness/bad.ar.md", 6, lambda h: h.piece(
        "content/awareness/bad.ar.md", "توعية", "نص.", "track: streets\n"), "schools"),
    Bad("M010", NEWS, 4, lambda h: h.write(NEWS, SOUND.replace("[desk]", "[nobody]") + "---\n\nنص.\n"), "desk"),
    Bad("M011", NEWS, 6, news("tags: [cedow]\n"), "cedaw"),
    Bad("M012", NEWS, 6, news("tags: []\n")),
    Bad("M013", NEWS, 6, news("track: schools\n"), "news"),
    # bodies
    Bad("B001", NEWS, 7, lambda h: h.write(NEWS, SOUND + "---\n")),
    Bad("B002", NEWS, 10, body("نص.\n\n/// quote\nنص\n///"), "pullquote"),
    Bad("B003", NEWS, 10, body("نص.\n\n/// note | عنوان\nنص")),
    Bad("B004", NEWS, 8, body("نص <script>alert(1)</script> هنا."), "<script>"),
    Bad("B005", NEWS, 8, body("![صورة](images/none.png)"), "images/none.png"),
    Bad("B005", NEWS, 8, body("![صورة](../../tinyconf.py)")),
    Bad("B006", NEWS, 8, lambda h: (
        h.write("content/news/images/x.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
        body("![](images/x.svg)")(h),
    )),
    Bad("P001", NEWS, 8, lambda h: (
        h.write("content/news/images/scan.tiff", b"II*\0"), body("![ورقة](images/scan.tiff)")(h)
    ), ".tiff"),
    Bad("B007", NEWS, 8, body("[رابط](piece:frist)"), "first"),
    Bad("B008", NEWS, 8, body("[مصطلح](term:discriminaton)"), "discrimination"),
    Bad("B009", NEWS, 8, body("[المادة 1](law:cedwa/1)"), "cedaw"),
    Bad("B010", NEWS, 8, body("[المادة 31](law:cedaw/31)"), "30"),
    Bad("B011", NEWS, 8, body("[المادة](law:cedaw/sixteen)")),
    Bad("B012", NEWS, 8, body("نص.[^1]"), "[^1]"),
    Bad("B013", NEWS, 10, body("نص.\n\n[^2]: حاشية."), "[^2]"),
    Bad("D005", NEWS, 11, body("/// chart | رسم\n| أ | ب |\n|---|---|\n| كلمة | كثير |\n///"), "كثير"),
    Bad("D005", NEWS, 11, chart("| 2010 | 1,234 |"), "1,234"),
    Bad("D006", NEWS, 12, chart("| 2010 | 12% |\n| 2011 | 13 |"), "13"),
    Bad("D007", NEWS, 28, chart("\n".join(f"| {n} | {n} |" for n in range(1, 18)), "kind: columns\n"), "17"),
    Bad("D008", NEWS, 11, chart("|  | 4 |")),
    Bad("B015", NEWS, 8, body("[رابط](../first.ar.md)"), "piece:"),
    Bad("B015", NEWS, 8, body("[رابط](javascript:alert(1))")),
    Bad("B016", NEWS, 8, body("# عنوان")),
    Bad("B016", NEWS, 8, body("### عنوان\n\n## عنوان")),
    Bad("B016", NEWS, 12, body("/// note | ليست عنوانًا\nنص.\n///\n\n### عنوان")),
    Bad("B008", NEWS, 9, body("/// glossary\n- discriminaton\n///"), "discrimination"),
    Bad("B014", NEWS, 8, body("/// chart | رسم\n| أ | ب |\n|---|---|\n///"), "أ | ب"),
    Bad("B014", NEWS, 8, body("/// chart | رسم\n| أ |\n|---|\n| 1 |\n///")),
    Bad("B014", NEWS, 11, chart("| كلمة | 4 | 5 |"), "كلمة | 4 | 5"),
    Bad("B017", NEWS, 10, body("نص.\n\n///\n\nنص.")),
    Bad("B018", NEWS, 8, body("/// سؤال\nجواب.\n///"), "/// سؤال | …?"),
    Bad("B018", NEWS, 8, body("/// figure\nشرح.\n///"), "![…](images/x.svg)"),
    Bad("B018", NEWS, 8, body("/// جدول | شرح\nكلام.\n///"), "data: images/x.csv"),
    # options, anchors
    Bad("B020", NEWS, 9, body("/// figure\nwidht: wide\n![x](images/x.svg)\n///"), "width:, id:"),
    Bad("B020", NEWS, 9, body('/// note | عنوان\n    attrs: {onclick: "alert(1)"}\n\nنص\n///'), "attrs"),
    Bad("B021", NEWS, 9, body("/// صورة\nعرض: ضيق\n![x](images/x.svg)\n///"), "واسع"),
    Bad("B021", NEWS, 9, chart("| 2010 | 4 |", "kind: pie\n"), "dots"),
    Bad("B022", NEWS, 10, chart("| 2010 | 4 |", "data: images/d.csv\n")),
    Bad("B023", NEWS, 9, chart("| 2010 | 4 |", "id: Part One\n"), "Part One"),
    Bad("B023", NEWS, 9, chart("| 2010 | 4 |", "معرّف: term-x\n"), "term-x"),
    Bad("B024", NEWS, 15, body(2 * "/// جدول\nid: twice\n| أ |\n|---|\n| ب |\n///\n"), "twice"),
    Bad("B025", NEWS, 8, body("[هناك](piece:first#parst)"), "عنوان-فرعي"),
    Bad("B025", NEWS, 8, body("[أدناه](#parst)\n\n/// جدول\nid: parts\n| أ |\n|---|\n| ب |\n///"), "parts"),
    # pictures
    Bad("B026", NEWS, 8, with_file("content/news/images/x.png", b"PK\x03\x04 a zip")),
    Bad("B026", NEWS, 8, with_file("content/news/images/x.png", png(40, 40)[:50])),
    Bad("B026", NEWS, 8, with_file("content/news/images/x.svg", b"<html><svg/></html>")),
    Bad("B027", A, 10, in_issue(png(800, 600), ""), "81 mm wide on paper it needs 957"),
    Bad("B030", A, 11, in_issue(png(1500, 900), "width: wide\n"), "needs 1536"),
    Bad("B028", NEWS, 8, with_file(
        "content/news/images/x.svg", '<svg xmlns="http://www.w3.org/2000/svg"><text>كلمة</text></svg>'.encode())),
    # data beside a piece
    Bad("D001", NEWS, 9, body("/// chart | رسم\ndata: images/none.csv\n///"), "images/none.csv"),
    Bad("D001", NEWS, 9, body("/// chart | رسم\ndata: ../../content/authors.yaml\n///")),
    Bad("F005", D, 1, data("ar: أ,ب\n1,2\n".encode("cp1256"))),
    Bad("D002", D, 1, data(b"")),
    Bad("D002", D, 1, data("ar: أ,en: B,ar: ج | en: C\n".encode())),
    Bad("D003", D, 1, data(b"label,value\nx,1\n"), "ar: …"),
    Bad("D003", D, 1, data(b"en: Part,en: Articles\nI,1\n"), "ar"),
    Bad("D004", D, 3, data("ar: أ,ar: ب\nأ,1\nب,2,3\n".encode())),
    Bad("D005", D, 3, data("ar: أ,ar: ب\nأ,1\nب,اثنان\n".encode()), "اثنان"),
    Bad("D005", D, 2, data("ar: أ,ar: ب\nأ,\n".encode())),
    Bad("D006", D, 3, data("ar: أ,ar: ب\nأ,1\nب,2%\n".encode()), "2%"),
    Bad("D008", D, 4, data('ar: أ,ar: ب\n"أ\nب",1\n,2\n'.encode())),
    Bad("B014", D, 1, data("ar: أ,en: B\nأ,b\n".encode())),
    Bad("B019", NEWS, 8, body("نص \u202eمعكوس\u202c هنا."), "U+202E"),
    Bad("B019", NEWS, 2, lambda h: h.write(NEWS, SOUND.replace("عنوان", "عن\u202dوان") + "---\n\nنص.\n")),
    Bad("B029", NEWS, 8, body(f"[مرآة](http://{'a' * 56}.onion/x)"), ".onion/x`"),
    # discretion
    Bad("M015", NEWS, 6, news("discreet: true\n"), "neutral_title"),
    Bad("M015", NEWS, 6, news('discreet: true\nneutral_title: "ملاحظات"\n'), "neutral_slug"),
    Bad("M016", NEWS, 6, news("neutral_slug: page-7\n"), "neutral_slug"),
    Bad("M007", NEWS, 8, news('discreet: true\nneutral_title: "ملاحظات"\nneutral_slug: Page 7\n'), "page-7"),
    Bad("M017", "content/news/quiet.en.md", 8, quiet("page-8"), "page-7"),
    Bad("M018", QUIET, 8, quiet("first"), A),
    Bad("F008", "content/pages/quiet.ar.md", 8, lambda h: h.piece(
        "content/pages/quiet.ar.md", "صفحة", "نص.", DISCREET.format("tags"))),
    # photographs
    Bad("P002", PHOTO, 1, photograph("news/images/x.jpg: {people: none}", jpeg()), "EXIF"),
    Bad("P002", "content/news/images/x.svg", 1, lambda h: h.write("content/news/images/x.svg", DRAWN_ELSEWHERE), "docname"),
    Bad("P003", PHOTO, 1, photograph(""), "content/pictures.yaml"),
    Bad("P004", ANSWERS, 1, photograph("news/images/y.jpg: {people: none}"), "y.jpg"),
    Bad("P005", ANSWERS, 1, photograph("news/images/x.jpg: {people: crowd}"), "none, adults, minors"),
    Bad("P006", ANSWERS, 1, photograph("news/images/x.jpg: {people: adults}"), "x.jpg"),
    Bad("P007", ANSWERS, 1, photograph(
        "news/images/x.jpg: {people: adults, consent: public, expires: 2020-01-01}"), "2020-01-01"),
    # registers
    Bad("R001", "content/authors.yaml", 2, lambda h: h.write("content/authors.yaml", "desk:\n\tar: x\n")),
    Bad("R002", "content/authors.yaml", 1, lambda h: h.write("content/authors.yaml", "desk:\n  ar: هيئة\n"), "en"),
    Bad("R002", "content/instruments.yaml", 1, lambda h: h.write(
        "content/instruments.yaml", "cedaw: {ar: أ, en: b, symbol: s, year: x, unit: article}\n"), "year"),
    Bad("R002", "content/glossary.yaml", 1, lambda h: h.write(
        "content/glossary.yaml", "discrimination: {ar: x, en: y}\n"), "ar"),
    # manifests
    Bad("I001", I1, 1, issue("number = 1", "number = = 1")),
    Bad("I002", I1, 1, issue("number = 1\n", ""), "number"),
    Bad("I002", I1, 5, issue('en = "A small issue"\n', ""), "title.en"),
    Bad("I003", I1, 3, issue("specimen = true", "specimn = true"), "specimen"),
    Bad("I004", I1, 2, issue("date = 2026-01-05", 'date = "5 January"')),
    Bad("I005", I1, line_of(ISSUE, "law-piece"), issue('"law-piece"', '"no-such"'), "no-such"),
    Bad("I006", I1, line_of(ISSUE, "law-piece"), lambda h: (
        h.here / "content/articles/law-piece.en.md").unlink(), "content/articles/law-piece.en.md"),
    Bad("I007", I1, line_of(ISSUE, "law-piece"), issue('"law-piece"', '"first"')),
    Bad("I008", I1, line_of(ISSUE, "Opening"), issue('"Opening"', '"Overture"'), "Opening"),
    Bad("I009", "issues/2/issue.toml", 1, lambda h: h.write("issues/2/issue.toml", ISSUE)),
    Bad("I010", I1, 3, issue("specimen = true", 'sheet = "A3"\nspecimen = true'), "A4"),
    Bad("I010", I1, 3, issue("specimen = true", 'digits = "hindi"\nspecimen = true'), "latn, arab"),
    Bad("I010", I1, 14, issue('"star"', '"rose"'), "lozenge"),
    Bad("I011", I1, line_of(ISSUE, "law-piece"), lambda h: [
        h.piece(f"content/articles/law-piece.{lang}.md", "x", more="category: feature\nstatus: draft\n")
        for lang in ("ar", "en")
    ], "law-piece.ar.md"),
    Bad("I010", I1, 3, issue("specimen = true", 'kind = "book"\nspecimen = true'), "issue, kit"),
    Bad("I013", "issues/pupils/issue.toml", 1, kit("pupils", "number = 3\n")),
    Bad("I014", "issues/Pupils/issue.toml", 1, kit("Pupils")),
    Bad("I014", "issues/3/issue.toml", 1, kit("3")),
    Bad("I012", I1, line_of(ISSUE, "Opening"), issue('["first", "law-piece"]', "[]")),
)  # fmt: skip


def found_in(run: Run) -> list[str]:
    """The lines of a run that are findings."""
    return [row.strip() for row in run.said.splitlines() if " — " in row]


@pytest.mark.parametrize("bad", TABLE, ids=lambda bad: f"{bad.code}-{bad.line}")
def test_mistake_is_found(bad: Bad, house: Tiny) -> None:
    bad.make(house)
    run = house.pelican()
    assert run.status == 1, run.said
    assert "Traceback" not in run.said
    start = f"{bad.path}:{bad.line}: {bad.code} "
    rows = [row for row in found_in(run) if start in row]
    assert rows, f"no finding begins with {start!r} in:\n{run.said}"
    assert any(bad.words in row for row in rows)
    assert not (house.output / "ar").exists(), "a faulty house must not be half published"


def test_a_sound_house_has_no_finding(house: Tiny) -> None:
    """The other side of the table: none of these messages comes without its mistake."""
    house.write("tinyconf.py", (house.here / "tinyconf.py").read_text() + "ISSUE_PDFS = False\n")
    run = house.pelican()
    assert (run.status, found_in(run)) == (0, [])


def test_every_rule_has_its_mistake() -> None:
    """Those of made-up pages (P010 and on) have theirs in test_proofreading and test_prepress."""
    assert {bad.code for bad in TABLE} == {code for code in RULES if not re.match(r"P0[123]\d", code)}


def test_all_mistakes_are_said_at_once(house: Tiny) -> None:
    house.write(NEWS, "نص بلا مقدمة.\n")
    house.piece("content/news/other.ar.md", "خبر", "[رابط](piece:none) و[مادة](law:none)")
    issue('"law-piece"', '"no-such"')(house)
    run = house.pelican()
    codes = {row.split(": ")[1].split()[0] for row in found_in(run)}
    assert codes >= {"M001", "B007", "B009", "I005"}


def test_messages_speak_arabic(house: Tiny) -> None:
    body("[رابط](piece:frist)")(house)
    run = house.pelican(LANG="ar_LY.UTF-8")
    assert f"{NEWS}:8: B007 لا مادة اسمها المختصر «frist»" in run.said


def test_a_piece_with_an_error_is_named_once_not_twice(house: Tiny) -> None:
    """A broken piece of an issue must not also be called missing."""
    house.write(A, "لا مقدمة\n")
    rows = found_in(house.pelican())
    assert len(rows) == 1
    assert "M001" in rows[0]
