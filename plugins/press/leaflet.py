"""`inv leaflet <slug>`: an awareness piece on one sheet folded once, four pages."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import weave
from magazine.errors import MagazineError
from magazine.library import load, today
from magazine.model import Edition, Imprint, Issue, Library, Piece, Section
from press.compose import compose, style_sheets
from press.finish import finish
from press.fitting import Fitted, UnplaceableError
from press.impose import impose
from press.leaves import paginate
from press.proofreading import Sources, faults, refuse, too_tall
from press.screen import conform
from press.store import write
from press.typeset import Typesetter

SHEET = "A5"
PAGES = 4
FRONT = 1  # of them
STEPS = 5  # the sizes of theme/press/leaflet.css, the largest first
INK = "indigo"  # the darkest: solid on a photocopy
LINK = re.compile(r"\]\(piece:([a-z0-9-]+)\)")


def print_leaflets(settings: Mapping[str, Any], slug: str, lang: str, dist: Path) -> Iterator[Path]:
    """A piece's leaflets (or `all` of them) in `dist/leaflets/`, page by page and on the sheet.

    MagazineError: no such piece, or one that is too long.
    """
    library, _ = load(Imprint.from_settings(settings))  # `inv leaflet` has checked the sources
    for piece in _wanted(library, slug, lang):
        pdf = leaflet(piece, library)
        right_bound = library.imprint.language(piece.lang).direction == "rtl"
        name = f"{piece.slug}-{piece.lang}"
        for target, made in ((name, pdf), (f"{name}-sheet", impose(pdf, SHEET, right_bound))):
            path = dist / "leaflets" / f"{target}.pdf"
            write(path, made)
            yield path


def _wanted(library: Library, slug: str, lang: str) -> list[Piece]:
    pieces = [piece for piece in library.pieces.values() if piece.track and piece.status != "draft"]
    wanted = [piece for piece in pieces if slug in ("all", piece.slug) and lang in ("", piece.lang)]
    if not wanted:
        there = ", ".join(sorted({piece.slug for piece in pieces}))
        raise MagazineError(f"no awareness piece is called {slug}; there are: {there}")
    return wanted


def leaflet(piece: Piece, library: Library) -> bytes:
    """The piece as exactly four pages, in the largest size in which it fits."""
    edition = _edition(piece, library)
    typesetter = _typesetter(library, piece.lang)
    for step in range(STEPS):
        html, text = _made_up(edition, library, typesetter, step)
        if _count(text) <= PAGES:
            break
    else:
        raise MagazineError(_too_long(piece, library, _count(text) - PAGES))
    refuse(list(faults([text], Sources(edition, library.imprint.root), library.imprint.theme)))
    pdf, record = typesetter.typeset(html)
    finished = finish(pdf, record, edition, library.imprint)
    conform(finished)
    return finished


def _typesetter(library: Library, lang: str) -> Typesetter:
    theme = library.imprint.theme
    return Typesetter(theme, (*style_sheets(theme, lang), theme / "press" / "leaflet.css"))


def _made_up(edition: Edition, library: Library, typesetter: Typesetter, step: int) -> tuple[str, Fitted]:
    """The HTML of the pages in one of the sizes, and how the text stands on them."""
    html = _composed(edition, library, step)
    try:
        html, _, (text,) = paginate(html, typesetter.measure, _no_cloth)
    except UnplaceableError as error:
        refuse([too_tall(error.piece, error.element, Sources(edition, library.imprint.root))])
        raise
    return html, text


def _count(text: Fitted) -> int:
    """The pages besides those for notes."""
    return FRONT + len(text.pages)


def _too_long(piece: Piece, library: Library, pages: int) -> str:
    path = piece.path.relative_to(library.imprint.root).as_posix()
    return (
        f"{path}: in the smallest size the leaflet is {pages} page(s) too long; shorten the piece"
        f" · يزيد طول المطوية عن أربع صفحات بأصغر حجم؛ عدد الصفحات الزائدة: {pages}؛ اختصري المادة"
    )


def _no_cloth(_index: int, _width: float, _height: float) -> str:
    """Toner is dear: a leaflet's last page stays bare."""
    return ""


def _composed(edition: Edition, library: Library, step: int) -> str:
    art = weave.picture(edition.issue.name, edition.issue.motif, edition.issue.ink)
    return compose(
        edition,
        library,
        step=step,
        site=library.imprint.site_url,
        named=_named(next(edition.pieces), library),
        picture=b64encode(art.encode()).decode(),
    )


def _named(piece: Piece, library: Library) -> list[Piece]:
    """The pieces that this one sends its reader to."""
    found = (library.piece(slug, piece.lang) for slug in dict.fromkeys(LINK.findall(piece.body)))
    return [other for other in found if other and other.status != "draft"]


def _edition(piece: Piece, library: Library) -> Edition:
    """An issue of one piece, so that all that prints issues prints it."""
    motifs = list(weave.MOTIFS)
    issue = Issue(
        path=piece.path,
        kind="leaflet",
        name=piece.slug,
        number=None,
        date=piece.date or today(),
        titles={piece.lang: piece.title},
        themes={},
        sections=(Section("", (piece.slug,)),),
        languages=(piece.lang,),
        sheet=SHEET,
        digits="latn",
        motif=motifs[crc32(piece.slug.encode()) % len(motifs)],
        ink=INK,
        specimen=False,
    )
    return library.edition(issue, piece.lang)
