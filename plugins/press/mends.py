"""What is mended in the typesetter while it lays out our pages.

None of this is WeasyPrint's public interface: its version is pinned in requirements.in, each mend
has a test that fails without it, and `mended` leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from unicodedata import category

from arabic.kashida import STROKE, UNSAID
from press.justify import justify
from press.ties import NBSP

CLOSED = frozenset({"Pe", "Pf", "Po"})  # what ends a sentence, or closes it
PANGO_TO_PDF = 1000 / 1024


@contextmanager
def mended() -> Iterator[None]:
    """All mends, while the block runs."""
    modules = {name: import_module(module) for name, (module, _) in MENDS.items()}
    found = {name: getattr(module, name) for name, module in modules.items()}
    for name, (_, mend) in MENDS.items():
        setattr(modules[name], name, mend(found[name]))
    try:
        yield
    finally:
        for name, original in found.items():
            setattr(modules[name], name, original)


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


def _measured(_: Any) -> Any:
    """Lines are stretched by our own measure, those from right to left with strokes.

    WeasyPrint counts with the widths of what is not stretched: a line goes beyond its measure by the
    kerning that a face has with the space.
    """
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

    def measured(_: Any, line: Any, extra: float) -> None:
        justify(line, extra, shape)

    return measured


def _in_thousandths(draw_first_line: Any) -> Any:
    """Marks stand where the face puts them: Pango counts in 1/1024, PDF in 1/1000 (WeasyPrint 70.0).

    The offsets of glyphs were written without that, 2.4 per cent too large.
    """
    from weasyprint.text.ffi import ffi, pango

    def in_thousandths(stream: Any, textbox: Any, *options: Any) -> Any:
        layout = textbox.pango_layout
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # as it does, and lays out anew
        run = layout.get_first_line()[0].runs[0] if textbox.text.strip() else ffi.NULL
        while run != ffi.NULL:
            glyphs = run.data.glyphs
            for glyph in glyphs.glyphs[0 : glyphs.num_glyphs]:
                glyph.geometry.x_offset = round(glyph.geometry.x_offset * PANGO_TO_PDF)
                glyph.geometry.y_offset = round(glyph.geometry.y_offset * PANGO_TO_PDF)
            run = run.next
        return draw_first_line(stream, textbox, *options)

    return in_thousandths


INLINE, DRAW = "weasyprint.layout.inline", "weasyprint.draw.text"
MENDS = {  # by the name of what is mended: its module, and how
    "can_break_text": (INLINE, _together),
    "split_first_line": (INLINE, _forgiving),
    "justify_line": (INLINE, _measured),
    "draw_first_line": (DRAW, _in_thousandths),
}
