"""Arbitrary smooth functions: drawn at random, analytic, evaluated in any kind of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from proofread.algebra.matrices import Value, entries, normal
from proofread.algebra.numbers import Field, Number
from proofread.symbols.table import SetSpec

WAVES = 2


class SmoothFunction:
    """A function whose entries are sums of sines, a linear and a squared linear form.

    Its codomain is reached by an exponential or a logistic function.
    """

    def __init__(
        self, inputs: int, rows: int, columns: int, codomain: SetSpec, rng: Random
    ) -> None:
        self.rows = rows
        self.columns = columns
        self.codomain = codomain

        def weights(count: int) -> list[float]:
            return [round(rng.uniform(-1.0, 1.0), 3) for _ in range(count)]

        self.waves = [
            [(round(rng.uniform(0.5, 1.5), 3), weights(inputs), round(rng.uniform(-1, 1), 3))
             for _ in range(WAVES)]
            for _ in range(rows * columns)
        ]  # fmt: skip
        self.linear = [weights(inputs) for _ in range(rows * columns)]
        self.square = [weights(inputs) for _ in range(rows * columns)]

    def __call__(self, field: Field, args: Sequence[Value]) -> Value:
        """The value at the arguments."""
        numbers = [entry for arg in args for entry in entries(arg)]
        results = [self._entry(field, k, numbers) for k in range(self.rows * self.columns)]
        return normal(self.rows, self.columns, results)

    def _entry(self, field: Field, k: int, numbers: list[Number]) -> Number:
        total = _dot(field, self.linear[k], numbers)
        square = _dot(field, self.square[k], numbers)
        total = total + square * square * field.num(0.25)
        for size, weights, shift in self.waves[k]:
            wave = field.function("sin", _dot(field, weights, numbers) + field.num(shift))
            total = total + field.num(size) * wave
        return self._into(field, total)

    def _into(self, field: Field, value: Number) -> Number:
        low, high = self.codomain.low, self.codomain.high
        if self.codomain.kind != "interval":
            return value
        if low is not None and high is not None:
            share = field.num(1) / (field.num(1) + field.exp(-value))
            return field.num(low) + field.num(high - low) * share
        positive = field.exp(value / 2)
        if low is not None:
            return field.num(low) + positive
        return field.num(high or 0) - positive


def _dot(field: Field, weights: Sequence[float], numbers: Sequence[Number]) -> Number:
    total = field.num(0)
    for weight, number in zip(weights, numbers, strict=True):
        total = total + field.num(weight) * number
    return total
