"""Tables that may run over several pages, with columns as wide as what they hold asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bs4 import Tag

from proofread.surfaces.site.paper.parts import words

_SPARE, _WIDEST = 5, 50
"""Characters: what each column gets beside its own, and what no column needs more than."""


def table(node: Tag, blocks: Callable[[Tag], str]) -> str:
    """A table; ``blocks`` writes what a cell holds."""
    rows = [row.find_all(["th", "td"], recursive=False) for row in node.find_all("tr")]
    count = max(map(len, rows), default=0)
    if not count:
        return ""
    shares = _shares(rows, count)
    columns = "".join(
        rf">{{\raggedright\arraybackslash}}p{{\dimexpr{share:.3f}\linewidth-2\tabcolsep\relax}}"
        for share in shares
    )
    lines = [rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}", r"\hline"]
    for row in rows:
        head = all(cell.name == "th" for cell in row)
        lines.append(" &\n".join(_cell(cell, blocks) for cell in row) + r" \\")
        if head:
            lines.append(r"\hline\endhead")
    return "\n".join([*lines, r"\hline", r"\end{longtable}"])


def _shares(rows: Sequence[Sequence[Tag]], count: int) -> list[float]:
    widths = [_SPARE] * count
    for row in rows:
        for at, cell in enumerate(row):
            widths[at] = max(widths[at], _SPARE + min(len(words(cell)), _WIDEST))
    return [width / sum(widths) for width in widths]


def _cell(cell: Tag, blocks: Callable[[Tag], str]) -> str:
    written = blocks(cell).replace("\n\n", "\\par\n")
    return rf"\textbf{{{written}}}" if cell.name == "th" and cell.get("scope") != "row" else written
