"""Newton's method for the equations that a page assumes or states as conditions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from proofread.algebra import linear
from proofread.algebra import matrices as m
from proofread.algebra.matrices import Matrix, Value, entries, largest, rebuild
from proofread.algebra.numbers import Field, Number, Undefined


def difference(left: Value, right: Value) -> list[Value]:
    """Entry by entry; a literal zero goes with every entry."""
    if type(left) is Matrix and type(right) is not Matrix:
        return [entry - right for entry in left.a]
    if type(right) is Matrix and type(left) is not Matrix:
        return [left - entry for entry in right.a]
    return [p - q for p, q in zip(entries(left), entries(right), strict=True)]


@dataclass(frozen=True, slots=True)
class Precision:
    """When a residual counts as zero, when it is close enough at last, and how many rounds."""

    target: float
    accepted: float
    rounds: int


PRECISIONS = {
    ("double", False): Precision(1e-13, 1e-10, 60),
    ("digits", False): Precision(1e-45, 1e-40, 9),
    ("double", True): Precision(1e-10, 1e-8, 30),
    ("digits", True): Precision(1e-30, 1e-25, 12),
}
"""By the kind of numbers, and whether a derivative stands in the equations."""

Residual = Callable[[dict[str, Value]], list[Value]]


def solve_equations(
    residual: Residual, values: dict[str, Value], keys: list[str], field: Field, *,
    nested: bool = False,
) -> dict[str, Value]:  # fmt: skip
    """Newton's method with the shortest step: a point near ``values`` with a zero residual.

    The values of ``keys`` move. Where a derivative stands in the equations (``nested``), the
    slopes are plain differences, because a complex step does not nest.

    Raises:
        Undefined: where it does not converge.

    """
    precision = PRECISIONS[field.name, nested]
    for _ in range(precision.rounds):
        zeros = residual(values)
        size = max((abs(float(entry.real)) for entry in zeros), default=0.0)
        if size <= precision.target:
            return values
        column = partial(_difference_column, zeros) if nested else _complex_column
        columns = [
            column(residual, values, key, k, field)
            for key in keys
            for k in range(len(entries(values[key])))
        ]
        jacobian = m.normal(
            len(zeros), len(columns), [each[j] for j in range(len(zeros)) for each in columns]
        )
        if largest(jacobian) == 0:
            break
        values = _moved(field, values, keys, jacobian, zeros)
    if size <= precision.accepted:
        return values
    raise Undefined("no values satisfy the equations")


def _complex_column(
    residual: Residual, values: dict[str, Value], key: str, k: int, field: Field
) -> list[Number]:
    numbers = list(entries(values[key]))
    numbers[k] = field.complex(numbers[k], field.step)
    changed = residual({**values, key: rebuild(values[key], numbers)})
    return [entry.imag / field.step for entry in changed]


def _difference_column(
    zeros: list[Value], residual: Residual, values: dict[str, Value], key: str, k: int,
    field: Field,
) -> list[Number]:  # fmt: skip
    """From one side only: a slope that is a little off costs a round, another residual more."""
    step = field.central_step * field.central_step
    numbers = list(entries(values[key]))
    numbers[k] = numbers[k] + step
    changed = residual({**values, key: rebuild(values[key], numbers)})
    return [(p - q) / step for p, q in zip(changed, zeros, strict=True)]


def _moved(
    field: Field, values: dict[str, Value], keys: list[str], jacobian: Value, zeros: list[Value]
) -> dict[str, Value]:
    """The values after the shortest step that the linearised equations ask for."""
    right = m.normal(len(zeros), 1, zeros)
    steps = iter(entries(m.multiply(linear.pseudo_inverse(field, jacobian), right)))
    moved = dict(values)
    for key in keys:
        moved[key] = rebuild(values[key], [x - next(steps) for x in entries(values[key])])
    return moved
