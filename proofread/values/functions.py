"""Functions of the page, called; and expressions with a variable set to a value."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from proofread.algebra import matrices as m
from proofread.algebra.matrices import Matrix, Value
from proofread.shapes.variables import variable_of
from proofread.symbols.dependencies import dependencies
from proofread.symbols.table import Traits
from proofread.syntax.nodes import Apply, At, Compose, Grouped, Name, Node, is_zero
from proofread.values.compiler import Compiler, rule
from proofread.values.frame import Frame, Run

Call = Callable[[Frame, Sequence[Value]], Value]


def caller(c: Compiler, function: Node) -> Call:
    """How a function of the page is called."""
    if isinstance(function, Grouped):
        return caller(c, function.body)
    if isinstance(function, Compose):
        outer, inner = caller(c, function.outer), caller(c, function.inner)
        return lambda s, args: outer(s, [inner(s, args)])
    assert isinstance(function, Name)
    symbol = c.table.lookup(function.key)
    assert symbol is not None
    assert symbol.signature is not None
    key = symbol.key
    if symbol.definition is None:
        call = _drawn(key)
    else:
        call = _defined(key, symbol.definition.formals, symbol.version)
    if symbol.scalar_function:
        return lambda s, args: _elementwise(s, call, args)
    return call


def _drawn(key: str) -> Call:
    def call(s: Frame, args: Sequence[Value]) -> Value:
        return s.values[key](s.field, args)

    return call


def _elementwise(s: Frame, call: Call, args: Sequence[Value]) -> Value:
    if len(args) == 1 and type(args[0]) is Matrix:
        return m.map_entries(lambda entry: call(s, [entry]), args[0])
    return call(s, args)


def _defined(key: str, formals: tuple[str, ...], version: int) -> Call:
    def call(s: Frame, args: Sequence[Value]) -> Value:
        inner = s.vary(dict(zip(formals, args, strict=True)))
        inner.values.pop(key, None)
        inner.idx = {}
        code = s.codes[version]
        s.budget.spend(code.cost)
        return code.run(inner)

    return call


def traits_of(c: Compiler, node: Node) -> Traits:
    """What the definitions behind a tree say of its derivatives."""
    return c.table.traits_of(dependencies(node, c.table))


@rule(Apply)
def _apply(c: Compiler, node: Apply) -> Run:
    call = caller(c, node.function)
    args = arguments(c, node.args)
    c.traits |= traits_of(c, node.function)
    return lambda s: call(s, [arg(s) for arg in args])


def arguments(c: Compiler, nodes: Sequence[Node]) -> list[Run]:
    """The arguments of a function; a zero takes the size that its place has."""
    return [_zeros(c, node) if is_zero(node) else c.run(node) for node in nodes]


def _zeros(c: Compiler, node: Node) -> Run:
    rows, columns = c.shaped.shapes[id(node)].dims
    return lambda s: m.constant(s.field, s.size(rows), s.size(columns), 0)


@rule(At)
def _at(c: Compiler, node: At) -> Run:
    target = c.run(node.target)
    value = _zeros(c, node.value) if is_zero(node.value) else c.run(node.value)
    variable = variable_of(node.variable)

    def run(s: Frame) -> Value:
        child = s.vary({variable.key: value(s)})
        child.idx = s.idx
        return target(child)

    return run
