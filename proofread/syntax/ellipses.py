"""Ellipses filled in from the pattern of the terms around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from proofread.algebra.dimensions import Dim
from proofread.latex.tokens import Refusal, Span
from proofread.syntax.dims import from_dim
from proofread.syntax.nodes import (
    Big,
    Block,
    Diagonal,
    Dots,
    Fill,
    IndexName,
    Node,
    Num,
    Product,
    Row,
    Sum,
    walk,
)
from proofread.syntax.patterns import Pattern, expanded, find_pattern, merge, normalized


def unclear(span: Span) -> Refusal:
    """The refusal of dots whose pattern the terms do not fix."""
    return Refusal(
        "ambiguous",
        "the terms around the dots don't fix a pattern",
        span,
        ("write two terms of one form before the dots and the last one behind them, or a sum",),
    )


@dataclass(frozen=True)
class Run:
    """A stretch of items that dots and their neighbours stand for."""

    start: int
    stop: int
    name: str
    lower: Node
    upper: Node
    body: Node


def find_run(items: Sequence[Node], span: Span, first_dots: int) -> Run:
    """The run around the dots at ``first_dots``, powers written out where that is needed.

    Raises:
        Refusal: ``ambiguous`` where the neighbours fix no pattern.

    """
    try:
        return _find_run(items, span, first_dots)
    except Refusal:
        return _find_run([expanded(item) for item in items], span, first_dots)


def _find_run(items: Sequence[Node], span: Span, first_dots: int) -> Run:
    behind = first_dots + 1
    middle: Node | None = None
    if behind + 1 < len(items) and isinstance(items[behind + 1], Dots):
        middle = items[behind]
        behind += 2
    if first_dots == 0 or behind >= len(items) or isinstance(items[behind], Dots):
        raise unclear(items[first_dots].span)
    anchor, last = items[first_dots - 1], items[behind]
    before = items[first_dots - 2] if first_dots >= 2 else None
    found = find_pattern(anchor, last, before)
    if found is None and before is not None:
        found = find_pattern(anchor, last, None)
        if found is not None and merge(before, found[0].at(-1, span), []) is not None:
            found = None
    if found is None:
        raise unclear(items[first_dots].span)
    pattern, distance = found
    if middle is not None and not any(merge(each, middle, []) for each in (pattern.body, anchor)):
        raise unclear(middle.span)
    start = first_dots - 1
    back = 0
    while start > 0 and normalized(items[start - 1]) == normalized(pattern.at(back - 1, span)):
        start -= 1
        back -= 1
    if start > 0 and merge(items[start - 1], anchor, []) is not None:
        raise unclear(items[start - 1].span)
    stop = behind
    while stop + 1 < len(items) and items[stop + 1] == pattern.at(distance + Dim.of(1), span):
        stop += 1
        distance = distance + Dim.of(1)
    return _run(pattern, start, stop, back, distance, span)


def _run(pattern: Pattern, start: int, stop: int, back: int, distance: Dim, span: Span) -> Run:
    name = f"…{1 + _dots_level(pattern.body)}"
    index = Dim.of("@" + name)
    rising = 1 in pattern.steps
    origin = pattern.anchor[pattern.steps.index(1)] if rising else Dim.of(1 - back)
    lower = from_dim(origin + Dim.of(back), span)
    upper = from_dim(origin + distance, span)
    body = pattern.at(index - origin, span)
    return Run(start, stop, name, lower, upper, body)


def _dots_level(body: Node) -> int:
    """How many levels of filled dots stand below; equal rows get equal names by it."""
    levels = [int(part.name[1:]) for part in walk(body)
              if isinstance(part, IndexName) and part.name.startswith("…")]  # fmt: skip
    return max(levels, default=0)


def _first_dots(items: Sequence[Node]) -> int | None:
    for position, item in enumerate(items):
        if isinstance(item, Dots):
            return position
    return None


def fill_sum(terms: tuple[Node, ...], signs: tuple[int, ...], span: Span) -> Node:
    """The sum with each run of dots turned into a sum over an index."""
    while (position := _first_dots(terms)) is not None:
        run = find_run(terms, span, position)
        if len(set(signs[run.start + 1 : run.stop + 1])) != 1:
            raise unclear(terms[position].span)
        sign = signs[run.stop]
        if signs[run.start] != sign:
            raise unclear(terms[position].span)
        total = Big(span, "sum", (run.name,), run.lower, run.upper, None, run.body)
        terms = (*terms[: run.start], total, *terms[run.stop + 1 :])
        signs = (*signs[: run.start], sign, *signs[run.stop + 1 :])
    if len(terms) == 1 and signs == (1,):
        return terms[0]
    return Sum(span, terms, signs)


def fill_product(factors: tuple[Node, ...], span: Span) -> Node:
    """The product with each run of dots turned into a product over an index."""
    while (position := _first_dots(factors)) is not None:
        run = find_run(factors, span, position)
        total = Big(span, "prod", (run.name,), run.lower, run.upper, None, run.body)
        factors = (*factors[: run.start], total, *factors[run.stop + 1 :])
    return factors[0] if len(factors) == 1 else Product(span, factors)


def fill_cells(cells: tuple[Node, ...], span: Span) -> tuple[Node, ...]:
    """Cells of a row, or rows of an array, with each run of dots turned into a Fill."""
    while (position := _first_dots(cells)) is not None:
        run = find_run(cells, span, position)
        fill = Fill(span, run.name, run.lower, run.upper, run.body)
        cells = (*cells[: run.start], fill, *cells[run.stop + 1 :])
    return cells


def fill_block(rows: list[list[Node | None]], span: Span) -> Node:
    """A matrix with its dots filled in; ``None`` stands for an empty cell."""
    diagonal = _diagonal(rows, span)
    if diagonal is not None:
        return diagonal
    filled: list[Node] = []
    for row in rows:
        if all(cell is None or isinstance(cell, Dots) for cell in row):
            if len(row) == 1 and isinstance(row[0], Dots):
                filled.append(Dots(row[0].span, "vdots"))
            else:
                filled.append(Dots(span, "vdots"))
            continue
        cells = _without_vertical(row, span)
        own = cells[0].span.to(cells[-1].span)
        filled.append(Row(own, fill_cells(cells, span)))
    return Block(span, fill_cells(tuple(filled), span))


def _without_vertical(row: list[Node | None], span: Span) -> tuple[Node, ...]:
    if any(cell is None for cell in row):
        raise Refusal("latex-syntax", "a matrix has an empty cell", span)
    return tuple(cell for cell in row if cell is not None)


def _is_blank(cell: Node | None) -> bool:
    return cell is None or isinstance(cell, Dots) or (isinstance(cell, Num) and cell.value == 0)


def _diagonal(rows: list[list[Node | None]], span: Span) -> Node | None:
    """A matrix with entries on its diagonal alone, dots among them."""
    count = len(rows)
    if count < 2 or any(len(row) > count for row in rows):
        return None
    grid = [[*row, *[None] * (count - len(row))] for row in rows]
    off = [grid[i][j] for i in range(count) for j in range(count) if i != j]
    on = [grid[i][i] for i in range(count)]
    if not all(_is_blank(cell) for cell in off) or any(cell is None for cell in on):
        return None
    dotted = [isinstance(cell, Dots) for cell in on]
    if not any(dotted):
        if any(cell is None for cell in off):
            return Diagonal(span, tuple(cell for cell in on if cell is not None))
        return None
    if dotted[0] or dotted[-1]:
        return None
    cells = fill_cells(tuple(cell for cell in on if cell is not None), span)
    return Diagonal(span, cells)
