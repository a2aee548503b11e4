"""``proofread check``: check files and folders, print what is wrong with them."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

from proofread.records import ACCEPTED, VERDICTS, Report, summarise
from proofread.rendering.as_json import render_json
from proofread.rendering.cells import visible
from proofread.rendering.github import render_annotation
from proofread.rendering.text import render_finding
from proofread.surfaces.files import CannotStart, find_pages
from proofread.surfaces.pages import CheckedPage, InternalError, check_file
from proofread.surfaces.progress import Progress
from proofread.surfaces.side_by_side import side_by_side

_WORDS = dict(
    zip(
        VERDICTS,
        ("declared", "defined", "hold", "read", "fail", "refused", "undecided"),
        strict=True,
    )
)
_SEED_DIGITS = 100


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _SEED_DIGITS):
        raise argparse.ArgumentTypeError(f"expected a whole number of 0 or more, found {text!r}")
    return int(text)


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="a Markdown file (.md, .qmd, .Rmd), a notebook (.ipynb, or .py in percent form), "
        "a LaTeX file, or a folder of them",
    )
    parser.add_argument(
        "--format", choices=tuple(_FORMATS), default="text", help="how findings are printed"
    )
    parser.add_argument(
        "--seed", type=_seed, default=0, help="where the random samples start (default: 0)"
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def summary_line(pages: Sequence[CheckedPage]) -> str:
    """How many statements stand on how many pages, and how many of them do not pass."""
    said = [
        statement
        for page in pages
        for statement in page.report.statements
        if statement.kind != "prose"
    ]
    meant = [one for one in said if one.accepted and one.verdict not in ACCEPTED]
    counts = Counter(one.verdict for one in said) - Counter(one.verdict for one in meant)
    found = [f"{counts[verdict]} {_WORDS[verdict]}" for verdict in VERDICTS if counts[verdict]]
    if meant:
        found.append(f"{len(meant)} refuted as meant")
    wrong = sum(len(page.findings) for page in pages)
    verdict = "all accepted" if not wrong else _count(wrong, "finding")
    what = f": {', '.join(found)}" if found else ""
    return f"{_count(len(said), 'statement')} on {_count(len(pages), 'page')}{what}; {verdict}"


def _coloured(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _print_text(pages: Sequence[CheckedPage]) -> None:
    colour = _coloured(sys.stdout)
    for page in pages:
        for finding, label in page.findings:
            print(render_finding(finding, page.source, label=label, colour=colour))
            print()
    print(summary_line(pages))


def _print_json(pages: Sequence[CheckedPage]) -> None:
    files = tuple(page.report for page in pages)
    print(render_json(Report(files, summary=summarise(files))))
    # The form of the JSON is fixed and has no room for these, yet they decide the exit status.
    for page in pages:
        for finding in page.report.unused if page.in_site else ():
            print(render_finding(finding, page.source), file=sys.stderr)


def _print_github(pages: Sequence[CheckedPage]) -> None:
    for page in pages:
        for finding, _ in page.findings:
            print(render_annotation(finding, page.report.path))


_FORMATS: dict[str, Callable[[Sequence[CheckedPage]], None]] = {
    "text": _print_text,
    "json": _print_json,
    "github": _print_github,
}


def _check(path: Path, seed: int) -> CheckedPage | InternalError:
    """A page with what is wrong with it; where the engine breaks down, the others go on."""
    try:
        return check_file(path, seed=seed)
    except InternalError as error:
        return error


def run(options: argparse.Namespace) -> int:
    """Check, print and say how it went: 0 accepted, 1 not accepted, 2 could not be checked."""
    pages: list[CheckedPage] = []
    broken: list[InternalError] = []
    try:
        paths = find_pages(options.paths)
        with Progress(sys.stderr, len(paths)) as progress:
            checked = side_by_side(partial(_check, seed=options.seed), paths)
            for number, path in enumerate(paths, 1):
                progress.step(number, visible(path.as_posix()))
                page = next(checked)
                if isinstance(page, InternalError):
                    broken.append(page)
                else:
                    pages.append(page)
    except CannotStart as error:
        print(f"proofread check: {visible(str(error))}", file=sys.stderr)
        return 2
    _FORMATS[options.format](pages)
    for crash in broken:
        print(f"proofread check: {visible(str(crash))}", file=sys.stderr)
    if broken:
        return 2
    return 1 if any(page.findings for page in pages) else 0
