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

from proofread.algebra.numbers import Field, Number, OutOfRange, Undefined
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
    """Entry by entry, ``x + y``."""
    if type(x) is Matrix and type(y) is Matrix:
        return Matrix(x.r, x.c, list(map(plus, x.a, y.a)))
    return x + y


def subtract(x: Value, y: Value) -> Value:
    """Entry by entry, ``x - y``."""
    if type(x) is Matrix and type(y) is Matrix:
        return Matrix(x.r, x.c, list(map(minus, x.a, y.a)))
    return x - y


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


def solve(field: Field, x: Value, y: Value) -> Value:
    """``x**-1 y`` by elimination with partial pivoting."""
    x, y = as_matrix(x), as_matrix(y)
    n = x.r
    rows = [x.a[i * n : i * n + n] + y.a[i * y.c : i * y.c + y.c] for i in range(n)]
    for k in range(n):
        _pivot(rows, k)
        top = rows[k]
        if top[k] == 0:
            raise Undefined("the inverse of a singular matrix")
        inverse = field.num(1) / top[k]
        rows[k] = top = [entry * inverse for entry in top]
        for i in range(n):
            factor = rows[i][k]
            if i != k and factor != 0:
                rows[i] = [p - factor * q for p, q in zip(rows[i], top, strict=True)]
    return normal(n, y.c, [entry for row in rows for entry in row[n:]])


def _pivot(rows: list[list[Number]], k: int) -> bool:
    """Bring the row with the largest entry in column ``k`` to place ``k``; whether it moved."""
    best = max(range(k, len(rows)), key=lambda i: abs(rows[i][k].real))
    if best == k:
        return False
    rows[k], rows[best] = rows[best], rows[k]
    return True


def inverse(field: Field, x: Value) -> Value:
    """The inverse of a square matrix.

    Raises:
        Undefined: for a singular one.

    """
    if type(x) is not Matrix:
        return field.num(1) / field.nonzero(x)
    return solve(field, x, identity(field, x.r))


def determinant(field: Field, x: Value) -> Number:
    """The determinant of a square matrix, by elimination."""
    if type(x) is not Matrix:
        return x
    n = x.r
    rows = [x.a[i * n : i * n + n] for i in range(n)]
    result = field.num(1)
    for k in range(n):
        if _pivot(rows, k):
            result = -result
        top = rows[k]
        if top[k] == 0:
            return field.num(0)
        result = result * top[k]
        for i in range(k + 1, n):
            factor = rows[i][k] / top[k]
            rows[i] = [p - factor * q for p, q in zip(rows[i], top, strict=True)]
    return result


def whole_power(field: Field, x: Value, exponent: int) -> Value:
    """A whole power of a number or a square matrix."""
    if type(x) is not Matrix:
        return field.whole_power(x, exponent)
    if exponent < 0:
        return whole_power(field, inverse(field, x), -exponent)
    result = identity(field, x.r)
    while exponent:
        if exponent & 1:
            result = multiply(result, x)
        x = multiply(x, x)
        exponent >>= 1
    return result


def largest(value: Value) -> float:
    """The largest absolute real part among the entries, as a double."""
    try:
        return max((abs(float(entry.real)) for entry in entries(value)), default=0.0)
    except OverflowError:
        return float("inf")


def square_root(field: Field, x: Value) -> Value:
    """The principal square root, by the iteration of Denman and Beavers."""
    if type(x) is not Matrix:
        return field.sqrt(x)
    y, z = x, identity(field, x.r)
    half = field.num(1) / 2
    for _ in range(60):
        y_next = multiply(half, add(y, inverse(field, z)))
        z = multiply(half, add(z, inverse(field, y)))
        change = largest(subtract(y_next, y))
        y = y_next
        if change <= 1e-12 * largest(y):
            break
    else:
        raise Undefined("the square root of a matrix that has none")
    for _ in range(3):  # quadratic convergence: past 50 digits from 12
        y, z = (
            multiply(half, add(y, inverse(field, z))),
            multiply(half, add(z, inverse(field, y))),
        )
    return y


