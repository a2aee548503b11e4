"""Where a command is registered: how it reads, its shape rule and its numeric rule together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from proofread.algebra.dimensions import Shape, Unifier
from proofread.algebra.matrices import Value
from proofread.algebra.numbers import Field


class ShapeError(Exception):
    """Shapes that don't fit, in words; who calls knows where."""

    def __init__(self, message: str, *advice: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = advice


class AmbiguousError(ShapeError):
    """A formula that two readings are possible of."""


ShapeRule = Callable[[Unifier, list[Shape]], Shape]
NumericRule = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operation does.

    ``shape`` takes the shapes of its arguments, ``value`` a field and their values. ``smooth`` is
    false where it has kinks, so that its derivatives get a second opinion; ``total`` is false
    where whole stretches of numbers are outside of its domain.
    """

    name: str
    shape: ShapeRule
    value: NumericRule
    smooth: bool = True
    total: bool = True


@dataclass(frozen=True, slots=True)
class Function:
    """A named function of formulas: ``spellings`` are commands and upright names alike.

    ``takes`` tells what it applies to without parentheses: the next ``factor``, the whole
    ``product`` behind it, or nothing but what stands in ``brackets``.
    """

    spellings: tuple[str, ...]
    operation: str
    takes: Literal["factor", "product", "brackets"] = "factor"
    arity: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class Infix:
    """An operator between two operands; a higher ``level`` binds tighter."""

    spellings: tuple[str, ...]
    operation: str
    level: int


OPERATIONS: dict[str, Operation] = {}
FUNCTIONS: dict[str, Function] = {}
INFIXES: dict[str, Infix] = {}

LEVEL_COLON = 30
LEVEL_ELEMENTWISE = 40


def operation(
    name: str, shape: ShapeRule, value: NumericRule, *, smooth: bool = True, total: bool = True
) -> None:
    """Register an operation by its name."""
    OPERATIONS[name] = Operation(name, shape, value, smooth, total)


def function(
    *spellings: str,
    shape: ShapeRule,
    value: NumericRule,
    takes: Literal["factor", "product", "brackets"] = "factor",
    arity: tuple[int, int] = (1, 1),
    smooth: bool = True,
    total: bool = True,
) -> None:
    """Register a function by all its spellings; the first is its name."""
    operation(spellings[0], shape, value, smooth=smooth, total=total)
    for spelling in spellings:
        FUNCTIONS[spelling] = Function(spellings, spellings[0], takes, arity)


def infix(*spellings: str, shape: ShapeRule, value: NumericRule, level: int) -> None:
    """Register an operator by all its spellings; the first is its name."""
    operation(spellings[0], shape, value)
    for spelling in spellings:
        INFIXES[spelling] = Infix(spellings, spellings[0], level)


def same_shape(unifier: Unifier, shapes: list[Shape]) -> Shape:
    """One shape for all arguments."""
    for shape in shapes[1:]:
        if not unifier.unify_shapes(shapes[0], shape):
            raise ShapeError(
                f"{unifier.shape(shapes[0])} and {unifier.shape(shape)} are not of one shape"
            )
    return shapes[0]


def scalar_or_vector(unifier: Unifier, shapes: list[Shape]) -> Shape:
    """The shape of the argument, element by element, where that is no matrix."""
    shape = unifier.shape(shapes[0])
    if len(shape.dims) != 2:
        raise ShapeError(f"it acts on scalars and vectors, not on an array of shape {shape}")
    return shape


def square(unifier: Unifier, shapes: list[Shape]) -> Shape:
    """The shape of a square matrix."""
    shape = shapes[0]
    if len(shape.dims) != 2 or not unifier.unify(shape.rows, shape.columns):
        raise ShapeError(f"it needs a square matrix, not one of shape {unifier.shape(shape)}")
    return unifier.shape(shape)


def plain(rule: Callable[..., Any]) -> NumericRule:
    """A numeric rule that has no use for the field."""

    def value(_: Field, *arguments: Value) -> Value:
        return rule(*arguments)

    return value
