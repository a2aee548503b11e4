"""Small dense matrices over any number type, row by row in one flat list.

A value is a plain number, a :class:`Matrix`, a :class:`Tensor` of order three or more, or
:class:`Members` of a family. Nothing here conjugates, so that a complex step passes through.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import add as plus
from operator import mul as times
from operator import sub as minus
from typing import Any

from proofread.algebra.numbers import Field, Number, OutOfRange
from proofread.limits import MAX_ARRAY_ENTRIES


class Matrix:
    """An ``r`` by ``c`` array; ``a`` holds its entries row by row."""

    __slots__ = ("a", "c", "r")

    def __init__(self, r: int, c: int, a: list[Number]) -> None:
        self.r = r
        self.c = c
        self.a = a

    def __repr__(self) -> str:
        return f"Matrix({self.r}, {self.c}, {self.a})"


class Tensor:
    """An array of order three or more, last index fastest."""

    __slots__ = ("a", "dims")

    def __init__(self, dims: tuple[int, ...], a: list[Number]) -> None:
        self.dims = dims
        self.a = a


class Members:
    """The members of a family, the first of them numbered ``start``."""

    __slots__ = ("items", "start")

    def __init__(self, start: int, items: list[Value]) -> None:
        self.start = start
        self.items = items


Value = Any
"""A number, a Matrix, a Tensor or Members."""


def entries(value: Value) -> list[Number]:
    """All numbers of a value, in a fixed order; the list may be the value's own."""
    if type(value) is Matrix or type(value) is Tensor:
        return value.a
    if type(value) is Members:
        return [entry for item in value.items for entry in entries(item)]
    return [value]


def rebuild(value: Value, numbers: list[Number]) -> Value:
    """A value of the same form with other entries, in the order of :func:`entries`."""
    if type(value) is Matrix:
        return Matrix(value.r, value.c, numbers)
    if type(value) is Tensor:
        return Tensor(value.dims, numbers)
    if type(value) is Members:
        items = []
        start = 0
        for item in value.items:
            count = len(entries(item))
            items.append(rebuild(item, numbers[start : start + count]))
            start += count
        return Members(value.start, items)
    return numbers[0]


def normal(r: int, c: int, a: list[Number]) -> Value:
    """A matrix, or the number where it is one by one."""
    return a[0] if r == 1 and c == 1 else Matrix(r, c, a)


def require_room(count: int) -> None:
    """Raise where an array would be too large, before it is made."""
    if count > MAX_ARRAY_ENTRIES:
        raise OutOfRange("the array is too large")


def as_matrix(value: Value) -> Matrix:
    """The value as a matrix; a number is one by one."""
    return value if type(value) is Matrix else Matrix(1, 1, [value])


def size(value: Value) -> tuple[int, int]:
    """Rows and columns of a value."""
    return (value.r, value.c) if type(value) is Matrix else (1, 1)


def map_entries(function: Callable[[Number], Number], value: Value) -> Value:
    """A function of one number on every entry."""
    if type(value) is Matrix:
        return Matrix(value.r, value.c, [function(entry) for entry in value.a])
    return function(value)


def zip_entries(function: Callable[[Number, Number], Number], x: Value, y: Value) -> Value:
    """Entry by entry; a number goes with every entry of a matrix."""
    if type(x) is Matrix:
        if type(y) is Matrix:
            return Matrix(x.r, x.c, list(map(function, x.a, y.a)))
        return Matrix(x.r, x.c, [function(entry, y) for entry in x.a])
    if type(y) is Matrix:
        return Matrix(y.r, y.c, [function(x, entry) for entry in y.a])
    return function(x, y)


def entrywise(x: Value, y: Value) -> Value:
    """The product entry by entry."""
    return zip_entries(times, x, y)


def add(x: Value, y: Value) -> Value:
    """Entry by entry, ``x + y``; a zero of no size goes with a matrix."""
    if type(x) is Matrix:
        return Matrix(x.r, x.c, list(map(plus, x.a, y.a))) if type(y) is Matrix else x
    return y if type(y) is Matrix else x + y


def subtract(x: Value, y: Value) -> Value:
    """Entry by entry, ``x - y``; a zero of no size goes with a matrix."""
    if type(x) is Matrix:
        return Matrix(x.r, x.c, list(map(minus, x.a, y.a))) if type(y) is Matrix else x
    return negate(y) if type(y) is Matrix else x - y


def negate(x: Value) -> Value:
    """Every entry with the other sign."""
    return Matrix(x.r, x.c, [-entry for entry in x.a]) if type(x) is Matrix else -x


