"""Fixtures: the tiny magazine, built once a worker; the real one, built once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import ROOT, Run, Tiny, installed, tiny

pytest_plugins = ["browser"]
TOOLS = ("pdftotext", "pdffonts", "qpdf", "gs", "java", "nginx", "minisign")


def pytest_configure(config: pytest.Config) -> None:
    """A missing component is a clear message and a failure, never a skip."""
    missing = [tool for tool in TOOLS if not installed(tool)]
    if missing:
        raise pytest.UsageError(f"missing from this system: {', '.join(missing)}; run bin/system test")


@pytest.fixture
def house(tmp_path: Path) -> Tiny:
    """A sound tiny house of one's own, to break."""
    return tiny(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The tiny house, with a piece in one language only, built with its PDFs."""
    house = tiny(tmp_path_factory.mktemp("tiny"))
    house.piece("content/news/arabic-only.ar.md", "خبر بالعربية وحدها", "نص لا توأم له.")
    house.piece("content/awareness/only-english.en.md", "In one language", "Text.", "track: schools\n")
    run = house.pelican()
    assert run.status == 0, run.said
    return house


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The project's own magazine, built into a temporary folder, PDFs from the store."""
    here = tmp_path_factory.mktemp("real")
    lines = f"from pelicanconf import *\nOUTPUT_PATH = {str(here / 'output')!r}\n"
    (here / "tinyconf.py").write_text(f"import sys\nsys.path[:0] = [{str(ROOT)!r}]\n{lines}", "utf-8")
    house = Tiny(here)
    run: Run = house.pelican()
    assert run.status == 0, run.said
    return house
