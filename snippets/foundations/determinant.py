"""The determinant of a matrix and its logarithm, and their derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:gradient]
# formula eq-determinant-gradient
def gradient(X: np.ndarray) -> np.ndarray:
    """Return n×n; X is n×n and invertible."""
    return np.linalg.det(X) * np.linalg.inv(X).T


# --8<-- [end:gradient]


# --8<-- [start:log_gradient]
# formula eq-determinant-log-gradient
def log_gradient(X: np.ndarray) -> np.ndarray:
    """Return n×n; X is n×n and invertible."""
    return np.linalg.inv(X).T


# --8<-- [end:log_gradient]


# --8<-- [start:log_differential]
# formula eq-determinant-log-differential
def log_differential(X: np.ndarray, dX: np.ndarray) -> np.ndarray:
    """Return a scalar; X and its change dX are n×n."""
    return np.trace(np.linalg.solve(X, dX))


# --8<-- [end:log_differential]


# --8<-- [start:gram_gradient]
# formula eq-determinant-gram
def gram_gradient(Z: np.ndarray, S: np.ndarray) -> np.ndarray:
    """Return m×n; Z is m×n with full column rank, S is m×m and positive definite."""
    return 2 * np.linalg.solve(Z.T @ S @ Z, Z.T @ S).T


# --8<-- [end:gram_gradient]


# --8<-- [start:log_second]
# formula eq-determinant-log-second
def log_second(X: np.ndarray, H: np.ndarray) -> np.ndarray:
    """Return a scalar, the second derivative along H; X and H are n×n."""
    change = np.linalg.solve(X, H)
    return -np.trace(change @ change)


# --8<-- [end:log_second]
