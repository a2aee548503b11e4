"""The shape of every node of a tree, and what the evaluator needs to know of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from proofread.algebra.dimensions import ONE, SCALAR, Dim, Shape, Unifier, unknown
from proofread.commands.registry import OPERATIONS, AmbiguousError, ShapeError
from proofread.latex.tokens import Refusal, Span
from proofread.records import Layout
from proofread.shapes import blocks, calculus
from proofread.shapes.misses import undeclared
from proofread.shapes.products import grouping
from proofread.symbols.table import Symbol, Table
from proofread.syntax.ellipses import to_dim
from proofread.syntax.nodes import (
    All,
    Apply,
    ArgMin,
    At,
    Big,
    Block,
    Cases,
    Checked,
    Compose,
    Constant,
    Delta,
    Derivative,
    Diagonal,
    Differential,
    Directional,
    Either,
    Element,
    FunctionDerivative,
    Grouped,
    IndexName,
    Indicator,
    Member,
    Name,
    Node,
    Num,
    Op,
    Product,
    Relation,
    Sum,
    Unknown,
    is_zero,
    strip,
)


@dataclass(slots=True)
class IndexUse:
    """What an index letter runs over: known from what it indexes, or from its operator."""

    span: Span
    first: Dim | None = None
    last: Dim | None = None
    source: str = ""
    bounded: bool = False


@dataclass(slots=True)
class Shaped:
    """What inference found, by node: shapes, sizes, groupings and readings."""

    shapes: dict[int, Shape] = field(default_factory=dict)
    sizes: dict[int, Dim] = field(default_factory=dict)
    """Of identities and ones."""
    ranges: dict[int, list[IndexUse]] = field(default_factory=dict)
    """Of sums and their kin: one for each letter."""
    groupings: dict[int, object] = field(default_factory=dict)
    free: dict[str, IndexUse] = field(default_factory=dict)
    """Index letters that no operator binds."""
    choices: dict[int, int] = field(default_factory=dict)
    """Which reading of an Either was taken."""
    rewritten: dict[int, Node] = field(default_factory=dict)
    """What stands for the target of a derivative: the form that was differentiated."""
    notes: list[str] = field(default_factory=list)
    vanishing: list[Node] = field(default_factory=list)
    """Derivatives by a symbol that does not occur."""
    keep: list[Node] = field(default_factory=list)
    """Trees made here, kept so that their identities stay their own."""


class Inference:
    """Finds shapes of trees against one table; one object serves one statement."""

    def __init__(
        self, table: Table, layout: Layout, unifier: Unifier | None = None,
        forced: dict[int, int] | None = None,
    ) -> None:  # fmt: skip
        self.table = table
        self.layout: Layout = layout
        self.unifier = unifier or table.unifier()
        self.out = Shaped()
        self.indices: dict[str, IndexUse] = {}
        self.forced = forced or {}
        self.pending: list[tuple[Node, Dim]] = []
        self.formals: dict[str, Shape] = {}

    # The entry points ---------------------------------------------------------------------------

    def shape(self, node: Node) -> Shape:
        """The shape of ``node``.

        Raises:
            Refusal: with the code of what is wrong.

        """
        rule = RULES.get(type(node))
        if rule is None:
            raise Refusal("latex-syntax", "this cannot stand here", node.span)
        shape = rule(self, node)
        self.out.shapes[id(node)] = shape
        return shape

    def finish(self) -> None:
        """Settle what only the whole statement decides: open sizes and ranges."""
        for node, dim in self.pending:
            settled = self.unifier.resolve(dim)
            if settled.unknown and not self._of_table(settled):
                word = {"identity": "I", "ones": "\\mathbf{1}"}[getattr(node, "kind", "identity")]
                raise Refusal(
                    "ambiguous",
                    f"more than one size of {word} fits",
                    node.span,
                    (f"write the size, {word}_n",),
                )
            self.out.sizes[id(node)] = settled
        for key, shape in self.out.shapes.items():
            self.out.shapes[key] = self.unifier.shape(shape)
        for uses in self.out.ranges.values():
            for use in uses:
                self._settle(use)
        for name, use in self.out.free.items():
            if use.last is None:
                raise Refusal(
                    "ambiguous",
                    f"nothing says what the index “{name}” runs over",
                    use.span,
                    (f"say it before: {name} = 1, \\dots, m",),
                )
            self._settle(use)

    def _of_table(self, dim: Dim) -> bool:
        """Whether the unknowns are sizes of symbols that the page left open."""
        return all(
            name in self.table.known or self._belongs(name)
            for name in dim.names
            if name.startswith("?")
        )

    def _belongs(self, name: str) -> bool:
        for symbol in self.table.symbols.values():
            for each in symbol.family:
                if name in each.last.names:
                    return True
        return False

    def _settle(self, use: IndexUse) -> None:
        if use.first is not None:
            use.first = self.unifier.resolve(use.first)
        if use.last is not None:
            use.last = self.unifier.resolve(use.last)

    # Help for the rules ---------------------------------------------------------------------------

    def resolved(self, shape: Shape) -> Shape:
        return self.unifier.shape(shape)

    def mismatch(self, node: Node, message: str, *help: str,
                 labels: Sequence[tuple[Span, str]] = ()) -> Refusal:  # fmt: skip
        return Refusal("shape-mismatch", message, node.span, help, tuple(labels))

    def unify(self, left: Shape, right: Shape) -> bool:
        return self.unifier.unify_shapes(left, right)

    def use_index(self, index: Node, first: Dim, last: Dim, source: str) -> None:
        """Note that an index runs over ``first`` to ``last`` where it stands.

        Raises:
            Refusal: ``shape-mismatch`` where it runs over something else at another place.

        """
        bare = strip(index)
        if isinstance(bare, IndexName):
            use = self._use(bare)
            if use.last is None:
                use.first, use.last, use.source = first, last, source
            elif not use.bounded and not (
                self.unifier.unify(use.last, last) and self.unifier.unify(use.first or ONE, first)
            ):
                raise self.mismatch(
                    bare,
                    f"the index “{bare.name}” runs to {self.unifier.resolve(use.last)} in "
                    f"{use.source} and to {self.unifier.resolve(last)} in {source}",
                )
            elif use.bounded and not self.unifier.unify(use.last, last):
                self._outside(bare, use, last, source)
            return
        if isinstance(bare, Num):
            number = int(bare.value)
            low, high = first.number, last.number
            if number < (low if low is not None else 0) or (high is not None and number > high):
                raise self.mismatch(bare, f"the index {number} lies outside {source}, which has "
                                    f"{last - first + ONE} of them")  # fmt: skip
            return
        if isinstance(bare, Name):
            self._dimension_as_index(bare, last, source)
        if isinstance(bare, Sum | Product):
            self._walk_index(bare)

    def _dimension_as_index(self, node: Name, last: Dim, source: str) -> None:
        """A dimension's name may index the last element of its own range alone."""
        symbol = self.table.lookup(node.key)
        end = self.unifier.resolve(last)
        if symbol is None or symbol.role != "dimension" or end.unknown:
            return
        if node.key not in end.names and end.number is None:
            raise Refusal(
                "index-clash",
                f"“{node.key}” is a dimension and stands as an index of {source}",
                node.span,
                (f"use another letter for the index than “{node.key}”",),
            )

    def _walk_index(self, node: Node) -> None:
        for part in node.terms if isinstance(node, Sum) else getattr(node, "factors", ()):
            if isinstance(part, IndexName):
                self._use(part)
            elif isinstance(part, Sum | Product):
                self._walk_index(part)

    def _outside(self, node: IndexName, use: IndexUse, last: Dim, source: str) -> None:
        assert use.last is not None
        bound = self.unifier.resolve(use.last)
        if bound.name is not None and not self.unifier.resolve(last).unknown:
            raise self.mismatch(
                node,
                f"the index “{node.name}” runs to {bound}, and {source} has "
                f"{self.unifier.resolve(last)} of them",
            )

    def _use(self, node: IndexName) -> IndexUse:
        if node.name in self.indices:
            return self.indices[node.name]
        known = self.table.lookup(node.name)
        use = self.out.free.get(node.name)
        if use is None:
            use = IndexUse(node.span)
            if known is not None and known.role == "index" and known.family:
                use.first, use.last = known.family[0].first, known.family[0].last
                use.source = f"its declaration (line {known.place.line})"
            self.out.free[node.name] = use
        return use


