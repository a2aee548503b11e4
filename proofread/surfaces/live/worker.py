"""What the worker of the browser calls, once Pyodide has the packed engine."""

from __future__ import annotations

from proofread.commands.known import known_commands
from proofread.surfaces.live.session import Session


def session(macros: str) -> Session:
    """A session with the macros that the site was built with."""
    return Session(macros)


def commands() -> str:
    """The LaTeX commands that the engine reads, without their backslashes."""
    return " ".join(sorted(known_commands()))
