"""`inv serve`: the site in the browser, renewed after each change.

Each build runs in a process of its own: a mistake in a file shows its findings and leaves the
server and the last good pages as they were. PDFs and EPUBs are left to `inv build`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PREVIEW_SETTINGS = ("ISSUE_PDFS=false", "DELETE_OUTPUT_DIRECTORY=false")
WATCHED = ("content", "issues", "theme", "plugins", "pelicanconf.py")


def serve(root: Path, output: Path, port: int) -> None:
    """Build, serve on loopback, watch. Until Ctrl-C."""
    from livereload import Server

    def rebuild() -> None:
        command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-e", *PREVIEW_SETTINGS]
        subprocess.run(command, cwd=root, check=False)

    rebuild()
    server = Server()
    for name in WATCHED:
        path = root / name
        server.watch(str(path / "**" / "*") if path.is_dir() else str(path), rebuild)
    server.serve(root=str(output), host="127.0.0.1", port=port, open_url_delay=None)
