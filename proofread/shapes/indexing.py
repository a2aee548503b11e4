"""Shapes of elements and of what runs over indices: sums, products, conditions."""

from __future__ import annotations

from proofread.algebra.dimensions import ONE, SCALAR, Dim, Shape, unknown
from proofread.latex.tokens import Refusal
from proofread.shapes.found import IndexUse
from proofread.shapes.inference import Inference, rule
from proofread.shapes.misses import require_current, undeclared
from proofread.symbols.counts import with_counts_named
from proofread.symbols.keys import display
from proofread.syntax.dims import to_dim
from proofread.syntax.nodes import (
    All,
    Big,
    Cases,
    Delta,
    Element,
    IndexName,
    Indicator,
    Member,
    Node,
    Relation,
    is_zero,
    strip,
    walk,
)


@rule(IndexName)
def _index_name(i: Inference, node: IndexName) -> Shape:
    i.use_of(node)
    return SCALAR


@rule(Element)
def _element(i: Inference, node: Element) -> Shape:
    base = i.resolved(i.shape(node.base))
    indices = node.indices
    for index in indices:
        if index is not None:
            i.shape(index)
    source = f"a {'vector' if base.vector or base.row else 'matrix'} of shape {base}"
    if base.scalar:
        raise i.mismatch(node, "a scalar has no elements")
    if len(indices) == 1 and (base.vector or base.row):
        length = base.rows if base.vector else base.columns
        if indices[0] is None:
            return base
        i.use_index(indices[0], ONE, length, source)
        return SCALAR
    if len(indices) != len(base.dims):
        if len(indices) == 1:
            raise Refusal("ambiguous", f"one index on a matrix ({base}) may be a row or a column",
                          node.span, ("write X_{i,:} or X_{:,i}",))  # fmt: skip
        raise i.mismatch(node, f"{len(indices)} indices on {source}")
    for index, dim in zip(indices, base.dims, strict=True):
        if index is not None:
            i.use_index(index, ONE, dim, source)
    return _rest(indices, base)


def _rest(indices: tuple[Node | None, ...], base: Shape) -> Shape:
    """The shape of what whole ranges among the indices leave: a row stays a row."""
    kept = [dim for index, dim in zip(indices, base.dims, strict=True) if index is None]
    if not kept:
        return SCALAR
    if len(base.dims) == 2:
        rows, columns = indices
        return Shape((base.rows if rows is None else ONE, base.columns if columns is None else ONE))
    return Shape((kept[0], ONE)) if len(kept) == 1 else Shape(tuple(kept))


@rule(Member)
def _member(i: Inference, node: Member) -> Shape:
    symbol = i.table.lookup(node.family.key)
    if symbol is None:
        raise undeclared(node.family.key, node.span, i.table)
    require_current(i.table, symbol, node.span)
    if len(node.indices) != len(symbol.family):
        raise i.mismatch(node, f"the family “{display(symbol.key)}” has {len(symbol.family)} "
                         f"indices, not {len(node.indices)}")  # fmt: skip
    for index, each in zip(node.indices, symbol.family, strict=True):
        i.shape(index)
        source = f"the family “{display(symbol.key)}”"
        if symbol.recursion is None and not symbol.counts:
            i.use_index(index, each.first, each.last, source)
        elif symbol.recursion is None or symbol.recursion.own is not None:
            i.reach_index(index, each.first, each.last, source)
    return symbol.member_shape(_which(node)) if symbol.letters else symbol.shape


def _which(node: Member) -> list[Dim]:
    """The indices of a member, where its size depends on them."""
    found = []
    for index in node.indices:
        dim = to_dim(index)
        if dim is None:
            raise Refusal("ambiguous", "the size of this member depends on its index, which is "
                          "no number, no letter and no sum of them", index.span)  # fmt: skip
        found.append(dim)
    return found


@rule(Delta)
def _delta(i: Inference, node: Delta) -> Shape:
    for index in (node.left, node.right):
        i.shape(index)
    uses = _share_range(i, node, "the delta")
    if any(use.last is None for use in uses):
        last = unknown()
        for use in uses:
            use.first, use.last, use.source = ONE, last, "the delta"
    return SCALAR


