"""Powers of a matrix, their traces, and their derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np
from numpy.linalg import matrix_power


# --8<-- [start:differential]
# formula eq-power-differential
def differential(X: np.ndarray, dX: np.ndarray, k: int) -> np.ndarray:
    """Return n×n; X and its change dX are n×n."""
    return sum(matrix_power(X, r) @ dX @ matrix_power(X, k - 1 - r) for r in range(k))


# --8<-- [end:differential]


# --8<-- [start:trace_gradient]
# formula eq-power-trace
def trace_gradient(X: np.ndarray, k: int) -> np.ndarray:
    """Return n×n; X is n×n."""
    return k * matrix_power(X, k - 1).T


# --8<-- [end:trace_gradient]


# --8<-- [start:polynomial_gradient]
# formula eq-power-polynomial
def polynomial_gradient(X: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Return n×n, with one product for each power; X is n×n, c has the coefficients from X on."""
    total = np.zeros_like(X)
    for r in range(len(c), 0, -1):
        total = X @ total + r * c[r - 1] * np.eye(len(X))
    return total.T


# --8<-- [end:polynomial_gradient]


# --8<-- [start:weighted_gradient]
# formula eq-power-weighted
def weighted_gradient(X: np.ndarray, A: np.ndarray, k: int) -> np.ndarray:
    """Return n×n; X and A are n×n."""
    return sum((matrix_power(X, r) @ A @ matrix_power(X, k - 1 - r)).T for r in range(k))


# --8<-- [end:weighted_gradient]


# --8<-- [start:bilinear_gradient]
# formula eq-power-bilinear
def bilinear_gradient(X: np.ndarray, a: np.ndarray, b: np.ndarray, k: int) -> np.ndarray:
    """Return n×n, with products of matrices and vectors alone; X is n×n, a and b are n."""
    forward = [b]
    for _ in range(k - 1):
        forward.append(X @ forward[-1])
    total, backward = np.zeros_like(X), a
    for vector in reversed(forward):
        total = total + np.outer(backward, vector)
        backward = X.T @ backward
    return total


# --8<-- [end:bilinear_gradient]


# --8<-- [start:second]
# formula eq-power-second
def second(X: np.ndarray, H: np.ndarray) -> np.ndarray:
    """Return n×n, the second derivative of the third power along H; X and H are n×n."""
    return 2 * (H @ H @ X + H @ X @ H + X @ H @ H)


# --8<-- [end:second]


# --8<-- [start:gram_gradient]
# formula eq-power-gram
def gram_gradient(Z: np.ndarray, k: int) -> np.ndarray:
    """Return m×n; Z is m×n."""
    return 2 * k * Z @ matrix_power(Z.T @ Z, k - 1)


# --8<-- [end:gram_gradient]