def multiply(x: Value, y: Value) -> Value:
    """The matrix product, or the product with a scalar."""
    if type(x) is not Matrix:
        if type(y) is not Matrix:
            return x * y
        return Matrix(y.r, y.c, [x * entry for entry in y.a])
    if type(y) is not Matrix:
        return Matrix(x.r, x.c, [entry * y for entry in x.a])
    inner = x.c
    require_room(x.r * y.c)
    if inner == 1:
        return normal(x.r, y.c, [p * q for p in x.a for q in y.a])
    rows = [x.a[start : start + inner] for start in range(0, len(x.a), inner)]
    if y.c == 1:
        column = y.a
        return normal(x.r, 1, [sum(map(times, row, column)) for row in rows])
    columns = [y.a[start :: y.c] for start in range(y.c)]
    return normal(x.r, y.c, [sum(map(times, row, column)) for row in rows for column in columns])


def transpose(x: Value) -> Value:
    """Rows as columns."""
    if type(x) is not Matrix:
        return x
    if x.r == 1 or x.c == 1:
        return Matrix(x.c, x.r, x.a)
    return Matrix(x.c, x.r, [entry for start in range(x.c) for entry in x.a[start :: x.c]])


def kronecker(x: Value, y: Value) -> Value:
    """Kronecker's product: ``x``'s entries, each times ``y``."""
    x, y = as_matrix(x), as_matrix(y)
    require_room(x.r * y.r * x.c * y.c)
    data = [
        x.a[i * x.c + j] * y.a[k * y.c + m]
        for i in range(x.r)
        for k in range(y.r)
        for j in range(x.c)
        for m in range(y.c)
    ]
    return normal(x.r * y.r, x.c * y.c, data)


def identity(field: Field, n: int) -> Value:
    """The ``n`` by ``n`` identity."""
    require_room(n * n)
    one, zero = field.num(1), field.num(0)
    return normal(n, n, [one if i == j else zero for i in range(n) for j in range(n)])


def constant(field: Field, r: int, c: int, value: int) -> Value:
    """An ``r`` by ``c`` array of one number."""
    require_room(r * c)
    return normal(r, c, [field.num(value)] * (r * c))


def trace(x: Value) -> Number:
    """The sum of the diagonal."""
    return sum(x.a[:: x.c + 1]) if type(x) is Matrix else x


def inner(x: Value, y: Value) -> Number:
    """The sum of the products of corresponding entries."""
    if type(x) is Matrix:
        return sum(map(times, x.a, y.a))
    return x * y


def diagonal(x: Value) -> Value:
    """A vector's diagonal matrix, or a matrix's diagonal as a column."""
    if type(x) is not Matrix:
        return x
    if x.c == 1 or x.r == 1:
        n = len(x.a)
        require_room(n * n)
        zero = x.a[0] * 0
        return Matrix(n, n, [x.a[i] if i == j else zero for i in range(n) for j in range(n)])
    n = min(x.r, x.c)
    return Matrix(n, 1, x.a[:: x.c + 1][:n])


def stack(x: Value) -> Value:
    """The columns of a matrix, one below the other."""
    if type(x) is not Matrix:
        return x
    return Matrix(x.r * x.c, 1, transpose(x).a)


def largest(value: Value) -> float:
    """The largest absolute real part among the entries, as a double."""
    try:
        return max((abs(float(entry.real)) for entry in entries(value)), default=0.0)
    except OverflowError:
        return float("inf")


def norm_2(field: Field, x: Value) -> Number:
    """The Euclidean norm of a vector, the Frobenius norm of a matrix."""
    if type(x) is not Matrix:
        return absolute(x)
    return field.sqrt(sum(entry * entry for entry in x.a))


def absolute(x: Number) -> Number:
    """The absolute value, continued along a complex step."""
    return -x if x.real < 0 else x


def larger(x: Number, y: Number) -> Number:
    """The larger of two numbers by their real parts; the first where they are equal."""
    return x if x.real >= y.real else y


def smaller(x: Number, y: Number) -> Number:
    """The smaller of two numbers by their real parts; the first where they are equal."""
    return x if x.real <= y.real else y


def norm_1(x: Value) -> Number:
    """The sum of the absolute values of all entries."""
    return sum(absolute(entry) for entry in entries(x))


def norm_infinity(x: Value) -> Number:
    """The largest absolute value of an entry."""
    return max((absolute(entry) for entry in entries(x)), key=lambda entry: entry.real)
