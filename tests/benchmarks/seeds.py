"""Check every page with many seeds: the same seed says the same, another one the same verdicts.

    python -m tests.benchmarks.seeds [NUMBER] [PATH...]

Another seed must draw other samples. The status is 1 when any of this is not so.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from proofread.records import FileReport, Statement
from proofread.surfaces.files import find_pages
from proofread.surfaces.pages import check_file


def _answer(statement: Statement) -> tuple[object, ...]:
    """What must not depend on the seed."""
    return (
        statement.line,
        statement.column,
        statement.latex,
        statement.kind,
        statement.verdict,
        statement.code,
        statement.at,
        statement.accepted,
        tuple(link.verdict for link in statement.links),
    )


def _samples(report: FileReport) -> list[object]:
    """What must depend on it: the numbers that each sampled statement was checked with."""
    return [
        (tuple(link.error for link in statement.links), statement.example)
        for statement in report.statements
        if statement.samples
    ]


def _compare(first: FileReport, other: FileReport, seed: int) -> list[str]:
    found = []
    for here, there in zip(first.statements, other.statements, strict=True):
        if _answer(here) != _answer(there):
            place = f"{first.path}:{here.line}:{here.column}"
            one, two = (f"{item.verdict} {item.code or ''}".strip() for item in (here, there))
            found.append(f"{place} seed 0 says {one}, seed {seed} says {two}")
    if _samples(first) and _samples(first) == _samples(other):
        found.append(f"{first.path} seeds 0 and {seed} draw the same samples")
    return found


@cache
def _with_seed_zero(path: Path) -> FileReport:
    return check_file(path, seed=0).report


def check_seed(seed: int, paths: Sequence[Path]) -> list[str]:
    """What goes wrong with one seed."""
    found = []
    for path in paths:
        report = check_file(path, seed=seed).report
        if repr(report) != repr(check_file(path, seed=seed).report):
            found.append(f"{path.as_posix()} seed {seed} says two different things")
        if seed:
            found += _compare(_with_seed_zero(path), report, seed)
    return found


def main(arguments: Sequence[str]) -> int:
    number = int(arguments[0]) if arguments else 200
    paths = find_pages(arguments[1:] or ["docs"])
    texts = [path.read_bytes() for path in paths]
    start = time.perf_counter()
    wrong = 0
    with ProcessPoolExecutor() as pool:
        for seed, found in enumerate(pool.map(check_seed, range(number), [paths] * number)):
            wrong += len(found)
            for line in found:
                print(line, flush=True)
            if sys.stderr.isatty():
                print(f"\r{seed + 1} of {number}", end="", file=sys.stderr, flush=True)
    spent = time.perf_counter() - start
    if texts != [path.read_bytes() for path in paths]:
        print("a page was changed meanwhile: the differences say nothing")
        return 1
    print(f"{number} seeds, {len(paths)} pages, {spent:.0f} s: {wrong or 'no'} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