def _number(i: Inference, node: Num) -> Shape:
    return SCALAR


def _name(i: Inference, node: Name) -> Shape:
    if node.key in i.formals:
        return i.formals[node.key]
    symbol = i.table.lookup(node.key)
    if symbol is None:
        raise undeclared(node.key, node.span, i.table)
    check_stale(i, symbol, node.span)
    if symbol.family and symbol.role == "value":
        raise Refusal("ambiguous", f"“{display(node.key)}” is a family, and without an index it "
                      "names no member", node.span)  # fmt: skip
    if symbol.role == "function":
        if symbol.definition is None or not symbol.definition.formals or symbol.signature is None:
            raise Refusal("shape-mismatch", f"“{display(node.key)}” is a function, and its "
                          "argument is missing", node.span)  # fmt: skip
        return symbol.signature.codomain
    return symbol.shape


def check_stale(i: Inference, symbol: Symbol, span: Span) -> None:
    stale = i.table.stale(symbol)
    if stale is None:
        return
    old, new = stale
    raise Refusal(
        "ambiguous",
        f"“{display(old.key)}” was defined in line {old.place.line} with “{display(new.key)}”, "
        f"which was declared anew in line {new.place.line}",
        span,
        (f"define it again, {display(old.key)} := …",),
    )


def display(key: str) -> str:
    """A key as a reader would write it."""
    return key.replace("^{()}", "^{(i)}").replace("_{}", "_i").replace("^{[]}", "^{[l]}")


