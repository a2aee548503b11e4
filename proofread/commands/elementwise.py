"""Functions of one scalar, which act on each element of a vector."""

from __future__ import annotations

from collections.abc import Callable

from proofread.algebra.dimensions import SCALAR, Shape, Unifier
from proofread.algebra.matrices import (
    Matrix,
    Value,
    absolute,
    entries,
    larger,
    map_entries,
    smaller,
    zip_entries,
)
from proofread.algebra.numbers import Field, Number, Undefined
from proofread.commands.registry import (
    AmbiguousError,
    ShapeError,
    function,
    operation,
    same_shape,
    scalar_or_vector,
)


def _elementwise(rule: Callable[[Field, Number], Number]) -> Callable[[Field, Value], Value]:
    def value(field: Field, x: Value) -> Value:
        if type(x) is Matrix:
            return Matrix(x.r, x.c, [rule(field, entry) for entry in x.a])
        return rule(field, x)

    return value


def _analytic(name: str) -> Callable[[Field, Number], Number]:
    return lambda field, x: field.function(name, x)


def _exponential_shape(unifier: Unifier, shapes: list[Shape]) -> Shape:
    shape = scalar_or_vector(unifier, shapes)
    if shape.matrix:
        raise AmbiguousError(
            f"the exponential of a matrix ({shape}) has two readings",
            "\\operatorname{expm}(A) is the matrix exponential",
            "write the elements, e^{A_{ij}}, where each element is meant",
        )
    return shape


function("exp", shape=_exponential_shape, value=_elementwise(Field.exp))
function("log", "ln", shape=scalar_or_vector, value=_elementwise(Field.log), total=False)
for _name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "asinh"):
    function(_name, shape=scalar_or_vector, value=_elementwise(_analytic(_name)))
function("arctan", "atan", shape=scalar_or_vector, value=_elementwise(_analytic("atan")))


def _arcsine(field: Field, x: Number) -> Number:
    if abs(x.real) > 1:
        raise Undefined("the arcsine and the arccosine need an argument between -1 and 1")
    right = field.function("atan", field.num(1)) * 2
    rest = field.num(1) - x * x
    if rest == 0:
        return right if x.real > 0 else -right
    return field.function("atan", x / field.sqrt(rest))


def _arccosine(field: Field, x: Number) -> Number:
    return field.function("atan", field.num(1)) * 2 - _arcsine(field, x)


function("arcsin", "asin", shape=scalar_or_vector, value=_elementwise(_arcsine), total=False)
function("arccos", "acos", shape=scalar_or_vector, value=_elementwise(_arccosine), total=False)


def _log_one_plus(field: Field, x: Number) -> Number:
    return (
        x + field.log(field.num(1) + field.exp(-x))
        if x.real > 0
        else field.log(field.num(1) + field.exp(x))
    )


def _logistic(field: Field, x: Number) -> Number:
    return field.num(1) / (field.num(1) + field.exp(-x))


function("softplus", shape=scalar_or_vector, value=_elementwise(_log_one_plus))
function("sigmoid", "logistic", "expit", shape=scalar_or_vector, value=_elementwise(_logistic))


def _error_function(field: Field, x: Number) -> Number:
    """The error function by its series; its arguments are small numbers here."""
    term = total = x
    square = x * x
    small = field.num(1e-75)
    for k in range(1, 400):
        term = -term * square / k
        total = total + term / (2 * k + 1)
        if abs(term) < small * abs(total):
            break
    return total * 2 / field.sqrt(field.num(4) * field.function("atan", field.num(1)))


function("erf", shape=scalar_or_vector, value=_elementwise(_error_function))


def _sign(field: Field, x: Number) -> Number:
    return field.num((x.real > 0) - (x.real < 0))


def _relu(field: Field, x: Number) -> Number:
    return x if x.real > 0 else field.num(0)


function("sign", "sgn", shape=scalar_or_vector, value=_elementwise(_sign), smooth=False)
function("ReLU", "relu", shape=scalar_or_vector, value=_elementwise(_relu), smooth=False)
operation("sqrt", scalar_or_vector, _elementwise(Field.sqrt), total=False)
operation("abs", scalar_or_vector, _elementwise(lambda _, x: absolute(x)), smooth=False)


def _extreme_shape(unifier: Unifier, shapes: list[Shape]) -> Shape:
    if len(shapes) == 1:
        return SCALAR
    arrays = [shape for shape in shapes if not unifier.shape(shape).scalar]
    return same_shape(unifier, arrays) if arrays else SCALAR


def _extreme(choose: Callable[[Number, Number], Number]) -> Callable[..., Value]:
    def value(_: Field, *arguments: Value) -> Value:
        numbers = entries(arguments[0]) if len(arguments) == 1 else list(arguments)
        result = numbers[0]
        for number in numbers[1:]:
            result = zip_entries(choose, result, number)
        return result

    return value


function("max", shape=_extreme_shape, value=_extreme(larger), takes="brackets", arity=(1, 99),
         smooth=False)  # fmt: skip
function("min", shape=_extreme_shape, value=_extreme(smaller), takes="brackets", arity=(1, 99),
         smooth=False)  # fmt: skip


def _vector_only(unifier: Unifier, shapes: list[Shape]) -> Shape:
    shape = unifier.shape(shapes[0])
    if not (shape.vector or shape.row or shape.scalar):
        raise ShapeError(
            f"it takes a vector, not an array of shape {shape}; of each row of a matrix it is "
            "taken as P_{i,:} = f(X_{i,:})"
        )
    return shape


def log_sum_exp(field: Field, numbers: list[Number]) -> Number:
    """The logarithm of the sum of exponentials, shifted by the largest."""
    largest = max(number.real for number in numbers)
    return largest + field.log(sum(field.exp(number - largest) for number in numbers))


def _softmax(field: Field, x: Value) -> Value:
    shift = log_sum_exp(field, entries(x))
    return map_entries(lambda entry: field.exp(entry - shift), x)


function("softmax", shape=_vector_only, value=_softmax)
function(
    "logsumexp",
    "LSE",
    "lse",
    shape=lambda unifier, shapes: (_vector_only(unifier, shapes), SCALAR)[1],
    value=lambda field, x: log_sum_exp(field, entries(x)),
)
