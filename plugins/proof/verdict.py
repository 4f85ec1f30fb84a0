"""What a proof says: the words of each page and how many are proven, what failed, what nobody judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal

Kind = Literal["font", "notdef", "shape", "place", "form", "order", "lost", "number", "unknown", "missing"]
Box = tuple[float, float, float, float]  # left, top, right, bottom from the trim's top left, in millimetres
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Failure:
    """What does not stand as the source says; `page` 0 when it stands nowhere.

    `where` is the source's file, with the line when it is known.
    """

    kind: Kind
    page: int
    box: Box
    expected: str
    found: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Unjudged:
    """What stands on a page and none of the ways can tell anything of."""

    what: Literal["picture", "reference"]
    page: int
    box: Box
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """The words of a page, and how many of them are proven in each way.

    `letters` are those with Arabic letters: only they have forms. `furniture` are those among the words
    that are the theme's own.
    """

    page: int
    words: int = 0
    shaped: int = 0
    letters: int = 0
    formed: int = 0
    ordered: int = 0
    kashida: int = 0
    furniture: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both together, as of the first page."""
        counts = (one.name for one in fields(self)[1:])
        return Tally(self.page, *(getattr(self, name) + getattr(other, name) for name in counts))

    @property
    def proven(self) -> int:
        """Words proven in every way that can be asked of them."""
        return min(self.shaped, self.ordered, self.words - self.letters + self.formed)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven of a file, and what was not; `references` are the page numbers that were checked."""

    edition: str
    pages: tuple[Tally, ...]
    failures: tuple[Failure, ...]
    fonts: Mapping[str, str] = field(default_factory=dict)
    references: int = 0
    unjudged: tuple[Unjudged, ...] = ()

    @property
    def total(self) -> Tally:
        """All pages together."""
        return sum(self.pages, Tally(0))

    @property
    def holds(self) -> bool:
        """True when every word is proven in every way, and nothing is missing."""
        total = self.total
        return total.words == total.proven > 0 and not self.failures
