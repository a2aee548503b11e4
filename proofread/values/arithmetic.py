"""Values of numbers, names, operations, sums and products."""

from __future__ import annotations

from collections.abc import Callable

from proofread.algebra import linear
from proofread.algebra import matrices as m
from proofread.algebra.dimensions import Dim
from proofread.algebra.matrices import Matrix, Value
from proofread.commands.registry import OPERATIONS
from proofread.latex.tokens import Refusal
from proofread.limits import MAX_TERMS
from proofread.shapes.products import Plan
from proofread.symbols.sets import require_size
from proofread.symbols.table import Traits
from proofread.syntax.nodes import (
    Checked,
    Constant,
    Either,
    Grouped,
    IndexName,
    Name,
    Num,
    Op,
    Product,
    Sum,
    is_zero,
    strip,
)
from proofread.values.compiler import Compiler, rule
from proofread.values.frame import Frame, Run


@rule(Num)
def _num(_: Compiler, node: Num) -> Run:
    value = node.value
    double = float(value) if abs(value) < 10**300 else None

    def run(s: Frame) -> Value:
        return double if double is not None and s.field.name == "double" else s.field.num(value)

    return run


@rule(Name)
def _name(c: Compiler, node: Name) -> Run:
    key = node.key
    symbol = c.table.lookup(key)
    if symbol is not None and symbol.role == "dimension" and symbol.free:
        return lambda s: s.field.num(s.sizes[key])

    def run(s: Frame) -> Value:
        values = s.values
        return values[key] if key in values else s.value(key)

    return run


@rule(IndexName)
def _index_name(_: Compiler, node: IndexName) -> Run:
    name = node.name
    return lambda s: s.field.num(s.idx[name])


@rule(Op)
def _op(c: Compiler, node: Op) -> Run:
    if node.op == "pi":
        return lambda s: s.field.function("atan", s.field.num(1)) * 4
    operation = OPERATIONS[node.op]
    c.traits |= Traits(smooth=operation.smooth, total=operation.total)
    value = operation.value
    if node.op in ("power", "letter_power"):
        return _power(c, node)
    if len(node.args) == 1:
        return _unary(c.run(node.args[0]), value)
    if len(node.args) == 2:
        left, right = c.run(node.args[0]), c.run(node.args[1])

        def run(s: Frame) -> Value:
            x, y = left(s), right(s)
            s.charge(x, y)
            if s.scale is not None:
                s.note_product(x, y)
            return value(s.field, x, y)

        return run
    args = [c.run(arg) for arg in node.args]
    return lambda s: value(s.field, *[arg(s) for arg in args])


def _unary(only: Run, value: Callable[..., Value]) -> Run:
    def run(s: Frame) -> Value:
        x = only(s)
        s.charge(x, x)
        if s.scale is not None:
            s.note(x)
        return value(s.field, x)

    return run


def _power(c: Compiler, node: Op) -> Run:
    base, exponent = c.run(node.args[0]), strip(node.args[1])
    span = node.span
    if isinstance(exponent, Num) and exponent.value.denominator == 1:
        whole = int(exponent.value)
        if abs(whole) > MAX_TERMS:
            raise Refusal("too-large", f"a power of more than {MAX_TERMS:,}", span)
        doublings = abs(whole).bit_length()

        def whole_power(s: Frame) -> Value:
            x = base(s)
            for _ in range(doublings):
                s.charge(x, x)
            return m.multiply(x, x) if whole == 2 else linear.whole_power(s.field, x, whole)

        return whole_power
    c.traits |= Traits(total=False)
    value = OPERATIONS["power"].value
    other = c.run(node.args[1])

    def run(s: Frame) -> Value:
        power = other(s)
        if type(power) is not Matrix and abs(power.real) > MAX_TERMS:
            raise Refusal("too-large", f"a power of more than {MAX_TERMS:,}", span)
        x = base(s)
        for _ in range(MAX_TERMS.bit_length()):
            s.charge(x, x)
        return value(s.field, x, power)

    return run


@rule(Sum)
def _sum(c: Compiler, node: Sum) -> Run:
    pairs = [
        (sign, c.run(term))
        for sign, term in zip(node.signs, node.terms, strict=True)
        if not is_zero(term)
    ]
    if not pairs:
        return lambda s: s.field.num(0)
    first_sign, first = pairs[0]
    rest = pairs[1:]

    def run(s: Frame) -> Value:
        total = first(s)
        tracked = s.scale is not None
        if tracked:
            s.note(total)
        if first_sign < 0:
            total = m.negate(total)
        for sign, term in rest:
            value = term(s)
            if tracked:
                s.note(value)
            total = m.add(total, value) if sign > 0 else m.subtract(total, value)
        return total

    return run


@rule(Product)
def _product(c: Compiler, node: Product) -> Run:
    factors = [c.run(factor) for factor in node.factors]

    def build(plan: Plan) -> Run:
        if isinstance(plan, int):
            return factors[plan]
        left, right = build(plan[0]), build(plan[1])

        def run(s: Frame) -> Value:
            x, y = left(s), right(s)
            s.charge(x, y)
            if s.scale is not None:
                s.note_product(x, y)
            return m.multiply(x, y)

        return run

    return build(c.shaped.groupings[id(node)])


@rule(Constant)
def _constant(c: Compiler, node: Constant) -> Run:
    if node.kind == "zeros":
        if node.size is None:
            return lambda s: s.field.num(0)
        dims = _known_dims(c, node)
        return lambda s: m.constant(s.field, s.size(dims[0]), s.size(dims[1]), 0)
    if node.kind == "identity":
        _known_dims(c, node)
        size = c.size(node)
        return lambda s: m.identity(s.field, size(s))
    dims = _known_dims(c, node)
    rows = c.size(node)
    if dims[1].number == 1:
        return lambda s: m.constant(s.field, rows(s), 1, 1)
    return lambda s: m.constant(s.field, rows(s), s.size(dims[1]), 1)


def _known_dims(c: Compiler, node: Constant) -> tuple[Dim, ...]:
    dims = c.shaped.shapes[id(node)].dims
    require_size(dims, node.span)
    return dims


@rule(Grouped)
def _grouped(c: Compiler, node: Grouped) -> Run:
    return c.run(node.body)


@rule(Checked)
def _checked(c: Compiler, node: Checked) -> Run:
    return c.run(node.body)


@rule(Either)
def _either(c: Compiler, node: Either) -> Run:
    return c.run(node.readings[c.shaped.choices.get(id(node), 0)])