def exponential(field: Field, x: Value) -> Value:
    """The matrix exponential, by its series after halving and squared back up."""
    if type(x) is not Matrix:
        return field.exp(x)
    halvings = 0
    bound = largest(x) * x.r
    if bound > 200:
        raise OutOfRange("the exponential is too large")
    while bound > 0.5:
        bound /= 2
        halvings += 1
    x = multiply(field.num(1) / 2**halvings, x)
    result = term = identity(field, x.r)
    for k in range(1, 50):
        term = multiply(field.num(1) / k, multiply(term, x))
        result = add(result, term)
    for _ in range(halvings):
        result = multiply(result, result)
    return result


def pseudo_inverse(field: Field, x: Value) -> Value:
    """Moore and Penrose's inverse, by a full-rank factorisation ``x = b c``."""
    if type(x) is not Matrix:
        return field.num(1) / field.nonzero(x)
    b, c = rank_factors(x)
    bt, ct = transpose(b), transpose(c)
    right = multiply(ct, inverse(field, multiply(c, ct)))
    return multiply(right, multiply(inverse(field, multiply(bt, b)), bt))


def rank_factors(x: Matrix) -> tuple[Value, Value]:
    """``b`` of the pivot columns of ``x`` and ``c`` of its reduced rows, with ``x = b c``."""
    rows = [x.a[i * x.c : i * x.c + x.c] for i in range(x.r)]
    scale = largest(x)
    pivots: list[int] = []
    for column in range(x.c):
        rank = len(pivots)
        if rank == x.r:
            break
        best = max(range(rank, x.r), key=lambda i: abs(rows[i][column].real))
        if abs(rows[best][column].real) <= 1e-9 * scale:
            continue
        rows[rank], rows[best] = rows[best], rows[rank]
        factor = rows[rank][column]
        rows[rank] = [entry / factor for entry in rows[rank]]
        for i in range(x.r):
            factor = rows[i][column]
            if i != rank and factor != 0:
                rows[i] = [p - factor * q for p, q in zip(rows[i], rows[rank], strict=True)]
        pivots.append(column)
    if not pivots:
        raise Undefined("the pseudo-inverse of a zero matrix")
    b = Matrix(x.r, len(pivots), [x.a[i * x.c + j] for i in range(x.r) for j in pivots])
    c = Matrix(len(pivots), x.c, [entry for row in rows[: len(pivots)] for entry in row])
    return b, c


def rank(x: Value) -> int:
    """The number of pivots that elimination finds."""
    matrix = as_matrix(x)
    if largest(matrix) == 0:
        return 0
    return int(as_matrix(rank_factors(matrix)[0]).c)


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


def symmetric_eigenvalues(field: Field, x: Value) -> list[Number]:
    """The eigenvalues of the symmetric part, by Jacobi's rotations (real entries only)."""
    tolerance = 1e-15 if field.name == "double" else 1e-58
    matrix = as_matrix(x)
    n = matrix.r
    a = [[(matrix.a[i * n + j] + matrix.a[j * n + i]) / 2 for j in range(n)] for i in range(n)]
    for _ in range(40):
        off = max((abs(a[i][j]) for i in range(n) for j in range(i)), default=0)
        if off <= tolerance * max((abs(a[i][i]) for i in range(n)), default=1):
            break
        for p in range(n):
            for q in range(p + 1, n):
                _rotate(field, a, p, q)
    return [a[i][i] for i in range(n)]


def _rotate(field: Field, a: list[list[Number]], p: int, q: int) -> None:
    if a[p][q] == 0:
        return
    theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
    t = field.num(1) / (absolute(theta) + field.sqrt(theta * theta + 1))
    if theta < 0:
        t = -t
    c = field.num(1) / field.sqrt(t * t + 1)
    s = t * c
    for k in range(len(a)):
        a[k][p], a[k][q] = c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]
    for k in range(len(a)):
        a[p][k], a[q][k] = c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]
