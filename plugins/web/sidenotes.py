"""Footnotes beside the text: each note stands after the block that calls it.

A phone shows it below its paragraph, a wide page in the margin; nobody has to travel to the foot of the
page and back. The text is not serialised anew: Pelican's link placeholders stay as they are.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input", "wbr", "col"})
NOTES = re.compile(r'\n?<div class="footnote">.*?<ol>(.*)</ol>\s*</div>', re.DOTALL)
NOTE = re.compile(r'<li id="fn:([^"]+)">\s*(.*?)\s*</li>(?=\s*(?:<li id="fn:|$))', re.DOTALL)
BACK = re.compile(r'&#160;<a class="footnote-backref"[^>]*>[^<]*</a>')
ASIDE = '\n<aside class="sidenote" role="note" id="fn:{name}">{text}</aside>'
NUMBER = '<a href="#fnref:{name}">{number}</a> '


class _Blocks(HTMLParser):
    """Where each outermost element ends, and the notes called in it, by the first call of each."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.depth = 0
        self.called: list[str] = []
        self.ends: list[tuple[int, list[str]]] = []
        self.starts = [0, *(match.end() for match in re.finditer("\n", html))]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element deeper; the call of a note is taken down."""
        self.depth += tag not in VOID
        if tag == "sup" and (name := (dict(attrs).get("id") or "")).startswith("fnref:"):
            self.called.append(name.partition(":")[2])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Drawings close some of theirs at once."""

    def handle_endtag(self, tag: str) -> None:
        """An outermost element ends here."""
        self.depth -= tag not in VOID
        if not self.depth:
            line, column = self.getpos()
            self.ends.append((self.starts[line - 1] + column + len(f"</{tag}>"), self.called))
            self.called = []


def beside(html: str) -> str:
    """The text with its notes after the blocks that call them; as it is when it has none."""
    found = NOTES.search(html)
    if not found:
        return html
    notes = dict(NOTE.findall(found[1]))
    numbers = {name: number for number, name in enumerate(notes, 1)}
    text = html[: found.start()] + html[found.end() :]
    for end, called in reversed(_Blocks(text).ends):
        asides = (_aside(name, numbers[name], notes[name]) for name in called)
        text = text[:end] + "".join(asides) + text[end:]
    return text


def _aside(name: str, number: int, note: str) -> str:
    """A note, its number at the head of its first paragraph."""
    mark, text = NUMBER.format(name=name, number=number), BACK.sub("", note)
    text = text.replace("<p>", f"<p>{mark}", 1) if text.startswith("<p>") else f"{mark}{text}"
    return ASIDE.format(name=name, text=text)
