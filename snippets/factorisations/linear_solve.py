"""Gradients through the solution of a linear system.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:gradient_right_side]
# formula eq-solve-right-side
def gradient_right_side(A: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Return n, the adjoint; A is n×n, g is n."""
    return np.linalg.solve(A.T, g)


# --8<-- [end:gradient_right_side]


# --8<-- [start:gradient_matrix]
# formula eq-solve-matrix
def gradient_matrix(A: np.ndarray, b: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Return n×n; A is n×n, b and g are n."""
    return -np.outer(np.linalg.solve(A.T, g), np.linalg.solve(A, b))


# --8<-- [end:gradient_matrix]


# --8<-- [start:gradient_several]
# formula eq-solve-several
def gradient_several(A: np.ndarray, B: np.ndarray, G: np.ndarray) -> np.ndarray:
    """Return n×n; A is n×n, B and G are n×k."""
    return -np.linalg.solve(A.T, G) @ np.linalg.solve(A, B).T


# --8<-- [end:gradient_several]


# --8<-- [start:along]
# formula eq-solve-direction
def along(A: np.ndarray, b: np.ndarray, g: np.ndarray, H: np.ndarray) -> np.ndarray:
    """Return a scalar; A and H are n×n, b and g are n."""
    return -np.linalg.solve(A.T, g) @ H @ np.linalg.solve(A, b)


# --8<-- [end:along]
