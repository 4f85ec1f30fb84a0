"""The proof in the chain: a sound edition is proven and packed, a spoiled one is rejected with its reasons."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pelican.settings import read_settings
from tiny import ISSUE, ROOT, Tiny, tiny

from prepress.desk import Pressed, press_issue


def press(house: Tiny) -> Pressed:
    return press_issue(read_settings(str(house.here / "tinyconf.py")), "1", "ar", house.here / "dist")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """An edition with Arabic-Indic figures, a list with numbers, and a piece that names another's page."""
    made = tiny(tmp_path_factory.mktemp("proven"))
    made.write("issues/1/issue.toml", ISSUE.replace("specimen", 'digits = "arab"\nspecimen', 1))
    body = "في عام 1989 نقرأ [نص القانون](piece:law-piece).\n\nوفي 16/5/1989 بلغت 1,234 أي 12.5%، في 1979–1981 وفي ISO 14289.\n\n1. أول الخطوات\n2. ثانيها\n"
    made.piece("content/articles/first.ar.md", "المقال الأول", body, "category: feature\n")
    return made


@pytest.fixture(scope="module")
def sound(house: Tiny) -> Pressed:
    return press(house)


def test_a_sound_edition_is_proven_and_its_reports_are_packed(house: Tiny, sound: Pressed) -> None:
    assert sound.sound, sound.said
    folder = house.here / "dist/1"
    told = json.loads((folder / "defender-1-ar-print-proof.json").read_text("utf-8"))
    assert told["holds"]
    assert told["total"]["words"] == told["total"]["proven"] > 100
    assert told["page_numbers"] > 3, "in the contents, before a part, and in a text"
    assert [page["unproven"] for page in told["pages"]] == [0] * 12
    page = (folder / "defender-1-ar-print-proof.html").read_text("utf-8")
    assert page.index('lang="ar" dir="rtl"') < page.index('lang="en" dir="ltr"')
    with zipfile.ZipFile(folder / "defender-1-press.zip") as bundle:
        packed = {"defender-1-ar-print-proof.html", "defender-1-ar-print-proof.json"}
        assert packed < set(bundle.namelist())
        assert all(name in bundle.read("SHA256SUMS").decode() for name in packed)


LONG = 20  # glyphs: a line of text


def spoil(master: Path) -> None:
    """Post-processing that loses a letter of each page's first line of text: the next one stands there too."""
    with pikepdf.open(master, allow_overwriting_input=True) as document:
        done = 0
        for page in document.pages:
            instructions = [(list(one.operands), one.operator) for one in pikepdf.parse_content_stream(page)]
            shown = (operands for operands, operator in instructions if str(operator) == "TJ")
            line = next((operands for operands in shown if len(glyphs(operands[0])) > LONG), None)
            if line:
                parts = list(line[0])
                one, other, *_ = glyphs(parts)
                parts[one] = parts[other]
                line[0] = pikepdf.Array(parts)
                page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
                done += 1
        assert done > 3
        document.save(master)


def glyphs(parts: Iterable[Any]) -> list[int]:
    """Where glyphs stand in what a text object shows."""
    return [at for at, part in enumerate(parts) if isinstance(part, pikepdf.String) and bytes(part)]


@pytest.fixture(scope="module")
def spoiled(house: Tiny, sound: Pressed) -> Tiny:
    assert sound.sound, sound.said
    (master,) = (house.here / ".cache/press").glob("1-ar-*.master")
    spoil(master)
    return house


def test_a_file_whose_proof_fails_is_rejected_with_its_report(
    spoiled: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ar_LY.UTF-8")
    made = press(spoiled)
    assert not made.sound
    assert "مقابلة 1-ar بالأصل" in made.said
    assert "content/articles/" in made.said, "the file, to look it up"
    names = {path.name for path in (spoiled.here / "dist/1").iterdir()}
    assert {"defender-1-ar-print-REJECTED.pdf", "defender-1-ar-booklet-REJECTED.pdf"} <= names
    assert not names & {"defender-1-ar-print.pdf", "defender-1-ar-booklet.pdf", "SHA256SUMS"}
    assert not [name for name in names if name.endswith(".zip")]
    told = json.loads((spoiled.here / "dist/1/defender-1-ar-print-proof.json").read_text("utf-8"))
    assert not told["holds"]
    assert {"shape", "form", "place"} & {failure["kind"] for failure in told["failures"]}
    page = (spoiled.here / "dist/1/defender-1-ar-print-proof.html").read_text("utf-8")
    assert page.count("data:image/png") == sum(1 for failure in told["failures"] if failure["page"])


def test_the_task_ends_with_status_one(spoiled: Tiny) -> None:
    task = (ROOT / "tasks.py").read_text("utf-8").replace("pelicanconf.py", "tinyconf.py")
    spoiled.write("tasks.py", task)
    (spoiled.here / "plugins").symlink_to(ROOT / "plugins")
    done = subprocess.run(
        [sys.executable, "-m", "invoke", "press", "1", "--lang", "ar"],
        cwd=spoiled.here,
        env={**os.environ, "LANG": "en_GB.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert "Shaping proof of 1-ar" in done.stdout
    assert "dist/1/defender-1-ar-print-REJECTED.pdf" in done.stdout
    assert done.returncode == 1
