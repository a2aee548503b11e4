"""Trees to closures: each rule turns a node into a function of a frame."""

from __future__ import annotations

from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne

from proofread.algebra import matrices as m
from proofread.algebra.matrices import Matrix, Members, Tensor, Value
from proofread.algebra.numbers import Number, OutOfRange, Undefined
from proofread.commands.registry import OPERATIONS
from proofread.latex.tokens import Refusal
from proofread.limits import MAX_TERMS
from proofread.shapes.found import Shaped
from proofread.symbols.table import Table
from proofread.syntax.nodes import (
    All,
    Big,
    Block,
    Cases,
    Checked,
    Constant,
    Delta,
    Diagonal,
    Either,
    Element,
    Fill,
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
    Row,
    Sum,
    is_zero,
    strip,
)
from proofread.values.frame import Frame, Run

Index = Callable[[Frame], int]


class Compiler:
    """Compiles the trees of one statement, with what inference found out about them."""

    def __init__(self, table: Table, shaped: Shaped, layout: str) -> None:
        self.table = table
        self.shaped = shaped
        self.layout = layout
        self.nested = False
        """Whether a derivative was compiled."""
        self.smooth = True

    def run(self, node: Node) -> Run:
        """The closure that evaluates ``node``."""
        from proofread.values.calculus import CALCULUS_RULES

        rule = RULES.get(type(node)) or CALCULUS_RULES.get(type(node))
        if rule is None:
            raise Refusal("latex-syntax", "this has no value", node.span)
        return rule(self, node)

    def index(self, node: Node) -> Index:
        """The closure of a whole number in an index or a bound."""
        bare = strip(node)
        if isinstance(bare, Num):
            number = int(bare.value)
            return lambda s: number
        if isinstance(bare, IndexName):
            name = bare.name
            return lambda s: s.idx[name]
        if isinstance(bare, Name):
            key = bare.key
            symbol = self.table.lookup(key)
            if symbol is not None and symbol.role == "dimension" and symbol.free:
                return lambda s: s.sizes[key]
            return lambda s: _whole(s.value(key))
        if isinstance(bare, Sum):
            parts = [self.index(term) for term in bare.terms]
            signs = bare.signs
            return lambda s: sum(sign * part(s) for sign, part in zip(signs, parts, strict=True))
        value = self.run(bare)
        return lambda s: _whole(value(s))

    def size(self, node: Node) -> Index:
        dim = self.shaped.sizes[id(node)]
        return lambda s: dim.evaluate(s.sizes)


def _whole(value: Number) -> int:
    real = float(value.real)
    if abs(real) > 1e15:
        raise OutOfRange("the number is too large")
    if real != int(real):
        raise Undefined("an index or a bound that is no whole number")
    return int(real)


def _num(c: Compiler, node: Num) -> Run:
    value = node.value
    double = float(value) if abs(value) < 10**300 else None

    def run(s: Frame) -> Value:
        return double if double is not None and s.field.name == "double" else s.field.num(value)

    return run


def _name(c: Compiler, node: Name) -> Run:
    key = node.key
    symbol = c.table.lookup(key)
    if symbol is not None and symbol.role == "dimension" and symbol.free:
        return lambda s: s.field.num(s.sizes[key])

    def run(s: Frame) -> Value:
        values = s.values
        return values[key] if key in values else s.value(key)

    return run


def _index_name(c: Compiler, node: IndexName) -> Run:
    name = node.name
    return lambda s: s.field.num(s.idx[name])


def _op(c: Compiler, node: Op) -> Run:
    if node.op == "pi":
        return lambda s: s.field.function("atan", s.field.num(1)) * 4
    operation = OPERATIONS[node.op]
    c.smooth = c.smooth and operation.smooth
    value = operation.value
    if node.op in ("power", "letter_power"):
        return _power(c, node)
    if len(node.args) == 1:
        return _unary(c.run(node.args[0]), value)
    if len(node.args) == 2:
        left, right = c.run(node.args[0]), c.run(node.args[1])

        def run(s: Frame) -> Value:
            x, y = left(s), right(s)
            if s.scale is not None:
                s.note_product(x, y)
            return value(s.field, x, y)

        return run
    args = [c.run(arg) for arg in node.args]
    return lambda s: value(s.field, *[arg(s) for arg in args])


