"""The frozen model in the middle: every renderer reads it, none changes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from zlib import crc32

Direction = Literal["rtl", "ltr"]
Status = Literal["published", "draft", "hidden"]
# What is bound of pieces: an issue of the magazine, a kit of awareness pieces, one such piece folded.
Binding = Literal["issue", "kit", "leaflet"]


@dataclass(frozen=True, slots=True)
class Language:
    """A language the house publishes in; `code` is also its folder in the output."""

    code: str
    locale: str
    direction: Direction
    name: str


@dataclass(frozen=True)
class Imprint:
    """What an organisation sets to make the system its own (pelicanconf.py)."""

    content: Path
    issues: Path
    theme: Path
    cache: Path
    magazine: str
    names: Mapping[str, str]
    publishers: Mapping[str, str]
    languages: tuple[Language, ...]
    kinds: Mapping[str, str]
    tracks: Mapping[str, str]
    categories: Mapping[str, str]
    site_url: str = ""
    unlisted_kinds: tuple[str, ...] = ("pages",)

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Imprint:
        """Read the imprint from Pelican's settings (upper-case names)."""
        content = Path(settings["PATH"]).resolve()
        return cls(
            content=content,
            issues=Path(settings["ISSUES_PATH"]).resolve(),
            theme=Path(settings["THEME"]).resolve(),
            cache=Path(settings["CACHE_PATH"]).resolve(),
            magazine=settings["MAGAZINE_SLUG"],
            names=settings["SITENAMES"],
            publishers=settings["PUBLISHERS"],
            languages=tuple(Language(**entry) for entry in settings["LANGUAGES"]),
            kinds=settings["KINDS"],
            tracks=settings["TRACKS"],
            categories=settings["CATEGORIES"],
            site_url=settings["SITEURL"],
        )

    @property
    def root(self) -> Path:
        """The project's folder: findings name files as seen from here."""
        return self.content.parent

    def file_name(self, issue: Issue, lang: str, form: str) -> str:
        """The name of a file for readers to keep: `defender-1-ar.pdf`, `defender-kit-schools-ar.pdf`."""
        kind = "" if issue.kind == "issue" else f"{issue.kind}-"
        return f"{self.magazine}-{kind}{issue.name}-{lang}.{form}"

    def language(self, code: str) -> Language:
        """The language of that code; KeyError when the house does not publish in it."""
        return {language.code: language for language in self.languages}[code]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a piece names it; `file` is relative to the piece's folder."""

    file: str
    alt: str
    credit: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One text in one language. Twins are two pieces with one slug."""

    path: Path
    kind: str
    slug: str
    lang: str
    title: str
    updated: date | None  # before `date`, which hides the type
    date: date | None
    authors: tuple[str, ...]
    summary: str
    category: str
    track: str
    tags: tuple[str, ...]
    picture: Picture | None
    status: Status
    discreet: bool
    specimen: bool
    template: str
    translation_of_hash: str  # the fingerprint of the twin that this is a translation of
    body: str
    body_line: int
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    neutral_title: str = ""
    neutral_slug: str = ""

    @property
    def address(self) -> str:
        """Its slug as an address tells it: a discreet piece's says nothing of what it is about."""
        return self.neutral_slug or self.slug

    @property
    def key(self) -> tuple[str, str]:
        """Slug and language: unique in the whole library."""
        return self.slug, self.lang

    @property
    def fingerprint(self) -> str:
        """What a translation notes of its source: the beginning of the SHA-256 of its body."""
        return sha256(self.body.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an issue: an English name (translated by the catalogue) and its pieces."""

    name: str
    slugs: tuple[str, ...]
    templates: tuple[tuple[str, str], ...] = ()  # slug and template, of those the issue chooses


@dataclass(frozen=True, slots=True)
class PressSettings:
    """What `[press]` tells the print shop; the thickness of papers in millimetres."""

    profile: str = "FOGRA39"  # a row of theme/press/profiles/profiles.toml, or an .icc beside the manifest
    binding: Literal["saddle", "perfect"] = "saddle"
    paper_mm: float = 0.1  # a leaf: coated, 115 g/m²
    cover_mm: float = 0.25  # a leaf of a perfect-bound cover: coated board, 250 g/m²
    marks: bool = True


@dataclass(frozen=True, slots=True)
class Issue:
    """A manifest; it alone orders the pieces. `name` is its folder's: `1`, or `schools` for a kit."""

    path: Path
    kind: Binding
    name: str
    number: int | None
    date: date
    titles: Mapping[str, str]
    themes: Mapping[str, str]
    sections: tuple[Section, ...]
    languages: tuple[str, ...]
    sheet: str
    digits: Literal["latn", "arab"]
    motif: str
    ink: str
    specimen: bool
    press: PressSettings = PressSettings()

    @property
    def seed(self) -> int:
        """What its art is woven from: the number, or for a kit one made of its name."""
        return crc32(self.name.encode()) % 1000 if self.number is None else self.number

    @property
    def slugs(self) -> tuple[str, ...]:
        """Every slug of the issue, in reading order."""
        return tuple(slug for section in self.sections for slug in section.slugs)


@dataclass(frozen=True, slots=True)
class Edition:
    """An issue in one language, with its pieces in hand: what a press renders."""

    issue: Issue
    language: Language
    sections: tuple[tuple[str, tuple[Piece, ...]], ...]

    @property
    def pieces(self) -> Iterator[Piece]:
        """The pieces in reading order."""
        return (piece for _, pieces in self.sections for piece in pieces)

    def template(self, piece: Piece) -> str:
        """The printed page's template: the issue's choice, else the piece's, else its kind's."""
        chosen = dict(pair for section in self.issue.sections for pair in section.templates)
        kinds = "track" if piece.track else "short"
        return chosen.get(piece.slug) or piece.template or piece.category or kinds

    @property
    def digits(self) -> Literal["latn", "arab"]:
        """The issue's digits; other languages than Arabic have 0-9."""
        return self.issue.digits if self.language.code == "ar" else "latn"

    @property
    def name(self) -> str:
        """Name and language, as file names and messages say it: `1-ar`, `schools-en`."""
        return f"{self.issue.name}-{self.language.code}"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal instrument that a citation may name; `last` is its last article or rule."""

    id: str
    names: Mapping[str, str]
    symbol: str
    year: int
    unit: str
    last: int | None


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry in one language."""

    id: str
    term: str
    text: str


@dataclass(frozen=True)
class Library:
    """Everything the house has: pieces, issues, kits and the registers they refer to."""

    imprint: Imprint
    pieces: Mapping[tuple[str, str], Piece]
    issues: tuple[Issue, ...]
    authors: Mapping[str, Mapping[str, str]]
    tags: Mapping[str, str]
    instruments: Mapping[str, Instrument]
    glossary: Mapping[str, Mapping[str, Term]]
    kits: tuple[Issue, ...] = ()

    def piece(self, slug: str, lang: str) -> Piece | None:
        """The piece, or None when it does not exist in that language."""
        return self.pieces.get((slug, lang))

    @cached_property
    def kinds_by_slug(self) -> Mapping[str, str]:
        """Slug -> kind: slugs are unique over all kinds."""
        return {piece.slug: piece.kind for piece in self.pieces.values()}

    def twins(self, piece: Piece) -> tuple[Piece, ...]:
        """The same piece in the other languages."""
        others = (lang.code for lang in self.imprint.languages if lang.code != piece.lang)
        return tuple(twin for code in others if (twin := self.piece(piece.slug, code)))

    def outdated(self, piece: Piece) -> Piece | None:
        """The twin that a translation was made from, when it has another text since."""
        sources = self.twins(piece) if piece.translation_of_hash else ()
        return next((twin for twin in sources if twin.fingerprint != piece.translation_of_hash), None)

    def edition(self, issue: Issue, lang: str) -> Edition:
        """An issue in one language; pieces that are missing there are left out (and found)."""
        sections = (
            (section.name, tuple(p for s in section.slugs if (p := self.piece(s, lang))))
            for section in issue.sections
        )
        return Edition(issue, self.imprint.language(lang), tuple(sections))

    def editions(self) -> Iterator[Edition]:
        """Every edition of every issue."""
        return (self.edition(issue, lang) for issue in self.issues for lang in issue.languages)

    def kit_editions(self) -> Iterator[Edition]:
        """Every edition of every kit."""
        return (self.edition(kit, lang) for kit in self.kits for lang in kit.languages)
