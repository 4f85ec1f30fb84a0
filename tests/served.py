"""A web server on loopback that remembers what was asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


@dataclass
class Served:
    """A folder on loopback: its address, and every request with its headers (path, name -> value)."""

    address: str
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


class Handler(SimpleHTTPRequestHandler):
    served: Served

    def do_GET(self) -> None:
        self.served.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve a folder while the block runs."""
    remembering = type("Remembering", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(remembering, directory=str(folder)))
    served = remembering.served = Served(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
