"""What lets a reader or a mirror make sure of a copy: SHA256SUMS, and its signature where a key is given.

The secret key is never the project's: `MINISIGN_KEY` names its file. The public one is SIGNING_KEY in
the settings, which the site prints; a signature that it does not confirm stops the build.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from magazine.errors import MagazineError
from magazine.library import today

SUMS: Final = "SHA256SUMS"
SIGNATURE: Final = f"{SUMS}.minisig"


def write(output: Path, magazine: str, public: str) -> None:
    """The sums of all files, as `sha256sum --check` reads them; signed, where a key is given."""
    for name in (SUMS, SIGNATURE):  # the preview leaves what was there
        (output / name).unlink(missing_ok=True)
    (output / SUMS).write_text("".join(lines(output)), "utf-8")
    secret = os.environ.get("MINISIGN_KEY")
    if secret:
        _sign(output / SUMS, Path(secret), f"{magazine} {today().isoformat()}", public)


def lines(output: Path) -> Iterator[str]:
    """A line a file, in the order of names."""
    for file in sorted(path for path in output.rglob("*") if path.is_file()):
        yield f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(output).as_posix()}\n"


def _sign(sums: Path, secret: Path, comment: str, public: str) -> None:
    if not shutil.which("minisign"):
        raise MagazineError("to sign, minisign is needed; type: sudo apt-get install minisign")
    if not secret.is_file():
        raise MagazineError("MINISIGN_KEY names no file: the sums were not signed")
    # a key with a password asks for it: the terminal is left to it
    if subprocess.run(["minisign", "-S", "-s", secret, "-m", sums, "-t", comment], check=False).returncode:
        raise MagazineError("minisign did not sign the sums")
    checked = ["minisign", "-V", "-q", "-P", public, "-m", str(sums)]
    if not public or subprocess.run(checked, check=False).returncode:
        raise MagazineError("SIGNING_KEY in the settings is not the public half of MINISIGN_KEY")
