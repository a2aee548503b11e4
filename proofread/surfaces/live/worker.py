"""What the worker of the browser calls, once Pyodide has the packed engine."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from proofread.commands.known import known_commands
from proofread.surfaces.live.session import Session

PACKED = Path("/engine.zip")
MACROS = "macros.tex"


def session() -> Session:
    """A session with the macros that the site was built with."""
    with ZipFile(PACKED) as packed:
        return Session(packed.read(MACROS).decode("utf-8"))


def commands() -> str:
    """The LaTeX commands that the engine reads, without their backslashes."""
    return " ".join(sorted(known_commands()))
