"""What a person reads: lines, a page, JSON; and files that other programs made."""

from __future__ import annotations

import json
import os
import re
import string
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest
from sound import build, draw, save
from test_preflight_rules import X4, codes, words
from tiny import ROOT

from magazine.catalogue import translations
from magazine.findings import RULES as EDITORS_RULES
from magazine.findings import TRANSLATIONS
from preflight import RULES, Report, inspect
from preflight.report import folder_json, to_html, to_json, to_text


def broken(folder: Path) -> Report:
    """Two red squares, and type too near the trim."""
    pdf = build()
    for content in (b"1 0 0 rg 100 120 20 20 re f", b"1 0 0 rg 100 160 20 20 re f", words("32 180")):
        draw(content)(pdf)
    return inspect(save(pdf, folder / "<it>.pdf"), X4)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return broken(tmp_path_factory.mktemp("broken"))


def test_a_fault_is_a_line_a_printer_can_follow(report: Report) -> None:
    assert to_text(report, "en").splitlines() == [
        f"<it>.pdf (x4): {len(RULES)} rules held, errors: 2, warnings: 0",
        "page 1 (25.3, 106.5 mm): X060 text or a shape is painted in DeviceRGB (2 times)"
        " — convert it; the press prints DeviceCMYK, DeviceGray",
        "page 1 (1.3, 103.8 mm): X140 text stands 1.29 mm from the trim; 4 mm are safe"
        " — move it further into the page",
    ]


def test_the_lines_are_in_arabic_too(report: Report) -> None:
    summary, colour, margin = to_text(report, "ar").splitlines()
    assert summary == f"فحص <it>.pdf بمقياس x4، القواعد: {len(RULES)}، الأخطاء: 2، التنبيهات: 0"
    assert colour.startswith("الصفحة 1 (25.3، 106.5 مم): X060 نص أو شكل بألوان DeviceRGB (عدد المرات: 2) — ")
    assert "نص على بعد 1.29 مم من حدّ القصّ" in margin


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_speaks_arabic(code: str) -> None:
    arabic = translations(TRANSLATIONS, "ar", "findings")
    for english in (RULES[code].message, RULES[code].hint):
        translated = arabic.gettext(english)
        assert translated != english, f"no Arabic for {english!r}"
        assert fields(translated) == fields(english)


def test_no_code_is_the_editors() -> None:
    assert not set(RULES) & set(EDITORS_RULES)


def test_the_page_is_whole_and_fetches_nothing(report: Report) -> None:
    page = to_html([report])
    html5lib.HTMLParser(strict=True).parse(page)
    assert not re.search(r"""(?:src|href)=(?!"#)|url\(|@import""", page)
    assert "&lt;it&gt;.pdf" in page
    assert page.count("X060") == page.count("X140") == 2  # once a language
    assert page.count('dir="rtl"') == 2


def test_every_word_of_the_page_is_in_arabic(report: Report) -> None:
    page = to_html([report], ["ar"])
    text = re.sub(r"<style>.*?</style>|<bdi>.*?</bdi>|<[^>]+>", " ", page, flags=re.S)
    latin = set(re.findall(r"[A-Za-z]{2,}", text))
    assert latin <= {"it", "lt", "gt", "pdf", "DeviceRGB", "DeviceCMYK", "DeviceGray"}


def test_a_folder_has_one_report_with_what_fails_first(report: Report, tmp_path: Path) -> None:
    sound = inspect(save(build(), tmp_path / "sound.pdf"), X4)
    page = to_html([sound, report], ["en"])
    html5lib.HTMLParser(strict=True).parse(page)
    assert page.index("Preflight of &lt;it&gt;.pdf") < page.index("Preflight of sound.pdf")
    targets, ids = re.findall('href="#(.*?)"', page), re.findall('article id="(.*?)"', page)
    assert targets == ids == ["en-1", "en-2"]
    whole = json.loads(folder_json([sound, report]))
    assert [(one["file"], one["errors"]) for one in whole["files"]] == [("<it>.pdf", 2), ("sound.pdf", 0)]
    assert (whole["errors"], whole["warnings"]) == (2, 0)
    assert whole["files"][0] == json.loads(to_json(report))


def test_the_json_holds_everything_a_machine_asks(report: Report) -> None:
    whole = json.loads(to_json(report))
    assert (whole["errors"], whole["warnings"], whole["profile"]) == (2, 0, "x4")
    assert [(one["code"], one["page"], one["count"]) for one in whole["faults"]] == [
        ("X060", 1, 2),
        ("X140", 1, 1),
    ]
    assert whole["faults"][0]["message"]["ar"] == "نص أو شكل بألوان DeviceRGB"
    facts = whole["facts"]
    intent = facts["intent"]
    assert (intent["condition"], intent["profile"]) == ("FOGRA39", "FOGRA39L Coated")
    assert len(facts["pages"]) == 4
    assert dict(facts["pages"][1]["boxes"])["TrimBox"] == [0, 0, 120, 160]
    assert {name for name, _ in facts["pages"][1]["plates"]} == {"Cyan", "Magenta", "Yellow", "Black"}


def test_the_same_file_has_the_same_report_anywhere(report: Report, tmp_path: Path) -> None:
    again = broken(tmp_path)
    assert to_json(again) == to_json(report)
    assert to_html([again]) == to_html([report])


# Other programs

SCRIPT = """%!PS
<< /PageSize [200 200] >> setpagedevice
1 0 0 setrgbcolor 50 50 20 20 rectfill
0 0 0 setrgbcolor /Helvetica 12 selectfont 10 150 moveto (Hello) show
0.1 setlinewidth 20 20 moveto 100 20 lineto stroke
showpage
"""


def test_ghostscripts_pdf_has_its_real_faults_named(tmp_path: Path) -> None:
    (tmp_path / "it.ps").write_text(SCRIPT)
    made = tmp_path / "it.pdf"
    subprocess.run(["gs", "-q", "-dSAFER", "-sDEVICE=pdfwrite", "-o", made, tmp_path / "it.ps"], check=True)
    found = codes(inspect(made, X4))
    assert found == "X010 X012 X020 X030 X041 X042 X045 X060 X090 X120 X140 X162"


def test_chromiums_pdf_has_its_real_faults_named() -> None:
    """The file was printed by Chromium 156 from a page of one line with a link on a coloured ground."""
    found = inspect(Path(__file__).with_name("chromium.pdf"), X4)
    assert codes(found) == "X010 X012 X020 X030 X040 X042 X044 X050 X060 X140"


# The task


def asked(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "invoke", "preflight", *arguments],
        cwd=ROOT,
        env={**os.environ, "LANG": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, done.stdout + done.stderr


def test_the_task_passes_a_sound_file(tmp_path: Path) -> None:
    status, said = asked(str(save(build(), tmp_path / "it.pdf")))
    assert (status, said.strip()) == (0, f"it.pdf (x4): {len(RULES)} rules held, errors: 0, warnings: 0")


def test_the_task_fails_what_is_no_pdf(tmp_path: Path) -> None:
    (tmp_path / "it.pdf").write_text("Dear printer")
    status, said = asked(str(tmp_path / "it.pdf"), "--profile", "gray", "--lang", "ar")
    assert status == 1
    assert "X001 ليس هذا ملف PDF يمكن أن يُقرأ" in said


def test_the_task_names_the_profiles_there_are(tmp_path: Path) -> None:
    status, said = asked(str(tmp_path / "it.pdf"), "--profile", "x9")
    assert (status, said.strip()) == (1, "there is no profile x9; there are: x4, gray")
