"""HTML -> PDF. The only module that imports WeasyPrint.

WeasyPrint's log lines are errors here: what it warns of, a reader of paper would find.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from magazine.errors import MagazineError
from press import drawn
from press.measures import Measures, drifted, loosened, read
from press.mends import mended
from press.textlayer import Record

OPTIONS = {"pdf_tags": True}
Progress = Callable[[int], None]
VERSION_INPUTS = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5")


class TypesetError(MagazineError):
    """The typesetter warned of something; the message holds its lines."""


class _Lines(logging.Handler):
    """Collects what the typesetter says."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.lines.append(record.getMessage())


class _Pages(logging.Handler):
    """Passes on the number of the page that is being laid out."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(logging.INFO)
        self.progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        """Only the lines that name a page."""
        if "Page %d" in str(record.msg) and isinstance(record.args, tuple):
            self.progress(int(str(record.args[-1])))


@contextmanager
def _listening(progress: Progress | None) -> Iterator[list[str]]:
    logger, steps = logging.getLogger("weasyprint"), logging.getLogger("weasyprint.progress")
    lines, level, propagate = _Lines(), steps.level, logger.propagate
    pages = _Pages(progress) if progress else None
    logger.addHandler(lines)
    logger.propagate = False
    if pages:
        steps.addHandler(pages)
        steps.setLevel(logging.INFO)
    try:
        yield lines.lines
    finally:
        logger.removeHandler(lines)
        logger.propagate = propagate
        steps.setLevel(level)
        if pages:
            steps.removeHandler(pages)


@contextmanager
def _recording(record: Record) -> Iterator[None]:
    """Take note of every glyph with its text, through the mapping that WeasyPrint's fonts keep, and of
    every piece of marked content with its element, in place of WeasyPrint's own tags.

    Not part of WeasyPrint's public interface: its version is pinned, and `textlayer.restore`
    and `drawn.read` hold the record against the pages.
    """
    from weasyprint import pdf
    from weasyprint.pdf.fonts import Font

    made, tagged = Font.__init__, pdf.add_tags

    def make(self: Any, *arguments: Any) -> None:
        made(self, *arguments)
        self.to_unicode = record.texts(self.hash)

    def tag(_pdf: Any, document: Any, _version: Any, streams: Any) -> None:
        pages = zip(document.pages, streams, strict=True)
        record.drawing = drawn.read((page._page_box, stream._tags) for page, stream in pages)

    Font.__init__, pdf.add_tags = make, tag
    try:
        yield
    finally:
        Font.__init__, pdf.add_tags = made, tagged


@dataclass(frozen=True, slots=True)
class Typesetter:
    """The faces and style sheets of an edition, read once; lays out its galley and its pages."""

    base: Path
    style_sheets: tuple[Path, ...]

    def measure(self, html: str) -> Measures:
        """Lay a galley out and measure its blocks. TypesetError as below."""
        with _listening(None) as lines:
            measures = _tried(lambda: read(page._page_box for page in self._render(html).pages))
        _complain(lines)
        return measures

    def typeset(self, html: str, progress: Progress | None = None) -> tuple[bytes, Record]:
        """Lay the document out: the PDF, and the record of its glyphs for the text layer.

        TypesetError when the typesetter has anything to say.
        """
        record = Record()
        with _listening(progress) as lines, _recording(record):
            document = _tried(lambda: self._render(html))
            lines += drifted(page._page_box for page in document.pages)
            record.loose += loosened(page._page_box for page in document.pages)
            with mended():
                pdf: bytes = _tried(lambda: document.write_pdf(**OPTIONS))
        _complain(lines)
        return pdf, record

    def _render(self, html: str) -> Any:
        """Only files are read: an issue that needs the network could not be printed twice alike."""
        from weasyprint import CSS, HTML  # importing it takes half a second: only when something is set
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher

        fetcher: Any = URLFetcher(allowed_protocols=("file", "data"))
        fonts = FontConfiguration()
        sheets = [
            CSS(filename=str(path), url_fetcher=fetcher, font_config=fonts) for path in self.style_sheets
        ]
        document = HTML(string=html, base_url=self.base.as_uri() + "/", url_fetcher=fetcher)
        with mended():
            return document.render(
                stylesheets=sheets, font_config=fonts, presentational_hints=False, **OPTIONS
            )


Result = TypeVar("Result")


def _tried(work: Callable[[], Result]) -> Result:
    try:
        return work()
    except Exception as error:  # its own faults have any type; a person needs a message
        raise TypesetError(f"the typesetter could not lay the pages out: {error!r}") from error


def _complain(lines: list[str]) -> None:
    if lines:
        raise TypesetError("the typesetter says:\n" + "\n".join(lines))
