"""The editors' desk: check everything and say it in their language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checks import check
from magazine.findings import is_error, report, report_language
from magazine.library import load
from magazine.model import Imprint


def check_all(settings: Mapping[str, Any], lang: str = "") -> tuple[str, bool]:
    """The report on all sources, and whether an error is in it."""
    library, found = load(Imprint.from_settings(settings))
    found += check(library)
    words = report(found, lang or report_language())
    count = f"{len(library.pieces)} ✓" if not found else f"{len(set(found))} ✗"
    return f"{words}\n{count}".strip(), any(map(is_error, found))
