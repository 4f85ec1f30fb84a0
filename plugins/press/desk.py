"""`inv press <issue>`: one issue's PDFs, by themselves."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from magazine.errors import MagazineError
from magazine.library import load
from magazine.model import Imprint
from press.room import print_all


def print_issue(settings: Mapping[str, Any], number: str, lang: str, dist: Path) -> list[Path]:
    """The issue's PDFs in `dist/<number>/`. MagazineError: no such edition."""
    library, _ = load(Imprint.from_settings(settings))  # `inv press` has checked the sources
    wanted = [
        edition
        for edition in library.editions()
        if edition.issue.number == number and lang in ("", edition.language.code)
    ]
    if not wanted:
        there = ", ".join(edition.name for edition in library.editions())
        raise MagazineError(
            f"there is no edition {'-'.join(filter(None, (number, lang)))}; there are: {there}"
        )
    made = print_all(wanted, library)
    targets = []
    for edition in wanted:
        target = dist / number / library.imprint.file_name(edition.issue, edition.language.code, "pdf")
        target.parent.mkdir(parents=True, exist_ok=True)
        targets.append(Path(shutil.copyfile(made[edition.name], target)))
    return targets
