"""Every editor's mistake: a finding with file, line, what is wrong, how to mend it; status 1; no traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from tiny import ISSUE, Run, Tiny

from magazine.findings import RULES

A = "content/articles/first.ar.md"
NEWS = "content/news/bad.ar.md"
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


I1 = "issues/1/issue.toml"
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
    Bad("B007", NEWS, 8, body("[رابط](piece:frist)"), "first"),
    Bad("B008", NEWS, 8, body("[مصطلح](term:discriminaton)"), "discrimination"),
    Bad("B009", NEWS, 8, body("[المادة 1](law:cedwa/1)"), "cedaw"),
    Bad("B010", NEWS, 8, body("[المادة 31](law:cedaw/31)"), "30"),
    Bad("B011", NEWS, 8, body("[المادة](law:cedaw/sixteen)")),
    Bad("B012", NEWS, 8, body("نص.[^1]"), "[^1]"),
    Bad("B013", NEWS, 10, body("نص.\n\n[^2]: حاشية."), "[^2]"),
    Bad("B014", NEWS, 11, body("/// chart | رسم\n| أ | ب |\n|---|---|\n| كلمة | كثير |\n///"), "كثير"),
    Bad("B015", NEWS, 8, body("[رابط](../first.ar.md)"), "piece:"),
    Bad("B015", NEWS, 8, body("[رابط](javascript:alert(1))")),
    Bad("B016", NEWS, 8, body("# عنوان")),
    Bad("B016", NEWS, 8, body("### عنوان\n\n## عنوان")),
    Bad("B016", NEWS, 12, body("/// note | ليست عنوانًا\nنص.\n///\n\n### عنوان")),
    Bad("B008", NEWS, 9, body("/// glossary\n- discriminaton\n///"), "discrimination"),
    Bad("B014", NEWS, 8, body("/// chart | رسم\n| أ | ب |\n|---|---|\n///"), "chart"),
    Bad("B017", NEWS, 10, body("نص.\n\n///\n\nنص.")),
    Bad("B018", NEWS, 8, body("/// سؤال\nجواب.\n///"), "/// سؤال | …?"),
    Bad("B018", NEWS, 8, body("/// figure\nشرح.\n///"), "![…](images/x.svg)"),
    Bad("B019", NEWS, 8, body("نص \u202eمعكوس\u202c هنا."), "U+202E"),
    Bad("B019", NEWS, 2, lambda h: h.write(NEWS, SOUND.replace("عنوان", "عن\u202dوان") + "---\n\nنص.\n")),
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
    Bad("I010", I1, 14, issue('"star"', '"rose"'), "lozenge"),
    Bad("I011", I1, line_of(ISSUE, "law-piece"), lambda h: [
        h.piece(f"content/articles/law-piece.{lang}.md", "x", more="category: feature\nstatus: draft\n")
        for lang in ("ar", "en")
    ], "law-piece.ar.md"),
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
    assert {bad.code for bad in TABLE} == set(RULES)


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