@rule(Relation)
def _relation(i: Inference, node: Relation) -> Shape:
    for side in (node.left, node.right):
        shape = i.resolved(i.shape(side))
        if not shape.scalar:
            raise i.mismatch(side, f"a condition compares scalars, not {shape}")
    _share_range(i, node, "the condition")
    return SCALAR


def _share_range(i: Inference, node: Delta | Relation, source: str) -> tuple[IndexUse, ...]:
    """Two indices that are compared run over the same numbers."""
    left, right = strip(node.left), strip(node.right)
    if not (isinstance(left, IndexName) and isinstance(right, IndexName)):
        return ()
    p, q = i.use_of(left), i.use_of(right)
    for mine, other in ((p, q), (q, p)):
        if mine.last is None and other.last is not None:
            mine.first, mine.last, mine.source = other.first, other.last, source
    return p, q


@rule(All)
def _all(i: Inference, node: All) -> Shape:
    for condition in node.conditions:
        i.shape(condition)
    return SCALAR


@rule(Indicator)
def _indicator(i: Inference, node: Indicator) -> Shape:
    """A scalar; entry by entry where the condition compares an array."""
    if isinstance(node.condition, Relation):
        sides = (node.condition.left, node.condition.right)
        arrays = [shape for side in sides if not (shape := i.resolved(i.shape(side))).scalar]
        if len(arrays) == 2 and not i.unifier.unify_shapes(*arrays):
            raise i.mismatch(node, f"a condition compares {arrays[0]} with {arrays[1]}")
        if arrays:
            return arrays[0]
    i.shape(node.condition)
    return SCALAR


@rule(Big)
def _big(i: Inference, node: Big) -> Shape:
    with_bounds = [IndexUse(node.span) for _ in node.names]
    for bound in (node.lower, node.upper):
        if bound is not None:
            shape = i.resolved(i.shape(bound))
            if not shape.scalar:
                raise i.mismatch(bound, f"a bound is a whole number, not {shape}")
    if node.lower is not None and node.upper is not None:
        first, last = (
            to_dim(with_counts_named(bound, i.table)) for bound in (node.lower, node.upper)
        )
        for use in with_bounds:
            use.bounded = True
            use.first = first if first is not None else ONE
            use.last = last if last is not None else unknown()
            use.source = "its operator"
    saved = dict(i.indices)
    i.indices.update(zip(node.names, with_bounds, strict=True))
    filtered = node.condition is not None and _filters(node.condition)
    i.guarded += filtered
    shape = i.shape(node.body)
    i.guarded -= filtered
    if node.condition is not None:
        i.shape(node.condition)
    i.indices = saved
    for name, use in zip(node.names, with_bounds, strict=True):
        if use.last is None:
            raise Refusal("ambiguous", f"nothing says what the index “{name}” runs over",
                          node.span, ("write the bounds, i = 1 below and n above",))  # fmt: skip
    i.out.ranges[id(node)] = with_bounds
    if node.op == "prod":
        resolved = i.resolved(shape)
        if not resolved.scalar and not i.unifier.unify(resolved.rows, resolved.columns):
            raise i.mismatch(node, f"a product over an index needs square factors, not {resolved}")
    if node.op in ("max", "min") and not i.resolved(shape).scalar:
        raise i.mismatch(node, f"the largest of what is no scalar ({i.resolved(shape)})")
    return shape


def _filters(condition: Node) -> bool:
    """Whether it leaves out more than single values of an index."""
    return any(isinstance(part, Relation) and part.op != "≠" for part in walk(condition))


@rule(Cases)
def _cases(i: Inference, node: Cases) -> Shape:
    result: Shape | None = None
    for value, condition in zip(node.values, node.conditions, strict=True):
        i.guarded += 1  # a case is evaluated only where its condition is met
        shape = i.shape(value)
        i.guarded -= 1
        if condition is not None:
            i.shape(condition)
        if is_zero(value):
            continue
        if result is not None and not i.unify(result, shape):
            raise i.mismatch(value, f"the cases have different shapes, {i.resolved(result)} and "
                             f"{i.resolved(shape)}")  # fmt: skip
        result = result or shape
    return result or SCALAR
