"""Applications, derivatives and differentials, evaluated: complex step and central differences."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from proofread.algebra import matrices as m
from proofread.algebra.matrices import Matrix, Value, entries, largest, rebuild
from proofread.algebra.numbers import NotDifferentiable, Number
from proofread.limits import SECOND_OPINION
from proofread.shapes.variables import variable_of
from proofread.symbols.dependencies import dependencies
from proofread.syntax.nodes import (
    Apply,
    At,
    Compose,
    Derivative,
    Differential,
    Directional,
    FunctionDerivative,
    Grouped,
    Name,
    Node,
    is_zero,
)
from proofread.values.compiler import Compiler
from proofread.values.frame import Frame, Run

Call = Callable[[Frame, Sequence[Value]], Value]
Bumped = Callable[[Frame, Number], Value]
"""The target with the variable moved by a step."""


# Numerical derivatives ---------------------------------------------------------------------------


def imaginary(value: Value, step: Number) -> Value:
    """The derivative that a complex step left in the imaginary part."""
    numbers = [entry.imag / step for entry in entries(value)]
    return rebuild(value, numbers)


def slope(s: Frame, bumped: Bumped, nested: bool) -> Value:
    """The derivative by the size of the step at zero."""
    if not nested:
        return imaginary(bumped(s, s.field.complex(0, s.field.step)), s.field.step)
    return central(s, bumped)


def central(s: Frame, bumped: Bumped) -> Value:
    """Central differences over four points; the error falls with the fourth power of the step."""
    h = s.field.central_step
    near = m_subtract(bumped(s, h), bumped(s, -h))
    far = m_subtract(bumped(s, 2 * h), bumped(s, -2 * h))
    numbers = [(8 * p - q) / (12 * h) for p, q in zip(entries(near), entries(far), strict=True)]
    return rebuild(near, numbers)


def m_subtract(x: Value, y: Value) -> Value:
    return rebuild(x, [p - q for p, q in zip(entries(x), entries(y), strict=True)])


class Slope:
    """How one target is differentiated: by complex step unless a derivative stands in it."""

    def __init__(self, nested: bool, smooth: bool) -> None:
        self.nested = nested
        self.smooth = smooth


def partials(s: Frame, value: Value, positions: list[int], target: Callable[[Frame, Value], Value],
             how: Slope) -> list[Value]:  # fmt: skip
    """The derivative of ``target`` by each of the numbers of ``value`` at ``positions``."""
    numbers = entries(value)
    results = []
    for position in positions:

        def bumped(frame: Frame, step: Number, position: int = position) -> Value:
            moved = list(numbers)
            moved[position] = moved[position] + step
            return target(frame, rebuild(value, moved))

        results.append(slope(s, bumped, how.nested))
    if not how.smooth and not how.nested:
        _second_opinion(s, value, positions, target, results)
    return results


def _second_opinion(
    s: Frame, value: Value, positions: list[int], target: Callable[[Frame, Value], Value],
    results: list[Value],
) -> None:  # fmt: skip
    """Central differences along one direction; at a kink they disagree with the complex step."""
    numbers = entries(value)
    weights = [s.field.num(round(math.cos(3 * k + 1), 3)) for k in range(len(positions))]
    h = s.field.num(1) / 2**20

    def moved(step: Number) -> list[Number]:
        shifted = list(numbers)
        for position, weight in zip(positions, weights, strict=True):
            shifted[position] = shifted[position] + step * weight
        return entries(target(s, rebuild(value, shifted)))

    ahead, behind = moved(h), moved(-h)
    for k, (p, q) in enumerate(zip(ahead, behind, strict=True)):
        expected = sum(
            weight * entries(result)[k] for weight, result in zip(weights, results, strict=True)
        )
        size = 1 + max(abs(float(entries(result)[k].real)) for result in results)
        if abs(float(((p - q) / (2 * h) - expected).real)) > SECOND_OPINION * size:
            raise NotDifferentiable


# Functions of the page ---------------------------------------------------------------------------


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
        call: Call = lambda s, args: s.values[key](s.field, args)  # noqa: E731
    else:
        call = _defined(key, symbol.definition.formals, symbol.version)
    if symbol.scalar_function:
        return lambda s, args: _elementwise(s, call, args)
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
        return s.codes[version].run(inner)

    return call


def _mark_function(c: Compiler, function: Node) -> Slope:
    """Whether a derivative of the function can take a complex step."""
    nested, smooth = False, True
    for key in dependencies(function, c.table):
        code = _code(c, key)
        if code is not None:
            nested, smooth = nested or code[0], smooth and code[1]
    return Slope(nested, smooth)


def _code(c: Compiler, key: str) -> tuple[bool, bool] | None:
    symbol = c.table.lookup(key)
    if symbol is None or symbol.definition is None:
        return None
    return c.table.traits.get(symbol.version)


def _apply(c: Compiler, node: Apply) -> Run:
    call = caller(c, node.function)
    args = _arguments(c, node.args)
    _inherit(c, node.function)
    return lambda s: call(s, [arg(s) for arg in args])


def _arguments(c: Compiler, nodes: Sequence[Node]) -> list[Run]:
    """The arguments of a function; a zero takes the size that its place has."""
    return [_zeros(c, node) if is_zero(node) else c.run(node) for node in nodes]


def _zeros(c: Compiler, node: Node) -> Run:
    dims = c.shaped.shapes[id(node)].dims
    return lambda s: m.constant(s.field, *(dim.evaluate(s.sizes) for dim in dims), 0)


def _inherit(c: Compiler, node: Node) -> None:
    how = _mark_function(c, node)
    c.nested = c.nested or how.nested
    c.smooth = c.smooth and how.smooth


# Derivatives -------------------------------------------------------------------------------------


def _target(c: Compiler, node: Node) -> tuple[Run, Slope]:
    """The target compiled, and how to differentiate it; the compiler's own marks are kept."""
    nested, smooth = c.nested, c.smooth
    c.nested, c.smooth = False, True
    run = c.run(node)
    inner = _mark_function(c, node)
    how = Slope(c.nested or inner.nested, c.smooth and inner.smooth)
    c.nested, c.smooth = nested, smooth and how.smooth
    return run, how


