"""Two other readers go through the whole file and have nothing to say."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.findings import Rule
from preflight.model import Fault, fault
from preflight.opened import Opened

RULES = (
    Rule("X160", "qpdf --check: {said}", "export the file again"),
    Rule("X161", "Ghostscript stops: {said}", "export the file again"),
    Rule("X162", "Ghostscript mends the file: {said}", "export it again"),
)
PACKAGES = {"gs": "ghostscript", "qpdf": "qpdf"}


def check(opened: Opened) -> Iterator[Fault]:
    """What the tools said, and which of them could not be asked."""
    said = (("X160", opened.complaints), ("X161", opened.errors), ("X162", opened.warnings))
    for code, lines in said:
        for line in lines:
            yield fault(code, topic=line, said=line)
    if not opened.errors and "gs" not in opened.missing:
        for sheet in opened.sheets:
            if sheet.separated is None:
                yield fault("X161", sheet.number, said="no plates")
    for tool in opened.missing:
        yield fault("X003", topic=tool, tool=tool, package=PACKAGES[tool])
