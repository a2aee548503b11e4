"""Checks pages in processes of their own, so that a crash, a hang or a flood is an answer too.

A server reads one page a line from its standard input and forks for each. The child's processor
time and memory are limited by the system: the engine counts operations and must be far below.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from proofread import check

ROOT = Path(__file__).parents[2]
SECONDS = 20
"""Of processor time: a page that takes longer hangs, however busy the machine is."""
BYTES = 2 << 30


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a page."""

    died: str | None = None
    """The traceback, or how the process ended, where it did not answer."""
    statements: int = 0
    silent: tuple[str, ...] = ()
    """Statements that are neither accepted nor explained; one that is meant to be wrong and is not
    is explained by its title."""
    last: str = ""
    """The verdict, code and message of the last statement."""


def answer(text: str) -> Answer:
    """Check a page here."""
    statements = check(text).files[0].statements
    silent = tuple(
        found.latex
        for found in statements
        if not (found.accepted or found.refuted) and not (found.finding and found.finding.message)
    )
    words = ""
    if statements:
        last = statements[-1]
        words = " ".join(part for part in (last.verdict, last.code) if part)
        words += f": {last.message}" if last.message else ""
    return Answer(None, len(statements), silent, words)


def _child(text: str, write: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    try:
        result = answer(text)
    except BaseException:
        result = Answer(traceback.format_exc(limit=-6))
    with os.fdopen(write, "w") as pipe:
        json.dump(asdict(result), pipe)


def serve_one(text: str) -> dict[str, Any]:
    """The answer to a page from a process of its own."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _child(text, write)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if said:
        return dict(json.loads(said))
    return asdict(Answer(f"ended with status {os.waitstatus_to_exitcode(status)}"))


def _serve() -> None:
    for line in sys.stdin:
        print(json.dumps(serve_one(json.loads(line))), flush=True)


class Watch:
    """A server, from ``with`` to its end."""

    def __enter__(self) -> Self:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.watch"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.close()
        self._server.stdout.close()
        self._server.wait()

    def check(self, text: str) -> Answer:
        """Check a page there."""
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps(text) + "\n")
        self._server.stdin.flush()
        found = json.loads(self._server.stdout.readline())
        return Answer(**{**found, "silent": tuple(found["silent"])})


if __name__ == "__main__":
    _serve()
