"""The engine by itself: the site, a page of 40 statements, import time and memory."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.table import row, seconds, title

ROOT = Path(__file__).parents[2]
RUNS = 5
FORTY = "\n\n".join(
    [
        r"Let $X \in \mathbb{R}^{m \times n}$, $\theta \in \mathbb{R}^n$ and $y \in \mathbb{R}^m$.",
        r"$$ L = \|X\theta - y\|^2 $$",
        *[r"$$ \nabla_\theta L = 2 X^\top (X\theta - y) $$"] * 36,
    ]
)
_CASES = """
import json, sys, time
from pathlib import Path
from proofread import check
from tests.case_files import FOLDER, NOT_CASES, sections
files = [each for each in sorted(FOLDER.glob("*.md")) if each.name not in NOT_CASES]
texts = [part.text for each in files for part in sections(each, each.read_text("utf-8"))]
start = time.process_time()
count = sum(len(check(text).files[0].statements) for text in texts)
json.dump([len(texts), count, time.process_time() - start], sys.stdout)
"""
_SITE = """
import json, resource, sys, time
from pathlib import Path
from proofread.surfaces.files import find_pages
from proofread.surfaces.pages import check_file
pages, formulas, samples, links = [], [], 0, 0
start = time.process_time()
for path in find_pages(["docs"]):
    before = time.process_time()
    statements = check_file(path).report.statements
    pages.append((path.as_posix(), len(statements), time.process_time() - before))
    formulas += [statement.latex for statement in statements]
    samples += sum(statement.samples for statement in statements)
    links += sum(len(statement.links) for statement in statements)
spent = time.process_time() - start
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
json.dump({"pages": pages, "formulas": formulas, "samples": samples, "links": links,
           "seconds": spent, "memory": memory}, sys.stdout)
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking the whole site took, and the formulas that it read."""

    seconds: float
    formulas: list[str]


def _python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def _start(code: str) -> float:
    """The median time that a fresh interpreter takes for some code."""
    times = []
    for _ in range(RUNS):
        before = time.perf_counter()
        _python(code)
        times.append(time.perf_counter() - before)
    return statistics.median(times)


def _page() -> float:
    from proofread import check

    times = []
    for seed in range(RUNS):
        before = time.process_time()
        report = check(FORTY, seed=seed)
        times.append(time.process_time() - before)
        assert sum(report.summary.values()) == 40, report.summary
    return statistics.median(times)


def measure() -> Checked:
    """Print the engine's numbers."""
    title("The check")
    bare = _start("pass")
    row("import proofread", seconds(_start("import proofread") - bare))
    row("a page of 40 statements, 36 of them gradients", seconds(_page()))
    site = json.loads(_python(_SITE))
    for name, count, spent in site["pages"]:
        row(name, f"{count} in {seconds(spent)}")
    count = len(site["formulas"])
    row("the site: statements", str(count))
    row("the site: links", str(site["links"]))
    row("the site: samples", str(site["samples"]))
    row("the site: processor time", seconds(site["seconds"]))
    row("the site: statements a second", f"{count / site['seconds']:.0f}")
    row("the site: largest memory", f"{site['memory'] / 1024:.0f} MiB")
    sections, count, spent = json.loads(_python(_CASES))
    row(f"all cases: {sections:,} pages, statements", f"{count:,} in {seconds(spent)}")
    row("all cases: statements a second, with repairs", f"{count / spent:.0f}")
    return Checked(site["seconds"], site["formulas"])
