"""Derivatives and differentials, arranged as the page's layout says."""

from __future__ import annotations

from collections.abc import Callable

from proofread.algebra import matrices as m
from proofread.algebra.matrices import Matrix, Value, entries, rebuild
from proofread.algebra.numbers import Number
from proofread.shapes.variables import variable_of
from proofread.symbols.table import Traits
from proofread.syntax.nodes import (
    Derivative,
    Differential,
    Directional,
    FunctionDerivative,
    Name,
    Node,
    walk,
)
from proofread.values.compiler import NESTED, Compiler, rule, weight
from proofread.values.frame import Frame, Run
from proofread.values.functions import Call, arguments, caller, traits_of
from proofread.values.slopes import partials, require_no_kink, slope

# Derivatives -------------------------------------------------------------------------------------


def _target(c: Compiler, node: Node) -> tuple[Run, Traits]:
    """The target compiled, and how to differentiate it; the compiler's own traits are kept."""
    outer, c.traits = c.traits, Traits()
    run = c.run(node)
    how = c.traits | traits_of(c, node)
    c.traits = outer | Traits(smooth=how.smooth, total=how.total)
    cost = weight(node)

    def counted(s: Frame) -> Value:
        s.budget.spend(cost)
        return run(s)

    return counted, how


@rule(Derivative)
def _derivative(c: Compiler, node: Derivative) -> Run:
    target, how = _target(c, c.shaped.rewritten.get(id(node), node.target))
    c.traits |= NESTED
    variables = [variable_of(by) for by in node.by]
    keys = [variable.key for variable in variables]
    places = [_positions(c, variable.key, variable.part, variable.transposed, variable.stacked)
              for variable in variables]  # fmt: skip
    style, layout = node.style, c.layout

    def run(s: Frame) -> Value:
        grid = _nest(s, target, keys, places, how)
        return _first(grid, style, layout) if len(keys) == 1 else _second(grid, layout)

    return run


Positions = Callable[[Frame], tuple[Value, Value]]
"""The variable's value, and an array of the numbers of the entries that vary."""


def _positions(c: Compiler, key: str, part: Node, transposed: bool, stacked: bool) -> Positions:
    """Evaluate the part of the variable on an array that holds its own positions."""
    select = c.run(part)
    # An index may be a number of the sample, as in z_c with a drawn class c.
    drawn = any(isinstance(each, Name) and each.key != key for each in walk(part))
    known: dict[tuple[object, ...], Value] = {}

    def positions(s: Frame) -> tuple[Value, Value]:
        value = s.value(key)
        if drawn:
            return value, chosen_in(s, value)
        where = (tuple(s.sizes.items()), tuple(s.idx.items()))
        if where not in known:
            known[where] = chosen_in(s, value)
        return value, known[where]

    def chosen_in(s: Frame, value: Value) -> Value:
        numbers = [float(k) for k in range(len(entries(value)))]
        child = s.vary({key: rebuild(value, numbers)})
        child.idx = s.idx
        chosen = select(child)
        if transposed:
            chosen = m.transpose(chosen)
        return m.stack(chosen) if stacked else chosen

    return positions


class Grid:
    """Derivatives of a target by every entry of a variable, in the variable's own shape."""

    def __init__(self, by: Value, results: list[Value]) -> None:
        self.by = by
        self.results = results


def _nest(s: Frame, target: Run, keys: list[str], places: list[Positions], how: Traits) -> Grid:
    """The derivative by the last variable inside, by the ones before it outside."""
    value, chosen = places[0](s)
    positions = [int(entry) for entry in entries(chosen)]
    key = keys[0]
    idx = s.idx
    unmoved = {} if s.recursive(key) else s.unmoved((key,))

    def evaluate(frame: Frame, moved: Value) -> Value:
        if frame.recursive(key):
            child = frame.moved(key, moved, positions)
        else:
            child = frame.child({**unmoved, key: moved})
        child.idx = idx
        return target(child)

    if len(keys) == 1:
        return Grid(chosen, partials(s, value, positions, evaluate, how))
    shapes: list[Value] = []

    def inner(frame: Frame, moved: Value) -> Value:
        child = frame.moved(key, moved, positions)
        child.idx = idx
        grid = _nest(child, target, keys[1:], places[1:], how)
        shapes[:] = [grid.by, grid.results[0]]
        flat = [entry for result in grid.results for entry in entries(result)]
        return Matrix(len(flat), 1, flat)

    results = partials(s, value, positions, inner, NESTED | how)
    by_inner, form = shapes
    per = len(entries(form))
    grids = []
    for result in results:
        flat = entries(result)
        pieces = [rebuild(form, flat[k : k + per]) for k in range(0, len(flat), per)]
        grids.append(Grid(by_inner, pieces))
    return Grid(chosen, grids)


