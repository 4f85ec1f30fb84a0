"""A tiny bilingual magazine in a temporary folder, made of the project's own theme and plugins."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

SETTINGS = """
import sys
sys.path[:0] = [{root!r}]
from pelicanconf import *
PATH = {here!r} + "/content"
ISSUES_PATH = {here!r} + "/issues"
OUTPUT_PATH = {here!r} + "/output"
CACHE_PATH = {here!r} + "/.cache"
"""

FRONT = {
    "ar": """---
title: "{title}"
date: 2026-01-04
authors: [desk]
summary: "خلاصة قصيرة."
{more}---

{body}
""",
    "en": """---
title: "{title}"
date: 2026-01-04
authors: [desk]
summary: "A short summary."
{more}---

{body}
""",
}

ISSUE = """number = 1
date = 2026-01-05
specimen = true

[title]
ar = "عدد صغير"
en = "A small issue"

[theme]
ar = "للتجربة"
en = "For a trial"

[cover]
motif = "star"
ink = "madder"

[[sections]]
name = "Opening"
pieces = ["first", "law-piece"]
"""

KIT = """kind = "kit"
date = 2026-01-06

[title]
ar = "حقيبة صغيرة"
en = "A small kit"

[theme]
ar = "للتجربة"
en = "For a trial"

[[sections]]
name = "In class"
pieces = ["lesson", "drawing"]
"""

BODY = {
    "ar": """هذه فقرة أولى عن المساواة، وفيها عبارة very **bold** English وكلمة مح**مد**ود.[^1]

## عنوان فرعي

نصّ [المادة 16(1)(ب)](law:cedaw/16.1.b) عن [التمييز](term:discrimination)، ورمزها CEDAW/C/LBY/CO/5 هنا.

/// pullquote | من النص
جملة تقف وحدها.
///

/// chart | المواد في كل جزء
| الجزء | المواد |
|---|---|
| الأول | 6 |
| الثاني | 3 |
///

[^1]: حاشية أولى فيها نص عربي.
""",
    "en": """A first paragraph on equality, with the Arabic word المساواة inside it.[^1]

## A heading

Text on [article 16(1)(b)](law:cedaw/16.1.b) and on [discrimination](term:discrimination).

/// pullquote | from the text
A sentence that stands alone.
///

/// chart | Articles in each part
| Part | Articles |
|---|---|
| One | 6 |
| Two | 3 |
///

[^1]: A first footnote in English.
""",
}

AUTHORS = """desk:
  ar: هيئة التحرير
  en: Editorial desk
"""
INSTRUMENTS = """cedaw:
  ar: اتفاقية القضاء على جميع أشكال التمييز ضد المرأة
  en: Convention on the Elimination of All Forms of Discrimination against Women
  symbol: A/RES/34/180
  year: 1979
  unit: article
  last: 30
"""
GLOSSARY = """discrimination:
  ar: {term: التمييز, text: تفرقة أو استبعاد أو تقييد.}
  en: {term: Discrimination, text: "Distinction, exclusion or restriction."}
"""


def installed(tool: str) -> str | None:
    """Where a program is; servers stand where not every user looks."""
    return shutil.which(tool, path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")


@dataclass(frozen=True)
class Run:
    """What a command said, and its status."""

    status: int
    said: str


@dataclass(frozen=True)
class Tiny:
    """A tiny house in a folder."""

    here: Path

    @property
    def output(self) -> Path:
        return self.here / "output"

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file of the house."""
        target = self.here / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return target

    def piece(self, path: str, title: str, body: str = "", more: str = "") -> Path:
        """Write a piece with sound front matter; `more` holds further lines of it."""
        lang = path.rsplit(".", 2)[1]
        return self.write(path, FRONT[lang].format(title=title, more=more, body=body or BODY[lang]))

    def page(self, path: str) -> str:
        """A file of the output as text."""
        return (self.output / path).read_text("utf-8")

    def pelican(self, *arguments: str, **environ: str) -> Run:
        """Run Pelican as a person would."""
        command = [sys.executable, "-W", "error::SyntaxWarning", "-m", "pelican", "-s", "tinyconf.py"]
        done = subprocess.run(
            [*command, *arguments],
            cwd=self.here,
            env={**os.environ, "COLUMNS": "400", "LANG": "en_GB.UTF-8", **environ},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        return Run(done.returncode, done.stdout + done.stderr)


def tiny(here: Path, more_settings: str = "") -> Tiny:
    """A house with two articles in both languages, a page, a news post and an issue."""
    house = Tiny(here)
    house.write("tinyconf.py", SETTINGS.format(root=str(ROOT), here=str(here)) + more_settings)
    house.write("content/authors.yaml", AUTHORS)
    house.write("content/instruments.yaml", INSTRUMENTS)
    house.write("content/glossary.yaml", GLOSSARY)
    house.write("issues/1/issue.toml", ISSUE)
    for slug, arabic, english in (
        ("first", "المقال الأول", "The first article"),
        ("law-piece", "نص القانون", "The letter of the law"),
    ):
        house.piece(f"content/articles/{slug}.ar.md", arabic, more="category: feature\ntags: [cedaw]\n")
        house.piece(f"content/articles/{slug}.en.md", english, more="category: feature\ntags: [cedaw]\n")
    house.piece("content/news/post.ar.md", "خبر", "نص الخبر مع [مقال](piece:first).")
    house.piece("content/news/post.en.md", "A post", "The post’s text with [a piece](piece:first).")
    for slug, arabic, english in (("about", "عن الشبكة", "About"), ("get-help", "المساعدة", "Get help")):
        house.piece(f"content/pages/{slug}.ar.md", arabic, "نص الصفحة.")
        house.piece(f"content/pages/{slug}.en.md", english, "The page’s text.")
    return house


def add_kit(house: Tiny) -> Tiny:
    """Two awareness pieces in both languages, and a kit of them."""
    for slug, arabic, english in (("lesson", "درس", "A lesson"), ("drawing", "رسم", "A drawing")):
        house.piece(f"content/awareness/{slug}.ar.md", arabic, more="track: schools\n")
        house.piece(f"content/awareness/{slug}.en.md", english, more="track: schools\n")
    house.write("issues/pupils/issue.toml", KIT)
    return house
