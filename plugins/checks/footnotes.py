"""Footnotes: each reference has its text, each text its reference."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.text import Text
from magazine.findings import Finding

REFERENCE = re.compile(r"\[\^(?P<name>[^\]\s]+)\](?!:)")
DEFINITION = re.compile(r"^\[\^(?P<name>[^\]\s]+)\]:")


def check(text: Text) -> Iterator[Finding]:
    """Compare both sides."""
    referred = {match["name"]: line for line, match in text.matches(REFERENCE)}
    defined = {match["name"]: line for line, match in text.matches(DEFINITION)}
    for name in referred.keys() - defined.keys():
        yield text.finding("B012", referred[name], name=name)
    for name in defined.keys() - referred.keys():
        yield text.finding("B013", defined[name], name=name)
