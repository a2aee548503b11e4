"""A text with its verdicts as Markdown, to be pasted into an issue or an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofread.markdown.page import Piece
from proofread.records import FileReport, Statement
from proofread.rendering.cells import split_lines
from proofread.rendering.findings import finding_of
from proofread.rendering.text import render_finding, source_of
from proofread.surfaces.site import verdicts


def with_verdicts(text: str, report: FileReport, formulas: Sequence[Piece]) -> str:
    """The text as it is, and behind each line that ends a formula what there is to say of it.

    Of a formula inside a sentence that is only what is wrong with it.
    """
    lines = split_lines(text)
    behind: dict[int, list[str]] = {}
    pieces: dict[int, list[Statement]] = {}
    for statement in report.statements:
        key = statement.piece if statement.piece >= 0 else -1 - statement.line
        pieces.setdefault(key, []).append(statement)
    for key, statements in pieces.items():
        last = formulas[key].end.line if key >= 0 else statements[0].end_line
        indent = lines[last - 1][: len(lines[last - 1]) - len(lines[last - 1].lstrip(" >"))]
        behind.setdefault(last, []).extend(
            indent + row if row else row for row in _said(statements, text)
        )
    out = []
    for number, line in enumerate(lines, start=1):
        out += [line, *behind.get(number, ())]
    return "\n".join(out)


def _said(statements: list[Statement], text: str) -> Iterator[str]:
    wrong = [one for one in statements if not one.accepted]
    state = verdicts.overall(statements)
    if statements[0].display and state and not wrong:
        yield from ("", f"*{verdicts.NAMES[state]}{_samples(statements)}*", "")
    for statement in wrong:
        found = render_finding(finding_of(statement, None), source_of(text), label=statement.label)
        yield from ("", "```text", *found.split("\n"), "```", "")


def _samples(statements: list[Statement]) -> str:
    most = max(one.samples for one in statements)
    return f" ({most} samples)" if most else ""
