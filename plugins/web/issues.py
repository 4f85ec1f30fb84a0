"""The magazine on the site: its archive, a page an issue, covers, PDFs and EPUBs."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator

import weave
from ebook.bind import bound
from magazine.manifest import SHEETS
from magazine.model import Edition, Issue, Library
from magazine.names import section
from press.room import print_all
from web import copies

# The forms in which a reader can keep an issue, by suffix, and their media types.
FORMS: Mapping[str, str] = {"pdf": "application/pdf", "epub": "application/epub+zip"}
ZIP = "application/zip"
FOLDERS = {"issue": "magazine", "kit": "kits"}  # below a language, of the files


@dataclass(frozen=True, slots=True)
class Download:
    """A file to keep, in the output: its language, form and size in bytes (None: made after the page)."""

    lang: str
    form: str
    media_type: str
    path: str
    size: int | None


class Issues(Generator):  # type: ignore[misc]
    """Writes `<lang>/magazine/…`, `covers/…`, `pictures/…` and the issues' PDFs and EPUBs."""

    library: Library

    def generate_context(self) -> None:
        """Let every template know the issues, newest first."""
        self.library = self.settings["LIBRARY"]
        self.context["ISSUES"] = tuple(reversed(self.library.issues))
        self.context["ISSUE_OF"] = {slug: issue for issue in self.library.issues for slug in issue.slugs}

    def generate_output(self, writer: Any) -> None:
        """Art first, then PDFs and EPUBs, then the pages that name their sizes."""
        self.art()
        publish(self.library.editions(), self.library, self.settings, tuple(FORMS))
        for language in self.library.imprint.languages:
            whole = self.copy_of("", copies.site_path(self.library))
            self.page(writer, f"{language.code}/magazine/index.html", "magazine", {"whole": whole})
            for issue in self.library.issues:
                values = {
                    "issue": issue,
                    "sections": self.sections(issue, language.code),
                    "downloads": self.offered(issue, language.code),
                }
                path = f"{language.code}/magazine/{issue.name}/index.html"
                self.page(writer, path, "issue", values)

    def offered(self, issue: Issue, first: str) -> list[Download]:
        """The issue's files, those in the page's language first; its pages in a zip after the others."""
        found = downloads(self.library, issue, self.output_path)
        for lang in issue.languages:
            found += self.copy_of(lang, copies.issue_path(self.library, issue, lang))
        return sorted(found, key=lambda file: (file.lang != first, issue.languages.index(file.lang)))

    def copy_of(self, lang: str, path: str) -> list[Download]:
        """A copy that this run will make, or (in the preview) that an earlier one has left."""
        coming, file = self.settings.get("ISSUE_PDFS", True), Path(self.output_path, path)
        if not coming and not file.exists():
            return []
        return [Download(lang, copies.FORM, ZIP, path, None if coming else file.stat().st_size)]

    def page(self, writer: Any, path: str, template: str, values: dict[str, Any]) -> None:
        """Write one page."""
        relative = self.settings["RELATIVE_URLS"]
        writer.write_file(path, self.get_template(template), self.context, relative, url=path, **values)

    def sections(self, issue: Issue, lang: str) -> list[tuple[str, list[Any]]]:
        """The issue's sections, named in this language, with their articles."""
        by_key = {(a.slug, a.lang): a for a in self.context["articles"]}
        codes = [lang, *(code for code in issue.languages if code != lang)]

        def article(slug: str) -> Any:
            return next((by_key[slug, code] for code in codes if (slug, code) in by_key), None)

        return [
            (section(self.library, part.name, lang), [a for s in part.slugs if (a := article(s))])
            for part in issue.sections
        ]

    def art(self) -> None:
        """Covers and the pictures of pieces that bring none: vectors from number and slug."""
        for issue in self.library.issues:
            width, height = SHEETS[issue.sheet]
            art = weave.cover_art(issue.seed, issue.motif, issue.ink, width, height)
            self.put(f"covers/{issue.name}.svg", art)
        shown = (piece for piece in self.library.pieces.values() if piece.status != "draft")
        for slug, address in {piece.slug: piece.address for piece in shown}.items():
            motif, ink = dress(self.library, slug)
            self.put(f"pictures/{address}.svg", weave.picture(slug, motif, ink))
        self.put("theme/mark.svg", weave.mark())

    def put(self, path: str, text: str) -> None:
        """Write a file of our own making."""
        target = Path(self.output_path, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def publish(
    editions: Iterable[Edition], library: Library, settings: Mapping[str, Any], forms: Sequence[str]
) -> None:
    """Every edition in these forms, in its place.

    With ISSUE_PDFS off (the preview) nothing is made: what an earlier build left is kept.
    """
    if not settings.get("ISSUE_PDFS", True):
        return
    named = {edition.name: edition for edition in editions}
    output = Path(settings["OUTPUT_PATH"])
    for name, made in print_all(named.values(), library).items():
        shutil.copyfile(made, _place(output, library, named[name], "pdf"))
    for edition in named.values() if "epub" in forms else ():
        _place(output, library, edition, "epub").write_bytes(bound(edition, library))


def _place(output: Path, library: Library, edition: Edition, form: str) -> Path:
    """Where an edition's file belongs, with its folder made."""
    target = output / file_path(library, edition.issue, edition.language.code, form)
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def downloads(library: Library, issue: Issue, output: str) -> list[Download]:
    """What of the issue or kit is there to be kept."""
    found = []
    for lang in issue.languages:
        for form, media_type in FORMS.items():
            path = file_path(library, issue, lang, form)
            file = Path(output, path)
            if file.exists():
                found.append(Download(lang, form, media_type, path, file.stat().st_size))
    return found


def file_path(library: Library, issue: Issue, lang: str, form: str) -> str:
    """A file of an issue or kit in the output."""
    return f"{lang}/{FOLDERS[issue.kind]}/{issue.name}/{library.imprint.file_name(issue, lang, form)}"


def dress(library: Library, slug: str) -> tuple[str, str]:
    """The motif and ink of a piece: its issue's, else its kind's."""
    for issue in library.issues:
        if slug in issue.slugs:
            return issue.motif, issue.ink
    kinds = list(library.imprint.kinds)
    at = kinds.index(library.kinds_by_slug[slug])
    motifs, inks = weave.MOTIFS, [ink for ink in weave.INKS if ink not in ("paper", "ink")]
    return list(motifs)[at % len(motifs)], inks[at % len(inks)]


def generators(_pelican: Any) -> type[Issues]:
    """Pelican asks for more generators."""
    return Issues


def register() -> None:
    """Connect the magazine."""
    signals.get_generators.connect(generators)
