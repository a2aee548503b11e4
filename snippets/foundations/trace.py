"""Gradients of traces by a matrix.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:gradient]
# formula eq-trace-gradient
def gradient(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Return n×p; A is m×n, B is p×m."""
    return A.T @ B.T


# --8<-- [end:gradient]


# --8<-- [start:quadratic_gradient]
# formula eq-trace-quadratic
def quadratic_gradient(C: np.ndarray, X: np.ndarray, Q: np.ndarray) -> np.ndarray:
    """Return n×p; C is n×n, X is n×p, Q is p×p."""
    return C @ X @ Q + C.T @ X @ Q.T


# --8<-- [end:quadratic_gradient]


# --8<-- [start:inverse_gradient]
# formula eq-trace-inverse
def inverse_gradient(Q: np.ndarray, R: np.ndarray) -> np.ndarray:
    """Return p×p; Q and R are p×p."""
    middle = np.linalg.solve(Q, R)  # the inverse of Q times R
    return -np.linalg.solve(Q.T, middle.T)


# --8<-- [end:inverse_gradient]
