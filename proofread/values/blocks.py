"""Values of matrices that are given by their entries or blocks."""

from __future__ import annotations

from collections.abc import Callable

from proofread.algebra import matrices as m
from proofread.algebra.matrices import Matrix, Value
from proofread.algebra.numbers import Number, OutOfRange
from proofread.latex.tokens import Refusal
from proofread.limits import MAX_TERMS
from proofread.syntax.nodes import Block, Diagonal, Fill, Node, Row, is_zero
from proofread.values.compiler import Compiler, rule, weight
from proofread.values.frame import Frame, Run


def _cells(c: Compiler, cells: tuple[Node, ...]) -> Callable[[Frame], list[Value]]:
    """The values of cells, fills written out."""
    parts: list[tuple[Run | None, Node, Callable[[Frame], list[Value]] | None]] = []
    for cell in cells:
        if isinstance(cell, Fill):
            parts.append((None, cell, _filled(c, cell)))
        else:
            parts.append((c.run(cell), cell, None))

    def run(s: Frame) -> list[Value]:
        values: list[Value] = []
        for single, cell, many in parts:
            if many is not None:
                values.extend(many(s))
            else:
                assert single is not None
                values.append(_sized_zero(c, cell, single(s), s))
        return values

    return run


def _sized_zero(c: Compiler, cell: Node, value: Value, s: Frame) -> Value:
    """A zero block in the size that its place gives it."""
    if type(value) is Matrix or not is_zero(cell):
        return value
    shape = c.shaped.shapes.get(id(cell))
    if shape is None or shape.scalar or any(dim.unknown for dim in shape.dims):
        return value
    return m.constant(s.field, s.size(shape.rows), s.size(shape.columns), 0)


def _filled(c: Compiler, fill: Fill) -> Callable[[Frame], list[Value]]:
    low, high = c.index(fill.lower), c.index(fill.upper)
    name, span, cost = fill.name, fill.span, weight(fill.body)
    body: Run = _row(c, fill.body) if isinstance(fill.body, Row) else c.run(fill.body)

    def run(s: Frame) -> list[Value]:
        start, stop = low(s), high(s)
        if stop - start + 1 > MAX_TERMS:
            raise Refusal("too-large", f"more than {MAX_TERMS:,} entries", span)
        if stop < start:
            raise OutOfRange("the dots stand for nothing at this size")
        outer = s.idx
        values = []
        try:
            for number in range(start, stop + 1):
                s.idx = {**outer, name: number}
                s.budget.spend(cost)
                values.append(body(s))
        finally:
            s.idx = outer
        return values

    return run


def _row(c: Compiler, row: Row) -> Run:
    cells = _cells(c, row.cells)

    def run(s: Frame) -> Value:
        blocks = [m.as_matrix(value) for value in cells(s)]
        height = blocks[0].r
        data = [
            entry for j in range(height) for block in blocks
            for entry in block.a[j * block.c : (j + 1) * block.c]
        ]  # fmt: skip
        return Matrix(height, sum(block.c for block in blocks), data)

    return run


def _alone(row: Run) -> Callable[[Frame], list[Value]]:
    return lambda s: [row(s)]


@rule(Block)
def _block(c: Compiler, node: Block) -> Run:
    rows: list[Callable[[Frame], list[Value]]] = []
    for line in node.rows:
        if isinstance(line, Fill):
            rows.append(_filled(c, line))
        else:
            assert isinstance(line, Row)
            single = _row(c, line)
            rows.append(_alone(single))

    def run(s: Frame) -> Value:
        blocks = [value for row in rows for value in row(s)]
        data = [entry for block in blocks for entry in block.a]
        return m.normal(sum(block.r for block in blocks), blocks[0].c, data)

    return run


@rule(Diagonal)
def _diagonal(c: Compiler, node: Diagonal) -> Run:
    cells = _cells(c, node.cells)

    def run(s: Frame) -> Value:
        blocks = [m.as_matrix(value) for value in cells(s)]
        width = sum(block.c for block in blocks)
        zero = s.field.num(0)
        data: list[Number] = []
        before = 0
        for block in blocks:
            for j in range(block.r):
                row = [zero] * width
                row[before : before + block.c] = block.a[j * block.c : (j + 1) * block.c]
                data.extend(row)
            before += block.c
        return m.normal(sum(block.r for block in blocks), width, data)

    return run
