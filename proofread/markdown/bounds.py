"""How much of a page is read: what is beyond this would cost more than it could be worth.

Python-Markdown takes quadratic time for some texts and recurses for nested ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from proofread.markdown.delimiters import SOURCE
from proofread.markdown.page import Problem
from proofread.markdown.sources import TAB, Origin
from proofread.records import Place

MAX_CHARACTERS = 200_000
MAX_DELIMITERS = 10_000
MAX_NESTING = 40
MAX_PARAGRAPH = 100_000
MAX_BRACKETS = 1_000
MAX_TAGS = 2_000
MAX_STRUCTURE = 2_000

_CONTAINER = re.compile(r"[ \t]*(?:(?:>|(?:[-*+]|\d+\.)(?=[ \t]))[ \t]*)*")
_MARKER = re.compile(r">|[-*+]|\d+\.")
_TAG = re.compile(r"<[A-Za-z!/?]")
_STRUCTURE = re.compile(r"[ \t>]*(?:#|!!!|\?\?\?|===|```|~~~|:[ \t])")


def _nesting(line: str) -> int:
    """How many quotations, lists and indentations a line opens."""
    match = _CONTAINER.match(line)
    prefix = match[0] if match else ""
    spaces = len(prefix.expandtabs(TAB)) - len(prefix.expandtabs(TAB).lstrip())
    return spaces // TAB + len(_MARKER.findall(prefix))


def _runs(lines: Sequence[str], weight: Callable[[str], int]) -> Iterator[int]:
    """For each line, what the run of lines up to it weighs."""
    count = 0
    for line in lines:
        count = count + weight(line) if line.strip() else 0
        yield count


def _sums(lines: Sequence[str], pattern: re.Pattern[str]) -> Iterator[int]:
    count = 0
    for line in lines:
        count += sum(1 for _ in pattern.finditer(line))
        yield count


def _delimiters(lines: Sequence[str]) -> Iterator[int]:
    count = 0
    for line in lines:
        count += sum(match.lastgroup is not None for match in SOURCE.finditer(line))
        yield count


def _structure(lines: Sequence[str]) -> Iterator[int]:
    count = 0
    for line in lines:
        count += _STRUCTURE.match(line) is not None
        yield count


def too_much(lines: Sequence[str], origins: Sequence[Origin]) -> Problem | None:
    """What there is too much of on a page, where it becomes too much."""
    if sum(len(line) + 1 for line in lines) > MAX_CHARACTERS:
        return _problem(origins[0], f"the page has more than {MAX_CHARACTERS:,} characters")
    counts = (
        (_delimiters(lines), MAX_DELIMITERS, "the page has more than {:,} delimiters of formulas"),
        (_sums(lines, _TAG), MAX_TAGS, "the page has more than {:,} tags"),
        (_structure(lines), MAX_STRUCTURE, "the page has more than {:,} headings and containers"),
        (_runs(lines, len), MAX_PARAGRAPH, "the paragraph has more than {:,} characters"),
        (
            _runs(lines, lambda line: line.count("[")),
            MAX_BRACKETS,
            "the paragraph has more than {:,} opening brackets",
        ),
        (map(_nesting, lines), MAX_NESTING, "the line is nested deeper than {:,} levels"),
    )
    for found, limit, message in counts:
        for origin, count in zip(origins, found, strict=False):
            if count > limit:
                return _problem(origin, message.format(limit))
    return None


def nested_too_deep(origin: Origin) -> Problem:
    """For what the library itself gives up on."""
    return _problem(origin, "the page is nested too deep")


def _problem(origin: Origin, message: str) -> Problem:
    start = Place(origin.line, 1, origin.path)
    return Problem(f"{message}, and is not read", start, start, "make several pages of it")
