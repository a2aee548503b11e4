"""Cost and memory against the number of statements on one page.

They are short ones, in blocks of a hundred: a page has at most 200,000 characters.
"""

from __future__ import annotations

import json
import subprocess
import sys

from tests.benchmarks.engine import ROOT
from tests.benchmarks.table import row, seconds, title

COUNTS = (100, 1_000, 10_000)
_PAGE = r"""
import json, resource, sys, time
from proofread import check
rows = r"\nabla_x s=2x" + r"\\" + "\n"
count = int(sys.argv[1])
blocks = [f"$$\n\\begin{{gather}}\n{rows * 100}\\end{{gather}}\n$$"] * (count // 100)
text = "\n\n".join(["Let $x \\in \\mathbb{R}^n$.", "$$ s = x^\\top x $$", *blocks])
start = time.process_time()
report = check(text)
spent = time.process_time() - start
assert report.summary["holds"] == count, report.summary
json.dump([spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss], sys.stdout)
"""


def measure() -> None:
    """Print processor time a statement and the largest memory, each page in its own process."""
    title("Cost against the number of gradients on a page")
    for count in COUNTS:
        done = subprocess.run([sys.executable, "-c", _PAGE, str(count)], cwd=ROOT, check=True,
                              capture_output=True, text=True)  # fmt: skip
        spent, memory = json.loads(done.stdout)
        each = f"{seconds(spent / count)} each, {memory / 1024:.0f} MiB"
        row(f"{count:,} statements: {seconds(spent)}", each)
