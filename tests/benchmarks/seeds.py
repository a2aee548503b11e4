"""Check all pages and all cases with many seeds: other samples, the same verdicts.

    python -m tests.benchmarks.seeds [NUMBER] [--first SEED] [PATH...]

With seed 0 each case of ``tests/cases`` says what is expected of it; with every other seed each
page and each case says what it says with seed 0. The same seed says the same twice, and another
one draws other samples. The status is 1 when any of this is not so. Repairs are left out, because
they decide no verdict.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from pathlib import Path

from proofread import check
from proofread.diagnosis import report as diagnosis
from proofread.markdown.reader import read_page
from proofread.records import FileReport, Statement
from proofread.surfaces.files import find_pages
from proofread.surfaces.pages import check_file
from tests.case_files import FOLDER, NOT_CASES, Case, Section, cases, left_out, objection, sections

TWICE = 20
"""Every so many seeds are checked twice."""


@dataclass(slots=True)
class Found:
    """What one seed says."""

    seed: int
    statements: int = 0
    accepted: int = 0
    rejected: int = 0
    samples: int = 0
    differences: list[str] = field(default_factory=list)


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


def _words(statement: Statement) -> str:
    at = f"at {statement.at}" if statement.at else ""
    return " ".join(part for part in (statement.verdict, statement.code, at) if part)


def _compare(name: str, first: FileReport, other: FileReport, seed: int) -> Iterator[str]:
    for here, there in zip(first.statements, other.statements, strict=True):
        if _answer(here) != _answer(there):
            yield (
                f"{name}:{here.line}:{here.column} seed 0 says {_words(here)}, "
                f"seed {seed} says {_words(there)}: {' '.join(here.latex.split())}"
            )
    if _samples(first) and _samples(first) == _samples(other):
        yield f"{name} seeds 0 and {seed} draw the same samples"


@cache
def _first_page(path: Path) -> FileReport:
    return check_file(path, seed=0).report


@cache
def _first_section(section: Section) -> FileReport:
    return check(section.text, seed=0).files[0]


@cache
def _sections(file: Path) -> tuple[Section, ...]:
    return tuple(sections(file, file.read_text(encoding="utf-8")))


def _code_of(case: Case) -> str | None:
    return case.expectation.detail if case.expectation.word == "refused" else None


def _unexpected(section: Section, report: FileReport) -> Iterator[str]:
    """What is not as its case expects it."""
    for case in cases(section, read_page(section.text)):
        statements = [found for found in report.statements if found.piece == case.piece]
        bare = replace(case, expectation=replace(case.expectation, detail=_code_of(case)))
        wrong = objection(bare, statements)
        if wrong and case.name not in left_out():
            latex = " ".join(statements[0].latex.split()) if statements else ""
            yield f"{case.name} {wrong}: {latex}"


def check_seed(seed: int, pages: Sequence[Path], case_files: Sequence[Path]) -> Found:
    """What goes wrong with one seed."""
    found = Found(seed)
    for path in pages:
        report = _count(found, check_file(path, seed=seed).report)
        if seed:
            found.differences += _compare(path.as_posix(), _first_page(path), report, seed)
        if seed % TWICE == 0 and repr(report) != repr(check_file(path, seed=seed).report):
            found.differences.append(f"{path.as_posix()} seed {seed} says two different things")
    for section in chain.from_iterable(_sections(file) for file in case_files):
        report = _count(found, check(section.text, seed=seed).files[0])
        if seed == 0:
            found.differences += _unexpected(section, report)
        else:
            differences = _compare(section.file.name, _first_section(section), report, seed)
            found.differences += [each for each in differences if "the same samples" not in each]
    return found


def _count(found: Found, report: FileReport) -> FileReport:
    for statement in report.statements:
        if statement.kind != "prose":
            found.statements += 1
            found.samples += statement.samples
            if statement.verdict in ("fails", "refused", "undecided"):
                found.rejected += 1
            else:
                found.accepted += 1
    return report


def _without_repairs() -> None:
    assert diagnosis.find_repairs
    diagnosis.find_repairs = lambda *_: ()


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.seeds")
    parser.add_argument("number", nargs="?", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("paths", nargs="*", help="instead of docs and tests/cases")
    options = parser.parse_intermixed_args(arguments)
    paths = find_pages(options.paths or ["docs", "tests/cases"])
    case_files = [path for path in paths if path.resolve().parent == FOLDER]
    pages = [path for path in paths if path not in case_files]
    case_files = [path for path in case_files if path.name not in NOT_CASES]
    texts = [path.read_bytes() for path in paths]
    start = time.perf_counter()
    totals: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    with ProcessPoolExecutor(initializer=_without_repairs) as pool:
        runs = [
            pool.submit(check_seed, seed, pages, case_files)
            for seed in range(options.first, options.first + options.number)
        ]
        for done, run in enumerate(runs, start=1):
            found = run.result()
            totals.update(statements=found.statements, accepted=found.accepted,
                          rejected=found.rejected, samples=found.samples)  # fmt: skip
            for line in found.differences:
                changed[line.split(" ")[0]] += 1
                print(line, flush=True)
            if sys.stderr.isatty():
                print(f"\r{done} of {options.number} seeds", end="", file=sys.stderr, flush=True)
            elif done % 10 == 0:
                print(f"{done} of {options.number} seeds", file=sys.stderr, flush=True)
    spent = time.perf_counter() - start
    if texts != [path.read_bytes() for path in paths]:
        print("a page or a case was changed meanwhile: the differences say nothing")
        return 1
    for place, count in changed.most_common():
        print(f"{place}: {count} times")
    print(
        f"{options.number} seeds from {options.first}, {spent:.0f} s: "
        f"{totals['statements']:,} statements, {totals['accepted']:,} accepted, "
        f"{totals['rejected']:,} rejected, {totals['samples']:,} samples: "
        f"{changed.total() or 'no'} differences"
    )
    return 1 if changed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
