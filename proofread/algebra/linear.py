"""Solving, factoring and functions of matrices, in any kind of numbers."""

from __future__ import annotations

from proofread.algebra.matrices import (
    Matrix,
    Value,
    absolute,
    add,
    as_matrix,
    identity,
    largest,
    multiply,
    normal,
    subtract,
    transpose,
)
from proofread.algebra.numbers import Field, Number, OutOfRange, Undefined


def solve(field: Field, x: Value, y: Value) -> Value:
    """``x**-1 y`` by elimination with partial pivoting."""
    x, y = as_matrix(x), as_matrix(y)
    n = x.r
    rows = [x.a[i * n : i * n + n] + y.a[i * y.c : i * y.c + y.c] for i in range(n)]
    noise = field.noise * largest(x)
    for k in range(n):
        _pivot(rows, k)
        top = rows[k]
        if abs(top[k].real) <= noise:
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


def symmetric_eigenvalues(field: Field, x: Value) -> list[Number]:
    """The eigenvalues of the symmetric part, by Jacobi's rotations (real entries only)."""
    tolerance = field.num(1e-15 if field.name == "double" else 1e-58)
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
