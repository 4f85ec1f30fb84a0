"""What a preflight says: faults, each with its place, and the facts of the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from magazine.catalogue import translations
from magazine.findings import TRANSLATIONS, Rule, Severity
from preflight.geometry import Box

Plates = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, at its worst place.

    `box` is in millimetres from the trim's top left. Faults of one rule, page and `topic` are told once, with
    their `count`; the one with the most `weight` speaks for all.
    """

    code: str
    page: int | None = None
    box: Box | None = None
    values: tuple[tuple[str, str], ...] = ()
    topic: str = ""
    weight: float = 0.0
    count: int = 1
    severity: Severity = "error"

    def words(self, rule: Rule, lang: str) -> tuple[str, str]:
        """Message and hint in the reader's language."""
        gettext = translations(TRANSLATIONS, lang, "findings").gettext
        values = dict(self.values)
        return gettext(rule.message).format(**values), gettext(rule.hint).format(**values)


def fault(
    code: str,
    page: int | None = None,
    box: Box | None = None,
    /,
    *,
    topic: str = "",
    weight: float = 0.0,
    **values: object,
) -> Fault:
    """A fault; `values` fill the rule's message and hint."""
    pairs = tuple((name, str(value)) for name, value in sorted(values.items()))
    return Fault(code, page, box, pairs, topic, weight)


def told_once(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults of one rule, page and topic as one, in the order of pages and codes."""
    groups: dict[tuple[int, str, str], list[Fault]] = {}
    for one in faults:
        groups.setdefault((one.page or 0, one.code, one.topic), []).append(one)
    return tuple(
        replace(min(group, key=_worst_first), count=len(group)) for _, group in sorted(groups.items())
    )


def _worst_first(one: Fault) -> tuple[float, bool, float, float, tuple[tuple[str, str], ...]]:
    """By weight; what has a place before what has none; from the top of the page down."""
    x0, y0, *_ = one.box or (0.0, 0.0)
    return -one.weight, one.box is None, y0, x0, one.values


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page: its boxes in millimetres from the trim's top left, its plates in per cent of ink."""

    number: int
    boxes: tuple[tuple[str, Box], ...]
    ink: float | None = None  # the most ink on one place
    plates: Plates = ()  # the most of each


@dataclass(frozen=True, slots=True)
class FontFacts:
    """A face that the file sets text in."""

    name: str
    kind: str
    embedded: bool
    subset: bool
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IntentFacts:
    """The printing condition that the file is made for."""

    condition: str
    registry: str
    info: str
    profile: str  # as it calls itself
    components: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the file is, whether wrong or not."""

    version: str = ""
    pages: tuple[PageFacts, ...] = ()
    intent: IntentFacts | None = None
    ink_limit: int | None = None
    fonts: tuple[FontFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a preflight. `rules` are those the file was held against."""

    name: str
    profile: str
    faults: tuple[Fault, ...]
    facts: Facts
    rules: Mapping[str, Rule] = field(repr=False)

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The faults that a printer would send the file back for."""
        return tuple(one for one in self.faults if one.severity == "error")

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """The faults to look at before printing."""
        return tuple(one for one in self.faults if one.severity == "warning")