def _derivative(c: Compiler, node: Derivative) -> Run:
    target, how = _target(c, c.shaped.rewritten.get(id(node), node.target))
    c.nested = True
    variables = [variable_of(by) for by in node.by]
    keys = [variable.key for variable in variables]
    places = [_positions(c, variable.key, variable.part, variable.transposed, variable.stacked)
              for variable in variables]  # fmt: skip
    arrange = _arrangement(node.style, c.layout)

    def run(s: Frame) -> Value:
        return arrange(_nest(s, target, keys, places, how), s)

    return run


Positions = Callable[[Frame], tuple[Value, Value]]
"""The variable's value, and an array of the numbers of the entries that vary."""


def _positions(c: Compiler, key: str, part: Node, transposed: bool, stacked: bool) -> Positions:
    """Evaluate the part of the variable on an array that holds its own positions."""
    select = c.run(part)
    known: dict[tuple[object, ...], Value] = {}

    def positions(s: Frame) -> tuple[Value, Value]:
        value = s.value(key)
        where = (tuple(s.sizes.items()), tuple(s.idx.items()))
        if where not in known:
            known[where] = chosen_in(s, value)
        return value, known[where]

    def chosen_in(s: Frame, value: Value) -> Value:
        numbers = [float(k) for k in range(len(entries(value)))]
        child = s.vary({key: rebuild(value, numbers)})  # type: ignore[arg-type]
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


def _nest(s: Frame, target: Run, keys: list[str], places: list[Positions], how: Slope) -> Grid:
    """The derivative by the last variable inside, by the ones before it outside."""
    value, chosen = places[0](s)
    positions = [int(entry) for entry in entries(chosen)]
    key = keys[0]
    idx = s.idx
    unmoved = s.unmoved((key,))

    def evaluate(frame: Frame, moved: Value) -> Value:
        child = frame.child({**unmoved, key: moved})
        child.idx = idx
        return target(child)

    if len(keys) == 1:
        return Grid(chosen, partials(s, value, positions, evaluate, how))
    shapes: list[Value] = []

    def inner(frame: Frame, moved: Value) -> Value:
        child = frame.vary({key: moved})
        child.idx = idx
        grid = _nest(child, target, keys[1:], places[1:], how)
        shapes[:] = [grid.by, grid.results[0]]
        flat = [entry for result in grid.results for entry in entries(result)]
        return Matrix(len(flat), 1, flat)

    results = partials(s, value, positions, inner, Slope(True, how.smooth))
    by_inner, form = shapes
    per = len(entries(form))
    grids = []
    for result in results:
        flat = entries(result)
        pieces = [rebuild(form, flat[k : k + per]) for k in range(0, len(flat), per)]
        grids.append(Grid(by_inner, pieces))
    return Grid(chosen, grids)


