"""A report as lines for a terminal, as JSON and as one HTML file; in Arabic, in English or in both."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from magazine.catalogue import translations
from magazine.findings import TRANSLATIONS
from preflight.model import Fault, Report

LANGUAGES = ("ar", "en")
DIRECTIONS = {"ar": "rtl"}


def to_text(report: Report, lang: str) -> str:
    """The summary, then a line for each fault: `page 3 (12.0, 40.5 mm): X070 message — hint`."""
    said = _wording(lang)
    lines = [summary(report, lang)]
    for one in report.faults:
        message, hint = one.words(report.rules[one.code], lang)
        times = said(" ({count} times)", count=one.count) if one.count > 1 else ""
        mark = said("warning: ") if one.severity == "warning" else ""
        lines.append(f"{place(one, lang)}: {one.code} {mark}{message}{times} — {hint}")
    return "\n".join(lines)


def summary(report: Report, lang: str) -> str:
    """The outcome in a line."""
    counts = {"errors": len(report.errors), "warnings": len(report.warnings), "rules": len(report.rules)}
    words = "{name} ({profile}): {rules} rules held, errors: {errors}, warnings: {warnings}"
    return _wording(lang)(words, name=report.name, profile=report.profile, **counts)


def place(one: Fault, lang: str) -> str:
    """Where a fault is: the page, and the top left of its box from that of the trim."""
    said = _wording(lang)
    if one.page is None:
        return said("the file")
    if one.box is None:
        return said("page {page}", page=one.page)
    x, y, *_ = one.box
    return said("page {page} ({x}, {y} mm)", page=one.page, x=f"{x:.1f}", y=f"{y:.1f}")


def to_json(report: Report) -> str:
    """Everything, for machines; the same bytes for the same file."""
    return _written(_whole(report))


def folder_json(reports: Sequence[Report]) -> str:
    """The reports on the files of one folder."""
    counts = {
        "errors": sum(len(report.errors) for report in reports),
        "warnings": sum(len(report.warnings) for report in reports),
    }
    return _written({**counts, "files": [_whole(report) for report in _worst_first(reports)]})


def _worst_first(reports: Sequence[Report]) -> list[Report]:
    return sorted(reports, key=lambda report: (not report.errors, not report.warnings))


def _written(whole: Mapping[str, Any]) -> str:
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _whole(report: Report) -> dict[str, Any]:
    counts = {"errors": len(report.errors), "warnings": len(report.warnings)}
    return {
        "file": report.name,
        "profile": report.profile,
        **counts,
        "rules": sorted(report.rules),
        "faults": [_fault(one, report) for one in report.faults],
        "facts": asdict(report.facts),
    }


def _fault(one: Fault, report: Report) -> dict[str, Any]:
    words = {lang: one.words(report.rules[one.code], lang) for lang in LANGUAGES}
    return {
        "code": one.code,
        "severity": one.severity,
        "page": one.page,
        "box_mm": one.box,
        "count": one.count,
        "values": dict(one.values),
        "message": {lang: message for lang, (message, _) in words.items()},
        "hint": {lang: hint for lang, (_, hint) in words.items()},
    }


def to_html(reports: Sequence[Report], langs: Sequence[str] = LANGUAGES) -> str:
    """One file that needs nothing else, with a part for each language; what fails stands first."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    parts = [
        {
            "lang": lang,
            "direction": DIRECTIONS.get(lang, "ltr"),
            "said": _wording(lang),
            "files": [_told(report, lang) for report in _worst_first(reports)],
        }
        for lang in langs
    ]
    return environment.get_template("report.html").render(parts=parts)


def _told(report: Report, lang: str) -> dict[str, Any]:
    """A file's part of a report, in words."""
    faults = [(one, place(one, lang), *one.words(report.rules[one.code], lang)) for one in report.faults]
    return {"report": report, "facts": report.facts, "summary": summary(report, lang), "faults": faults}


def _wording(lang: str) -> Callable[..., str]:
    catalogue: NullTranslations = translations(TRANSLATIONS, lang, "findings")
    return lambda words, **values: catalogue.gettext(words).format(**values)
