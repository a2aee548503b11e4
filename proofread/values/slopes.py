"""Numerical derivatives: complex step, central differences, and a second opinion at kinks."""

from __future__ import annotations

import math
from collections.abc import Callable

from proofread.algebra.matrices import Value, entries, largest, rebuild
from proofread.algebra.numbers import NotDifferentiable, Number
from proofread.limits import SECOND_OPINION
from proofread.symbols.table import Traits
from proofread.values.frame import Frame

Bumped = Callable[[Frame, Number], Value]
"""The target with the variable moved by a step."""


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
    near = _difference(bumped(s, h), bumped(s, -h))
    far = _difference(bumped(s, 2 * h), bumped(s, -2 * h))
    numbers = [(8 * p - q) / (12 * h) for p, q in zip(entries(near), entries(far), strict=True)]
    return rebuild(near, numbers)


def _difference(x: Value, y: Value) -> Value:
    return rebuild(x, [p - q for p, q in zip(entries(x), entries(y), strict=True)])


def partials(s: Frame, value: Value, positions: list[int], target: Callable[[Frame, Value], Value],
             how: Traits) -> list[Value]:  # fmt: skip
    """The derivative of ``target`` by each of the numbers of ``value`` at ``positions``."""
    numbers = entries(value)
    results = []
    for position in positions:
        s.budget.spend(len(numbers))

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


def require_no_kink(s: Frame, bumped: Bumped, result: Value) -> None:
    """Compare with a central difference; at a kink the two disagree."""
    h = s.field.num(1) / 2**20
    difference = _difference(bumped(s, h), bumped(s, -h))
    size = 1 + largest(result)
    for p, q in zip(entries(difference), entries(result), strict=True):
        if abs(float((p / (2 * h) - q).real)) > SECOND_OPINION * size:
            raise NotDifferentiable