def _arrangement(style: str, layout: str) -> Callable[[Grid, Frame], Value]:
    def arrange(grid: Grid, s: Frame) -> Value:
        if isinstance(grid.results[0], Grid):
            return _second(grid, layout)
        return _first(grid, style, layout)

    return arrange


def _first(grid: Grid, style: str, layout: str) -> Value:
    results = grid.results
    if type(results[0]) is not Matrix:
        result = rebuild(grid.by, results) if type(grid.by) is Matrix else results[0]
        return m.transpose(result) if style == "partial" and layout == "numerator" else result
    if type(grid.by) is not Matrix:
        return (
            m.transpose(results[0])
            if style == "partial" and layout == "denominator"
            else (results[0])
        )
    rows = len(entries(results[0]))
    columns = [entries(result) for result in results]
    jacobian = Matrix(
        rows, len(columns), [columns[k][j] for j in range(rows) for k in range(len(columns))]
    )
    return m.transpose(jacobian) if style == "partial" and layout == "denominator" else jacobian


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


def _function_derivative(c: Compiler, node: FunctionDerivative) -> Run:
    call = caller(c, node.function)
    how = _mark_function(c, node.function)
    c.nested = True
    c.smooth = c.smooth and how.smooth
    arg_nodes = node.args or _formal_names(c, node)
    args = _arguments(c, arg_nodes)
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


def _prime(s: Frame, call: Call, x: Number, order: int, how: Slope) -> Number:
    if order == 1:
        return partials(s, x, [0], lambda frame, moved: call(frame, [moved]), how)[0]

    def inner(frame: Frame, moved: Value) -> Value:
        return _prime(frame, call, moved, order - 1, how)

    return partials(s, x, [0], inner, Slope(True, how.smooth))[0]


def _by_argument(
    s: Frame, value: Value, target: Callable[[Frame, Value], Value], style: str, order: int,
    layout: str, how: Slope,
) -> Value:  # fmt: skip
    positions = list(range(len(entries(value))))
    if order == 1:
        grid = Grid(value, partials(s, value, positions, target, how))
        return _as_jacobian(grid) if style == "jacobian" else _first(grid, style, layout)

    def gradient(frame: Frame, moved: Value) -> Value:
        return Matrix(len(positions), 1, partials(frame, moved, positions, target, how))

    rows = partials(s, value, positions, gradient, Slope(True, how.smooth))
    return m.normal(len(rows), len(positions), [entry for row in rows for entry in entries(row)])


def _as_jacobian(grid: Grid) -> Value:
    """One row for each entry of the target, one column for each of the variable."""
    columns = [entries(result) for result in grid.results]
    rows = len(columns[0])
    return m.normal(
        rows, len(columns), [columns[k][j] for j in range(rows) for k in range(len(columns))]
    )


def _directional(c: Compiler, node: Directional) -> Run:
    call = caller(c, node.function)
    how = _mark_function(c, node.function)
    c.nested = True
    args = _arguments(c, node.args)
    direction = c.run(node.direction)

    def run(s: Frame) -> Value:
        values = [arg(s) for arg in args]
        towards = direction(s)

        def bumped(frame: Frame, step: Number) -> Value:
            return call(frame, [m.add(values[0], m.multiply(step, towards)), *values[1:]])

        return slope(s, bumped, how.nested)

    return run


# Differentials -----------------------------------------------------------------------------------


def _differential(c: Compiler, node: Differential) -> Run:
    target, how = _target(c, node.target)
    c.nested = True

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
            _check_kink(s, bumped, result)
        return result

    return run


def _check_kink(s: Frame, bumped: Bumped, result: Value) -> None:
    h = s.field.num(1) / 2**20
    difference = m_subtract(bumped(s, h), bumped(s, -h))
    size = 1 + largest(result)
    for p, q in zip(entries(difference), entries(result), strict=True):
        if abs(float((p / (2 * h) - q).real)) > SECOND_OPINION * size:
            raise NotDifferentiable


def _at(c: Compiler, node: At) -> Run:
    target = c.run(node.target)
    value = _zeros(c, node.value) if is_zero(node.value) else c.run(node.value)
    variable = variable_of(node.variable)

    def run(s: Frame) -> Value:
        child = s.vary({variable.key: value(s)})
        child.idx = s.idx
        return target(child)

    return run


CALCULUS_RULES: dict[type[Node], Callable[[Compiler, Node], Run]] = {
    Apply: _apply, Derivative: _derivative, FunctionDerivative: _function_derivative,
    Directional: _directional, Differential: _differential, At: _at,
}  # type: ignore[dict-item]  # fmt: skip
