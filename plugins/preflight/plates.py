"""The plates of each page as Ghostscript separates them, and how much ink comes together on one place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from PIL import Image

from preflight import tools
from preflight.geometry import Box
from preflight.model import Plates

RESOLUTION = 72
INSTEAD = ("Loading font", "Substituting font")  # it takes one of its own
AT_ONCE = 16  # pages on disc at a time
RUN = (
    "-dSAFER",
    "-dPDFSTOPONERROR",
    "-dBATCH",
    "-dNOPAUSE",
    "-sDEVICE=tiffsep",
    "-dUseTrimBox",
    f"-r{RESOLUTION}",
)


@dataclass(frozen=True, slots=True)
class Separated:
    """A page: the most ink on one place in per cent, where that is, and the most on each plate."""

    most: float
    place: Box  # in millimetres from the trim's top left
    plates: Plates


@dataclass(frozen=True, slots=True)
class Separation:
    """Some pages in a row, and what Ghostscript said of them."""

    pages: tuple[tuple[int, Separated], ...]
    said: tools.Said

    @property
    def complaints(self) -> tuple[str, ...]:
        """Ghostscript's words against the file: where it stopped, else what it mended or did not find."""
        lines = self.said.lines
        if self.said.status:
            stopped = [line.strip() for line in lines if "Error" in line]
            return tuple(stopped[:1]) or (f"status {self.said.status}",)
        mended = [line.strip() for line in lines if line.startswith("\t")]
        found = [line.partition(" from ")[0] for line in lines if line.startswith(INSTEAD)]
        return tuple(dict.fromkeys(mended + found))


def separate(pdf: Path, count: int) -> Iterator[Separation]:
    """The plates of all pages, a few pages at a time on each core."""
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        yield from cores.map(partial(_some, pdf, count), range(1, count + 1, AT_ONCE))


def _some(pdf: Path, count: int, first: int) -> Separation:
    last = min(count, first + AT_ONCE - 1)
    with TemporaryDirectory() as name:
        folder = Path(name)
        pages = f"-dFirstPage={first}", f"-dLastPage={last}"
        said = tools.run("gs", *RUN, *pages, f"-sOutputFile={folder / 'page%d.tif'}", str(pdf.resolve()))
        made = range(first, last + 1) if said.status == 0 else ()
        return Separation(tuple(_pages(folder, first, made)), said)


def _pages(folder: Path, first: int, numbers: Iterable[int]) -> Iterator[tuple[int, Separated]]:
    for number in numbers:
        files = sorted(folder.glob(f"page{number - first + 1}(*).tif"))
        with suppress(OSError, Image.DecompressionBombError):  # a page without plates is a fault by itself
            inks = {_name(file): _ink(file) for file in files}
            if inks:
                yield number, _separated(inks)


def _name(file: Path) -> str:
    return re.sub(r"^page\d+\((.*)\)$", r"\1", file.stem)


def _ink(file: Path) -> Any:
    with Image.open(file) as plate:
        return 255 - np.asarray(plate.convert("L"), dtype=np.uint8)


def _separated(inks: dict[str, Any]) -> Separated:
    together = sum(ink.astype(np.uint16) for ink in inks.values())
    row, column = np.unravel_index(int(np.argmax(together)), together.shape)
    pixel = 25.4 / RESOLUTION
    x, y = float(column) * pixel, float(row) * pixel
    place = (round(x, 2), round(y, 2), round(x + pixel, 2), round(y + pixel, 2))
    most = tuple((name, _percent(ink.max())) for name, ink in sorted(inks.items()))
    return Separated(_percent(together.max()), place, most)


def _percent(value: Any) -> float:
    return round(int(value) / 255 * 100, 1)
