"""Shapes of matrices that are given by their entries or blocks."""

from __future__ import annotations

from proofread.algebra.dimensions import ONE, ZERO, Dim, Shape, unknown
from proofread.latex.tokens import Refusal
from proofread.shapes.found import IndexUse
from proofread.shapes.inference import Inference, rule
from proofread.syntax.dims import to_dim
from proofread.syntax.nodes import Block, Diagonal, Fill, Node, Row, is_zero


def _count(fill: Fill) -> Dim:
    first, last = to_dim(fill.lower), to_dim(fill.upper)
    if first is None or last is None:
        raise Refusal("ambiguous", "the dots run over no whole numbers", fill.span)
    return last - first + ONE


def _inside(i: Inference, fill: Fill) -> Shape:
    """The shape of what a fill repeats, with its index bound."""
    use = IndexUse(fill.span, to_dim(fill.lower), to_dim(fill.upper), "the dots", True)
    saved = dict(i.indices)
    i.indices[fill.name] = use
    i.shape(fill.lower)
    i.shape(fill.upper)
    shape = row(i, fill.body) if isinstance(fill.body, Row) else i.shape(fill.body)
    i.indices = saved
    return shape


def row(i: Inference, node: Row) -> Shape:
    """One row of blocks: they share their rows, their columns add up."""
    height: Dim | None = None
    width = ZERO
    zeros: list[Node] = []
    for cell in node.cells:
        if isinstance(cell, Fill):
            shape = _inside(i, cell)
            columns = i.resolved(shape).columns * _count(cell)
        else:
            shape = i.shape(cell)
            columns = i.resolved(shape).columns
            if is_zero(cell):
                zeros.append(cell)
                width = width + ONE
                continue
        if len(shape.dims) != 2:
            raise i.mismatch(cell, f"an array of order {len(shape.dims)} is no block")
        if height is None:
            height = shape.rows
        elif not i.unifier.unify(height, shape.rows):
            raise i.mismatch(
                cell,
                f"the blocks of one row have {i.unifier.resolve(height)} and "
                f"{i.unifier.resolve(shape.rows)} rows",
            )
        width = width + columns
    return Shape((height if height is not None else ONE, width))


@rule(Block)
def _block(i: Inference, node: Block) -> Shape:
    """Rows below each other: they share their columns, their rows add up."""
    if any(is_zero(cell) for line in node.rows if isinstance(line, Row) for cell in line.cells):
        shape = _with_zeros(i, node)
        if shape is not None:
            return shape
    width: Dim | None = None
    height = ZERO
    columns: list[Dim] = []
    for line in node.rows:
        if isinstance(line, Fill):
            shape = _inside(i, line)
            rows = i.resolved(shape).rows * _count(line)
        elif isinstance(line, Row):
            shape = row(i, line)
            rows = i.resolved(shape).rows
        else:
            raise Refusal("latex-syntax", "a row is missing here", line.span)
        i.out.shapes[id(line)] = shape
        if isinstance(line, Row):
            _align(i, line, columns)
        if width is None:
            width = shape.columns
        elif not i.unifier.unify(width, shape.columns):
            raise i.mismatch(
                node,
                f"the rows have {i.unifier.resolve(width)} and "
                f"{i.unifier.resolve(shape.columns)} columns",
            )
        height = height + rows
    return Shape((height, width if width is not None else ONE))


def _align(i: Inference, line: Row, columns: list[Dim]) -> None:
    """Rows of as many blocks have blocks of the same widths."""
    if any(isinstance(cell, Fill) for cell in line.cells):
        return
    found = [i.resolved(i.out.shapes[id(cell)]).columns for cell in line.cells]
    if not columns:
        columns.extend(found)
    if len(found) != len(columns):
        return
    for cell, p, q in zip(line.cells, found, columns, strict=True):
        if not i.unifier.unify(p, q):
            raise i.mismatch(cell, f"the block has {p} columns, and the one above it {q}")


def _with_zeros(i: Inference, node: Block) -> Shape | None:
    """Blocks with zeros among them: a zero takes its size from its row and its column."""
    rows = [line for line in node.rows if isinstance(line, Row)]
    if len(rows) != len(node.rows) or any(len(r.cells) != len(rows[0].cells) for r in rows):
        return None
    if any(isinstance(cell, Fill) for line in rows for cell in line.cells):
        return None
    cells = [(p, q, cell) for p, line in enumerate(rows) for q, cell in enumerate(line.cells)]
    heights: dict[int, Dim] = {}
    widths: dict[int, Dim] = {}
    for p, q, cell in cells:
        shape = i.shape(cell)
        if is_zero(cell):
            continue
        fits = (
            i.unifier.unify(heights.setdefault(p, shape.rows), shape.rows),
            i.unifier.unify(widths.setdefault(q, shape.columns), shape.columns),
        )
        if not all(fits):
            raise i.mismatch(cell, f"the block has the shape {i.resolved(shape)}, which does not "
                             "fit its row and column")  # fmt: skip
    for known, count in ((heights, len(rows)), (widths, len(rows[0].cells))):
        _open_sides(i, known, count)
    for p, q, cell in cells:
        i.out.shapes[id(cell)] = Shape((heights[p], widths[q]))
    return Shape(
        (
            sum((i.unifier.resolve(heights[p]) for p in range(len(rows))), ZERO),
            sum((i.unifier.resolve(widths[q]) for q in range(len(rows[0].cells))), ZERO),
        )
    )


def _open_sides(i: Inference, known: dict[int, Dim], count: int) -> None:
    """Rows or columns of zeros alone.

    Among single entries they are single zeros, else of the size that makes the formula fit.
    """
    blocks = any(i.unifier.resolve(dim) != ONE for dim in known.values())
    for position in range(count):
        if position not in known:
            known[position] = unknown() if blocks else ONE
            if blocks:
                i.single.append(known[position])


@rule(Diagonal)
def _diagonal(i: Inference, node: Diagonal) -> Shape:
    """A diagonal matrix, or blocks along the diagonal."""
    rows, columns = ZERO, ZERO
    for cell in node.cells:
        if isinstance(cell, Fill):
            shape, count = _inside(i, cell), _count(cell)
        else:
            shape, count = i.shape(cell), ONE
        shape = i.resolved(shape)
        rows = rows + shape.rows * count
        columns = columns + shape.columns * count
    return Shape((rows, columns))
