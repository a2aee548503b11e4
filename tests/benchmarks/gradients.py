"""The gradient of the squared error, checked by us and by other checkers of derivatives."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

from proofread import check
from tests.benchmarks.reading import environment
from tests.benchmarks.table import row, seconds, title

HERE = Path(__file__).parent
CHECKS = 200
SETTING = (
    "Let $X \\in \\mathbb{R}^{m \\times n}$, $\\theta \\in \\mathbb{R}^n$, $y \\in \\mathbb{R}^m$."
)
LOSS = "$$ L = \\|X\\theta - y\\|^2 $$"
CLAIM = "$$ \\nabla_\\theta L = 2 X^\\top (X\\theta - y) $$"


def _ours() -> float:
    text = "\n\n".join([SETTING, LOSS, *[CLAIM] * CHECKS])
    start = time.process_time()
    report = check(text)
    spent = time.process_time() - start
    assert report.summary["holds"] == CHECKS, report.summary
    return spent / CHECKS


def measure() -> None:
    """Print the time of one check, read from LaTeX here, and of given functions elsewhere."""
    title("One check of the gradient of the squared error")
    ours = _ours()
    row("this project: from LaTeX, 6 samples, 3 sizes, 50 digits", seconds(ours))
    done = subprocess.run([environment(), HERE / "other_checkers.py"], check=True,
                          capture_output=True, text=True)  # fmt: skip
    for name, spent in json.loads(done.stdout).items():
        row(f"{name}: 6 samples in double precision", f"{seconds(spent)}, ratio {ours / spent:.2f}")
