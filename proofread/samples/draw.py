"""One value for one symbol: plain random numbers first, then the structure, in any number type.

The random numbers of a sample are doubles; orthogonal and definite matrices, points of a simplex
and the like are built from them afterwards, so that with 50 digits they are so to 50 digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from random import Random
from typing import Any

from proofread.algebra import matrices as m
from proofread.algebra.dimensions import Shape, with_letters
from proofread.algebra.matrices import Matrix, Members, Tensor, Value
from proofread.algebra.numbers import Field, Number, OutOfRange
from proofread.limits import MAX_ARRAY_ENTRIES
from proofread.samples.smooth import SmoothFunction
from proofread.symbols.table import SetSpec, Symbol


@dataclass(frozen=True, slots=True)
class Mode:
    """How the numbers are drawn: their size, and whether many of them are zero or equal."""

    scale: float = 1.0
    kind: str = "generic"
    """generic, zero, ones, equal, sparse or alike, which makes symbols of one kind the same."""


GENERIC = Mode()
Base = Any
"""The random numbers behind a value, nested as the family is."""


def draw(symbol: Symbol, sizes: Mapping[str, int], rng: Random, mode: Mode = GENERIC) -> Base:
    """Random numbers for a free symbol.

    Raises:
        OutOfRange: where there are too many of them.

    """
    if symbol.role == "function":
        assert symbol.signature is not None
        inputs = sum(_count(shape, sizes) for shape in symbol.signature.domains)
        dims = [dim.evaluate(sizes) for dim in symbol.signature.codomain.dims]
        if inputs * prod(dims) > MAX_ARRAY_ENTRIES:
            raise OutOfRange("the array is too large")
        return SmoothFunction(inputs, dims[0], dims[1], symbol.signature.codomain_set, rng)
    if _members_count(symbol, sizes) > MAX_ARRAY_ENTRIES:
        raise OutOfRange("the array is too large")
    if symbol.family:
        return _members(symbol, 0, sizes, rng, mode)
    return _numbers(symbol, sizes, rng, mode)


def _members(
    symbol: Symbol, level: int, sizes: Mapping[str, int], rng: Random, mode: Mode
) -> list[Base]:
    if level == len(symbol.family):
        return _numbers(symbol, sizes, rng, mode)
    size = symbol.family[level].size.evaluate(sizes)
    first = symbol.family[level].first.evaluate(sizes)
    return [
        _members(symbol, level + 1, _at(symbol, level, first + k, sizes), rng, mode)
        for k in range(size)
    ]


def _at(symbol: Symbol, level: int, number: int, sizes: Mapping[str, int]) -> Mapping[str, int]:
    """The sizes of one member of a family."""
    letters = symbol.letters
    return with_letters(sizes, {letters[level]: number}) if letters else sizes


def _members_count(symbol: Symbol, sizes: Mapping[str, int]) -> int:
    """How many numbers a value of the symbol has, all members together."""
    members = prod(each.size.evaluate(sizes) for each in symbol.family)
    if not symbol.letters:
        return members * _count(symbol.shape, sizes)
    if members > MAX_ARRAY_ENTRIES:
        return members
    first = symbol.family[0].first.evaluate(sizes)
    each = [_at(symbol, 0, first + k, sizes) for k in range(members)]
    return sum(_count(symbol.shape, one) for one in each)


def _count(shape: Shape, sizes: Mapping[str, int]) -> int:
    return prod(dim.evaluate(sizes) for dim in shape.dims)


def _numbers(symbol: Symbol, sizes: Mapping[str, int], rng: Random, mode: Mode) -> list[float]:
    count = _count(symbol.shape, sizes)
    spec = symbol.set
    if spec.kind == "orthogonal":
        n = symbol.shape.rows.evaluate(sizes)
        return [float(rng.randint(0, 1)), *(_real(rng, Mode()) for _ in range(n * n))]
    numbers = [_entry(spec, sizes, rng, mode) for _ in range(count)]
    if mode.kind == "equal" and numbers:
        numbers = [numbers[0]] * count
    if mode.kind == "sparse":
        numbers = [x if rng.random() < 0.4 else _border(spec, x) for x in numbers]
    return numbers


def _entry(spec: SetSpec, sizes: Mapping[str, int], rng: Random, mode: Mode) -> float:
    if spec.kind == "choices":
        return float(rng.choice(spec.choices))
    if spec.kind == "range":
        assert spec.upper is not None
        assert spec.low is not None
        return float(rng.randint(int(spec.low), spec.upper.evaluate(sizes)))
    if spec.kind == "whole":
        low = int(spec.low) if spec.low is not None else -9
        return float(rng.randint(low, low + (6 if low >= 0 else 18)))
    if spec.kind == "interval":
        return _in_interval(spec, rng, mode)
    if spec.kind == "simplex":
        return round(rng.uniform(0.05, 1.0), 3)
    if mode.kind == "zero":
        return 0.0
    if mode.kind == "ones":
        return mode.scale
    return _real(rng, mode)


def _real(rng: Random, mode: Mode) -> float:
    value = 0.0
    while abs(value) < 0.1:
        value = round(rng.uniform(-2.0, 2.0), 3)
    return value * mode.scale


def _in_interval(spec: SetSpec, rng: Random, mode: Mode) -> float:
    low = float(spec.low) if spec.low is not None else None
    high = float(spec.high) if spec.high is not None else None
    if mode.kind == "zero":
        if low is not None and spec.closed[0]:
            return low
        if high is not None and spec.closed[1]:
            return high
    if mode.kind == "ones" and high is not None and spec.closed[1]:
        return high
    if low is not None and high is not None:
        return round(low + (high - low) * rng.uniform(0.05, 0.95), 6)
    distance = round(rng.uniform(0.1, 2.5), 3) * abs(mode.scale)
    return low + distance if low is not None else (high or 0.0) - distance


def _border(spec: SetSpec, value: float) -> float:
    if spec.kind == "interval":
        if spec.low is not None and spec.closed[0]:
            return float(spec.low)
        return value
    return 0.0 if spec.kind in ("real", "symmetric", "invertible") else value


# Structure ----------------------------------------------------------------------------------------


def build(symbol: Symbol, base: Base, sizes: Mapping[str, int], field: Field) -> Value:
    """The value of a symbol from its random numbers."""
    if symbol.role == "function":
        return base
    if symbol.family:
        return _build_members(symbol, 0, base, sizes, field)
    return _build_one(symbol, base, sizes, field)


def _build_members(
    symbol: Symbol, level: int, base: Base, sizes: Mapping[str, int], field: Field
) -> Value:
    if level == len(symbol.family):
        return _build_one(symbol, base, sizes, field)
    first = symbol.family[level].first.evaluate(sizes)
    if symbol.set.kind == "basis":
        return Members(first, [_basis(symbol, k, sizes, field) for k in range(len(base))])
    return Members(first, [
        _build_members(symbol, level + 1, part, _at(symbol, level, number, sizes), field)
        for number, part in enumerate(base, first)
    ])  # fmt: skip


def _basis(symbol: Symbol, k: int, sizes: Mapping[str, int], field: Field) -> Value:
    n = symbol.shape.rows.evaluate(sizes)
    return m.normal(n, 1, [field.num(1 if j == k else 0) for j in range(n)])


def _build_one(symbol: Symbol, base: list[float], sizes: Mapping[str, int], field: Field) -> Value:
    dims = [dim.evaluate(sizes) for dim in symbol.shape.dims]
    numbers: list[Number] = [field.num(number) for number in base]
    spec, properties = symbol.set, symbol.properties
    if spec.kind == "orthogonal":
        return _orthogonal(field, dims[0], numbers)
    if len(dims) > 2:
        return Tensor(tuple(dims), numbers)
    value = m.normal(dims[0], dims[1], numbers)
    if spec.kind == "simplex":
        total = sum(numbers)
        return m.map_entries(lambda entry: entry / total, value)
    if spec.kind == "symmetric":
        return _symmetric(field, value, spec.sign)
    if "orthogonal" in properties:
        return _orthogonal(field, dims[0], [field.num(0), *numbers])
    if "positive definite" in properties:
        return _symmetric(field, value, "++")
    if "positive semidefinite" in properties:
        return _symmetric(field, value, "+")
    if "symmetric" in properties:
        value = _symmetric(field, value, "")
    if "diagonal" in properties:
        value = m.entrywise(value, m.identity(field, dims[0]))
    return value


def _symmetric(field: Field, value: Value, sign: str) -> Value:
    if type(value) is not Matrix:
        square = value * value
        return square + field.num(1) / 4 if sign == "++" else square if sign else value
    if not sign:
        return m.map_entries(lambda x: x / 2, m.add(value, m.transpose(value)))
    if sign == "+":  # one column less, so that it is singular
        narrow = Matrix(
            value.r, max(value.c - 1, 1),
            [value.a[j * value.c + k] for j in range(value.r) for k in range(max(value.c - 1, 1))],
        )  # fmt: skip
        return m.multiply(narrow, m.transpose(narrow))
    quarter = m.map_entries(lambda x: x / 4, m.identity(field, value.r))
    return m.add(m.multiply(value, m.transpose(value)), quarter)


def _orthogonal(field: Field, n: int, numbers: list[Number]) -> Value:
    """A product of reflections; their number decides the determinant's sign."""
    if n == 1:
        return field.num(1) if numbers[0] == 0 else field.num(-1)
    result = m.identity(field, n)
    for k in range(n - (numbers[0] != 0)):
        v = Matrix(n, 1, numbers[1 + k * n : 1 + k * n + n])
        factor = field.num(2) / m.inner(v, v)
        outer = m.multiply(v, m.transpose(v))
        result = m.subtract(result, m.multiply(factor, m.multiply(outer, result)))
    return result
