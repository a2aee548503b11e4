"""The same formulas, only read, by SymPy's ``parse_latex`` with both of its back ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.engine import ROOT, Checked
from tests.benchmarks.table import row, seconds, title

HERE = Path(__file__).parent
PATIENCE = 20
"""Seconds that one formula may take; SymPy's Lark grammar is ambiguous and can take minutes."""


def environment() -> Path:
    """An environment of its own: SymPy wants an older mpmath than the engine has."""
    wanted = HERE / "requirements.txt"
    folder = ROOT / "build" / "benchmark"
    python = folder / "bin" / "python"
    stamp = folder / "installed"
    if not stamp.exists() or stamp.stat().st_mtime < wanted.stat().st_mtime:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "-r", wanted], check=True)
        stamp.touch()
    return python


def measure(checked: Checked) -> None:
    """Print what SymPy needs to read what the engine reads, samples, compares and explains."""
    title("SymPy's parse_latex, reading the same formulas")
    python = environment()
    for backend in ("antlr", "lark"):
        done = subprocess.run(
            [python, HERE / "sympy_reading.py", backend, str(PATIENCE)],
            input=json.dumps(checked.formulas),
            capture_output=True,
            text=True,
            check=True,
        )
        found = json.loads(done.stdout)
        total = len(checked.formulas)
        row(f"{backend}: formulas read", f"{found['read']} of {total}")
        row(f"{backend}: given up after {PATIENCE} s", str(found["given_up"]))
        row(f"{backend}: processor time", seconds(found["seconds"]))
        share = checked.seconds / found["seconds"]
        row(f"{backend}: the whole check takes of that", f"{share:.1%}")
