"""`inv serve`: the site in the browser, renewed after each change.

Each build runs in a process of its own: a mistake in a file shows its findings and leaves the
server and the last good pages as they were. PDFs and EPUBs are left to `inv build`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import livereload.server
from livereload import Server

PREVIEW_SETTINGS = ("ISSUE_PDFS=false", "DELETE_OUTPUT_DIRECTORY=false")
WATCHED = ("content", "issues", "theme", "plugins", "pelicanconf.py")
# A page as it is shown may hear of changes; the file, which may be published, keeps its policy.
STRICT, WATCHING = b"script-src 'self'", b"script-src 'self' 'unsafe-inline'; connect-src ws:"


class Watching(livereload.server.LiveScriptInjector):  # type: ignore[misc]
    """Adds the script that renews a page, and lets the page run it."""

    def transform_first_chunk(self, status: int, headers: Any, chunk: bytes, finishing: bool) -> Any:
        """A file's first bytes on their way to the browser."""
        opened = chunk.replace(STRICT, WATCHING, 1) if b"<html" in chunk else chunk
        if "Content-Length" in headers:
            headers["Content-Length"] = str(int(headers["Content-Length"]) + len(opened) - len(chunk))
        return super().transform_first_chunk(status, headers, opened, finishing)


def serve(root: Path, output: Path, port: int) -> None:
    """Build, serve on loopback, watch. Until Ctrl-C."""

    def rebuild() -> None:
        command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-e", *PREVIEW_SETTINGS]
        subprocess.run(command, cwd=root, check=False)

    rebuild()
    livereload.server.LiveScriptInjector = Watching
    server = Server()
    for name in WATCHED:
        path = root / name
        server.watch(str(path / "**" / "*") if path.is_dir() else str(path), rebuild)
    server.serve(root=str(output), host="127.0.0.1", port=port, open_url_delay=None)