def _first(grid: Grid, style: str, layout: str) -> Value:
    results = grid.results
    if type(results[0]) is not Matrix:
        result = rebuild(grid.by, results) if type(grid.by) is Matrix else results[0]
        return m.transpose(result) if style == "partial" and layout == "numerator" else result
    result = _as_jacobian(grid) if type(grid.by) is Matrix else results[0]
    return m.transpose(result) if style == "partial" and layout == "denominator" else result


def _second(grid: Grid, layout: str) -> Value:
    """A Hessian, or a second derivative by elements."""
    inner = [_first(each, "nabla", layout) if not isinstance(each.results[0], Grid)
             else _second(each, layout) for each in grid.results]  # fmt: skip
    if type(grid.by) is not Matrix:
        return inner[0]
    if type(inner[0]) is not Matrix:
        return rebuild(grid.by, inner)
    width = len(entries(inner[0]))
    return Matrix(len(inner), width, [entry for row in inner for entry in entries(row)])


@rule(FunctionDerivative)
def _function_derivative(c: Compiler, node: FunctionDerivative) -> Run:
    call = caller(c, node.function)
    how = traits_of(c, node.function)
    c.traits |= NESTED | how
    arg_nodes = node.args or _formal_names(c, node)
    args = arguments(c, arg_nodes)
    which, style, order, layout = node.which, node.style, node.order, c.layout

    def run(s: Frame) -> Value:
        values = [arg(s) for arg in args]
        if style == "prime":
            return m.map_entries(lambda x: _prime(s, call, x, order, how), values[0])
        value = values[which]

        def target(frame: Frame, moved: Value) -> Value:
            return call(frame, [*values[:which], moved, *values[which + 1 :]])

        return _by_argument(s, value, target, style, order, layout, how)

    return run


def _formal_names(c: Compiler, node: FunctionDerivative) -> tuple[Node, ...]:
    assert isinstance(node.function, Name)
    symbol = c.table.lookup(node.function.key)
    assert symbol is not None
    return tuple(Name(node.span, key) for key in symbol.formals)


def _prime(s: Frame, call: Call, x: Number, order: int, how: Traits) -> Number:
    if order == 1:
        return partials(s, x, [0], lambda frame, moved: call(frame, [moved]), how)[0]

    def inner(frame: Frame, moved: Value) -> Value:
        return _prime(frame, call, moved, order - 1, how)

    return partials(s, x, [0], inner, NESTED | how)[0]


def _by_argument(
    s: Frame, value: Value, target: Callable[[Frame, Value], Value], style: str, order: int,
    layout: str, how: Traits,
) -> Value:  # fmt: skip
    positions = list(range(len(entries(value))))
    if order == 1:
        grid = Grid(value, partials(s, value, positions, target, how))
        return _as_jacobian(grid) if style == "jacobian" else _first(grid, style, layout)

    def gradient(frame: Frame, moved: Value) -> Value:
        return Matrix(len(positions), 1, partials(frame, moved, positions, target, how))

    rows = partials(s, value, positions, gradient, NESTED | how)
    return m.normal(len(rows), len(positions), [entry for row in rows for entry in entries(row)])


def _as_jacobian(grid: Grid) -> Value:
    """One row for each entry of the target, one column for each of the variable."""
    columns = [entries(result) for result in grid.results]
    rows = len(columns[0])
    return m.normal(
        rows, len(columns), [columns[k][j] for j in range(rows) for k in range(len(columns))]
    )


@rule(Directional)
def _directional(c: Compiler, node: Directional) -> Run:
    call = caller(c, node.function)
    how = traits_of(c, node.function)
    c.traits |= NESTED
    args = arguments(c, node.args)
    direction = c.run(node.direction)

    def run(s: Frame) -> Value:
        values = [arg(s) for arg in args]
        towards = direction(s)

        def bumped(frame: Frame, step: Number) -> Value:
            return call(frame, [m.add(values[0], m.multiply(step, towards)), *values[1:]])

        return slope(s, bumped, how.nested)

    return run


# Differentials -----------------------------------------------------------------------------------


@rule(Differential)
def _differential(c: Compiler, node: Differential) -> Run:
    target, how = _target(c, node.target)
    c.traits |= NESTED

    def run(s: Frame) -> Value:
        starts = {key: s.value(key) for key in s.directions}
        idx = s.idx

        def bumped(frame: Frame, step: Number) -> Value:
            moved = {
                key: rebuild(value, [
                    p + step * q
                    for p, q in zip(entries(value), entries(s.directions[key]), strict=True)
                ])
                for key, value in starts.items()
            }  # fmt: skip
            child = frame.vary(moved)
            child.idx = idx
            return target(child)

        result = slope(s, bumped, how.nested)
        if not how.smooth and not how.nested:
            require_no_kink(s, bumped, result)
        return result

    return run
