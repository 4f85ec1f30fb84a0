"""What the project promises of its own files: style sheets, locks, documents, one-way imports."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tiny import ROOT

import weave
from magazine.blocks import NAMES
from magazine.frontmatter import KEYS

SHEETS = sorted([*(ROOT / "theme/static/css").glob("*.css"), *(ROOT / "theme/epub").glob("*.css")])
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset)-(?:left|right)\b"
    r"|(?:left|right)\s*:|float\s*:\s*(?:left|right)|text-align\s*:\s*(?:left|right))"
)
ENGLISH, ARABIC = (ROOT / name for name in ("CONTRIBUTING.md", "CONTRIBUTING.ar.md"))


def uncommented(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_the_style_sheets_of_screens_know_no_left_or_right(sheet: Path) -> None:
    assert not PHYSICAL.findall(uncommented(sheet.read_text("utf-8")))


def test_the_pattern_for_left_and_right_catches_them() -> None:
    for bad in ("margin-left: 1px", "a { left: 0 }", "float:right", "text-align: left", "border-right: 0"):
        assert PHYSICAL.search(bad)
    for good in ("margin-inline-start: 1px", "text-align: start", "inset-inline-end: 0"):
        assert not PHYSICAL.search(good)


def test_the_inks_of_the_screen_are_the_inks_of_the_weave() -> None:
    tokens = (ROOT / "theme/static/css/tokens.css").read_text("utf-8")
    written = dict(re.findall(r"--(\w+):\s*(#[0-9a-f]{6})", tokens))
    inks = {**weave.INKS, "paper": weave.PAPER, "black": weave.INK}
    assert {name: written.get(name) for name in inks} == inks


def test_the_lock_names_no_host_and_hashes_everything() -> None:
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    assert "://" not in re.sub(r"#.*", "", lock)
    assert not re.search(r"--(index-url|extra-index-url|find-links|trusted-host)", lock)
    packages = re.findall(r"^([a-z0-9][\w.-]*)==", lock, flags=re.M)
    assert len(packages) > 50
    assert lock.count("--hash=sha256:") >= len(packages)


def test_every_requirement_says_what_it_is_for() -> None:
    for row in (ROOT / "requirements.in").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            assert re.search(r"\S\s+#\s*\w", row) or row.rstrip().endswith("#"), row


@pytest.mark.parametrize("guide", [ENGLISH, ARABIC], ids=lambda path: path.name)
def test_the_guides_know_every_block_and_key(guide: Path) -> None:
    text = guide.read_text("utf-8")
    for names in NAMES.values():
        for name in names:
            assert f"`{name}`" in text or f"/// {name}" in text, name
    for key in KEYS:
        assert f"`{key}`" in text, key


def test_the_guides_keep_step() -> None:
    headings, commands, tables = zip(
        *(shape(guide.read_text("utf-8")) for guide in (ENGLISH, ARABIC)), strict=True
    )
    assert headings[0] == headings[1]
    assert commands[0] == commands[1]
    assert tables[0] == tables[1]


def shape(text: str) -> tuple[list[str], set[str], int]:
    return (
        re.findall(r"^(#+) ", text, flags=re.M),
        set(re.findall(r"\b(?:inv \w+|make)\b", text)),
        len(re.findall(r"^\|", text, flags=re.M)),
    )


def test_every_block_is_shown_on_the_vocabulary_page() -> None:
    for lang, index in (("en", 0), ("ar", 1)):
        page = (ROOT / f"content/pages/vocabulary.{lang}.md").read_text("utf-8")
        for names in NAMES.values():
            assert f"/// {names[index]}" in page


def test_another_organisation_changes_nothing_in_plugins() -> None:
    """No name of this network or its magazine stands in the code."""
    name = re.compile(r"defenders|مدافعات|libyan|nisreen", re.I)
    found = [path for path in (ROOT / "plugins").rglob("*.py") if name.search(path.read_text("utf-8"))]
    assert not found


def test_the_task_list_reads_well() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "invoke", "--list"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    for task in (
        "build",
        "serve",
        "press",
        "preflight",
        "leaflet",
        "pictures",
        "check",
        "test",
        "bench",
        "clean",
    ):
        assert re.search(rf"^  {task}\s+\w.*\.$", said, flags=re.M), said


def refusal(*command: str, **environ: str) -> str:
    """What a command says that must end with status 1 and without a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "Traceback" not in said
    return said


def test_press_names_the_editions_there_are() -> None:
    said = refusal("invoke", "press", "99")
    assert "there is no edition 99; there are: 1-ar, 1-en, 2-ar, 2-en" in said


def test_publishing_asks_for_the_address() -> None:
    assert "SITE_URL=https://example.org" in refusal("pelican", "-s", "publishconf.py", SITE_URL="")