def _unknown(i: Inference, node: Unknown) -> Shape:
    raise undeclared(node.literal or node.key, node.span, i.table)


def _index_name(i: Inference, node: IndexName) -> Shape:
    i._use(node)
    return SCALAR


def _op(i: Inference, node: Op) -> Shape:
    shapes = [i.shape(arg) for arg in node.args]
    if node.op == "pi":
        return SCALAR
    rule = OPERATIONS[node.op].shape
    try:
        if node.op == "power":
            _check_exponent(i, node, shapes)
        return rule(i.unifier, shapes)
    except AmbiguousError as error:
        raise Refusal("ambiguous", error.message, node.span, error.help) from None
    except ShapeError as error:
        labels = [(arg.span, str(i.resolved(s))) for arg, s in zip(node.args, shapes, strict=True)]
        raise Refusal("shape-mismatch", error.message, node.span, error.help,
                      tuple(labels)) from None  # fmt: skip


def _check_exponent(i: Inference, node: Op, shapes: list[Shape]) -> None:
    """A matrix has whole and half powers only."""
    exponent = strip(node.args[1])
    if i.resolved(shapes[0]).scalar or not isinstance(exponent, Num):
        return
    if exponent.value.denominator not in (1, 2):
        raise Refusal("ambiguous", "a matrix has whole and half powers only", node.span)


def _sum(i: Inference, node: Sum) -> Shape:
    result: Shape | None = None
    first: Node | None = None
    for term in node.terms:
        shape = i.shape(term)
        if is_zero(term):
            continue
        if result is None:
            result, first = shape, term
        elif not i.unify(result, shape):
            raise _unequal_terms(i, node, first or term, result, term, shape)
    return result if result is not None else SCALAR


