"""`inv press <issue>`: the PDFs of one issue or kit, by themselves."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from magazine.errors import MagazineError
from magazine.library import load
from magazine.model import Edition, Imprint
from press.impose import impose
from press.room import print_all
from press.store import write


def print_issue(settings: Mapping[str, Any], name: str, lang: str, dist: Path) -> list[Path]:
    """The PDFs of an issue (or a kit) in `dist/<name>/`. MagazineError: no such edition."""
    library, _ = load(Imprint.from_settings(settings))  # `inv press` has checked the sources
    editions = [*library.editions(), *library.kit_editions()]
    wanted = [e for e in editions if e.issue.name == name and lang in ("", e.language.code)]
    if not wanted:
        there = ", ".join(edition.name for edition in editions)
        raise MagazineError(f"there is no edition {'-'.join(filter(None, (name, lang)))}; there are: {there}")
    made = print_all(wanted, library)
    targets = []
    for edition in wanted:
        target = dist / name / library.imprint.file_name(edition.issue, edition.language.code, "pdf")
        target.parent.mkdir(parents=True, exist_ok=True)
        targets.append(Path(shutil.copyfile(made[edition.name], target)))
        if edition.issue.kind == "kit":
            targets.append(_folded(target, edition))
    return targets


def _folded(pdf: Path, edition: Edition) -> Path:
    """The kit once more, on the sheets to copy and fold."""
    target = pdf.with_stem(f"{pdf.stem}-sheets")
    right_bound = edition.language.direction == "rtl"
    write(target, impose(pdf.read_bytes(), edition.issue.sheet, right_bound))
    return target
