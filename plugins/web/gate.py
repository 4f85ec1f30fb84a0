"""Before a run: read the library and hold it against every check. After it: nothing may be lost.

Pelican drops an article it cannot read and goes on; here such a run ends with a message and a
non-zero status instead.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

from pelican import signals

from checks import check
from magazine.errors import MagazineError
from magazine.findings import is_error, report, report_language
from magazine.library import load
from magazine.model import Imprint, Library


class FindingsError(MagazineError):
    """The sources have errors; they have been printed."""


class WithoutTraceback(logging.Filter):
    """Pelican logs every exception with its traceback; an editor needs the message alone."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Drop the traceback of an error that is meant for a person."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, MagazineError):
            record.exc_info, record.exc_text = None, None
            record.msg, record.args = "%s", (str(error),)
        return True


def open_library(pelican: Any) -> None:
    """Load and check the sources; stop the run when there is an error in them."""
    imprint = Imprint.from_settings(pelican.settings)
    library, found = load(imprint)
    found += check(library)
    lang = report_language()
    if found:  # plain lines, which an editor's program can follow to the place
        print(report(found, lang), file=sys.stderr)
    errors = sum(map(is_error, set(found)))
    if errors:
        raise FindingsError(f"errors: {errors}; nothing was built · أخطاء: {errors}، ولم يُبنَ شيء")
    pelican.settings["LIBRARY"] = library


def nothing_lost(library: Library, output: Path) -> None:
    """Every published piece has its page; otherwise Pelican dropped it on the way."""
    lost = [
        piece.path.relative_to(library.imprint.root).as_posix()
        for piece in library.pieces.values()
        if piece.status == "published"
        and not (output / page_of(piece.kind, piece.address, piece.lang)).exists()
    ]
    if lost:
        raise MagazineError(f"no page was written for: {', '.join(sorted(lost))}")


def page_of(kind: str, slug: str, lang: str) -> str:
    """A piece's file in the output, by its address: pages stand at the top of their language."""
    return f"{lang}/{slug}/index.html" if kind == "pages" else f"{lang}/{kind}/{slug}/index.html"


def register() -> None:
    """Connect the gate."""
    logging.getLogger("pelican").addFilter(WithoutTraceback())
    signals.get_generators.connect(open_library)