def _unequal_terms(
    i: Inference, node: Node, left: Node, p: Shape, right: Node, q: Shape
) -> Refusal:
    p, q = i.resolved(p), i.resolved(q)
    help: tuple[str, ...] = ()
    if p.scalar != q.scalar:
        other = q if p.scalar else p
        if other.matrix:
            help = ("a scalar is added to the diagonal with I, to every entry with "
                    "\\mathbf{1}\\mathbf{1}^\\top",)  # fmt: skip
        elif other.vector:
            help = ("a scalar is added to every entry with \\mathbf{1}",)
    elif p == q.transposed:
        help = ("one of the two may lack a transpose",)
    return Refusal(
        "shape-mismatch",
        f"the terms have different shapes, {p} and {q}",
        right.span,
        help,
        ((left.span, str(p)), (right.span, str(q))),
    )


def _product(i: Inference, node: Product) -> Shape:
    shapes = [i.shape(factor) for factor in node.factors]
    shape, plan = grouping(i.unifier, node, shapes)
    i.out.groupings[id(node)] = plan
    return shape


def _constant(i: Inference, node: Constant) -> Shape:
    if node.size is None:
        if node.kind == "zeros":
            return Shape((unknown(), unknown()))
        dim = unknown()
        i.pending.append((node, dim))
        return Shape((dim, dim)) if node.kind == "identity" else Shape((dim, ONE))
    if node.kind != "identity" and isinstance(node.size, Product) and len(node.size.factors) == 2:
        rows, columns = (_dimension(i, part) for part in node.size.factors)
        i.out.sizes[id(node)] = rows
        return Shape((rows, columns))
    dim = _dimension(i, node.size)
    i.out.sizes[id(node)] = dim
    return Shape((dim, dim)) if node.kind == "identity" else Shape((dim, ONE))


def _dimension(i: Inference, node: Node) -> Dim:
    i.shape(node)
    dim = to_dim(node)
    if dim is None or any(name.startswith("@") for name in dim.names):
        raise Refusal("ambiguous", "a size is a dimension, a number or a sum of them", node.span)
    return dim


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
    dims: list[Dim] = []
    for index, dim in zip(indices, base.dims, strict=True):
        if index is None:
            dims.append(dim)
        else:
            i.use_index(index, ONE, dim, source)
            if len(base.dims) == 2:
                dims.append(ONE)
    if all(index is not None for index in indices):
        return SCALAR
    if len(dims) == 1:
        return Shape((dims[0], ONE))
    return Shape(tuple(dims))


def _member(i: Inference, node: Member) -> Shape:
    symbol = i.table.lookup(node.family.key)
    if symbol is None:
        raise undeclared(node.family.key, node.span, i.table)
    check_stale(i, symbol, node.span)
    if len(node.indices) != len(symbol.family):
        raise i.mismatch(node, f"the family “{display(symbol.key)}” has {len(symbol.family)} "
                         f"indices, not {len(node.indices)}")  # fmt: skip
    for index, each in zip(node.indices, symbol.family, strict=True):
        i.shape(index)
        i.use_index(index, each.first, each.last, f"the family “{display(symbol.key)}”")
    return symbol.shape


def _delta(i: Inference, node: Delta) -> Shape:
    for index in (node.left, node.right):
        i.shape(index)
    left, right = strip(node.left), strip(node.right)
    if isinstance(left, IndexName) and isinstance(right, IndexName):
        p, q = i._use(left), i._use(right)
        for mine, other in ((p, q), (q, p)):
            if mine.last is None and other.last is not None:
                mine.first, mine.last, mine.source = other.first, other.last, "the delta"
        if p.last is None:
            p.first, p.last, p.source = ONE, unknown(), "the delta"
            if q is not p:
                q.first, q.last, q.source = p.first, p.last, "the delta"
    return SCALAR


