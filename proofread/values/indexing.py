"""Values of elements and of what runs over indices: sums, products, conditions."""

from __future__ import annotations

from collections.abc import Callable

from proofread.algebra import matrices as m
from proofread.algebra.dimensions import Shape
from proofread.algebra.matrices import Matrix, Tensor, Value, larger, smaller
from proofread.algebra.numbers import OutOfRange, Undefined
from proofread.latex.tokens import Refusal, Span
from proofread.limits import MAX_TERMS
from proofread.shapes.found import IndexUse
from proofread.symbols.among import COMPARE
from proofread.syntax.nodes import (
    All,
    Big,
    Cases,
    Delta,
    Element,
    Indicator,
    Member,
    Node,
    Relation,
)
from proofread.values.compiler import KINKED, Compiler, Index, rule, weight
from proofread.values.frame import Frame, Run


@rule(Element)
def _element(c: Compiler, node: Element) -> Run:
    base = c.run(node.base)
    indices = [None if index is None else c.index(index) for index in node.indices]
    if len(indices) == 1 and indices[0] is not None:
        only = indices[0]

        def vector_entry(s: Frame) -> Value:
            array, k = base(s), only(s)
            if type(array) is not Matrix:
                array = m.as_matrix(array)
            if not 1 <= k <= len(array.a):
                raise OutOfRange(f"the index {k} lies outside its range")
            return array.a[k - 1]

        return vector_entry
    if len(indices) == 1:
        return base
    if len(indices) > 2:
        return _tensor_entry(base, indices)

    def run(s: Frame) -> Value:
        array = m.as_matrix(base(s))
        rows = range(array.r) if indices[0] is None else (indices[0](s) - 1,)
        columns = range(array.c) if indices[1] is None else (indices[1](s) - 1,)
        if not (0 <= rows[0] < array.r and 0 <= columns[0] < array.c):
            raise OutOfRange("an index lies outside its range")
        return m.normal(
            len(rows), len(columns), [array.a[j * array.c + k] for j in rows for k in columns]
        )

    return run


def _tensor_entry(base: Run, indices: list[Index | None]) -> Run:
    def run(s: Frame) -> Value:
        array: Tensor = base(s)
        ranges = [
            range(dim) if index is None else (index(s) - 1,)
            for index, dim in zip(indices, array.dims, strict=True)
        ]
        offsets = [0]
        for numbers, dim in zip(ranges, array.dims, strict=True):
            if not (0 <= numbers[0] < dim):
                raise OutOfRange("an index lies outside its range")
            offsets = [offset * dim + k for offset in offsets for k in numbers]
        entries = [array.a[offset] for offset in offsets]
        whole = [dim for index, dim in zip(indices, array.dims, strict=True) if index is None]
        if len(whole) > 2:
            return Tensor(tuple(whole), entries)
        dims = [*whole, 1, 1][:2]
        return m.normal(dims[0], dims[1], entries)

    return run


@rule(Member)
def _member(c: Compiler, node: Member) -> Run:
    key = node.family.key
    indices = [c.index(index) for index in node.indices]

    return lambda s: s.member(key, [index(s) for index in indices])


@rule(Delta)
def _delta(c: Compiler, node: Delta) -> Run:
    left, right = c.index(node.left), c.index(node.right)
    return lambda s: s.field.num(1 if left(s) == right(s) else 0)


def condition(c: Compiler, node: Node) -> Callable[[Frame], bool]:
    """The closure of a condition."""
    if isinstance(node, All):
        parts = [condition(c, part) for part in node.conditions]
        return lambda s: all(part(s) for part in parts)
    assert isinstance(node, Relation)
    left, right = c.run(node.left), c.run(node.right)
    compare = COMPARE[node.op]
    return lambda s: compare(left(s).real, right(s).real)


@rule(Indicator)
def _indicator(c: Compiler, node: Indicator) -> Run:
    c.traits |= KINKED
    if not isinstance(node.condition, Relation):
        holds = condition(c, node.condition)
        return lambda s: s.field.num(1 if holds(s) else 0)
    left, right = c.run(node.condition.left), c.run(node.condition.right)
    compare = COMPARE[node.condition.op]

    def run(s: Frame) -> Value:
        return m.zip_entries(
            lambda p, q: s.field.num(1 if compare(p.real, q.real) else 0), left(s), right(s)
        )

    return run


@rule(Cases)
def _cases(c: Compiler, node: Cases) -> Run:
    c.traits |= KINKED
    pairs = [
        (c.run(value), None if test is None else condition(c, test))
        for value, test in zip(node.values, node.conditions, strict=True)
    ]

    def run(s: Frame) -> Value:
        for value, test in pairs:
            if test is None or test(s):
                return value(s)
        raise Undefined("none of the cases applies")

    return run


Tuple = tuple[int, ...]


COMBINE: dict[str, Callable[[Value, Value], Value]] = {
    "sum": m.add, "prod": m.multiply, "max": larger, "min": smaller,
}  # fmt: skip


@rule(Big)
def _big(c: Compiler, node: Big) -> Run:
    uses = c.shaped.ranges[id(node)]
    numbers = _numbers([_bounds(c, node, use) for use in uses], node.span)
    body = c.run(node.body)
    test = condition(c, node.condition) if node.condition is not None else None
    names, op, combine, cost = node.names, node.op, COMBINE[node.op], weight(node.body)
    if op in ("max", "min"):
        c.traits |= KINKED
    shape = c.shaped.shapes[id(node)]

    def run(s: Frame) -> Value:
        outer = s.idx
        total: Value = None
        tracked = s.scale is not None
        try:
            for each in numbers(s):
                s.idx = {**outer, **dict(zip(names, each, strict=True))}
                s.budget.spend(cost)
                if test is not None and not test(s):
                    continue
                value = body(s)
                if tracked:
                    s.note(value)
                total = value if total is None else combine(total, value)
        finally:
            s.idx = outer
        return _empty(s, op, shape) if total is None else total

    return run


def _bounds(c: Compiler, node: Big, use: IndexUse) -> tuple[Index, Index]:
    """The first and the last value of a bound index, as written or from what it indexes."""
    if node.lower is not None and node.upper is not None:
        return c.index(node.lower), c.index(node.upper)
    first, last = use.first, use.last
    assert first is not None
    assert last is not None
    return lambda s: s.size(first), lambda s: s.size(last)


def _numbers(bounds: list[tuple[Index, Index]], span: Span) -> Callable[[Frame], list[Tuple]]:
    """All values of the bound indices."""

    def numbers(s: Frame) -> list[Tuple]:
        tuples: list[Tuple] = [()]
        for low, high in bounds:
            start, stop = low(s), high(s)
            if (stop - start + 1) * len(tuples) > MAX_TERMS:
                raise Refusal("too-large", f"more than {MAX_TERMS:,} terms", span)
            tuples = [(*head, k) for head in tuples for k in range(start, stop + 1)]
        return tuples

    return numbers


def _empty(s: Frame, op: str, shape: Shape) -> Value:
    """The value of an operator over nothing."""
    if op in ("max", "min"):
        raise Undefined("the largest of no numbers")
    dims = [s.size(dim) for dim in shape.dims]
    if op == "prod":
        return s.field.num(1) if dims[0] == 1 else m.identity(s.field, dims[0])
    return m.constant(s.field, dims[0], dims[1], 0)
