"""After a run, one step after another: what is made of the finished pages, and what they are held to.

A signal calls its receivers in no order; here the order matters, since the last steps tell of all
files. So this is the only receiver of `finalized`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pelican import signals

from magazine.model import Library
from web import cards, copies, denied, fonts, gate, hosts, pages, sums, weights


@dataclass(frozen=True, slots=True)
class Site:
    """A site that has been written."""

    library: Library
    output: Path
    settings: Mapping[str, Any]


def offer_copies(site: Site) -> None:
    """Zips to keep; the preview keeps those that a build has left."""
    if site.settings.get("ISSUE_PDFS", True):
        copies.write(site.library, site.output, gate.page_of, partial(pages.size_in, site.library))


STEPS: tuple[Callable[[Site], None], ...] = (
    lambda site: gate.nothing_lost(site.library, site.output),
    lambda site: fonts.make(site.library.imprint, site.output),
    lambda site: cards.write(site.library, site.output),
    lambda site: weights.check(site.output, site.settings["WEIGHTS"], site.library.imprint.cache),
    offer_copies,
    lambda site: hosts.write(site.settings),
    lambda site: denied.check(site.output, site.library.imprint.root),
    lambda site: sums.write(site.output, site.library.imprint.magazine, site.settings["SIGNING_KEY"]),
)


def finish(pelican: Any) -> None:
    """Every step, in order. Pelican has copied the theme's static files by now."""
    site = Site(pelican.settings["LIBRARY"], Path(pelican.output_path), pelican.settings)
    for step in STEPS:
        step(site)


def register() -> None:
    """Connect the steps."""
    signals.finalized.connect(finish)
