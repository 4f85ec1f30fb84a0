"""HTML is not part of the vocabulary: it would be printed as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.text import Text
from magazine.findings import Finding

TAG = re.compile(r"<(?:/?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?|!--.*?)>")


def check(text: Text) -> Iterator[Finding]:
    """Tags and comments."""
    for number, match in text.matches(TAG):
        yield text.finding("B004", number, tag=match[0])
