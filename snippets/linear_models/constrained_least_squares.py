"""Least squares with linear constraints: Lagrangian, minimiser, multipliers.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:lagrangian]
# formula eq-constrained-lagrangian
def lagrangian(
    X: np.ndarray, y: np.ndarray, A: np.ndarray, c: np.ndarray, theta: np.ndarray, mu: np.ndarray
) -> np.ndarray:
    """Return a scalar; X is m×n, y is m, A is p×n, c and mu are p, theta is n."""
    e = X @ theta - y
    return e @ e / 2 + mu @ (A @ theta - c)


# --8<-- [end:lagrangian]


# --8<-- [start:by_parameters]
# formula eq-constrained-by-parameters
def by_parameters(
    X: np.ndarray, y: np.ndarray, A: np.ndarray, theta: np.ndarray, mu: np.ndarray
) -> np.ndarray:
    """Return n; X is m×n, y is m, A is p×n, theta is n, mu is p."""
    return X.T @ (X @ theta - y) + A.T @ mu


# --8<-- [end:by_parameters]


# --8<-- [start:by_multipliers]
# formula eq-constrained-by-multipliers
def by_multipliers(A: np.ndarray, c: np.ndarray, theta: np.ndarray) -> np.ndarray:
    """Return p; A is p×n, c is p, theta is n."""
    return A @ theta - c


# --8<-- [end:by_multipliers]


# --8<-- [start:multipliers]
# formula eq-constrained-multipliers
def multipliers(X: np.ndarray, y: np.ndarray, A: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Return p; X is m×n, y is m, A is p×n, c is p."""
    B = X.T @ X
    free = np.linalg.solve(B, X.T @ y)
    return np.linalg.solve(A @ np.linalg.solve(B, A.T), A @ free - c)


# --8<-- [end:multipliers]


# --8<-- [start:minimiser]
# formula eq-constrained-minimiser
def minimiser(X: np.ndarray, y: np.ndarray, A: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Return n, from the block system; X is m×n, y is m, A is p×n, c is p."""
    p, n = A.shape
    matrix = np.block([[X.T @ X, A.T], [A, np.zeros((p, p))]])
    return np.linalg.solve(matrix, np.concatenate([X.T @ y, c]))[:n]


# --8<-- [end:minimiser]


# --8<-- [start:price]
# formula eq-constrained-price
def price(X: np.ndarray, y: np.ndarray, A: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Return p; X is m×n, y is m, A is p×n, c is p."""
    return -multipliers(X, y, A, c)


# --8<-- [end:price]


# --8<-- [start:by_bounds]
# formula eq-constrained-by-bounds
def by_bounds(X: np.ndarray, A: np.ndarray) -> np.ndarray:
    """Return p×n; X is m×n, A is p×n."""
    G = np.linalg.solve(X.T @ X, A.T)
    return np.linalg.solve(A @ G, G.T)


# --8<-- [end:by_bounds]
