"""The second tier of failure: what stops a build (the first is a Finding)."""

from __future__ import annotations


class MagazineError(Exception):
    """Stops the build with a message for a person; `exitcode` is the process's status."""

    exitcode = 1
