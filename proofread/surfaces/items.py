"""The formulas of a page by the names under which each can be run again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from proofread.records import FileReport, Finding, Statement
from proofread.rendering.findings import finding_of


@dataclass(frozen=True, slots=True)
class PageItem:
    """One formula, or one definition that nothing uses, with what is wrong about it."""

    name: str
    line: int
    label: str | None
    findings: tuple[Finding, ...]
    piece: int | None = None
    """Which piece of mathematics it is; what stays text, or is unused, is none."""


def _formulas(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    """The statements of each formula: those of one piece of mathematics with one label.

    What stays text is in no piece, and each such place is an item of its own.
    """
    groups: dict[tuple[object, ...], list[Statement]] = {}
    for statement in statements:
        place = (statement.line, statement.column) if statement.piece < 0 else ()
        groups.setdefault((statement.piece, statement.label, *place), []).append(statement)
    yield from groups.values()


def items_of(report: FileReport) -> tuple[PageItem, ...]:
    """All items of a page: named by label, or by line where there is none."""
    taken: Counter[str] = Counter()

    def unique(name: str) -> str:
        taken[name] += 1
        return name if taken[name] == 1 else f"{name}-{taken[name]}"

    items = []
    for statements in _formulas(report.statements):
        first = statements[0]
        name = unique(first.label or f"line-{first.line}")
        wrong = (finding_of(found, report.path) for found in statements if not found.accepted)
        piece = first.piece if first.piece >= 0 else None
        items.append(PageItem(name, first.line, first.label, tuple(wrong), piece))
    for finding in report.unused:
        line = finding.start.line
        items.append(PageItem(unique(f"unused-line-{line}"), line, None, (finding,)))
    return tuple(items)
