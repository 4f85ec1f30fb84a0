"""Read everything the house has, once, and say everything that is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from magazine import frontmatter, manifest, registers
from magazine.catalogue import names
from magazine.findings import Finding, finding, is_error
from magazine.frontmatter import SLUG, STATUSES, Source
from magazine.model import Imprint, Issue, Library, Picture, Piece, Status
from magazine.near import near

# Folders of the output that belong to the site itself; a page's slug must not take one.
RESERVED = ("magazine", "glossary", "tags", "authors", "archive", "tracks", "theme", "feeds", "kits")


@dataclass(frozen=True, slots=True)
class Registers:
    """What pieces may refer to, with the ways to write it."""

    authors: Mapping[str, Mapping[str, str]]
    tags: Mapping[str, str]
    author_aliases: Mapping[str, str]
    tag_aliases: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load(imprint: Imprint) -> tuple[Library, list[Finding]]:
    """The library and every finding of the sources. Pieces with an error are left out of it."""
    authors, found = registers.authors(imprint)
    instruments, found_instruments = registers.instruments(imprint)
    glossary, found_glossary = registers.glossary(imprint)
    known = _known(imprint, authors)
    pieces, found_pieces = _pieces(imprint, known)
    bound, found_issues = _issues(imprint, pieces)
    issues = tuple(issue for issue in bound if issue.kind == "issue")
    kits = tuple(issue for issue in bound if issue.kind == "kit")
    library = Library(imprint, pieces, issues, authors, known.tags, instruments, glossary, kits)
    return library, found + found_instruments + found_glossary + found_pieces + found_issues


def _known(imprint: Imprint, authors: Mapping[str, Mapping[str, str]]) -> Registers:
    tags = registers.tags(imprint)
    path = registers.catalogue_path(imprint.theme)
    arabic = names(path, "tag") if path.exists() else {}
    author_aliases = registers.aliases(authors, lambda entry: tuple(entry.values()))
    tag_aliases = registers.aliases(tags, lambda name: (name, arabic.get(name, name)))
    choices = {
        "category": tuple(imprint.categories),
        "track": tuple(imprint.tracks),
        "status": STATUSES,
        "template": manifest.TEMPLATES,
        "authors": tuple(author_aliases),
        "tags": tuple(tag_aliases),
    }
    return Registers(authors, tags, author_aliases, tag_aliases, choices)


# --- pieces -----------------------------------------------------------------------------------


def _pieces(imprint: Imprint, known: Registers) -> tuple[dict[tuple[str, str], Piece], list[Finding]]:
    pieces: dict[tuple[str, str], Piece] = {}
    found: list[Finding] = []
    for path in sorted(path for path in imprint.content.rglob("*.md") if path.is_file()):
        piece, wrong = read_piece(path, imprint, known)
        found += wrong
        if piece is None:
            continue
        clash = _clash(piece, pieces.values(), imprint)
        found += clash
        if not clash:
            pieces[piece.key] = piece
    return pieces, found


def read_piece(path: Path, imprint: Imprint, known: Registers) -> tuple[Piece | None, list[Finding]]:
    """One piece, or None with the reasons."""
    shown = path.relative_to(imprint.root).as_posix()
    found = _misnamed(path, shown, imprint)
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return None, [*found, finding("F005", shown, 1)]
    source, wrong = frontmatter.split(text, shown)
    found += wrong
    if source is None or found:
        return None, found
    found += frontmatter.check(source, shown, path.parent.name, known.choices)
    if any(map(is_error, found)):
        return None, found
    return _piece(path, source, known), found


def _misnamed(path: Path, shown: str, imprint: Imprint) -> list[Finding]:
    if path.parent.parent != imprint.content or path.parent.name not in imprint.kinds:
        folder = path.parent.relative_to(imprint.content).as_posix()
        return [finding("F004", shown, 1, folder=folder, kinds=", ".join(imprint.kinds))]
    slug, dot, lang = path.stem.rpartition(".")
    codes = [language.code for language in imprint.languages]
    if not dot:
        return [finding("F001", shown, 1, name=path.name)]
    if lang not in codes:
        return [finding("F003", shown, 1, lang=lang, languages=", ".join(codes))]
    if not SLUG.fullmatch(slug):
        return [finding("F002", shown, 1, slug=slug)]
    if path.parent.name == "pages" and slug in (*RESERVED, *imprint.kinds):
        return [finding("F008", shown, 1, slug=slug)]
    return []


def _piece(path: Path, source: Source, known: Registers) -> Piece:
    values = source.values
    slug, _, lang = path.stem.rpartition(".")
    picture = values.get("picture")
    return Piece(
        path=path,
        kind=path.parent.name,
        slug=slug,
        lang=lang,
        title=values["title"].strip(),
        date=values["date"],
        authors=tuple(known.author_aliases[name] for name in values.get("authors", [])),
        summary=values["summary"].strip(),
        category=values.get("category", ""),
        track=values.get("track", ""),
        tags=tuple(dict.fromkeys(known.tag_aliases[name] for name in values.get("tags", []))),
        picture=Picture(**picture) if picture else None,
        status=_status(values),
        discreet=values.get("discreet", False),
        neutral_title=values.get("neutral_title", "").strip(),
        neutral_slug=values.get("neutral_slug", ""),
        specimen=values.get("specimen", False),
        template=values.get("template", ""),
        updated=values.get("updated"),
        translation_of_hash=values.get("translation_of_hash", ""),
        body=source.body,
        body_line=source.body_line,
        lines=source.lines,
    )


def _status(values: Mapping[str, Any]) -> Status:
    """A piece dated tomorrow is a draft until tomorrow."""
    status: Status = values.get("status", "published")
    return "draft" if values["date"] > today() else status


def today() -> date:
    """The day of the build; SOURCE_DATE_EPOCH fixes it (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()


def _clash(piece: Piece, others: Iterable[Piece], imprint: Imprint) -> list[Finding]:
    shown = piece.path.relative_to(imprint.root).as_posix()
    line = piece.lines.get("neutral_slug", 1)
    if piece.kind == "pages" and piece.address in (*RESERVED, *imprint.kinds):
        return [finding("F008", shown, line, slug=piece.address)]
    for other in others:
        there = other.path.relative_to(imprint.root).as_posix()
        if other.slug == piece.slug and other.kind != piece.kind:
            code = "F006" if other.lang == piece.lang else "F007"
            return [finding(code, shown, 1, slug=piece.slug, other=there)]
        if other.slug == piece.slug and other.address != piece.address:
            return [finding("M017", shown, line, slug=piece.address)]
        if other.slug != piece.slug and {piece.slug, piece.address} & {other.slug, other.address}:
            return [finding("M018", shown, line, slug=piece.address, other=there)]
    return []


# --- issues -----------------------------------------------------------------------------------


def _issues(
    imprint: Imprint, pieces: Mapping[tuple[str, str], Piece]
) -> tuple[tuple[Issue, ...], list[Finding]]:
    issues: list[Issue] = []
    found: list[Finding] = []
    for path in sorted(imprint.issues.glob("*/issue.toml")):
        issue, wrong = manifest.read(path, imprint)
        found += wrong
        if issue:
            issues.append(issue)
            found += _unresolved(issue, imprint, pieces)
    return tuple(sorted(issues, key=lambda issue: (issue.date, issue.number or 0, issue.name))), found


def _unresolved(issue: Issue, imprint: Imprint, pieces: Mapping[tuple[str, str], Piece]) -> list[Finding]:
    text = issue.path.read_text("utf-8")
    shown = issue.path.relative_to(imprint.root).as_posix()
    found: list[Finding] = []
    sections = names(registers.catalogue_path(imprint.theme), "section")
    for section in issue.sections:
        if section.name not in sections:
            line = manifest.line_of(text, section.name)
            found.append(finding("I008", shown, line, name=section.name, choices=", ".join(sections)))
    for slug in issue.slugs:
        line = manifest.line_of(text, f'"{slug}"')
        if issue.slugs.count(slug) > 1:
            found.append(finding("I007", shown, line, slug=slug))
        found += _missing(issue, slug, shown, line, imprint, pieces)
    return found


def _missing(
    issue: Issue,
    slug: str,
    shown: str,
    line: int,
    imprint: Imprint,
    pieces: Mapping[tuple[str, str], Piece],
) -> list[Finding]:
    """A slug of the issue that has no file, in one of the issue's languages or in any."""
    there = [pieces[slug, lang] for lang in issue.languages if (slug, lang) in pieces]
    # A piece with an error of its own is not in the library: its own finding is enough.
    lacking = [
        lang
        for lang in issue.languages
        if (slug, lang) not in pieces and not any(imprint.content.glob(f"*/{slug}.{lang}.md"))
    ]
    if not lacking and not there:
        return []
    if not there:
        expected = " + ".join(f"content/<kind>/{slug}.{lang}.md" for lang in lacking)
        slugs = {known for known, _ in pieces}
        return [finding("I005", shown, line, slug=slug, expected=expected, near=near(slug, slugs))]
    found = there[0].path.relative_to(imprint.root)
    drafts = [p.path.relative_to(imprint.root) for p in there if p.status == "draft"]
    return [
        finding(
            "I006",
            shown,
            line,
            slug=slug,
            found=found.as_posix(),
            lang=lang,
            expected=found.with_name(f"{slug}.{lang}.md").as_posix(),
        )
        for lang in lacking
    ] + [finding("I011", shown, line, path=path.as_posix()) for path in drafts]
