"""Shapes of numbers, names, operations, sums and products."""

from __future__ import annotations

from fractions import Fraction

from proofread.algebra.dimensions import ONE, SCALAR, Dim, Shape, unknown
from proofread.commands.registry import OPERATIONS, AmbiguousError, ShapeError
from proofread.latex.tokens import Refusal, Span
from proofread.limits import MAX_ARRAY_ENTRIES
from proofread.shapes.inference import Inference, rule
from proofread.shapes.misses import require_current, undeclared
from proofread.shapes.products import grouping
from proofread.symbols.counts import with_counts_named
from proofread.symbols.keys import display
from proofread.symbols.table import Symbol
from proofread.syntax.dims import to_dim
from proofread.syntax.nodes import (
    Checked,
    Compose,
    Constant,
    Either,
    Grouped,
    Name,
    Node,
    Num,
    Op,
    Product,
    Sum,
    Unknown,
    is_zero,
    strip,
)


@rule(Num)
def _number(_i: Inference, _node: Num) -> Shape:
    return SCALAR


@rule(Name)
def _name(i: Inference, node: Name) -> Shape:
    symbol = i.table.lookup(node.key)
    if symbol is None:
        raise undeclared(node.key, node.span, i.table)
    require_current(i.table, symbol, node.span)
    if symbol.family and symbol.role == "value":
        raise Refusal("ambiguous", f"“{display(node.key)}” is a family, and without an index it "
                      "names no member", node.span)  # fmt: skip
    if symbol.role == "function":
        if symbol.definition is None or not symbol.definition.formals or symbol.signature is None:
            raise Refusal("shape-mismatch", f"“{display(node.key)}” is a function, and its "
                          "argument is missing", node.span)  # fmt: skip
        _require_arguments(i, symbol, node)
        return symbol.signature.codomain
    return symbol.shape


def _require_arguments(i: Inference, symbol: Symbol, node: Name) -> None:
    """Refuse a function alone where the name of its argument stands for something else by now."""
    assert symbol.definition is not None
    assert symbol.signature is not None
    for key, domain in zip(symbol.definition.formals, symbol.signature.domains, strict=True):
        argument = i.table.lookup(key)
        if argument is None:
            continue
        found, expected = str(i.resolved(argument.shape)), str(i.resolved(domain))
        if found != expected and "?" not in found + expected:
            raise Refusal(
                "ambiguous",
                f"“{display(node.key)}” alone is its value at “{display(key)}”, which is {found} "
                f"by now, and the argument is {expected}",
                node.span,
                (f"write the argument, {display(node.key)}(…)",),
            )


@rule(Unknown)
def _unknown(i: Inference, node: Unknown) -> Shape:
    raise undeclared(node.literal or node.key, node.span, i.table)


@rule(Op)
def _op(i: Inference, node: Op) -> Shape:
    shapes = [i.shape(arg) for arg in node.args]
    if node.op == "pi":
        return SCALAR
    rule = OPERATIONS[node.op].shape
    try:
        if node.op == "power":
            _check_exponent(i, node, shapes)
        shape = rule(i.unifier, shapes)
    except AmbiguousError as error:
        raise Refusal("ambiguous", error.message, node.span, error.help) from None
    except ShapeError as error:
        labels = [(arg.span, str(i.resolved(s))) for arg, s in zip(node.args, shapes, strict=True)]
        raise Refusal("shape-mismatch", error.message, node.span, error.help,
                      tuple(labels)) from None  # fmt: skip
    _require_room(shape, node.span)
    return shape


def _require_room(shape: Shape, span: Span) -> None:
    """Every size is at least two: a product of many of them is too large, whatever they are."""
    degree = sum(max((len(names) for names, _ in dim.terms), default=0) for dim in shape.dims)
    if 2**degree > MAX_ARRAY_ENTRIES:
        raise Refusal("too-large", f"an array of more than {MAX_ARRAY_ENTRIES:,} entries", span)


def _check_exponent(i: Inference, node: Op, shapes: list[Shape]) -> None:
    """A matrix has whole and half powers only."""
    exponent = strip(node.args[1])
    value = _number_of(exponent)
    if i.resolved(shapes[0]).scalar or value is None:
        return
    if value.denominator not in (1, 2):
        raise Refusal("ambiguous", "a matrix has whole and half powers only", node.span)


def _number_of(node: Node) -> Fraction | None:
    """The number that is written: ``3``, ``-1`` or ``1/3``."""
    if isinstance(node, Num):
        return node.value
    if isinstance(node, Sum) and len(node.terms) == 1:
        inner = _number_of(strip(node.terms[0]))
        return None if inner is None else node.signs[0] * inner
    if isinstance(node, Op) and node.op == "frac":
        top, bottom = (_number_of(strip(arg)) for arg in node.args)
        return top / bottom if top is not None and bottom else None
    return None


@rule(Sum)
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
            raise _unequal_terms(i, first or term, result, term, shape)
    return result if result is not None else SCALAR


def _unequal_terms(i: Inference, left: Node, p: Shape, right: Node, q: Shape) -> Refusal:
    p, q = i.resolved(p), i.resolved(q)
    advice: tuple[str, ...] = ()
    if p.scalar != q.scalar:
        other = q if p.scalar else p
        if other.matrix:
            everywhere = "to every entry with \\mathbf{1}\\mathbf{1}^\\top"
            advice = (f"a scalar is added to the diagonal with I, {everywhere}",)
        elif other.vector:
            advice = ("a scalar is added to every entry with \\mathbf{1}",)
    elif p == q.transposed:
        advice = ("one of the two may lack a transpose",)
    return Refusal(
        "shape-mismatch",
        f"the terms have different shapes, {p} and {q}",
        right.span,
        advice,
        ((left.span, str(p)), (right.span, str(q))),
    )


@rule(Product)
def _product(i: Inference, node: Product) -> Shape:
    shapes = [i.shape(factor) for factor in node.factors]
    shape, plan = grouping(i.unifier, node, shapes)
    i.out.groupings[id(node)] = plan
    return shape


@rule(Constant)
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
    dim = to_dim(with_counts_named(node, i.table))
    if dim is None or any(name.startswith("@") for name in dim.names):
        raise Refusal("ambiguous", "a size is a dimension, a number or a sum of them", node.span)
    return dim


@rule(Grouped)
def _grouped(i: Inference, node: Grouped) -> Shape:
    return i.shape(node.body)


@rule(Checked)
def _checked(i: Inference, node: Checked) -> Shape:
    shape = i.shape(node.body)
    written = Shape((_dimension(i, node.rows), _dimension(i, node.columns)))
    if not i.unify(shape, written):
        raise i.mismatch(node, f"the shape is {i.resolved(shape)}, not {written} as written")
    return shape


@rule(Either)
def _either(i: Inference, node: Either) -> Shape:
    choice = i.forced.get(id(node), 0)
    i.out.choices[id(node)] = choice
    return i.shape(node.readings[choice])


@rule(Compose)
def _compose(_: Inference, node: Compose) -> Shape:
    raise Refusal("shape-mismatch", "a composed function lacks its argument", node.span)
