"""The theme's own face, with which the rendering tests set their lines."""

from pathlib import Path

import pytest

FONTS = Path(__file__).parents[2] / "theme" / "fonts"


@pytest.fixture(scope="session")
def amiri() -> Path:
    faces = sorted(FONTS.rglob("Amiri-Regular.ttf"))
    assert faces, f"no Amiri-Regular.ttf under {FONTS}"
    return faces[0]
