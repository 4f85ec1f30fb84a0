"""What is mended in the typesetter while it lays out our pages.

None of this is WeasyPrint's public interface: its version is pinned in requirements.in, each mend
has a test that fails without it, and `mended` leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unicodedata import category

from arabic.kashida import STROKE, UNSAID
from press.justify import justify
from press.ties import NBSP

CLOSED = frozenset({"Pe", "Pf", "Po"})  # what ends a sentence, or closes it


@contextmanager
def mended() -> Iterator[None]:
    """All mends, while the block runs."""
    from weasyprint.layout import inline

    found = {name: getattr(inline, name) for name in MENDS}
    for name, mend in MENDS.items():
        setattr(inline, name, mend(found[name]))
    try:
        yield
    finally:
        for name, original in found.items():
            setattr(inline, name, original)


def _forgiving(split_first_line: Any) -> Any:
    """A text that fits but for the space at its end fits (seen in WeasyPrint 70.0).

    Before an inline element the space counts: the line then broke after the text's first word. When
    the space ties the text to that element, the line breaks before the text's last word.
    """

    def forgiving(
        text: str, style: Any, context: Any, max_width: Any, justification_spacing: Any, **options: Any
    ) -> Any:
        found = split_first_line(text, style, context, max_width, justification_spacing, **options)
        if found[2] is None or max_width is None or not text.endswith((" ", NBSP)):
            return found
        bare = split_first_line(
            text.rstrip(" " + NBSP), style, context, max_width, justification_spacing, **options
        )
        if bare[2] is not None or bare[3] > max_width:
            return found
        enough = None if text.endswith(" ") else bare[3] - 1
        return split_first_line(text, style, context, enough, justification_spacing, **options)

    return forgiving


def _together(can_break_text: Any) -> Any:
    """The number of a note stays with the full stop before it: Pango lets a line end between them.

    Asked of two letters, the typesetter means the end of an element and the beginning of the next.
    """

    def together(text: str, lang: str | None) -> bool:
        if len(text) == 2 and category(text[0]) in CLOSED and text[1].isdigit():
            return False
        return bool(can_break_text(text, lang))

    return together


def _with_kashida(justify_line: Any) -> Any:
    """Lines from right to left are stretched by our own measure; others as they were."""
    from weasyprint.text.line_break import Layout, line_size

    class Stroked(Layout):  # type: ignore[misc]
        """A layout that tells what its text says once it is drawn: strokes say UNSAID."""

        text: str

        def reactivate(self, style: Any) -> None:
            super().reactivate(style)
            self.text = str(self.text).replace(STROKE, UNSAID)

    def shape(text: str, style: Any, spacing: float) -> tuple[Any, float]:
        layout = Stroked(style, spacing)
        layout.set_text(text, justify=True)
        return layout, line_size(layout.get_first_line()[0], style)[0]

    def with_kashida(context: Any, line: Any, extra: float) -> None:
        if line.style["direction"] == "rtl":
            justify(line, extra, shape)
        else:
            justify_line(context, line, extra)

    return with_kashida


MENDS = {
    "can_break_text": _together,
    "split_first_line": _forgiving,
    "justify_line": _with_kashida,
}