def _unary(only: Run, value: Callable[..., Value]) -> Run:
    def run(s: Frame) -> Value:
        x = only(s)
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
        if whole == 2:
            return lambda s: (lambda x: m.multiply(x, x))(base(s))
        return lambda s: m.whole_power(s.field, base(s), whole)
    value = OPERATIONS["power"].value
    other = c.run(node.args[1])

    def run(s: Frame) -> Value:
        power = other(s)
        if type(power) is not Matrix and abs(power.real) > MAX_TERMS:
            raise Refusal("too-large", f"a power of more than {MAX_TERMS:,}", span)
        return value(s.field, base(s), power)

    return run


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


def _product(c: Compiler, node: Product) -> Run:
    factors = [c.run(factor) for factor in node.factors]

    def build(plan: object) -> Run:
        if isinstance(plan, int):
            return factors[plan]
        left, right = build(plan[0]), build(plan[1])  # type: ignore[index]

        def run(s: Frame) -> Value:
            x, y = left(s), right(s)
            if s.scale is not None:
                s.note_product(x, y)
            return m.multiply(x, y)

        return run

    return build(c.shaped.groupings[id(node)])


def _constant(c: Compiler, node: Constant) -> Run:
    if node.kind == "zeros":
        if node.size is None:
            return lambda s: s.field.num(0)
        dims = c.shaped.shapes[id(node)].dims
        return lambda s: m.constant(s.field, dims[0].evaluate(s.sizes), dims[1].evaluate(s.sizes),
                                    0)  # fmt: skip
    if node.kind == "identity":
        size = c.size(node)
        return lambda s: m.identity(s.field, size(s))
    dims = c.shaped.shapes[id(node)].dims
    rows = c.size(node)
    if dims[1].number == 1:
        return lambda s: m.constant(s.field, rows(s), 1, 1)
    return lambda s: m.constant(s.field, rows(s), dims[1].evaluate(s.sizes), 1)


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


def _member(c: Compiler, node: Member) -> Run:
    key = node.family.key
    indices = [c.index(index) for index in node.indices]

    def run(s: Frame) -> Value:
        value = s.value(key)
        for index in indices:
            value = pick(value, index(s))
        return value

    return run


def pick(family: Members, number: int) -> Value:
    """The member of that number."""
    position = number - family.start
    if not 0 <= position < len(family.items):
        raise OutOfRange(f"the index {number} lies outside its range")
    return family.items[position]


def _delta(c: Compiler, node: Delta) -> Run:
    left, right = c.index(node.left), c.index(node.right)
    return lambda s: s.field.num(1 if left(s) == right(s) else 0)


COMPARE: dict[str, Callable[[Number, Number], bool]] = {
    "=": eq, "≠": ne, "<": lt, ">": gt, "≤": le, "≥": ge,
}  # fmt: skip


def condition(c: Compiler, node: Node) -> Callable[[Frame], bool]:
    """The closure of a condition."""
    if isinstance(node, All):
        parts = [condition(c, part) for part in node.conditions]
        return lambda s: all(part(s) for part in parts)
    assert isinstance(node, Relation)
    left, right = c.run(node.left), c.run(node.right)
    compare = COMPARE[node.op]
    return lambda s: compare(left(s).real, right(s).real)


def _indicator(c: Compiler, node: Indicator) -> Run:
    c.smooth = False
    holds = condition(c, node.condition)
    return lambda s: s.field.num(1 if holds(s) else 0)


def _cases(c: Compiler, node: Cases) -> Run:
    c.smooth = False
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


