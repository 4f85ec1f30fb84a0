"""The kits on the site: their PDFs, offered on the list of awareness pieces and on that of their track."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pelican import signals
from pelican.generators import Generator

from magazine.model import Issue, Library
from web.issues import downloads, publish


class Kits(Generator):  # type: ignore[misc]
    """Writes `<lang>/kits/…` before the lists are written, which name the sizes."""

    library: Library

    def generate_context(self) -> None:
        """Nothing is read."""
        self.library = self.settings["LIBRARY"]

    def generate_output(self, _writer: Any) -> None:
        """The PDFs; then every template may know them: (kit, its track, its downloads)."""
        publish(self.library.kit_editions(), self.library, self.settings, ("pdf",))
        self.context["KITS"] = [
            (kit, track_of(kit, self.library), files)
            for kit in self.library.kits
            if (files := downloads(self.library, kit, self.output_path))
        ]


def track_of(kit: Issue, library: Library) -> str:
    """The track that most of its pieces belong to."""
    tracks = (library.piece(slug, lang) for slug in kit.slugs for lang in kit.languages[:1])
    return Counter(piece.track for piece in tracks if piece).most_common(1)[0][0]


def generators(_pelican: Any) -> type[Kits]:
    """Pelican asks for more generators."""
    return Kits


def register() -> None:
    """Connect the kits."""
    signals.get_generators.connect(generators)
