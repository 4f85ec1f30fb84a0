"""The file says what press it is made for, and brings its profile along."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Stream

from magazine.findings import Rule
from preflight.colour import icc_space
from preflight.model import Fault, IntentFacts, fault
from preflight.opened import Opened, text

RULES = (
    Rule("X030", "the file does not say what press it is made for", "add an OutputIntent of GTS_PDFX"),
    Rule("X031", "the output intent does not name its {key}", "write {example}"),
    Rule("X032", "the output intent brings no profile along", "embed the ICC profile of the press"),
    Rule(
        "X033",
        "the intent's profile is {found}; the press needs {wanted} for a printer",
        "embed the profile of the press",
    ),
    Rule("X034", "there are {count} output intents for PDF/X", "keep the one of this press"),
    Rule(
        "X035",
        "the intent names {named}, its profile is one of {brought} (“{profile}”)",
        "ask the press for its condition; name it, and embed its profile",
        "warning",
    ),
)
# Printing conditions as intents and profiles name them: ISO 12647's by their characterisation data.
CONDITIONS = {
    "FOGRA27": r"FOGRA\s*27",
    "FOGRA39": r"FOGRA\s*39|ISO\s*Coated\s*v2",
    "FOGRA45": r"FOGRA\s*45|PSO\s*LWC\s*Improved",
    "FOGRA46": r"FOGRA\s*46|PSO\s*LWC\s*Standard",
    "FOGRA47": r"FOGRA\s*(29|47)|PSO\s*Uncoated\s*ISO|ISO\s*Uncoated",
    "FOGRA51": r"FOGRA\s*51|PSO\s*coated\s*v3",
    "FOGRA52": r"FOGRA\s*52|PSO\s*uncoated\s*v3",
    "SWOP": r"SWOP|CGATS\s*TR\s*00?[135]\b",
    "GRACoL": r"GRACoL|CGATS\s*TR\s*00?6\b",
    "IFRA": r"IFRA|newspaper",
    "Japan Color": r"Japan\s*Color|\bJC200",
}
NAMED = (
    ("OutputConditionIdentifier", "FOGRA39"),
    ("RegistryName", "http://www.color.org"),
)
SPACES = {1: "GRAY", 3: "RGB", 4: "CMYK"}


def check(opened: Opened) -> Iterator[Fault]:
    """One intent, whole."""
    intents = opened.intents
    if not intents:
        yield fault("X030")
    if len(intents) > 1:
        yield fault("X034", count=len(intents))
    for intent in intents:
        yield from _named(intent)
        yield from _profile(intent, opened.profile.components)
    if opened.intent:
        yield from _agreed(opened.intent)


def _named(intent: Dictionary) -> Iterator[Fault]:
    for name, example in NAMED:
        if not text(intent, f"/{name}"):
            yield fault("X031", topic=name, key=name, example=example)


def _profile(intent: Dictionary, components: int) -> Iterator[Fault]:
    profile = intent.get("/DestOutputProfile")
    if not isinstance(profile, Stream):
        yield fault("X032")
        return
    kind = _device(profile)
    stated, inside, wanted = int(profile.get("/N", 0)), icc_space(profile), SPACES[components]
    if (stated, inside, kind) != (components, wanted, "prtr"):
        yield fault("X033", found=f"N {stated}, {inside or '?'}, {kind or '?'}", wanted=wanted)


def _agreed(intent: IntentFacts) -> Iterator[Fault]:
    """What the file calls its condition, and what its profile calls itself, are one."""
    named, brought = _conditions(intent.condition), _conditions(intent.profile)
    if named and brought and not named & brought:
        one, other = (", ".join(sorted(names)) for names in (named, brought))
        yield fault("X035", named=one, brought=other, profile=intent.profile)


def _conditions(words: str) -> set[str]:
    return {name for name, pattern in CONDITIONS.items() if re.search(pattern, words, re.I)}


def _device(profile: Stream) -> str:
    """What a profile is of: prtr, mntr, scnr."""
    try:
        return profile.read_bytes()[12:16].decode("latin-1").strip()
    except pikepdf.PdfError:
        return ""