def _big(c: Compiler, node: Big) -> Run:
    uses = c.shaped.ranges[id(node)]
    bounds: list[tuple[Index, Index]] = []
    for use in uses:
        if node.lower is not None and node.upper is not None:
            bounds.append((c.index(node.lower), c.index(node.upper)))
        else:
            first, last = use.first, use.last
            assert first is not None
            assert last is not None
            bounds.append((_dim(first), _dim(last)))
    body = c.run(node.body)
    test = condition(c, node.condition) if node.condition is not None else None
    names, op, span = node.names, node.op, node.span
    if op in ("max", "min"):
        c.smooth = False
    shape = c.shaped.shapes[id(node)]

    def numbers(s: Frame) -> list[tuple[int, ...]]:
        tuples: list[tuple[int, ...]] = [()]
        for low, high in bounds:
            start, stop = low(s), high(s)
            if (stop - start + 1) * len(tuples) > MAX_TERMS:
                raise Refusal("too-large", f"more than {MAX_TERMS:,} terms", span)
            tuples = [(*head, k) for head in tuples for k in range(start, stop + 1)]
        return tuples

    def run(s: Frame) -> Value:
        outer = s.idx
        total: Value = None
        tracked = s.scale is not None
        try:
            for each in numbers(s):
                s.idx = {**outer, **dict(zip(names, each, strict=True))}
                s.budget.spend(1)
                if test is not None and not test(s):
                    continue
                value = body(s)
                if tracked:
                    s.note(value)
                if total is None:
                    total = value
                elif op == "sum":
                    total = m.add(total, value)
                elif op == "prod":
                    total = m.multiply(total, value)
                elif (value.real > total.real) == (op == "max"):
                    total = value
        finally:
            s.idx = outer
        return _empty(s, op, shape) if total is None else total

    return run


def _dim(dim: object) -> Index:
    return lambda s: dim.evaluate(s.sizes)  # type: ignore[attr-defined,no-any-return]


def _empty(s: Frame, op: str, shape: object) -> Value:
    """The value of an operator over nothing."""
    if op in ("max", "min"):
        raise Undefined("the largest of no numbers")
    dims = [dim.evaluate(s.sizes) for dim in shape.dims]  # type: ignore[attr-defined]
    if op == "prod":
        return s.field.num(1) if dims[0] == 1 else m.identity(s.field, dims[0])
    return m.constant(s.field, dims[0], dims[1], 0)


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
    return m.constant(s.field, shape.rows.evaluate(s.sizes), shape.columns.evaluate(s.sizes), 0)


def _filled(c: Compiler, fill: Fill) -> Callable[[Frame], list[Value]]:
    low, high = c.index(fill.lower), c.index(fill.upper)
    name, span = fill.name, fill.span
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
                s.budget.spend(1)
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


def _block(c: Compiler, node: Block) -> Run:
    rows: list[Callable[[Frame], list[Value]]] = []
    for line in node.rows:
        if isinstance(line, Fill):
            rows.append(_filled(c, line))
        else:
            assert isinstance(line, Row)
            single = _row(c, line)
            rows.append(lambda s, single=single: [single(s)])  # type: ignore[misc]

    def run(s: Frame) -> Value:
        blocks = [value for row in rows for value in row(s)]
        data = [entry for block in blocks for entry in block.a]
        return m.normal(sum(block.r for block in blocks), blocks[0].c, data)

    return run


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


def _grouped(c: Compiler, node: Grouped) -> Run:
    return c.run(node.body)


def _checked(c: Compiler, node: Checked) -> Run:
    return c.run(node.body)


def _either(c: Compiler, node: Either) -> Run:
    return c.run(node.readings[c.shaped.choices.get(id(node), 0)])


RULES: dict[type[Node], Callable[[Compiler, Node], Run]] = {
    Num: _num, Name: _name, IndexName: _index_name, Op: _op, Sum: _sum, Product: _product,
    Constant: _constant, Element: _element, Member: _member, Delta: _delta,
    Indicator: _indicator, Cases: _cases, Big: _big, Block: _block, Diagonal: _diagonal,
    Grouped: _grouped, Checked: _checked, Either: _either,
}  # type: ignore[dict-item]  # fmt: skip
