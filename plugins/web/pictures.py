"""Pictures on the site: built anew from their pixels, no heavier than a reader's line bears.

A photograph becomes a WebP and, for browsers without it, a JPEG or PNG; a drawing stays one. What is
made is kept by content in the cache. Only what a piece shows is published.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

import PIL
from lxml import etree
from PIL import Image

from magazine.pictures import DRAWING, bare
from press import store

WIDTHS, QUALITIES = (1280, 1024, 800, 640, 480), (80, 65)  # sought in this order until one is light enough
FEW = 256  # colours: a chart or a scan of a drawing, which JPEG would smear
IMG = re.compile(r"<img\b[^>]*>")
SRC, ALT = (re.compile(rf'\b{name}="([^"]*)"') for name in ("src", "alt"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page has it: files of the output, the one for every browser last; its size."""

    files: tuple[str, ...]
    width: int
    height: int

    def tag(self, up: str, alt: str, lazy: bool = True) -> str:
        """Its HTML. `up` leads from the page to the top of the site; `alt` is HTML already."""
        *better, last = (f"{up}{quote(file)}" for file in self.files)
        later = ' loading="lazy"' if lazy else ""
        image = f'<img src="{last}" alt="{alt}" width="{self.width}" height="{self.height}"{later}>'
        sources = "".join(f'<source type="image/webp" srcset="{file}">' for file in better)
        return f"<picture>{sources}{image}</picture>" if sources else image


def publish(source: Path, settings: Mapping[str, Any]) -> Shown:
    """Write a picture of the sources into the output, in the forms that a page needs."""
    folder = source.parent.relative_to(Path(settings["PATH"]).resolve()).as_posix()
    if source.suffix.lower() == DRAWING:
        made, size = {source.name: source.read_bytes()}, _size_of_drawing(source)
    else:
        made, size = _photograph(source, settings["WEIGHTS"]["picture"], Path(settings["CACHE_PATH"]))
    for name, data in made.items():
        target = Path(settings["OUTPUT_PATH"], folder, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return Shown(tuple(f"{folder}/{name}" for name in made), *size)


def _size_of_drawing(source: Path) -> tuple[int, int]:
    """In pixels of the page: what its `viewBox` says, else what browsers take for granted."""
    box = str(etree.fromstring(source.read_bytes()).get("viewBox", "0 0 300 150")).replace(",", " ").split()
    return max(1, round(float(box[2]))), max(1, round(float(box[3])))


def _photograph(source: Path, budget: int, cache: Path) -> tuple[dict[str, bytes], tuple[int, int]]:
    """The WebP and the fallback by name, from the cache when nothing changed; and the WebP's size."""
    told = repr((source.stem, WIDTHS, QUALITIES, budget, PIL.__version__))
    digest = hashlib.sha256(source.read_bytes() + told.encode()).hexdigest()[:16]
    kept = cache / "pictures" / digest
    if not any(kept.glob("*.webp")):
        with Image.open(source) as image:
            pixels = bare(image)
        for form, suffix in (_fallback(pixels), ("WEBP", "webp")):  # that it is there tells that both are
            name = f"{source.stem}-{digest[:8]}.{suffix}"
            store.write(kept / name, lightest(pixels, form, budget))
    files = sorted(kept.glob(f"{source.stem}-*"), key=lambda file: file.suffix != ".webp")
    with Image.open(files[0]) as image:
        return {file.name: file.read_bytes() for file in files}, image.size


def _fallback(pixels: Image.Image) -> tuple[str, str]:
    few = pixels.getcolors(FEW) is not None
    return ("PNG", "png") if few or pixels.mode == "RGBA" else ("JPEG", "jpg")


def lightest(pixels: Image.Image, form: str, budget: int) -> bytes:
    """The largest of the sizes and qualities that stays within the budget."""
    data = b""
    for data in _tried(pixels, form):
        if len(data) <= budget:
            break
    return data


def _tried(pixels: Image.Image, form: str) -> Iterator[bytes]:
    for width, quality in product(WIDTHS, QUALITIES):
        wide = min(width, pixels.width)
        sized = pixels.resize(
            (wide, max(1, round(pixels.height * wide / pixels.width))), Image.Resampling.LANCZOS
        )
        if form == "PNG":
            sized = sized.quantize(FEW)
        out = BytesIO()
        sized.save(out, form, quality=quality, optimize=True, method=6)
        yield out.getvalue()


def dressed(html: str, shown: Mapping[str, Shown], up: str) -> str:
    """A body's HTML with each picture in its full form; `shown` goes by the address in `src`."""

    def full(found: re.Match[str]) -> str:
        src, alt = SRC.search(found[0]), ALT.search(found[0])
        return shown[src[1]].tag(up, alt[1] if alt else "") if src else found[0]

    return IMG.sub(full, html)
