"""Typeset PDFs by what they depend on: an unchanged issue is not typeset again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import unquote, urlparse

from press.typeset import VERSION_INPUTS

URI = re.compile(r"file://[^\"')\s]+")


def key(html: str, theme: Path, style_sheets: Iterable[Path]) -> str:
    """A digest of everything the PDF depends on: text, styles, fonts, pictures, tools."""
    digest = hashlib.sha256()
    for tool in VERSION_INPUTS:
        digest.update(f"{tool} {version(tool)}\n".encode())
    root = theme.parent.as_uri()  # the same text in another folder is the same text
    digest.update(html.replace(root, "").encode())
    for path in sorted(_inputs(html, theme, style_sheets)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


def _inputs(html: str, theme: Path, style_sheets: Iterable[Path]) -> Iterator[Path]:
    yield from Path(__file__).parent.glob("*.py")
    yield from style_sheets
    yield from theme.glob("fonts/*/*.ttf")
    yield from theme.glob("press/profiles/*.icc")
    for uri in sorted(set(URI.findall(html))):
        yield Path(unquote(urlparse(uri).path))


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as part:
        part.write(data)
    written = Path(part.name)
    written.chmod(0o644)
    written.replace(path)