def _relation(i: Inference, node: Relation) -> Shape:
    for side in (node.left, node.right):
        shape = i.resolved(i.shape(side))
        if not shape.scalar:
            raise i.mismatch(side, f"a condition compares scalars, not {shape}")
    _share_range(i, node)
    return SCALAR


def _share_range(i: Inference, node: Relation) -> None:
    """Two indices that a condition compares run over the same numbers."""
    left, right = strip(node.left), strip(node.right)
    if isinstance(left, IndexName) and isinstance(right, IndexName):
        p, q = i._use(left), i._use(right)
        for mine, other in ((p, q), (q, p)):
            if mine.last is None and other.last is not None:
                mine.first, mine.last, mine.source = other.first, other.last, "the condition"


def _all(i: Inference, node: All) -> Shape:
    for condition in node.conditions:
        i.shape(condition)
    return SCALAR


def _indicator(i: Inference, node: Indicator) -> Shape:
    i.shape(node.condition)
    return SCALAR


def _big(i: Inference, node: Big) -> Shape:
    with_bounds = [IndexUse(node.span) for _ in node.names]
    for bound in (node.lower, node.upper):
        if bound is not None:
            shape = i.resolved(i.shape(bound))
            if not shape.scalar:
                raise i.mismatch(bound, f"a bound is a whole number, not {shape}")
    if node.lower is not None and node.upper is not None:
        first, last = to_dim(node.lower), to_dim(node.upper)
        for use in with_bounds:
            use.bounded = True
            use.first = first if first is not None else ONE
            use.last = last if last is not None else unknown()
            use.source = "its operator"
    saved = dict(i.indices)
    i.indices.update(zip(node.names, with_bounds, strict=True))
    shape = i.shape(node.body)
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


def _cases(i: Inference, node: Cases) -> Shape:
    result: Shape | None = None
    for value, condition in zip(node.values, node.conditions, strict=True):
        shape = i.shape(value)
        if condition is not None:
            i.shape(condition)
        if is_zero(value):
            continue
        if result is not None and not i.unify(result, shape):
            raise i.mismatch(value, f"the cases have different shapes, {i.resolved(result)} and "
                             f"{i.resolved(shape)}")  # fmt: skip
        result = result or shape
    return result or SCALAR


def _grouped(i: Inference, node: Grouped) -> Shape:
    return i.shape(node.body)


def _checked(i: Inference, node: Checked) -> Shape:
    shape = i.shape(node.body)
    written = Shape((_dimension(i, node.rows), _dimension(i, node.columns)))
    if not i.unify(shape, written):
        raise i.mismatch(node, f"the shape is {i.resolved(shape)}, not {written} as written")
    return shape


def _either(i: Inference, node: Either) -> Shape:
    choice = i.forced.get(id(node), 0)
    i.out.choices[id(node)] = choice
    return i.shape(node.readings[choice])


def _compose(i: Inference, node: Compose) -> Shape:
    raise Refusal("shape-mismatch", "a composed function lacks its argument", node.span)


RULES: dict[type[Node], Callable[[Inference, Node], Shape]] = {
    Num: _number, Name: _name, Unknown: _unknown, IndexName: _index_name, Op: _op, Sum: _sum,
    Product: _product, Constant: _constant, Element: _element, Member: _member, Delta: _delta,
    Relation: _relation, All: _all, Indicator: _indicator, Big: _big, Cases: _cases,
    Grouped: _grouped, Checked: _checked, Either: _either, Compose: _compose,
    Block: blocks.block, Diagonal: blocks.diagonal,
    Apply: calculus.apply, Derivative: calculus.derivative,
    FunctionDerivative: calculus.function_derivative, Directional: calculus.directional,
    Differential: calculus.differential, At: calculus.at, ArgMin: calculus.arg_min,
}  # type: ignore[dict-item]  # fmt: skip
