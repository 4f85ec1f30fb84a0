"""The tools of the trade that read the file once more: qpdf and Ghostscript."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 900  # seconds; a file can be made so that a reader never ends


class MissingToolError(Exception):
    """A tool is not on this system; its name is the message."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a tool ended, and the lines that it wrote."""

    status: int
    lines: tuple[str, ...]


def run(tool: str, *arguments: str) -> Said:
    """Run a tool to its end. MissingToolError when it is not there."""
    found = shutil.which(tool)
    if found is None:
        raise MissingToolError(tool)
    try:
        done = subprocess.run(
            [found, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return Said(1, (f"Error: no end after {PATIENCE} seconds",))
    return Said(done.returncode, tuple(line.rstrip() for line in done.stdout.splitlines() if line.strip()))


def complaints(pdf: Path) -> tuple[str, ...]:
    """What qpdf finds wrong with the file's syntax."""
    said = run("qpdf", "--check", str(pdf.resolve()))
    if said.status == 0:
        return ()
    plain = (line.replace(str(pdf.resolve()), pdf.name).removeprefix("WARNING: ") for line in said.lines)
    wrong = [line for line in plain if not line.startswith(("checking ", "PDF Version", "File is "))]
    return tuple(wrong[:1]) or (f"status {said.status}",)
