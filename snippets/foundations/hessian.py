"""The Hessian of a loss with many instances, and its products with a vector and a matrix.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:gradient]
# formula eq-hessian-gradient
def gradient(A: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return n; A is m×n, x is n."""
    p = 1 / (1 + np.exp(-A @ x))
    return A.T @ p


# --8<-- [end:gradient]


# --8<-- [start:matrix]
# formula eq-hessian-matrix
def matrix(A: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return n×n; A is m×n, x is n."""
    p = 1 / (1 + np.exp(-A @ x))
    w = p * (1 - p)
    return A.T @ (w[:, None] * A)


# --8<-- [end:matrix]


# --8<-- [start:product]
# formula eq-hessian-product
def product(A: np.ndarray, x: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Return n, without the Hessian; A is m×n, x and v are n."""
    p = 1 / (1 + np.exp(-A @ x))
    w = p * (1 - p)
    return A.T @ (w * (A @ v))


# --8<-- [end:product]


# --8<-- [start:matrix_product]
# formula eq-hessian-matrix-product
def matrix_product(A: np.ndarray, V: np.ndarray) -> np.ndarray:
    """Return n×K; A is m×n, V is n×K."""
    return A.T @ (A @ V)


# --8<-- [end:matrix_product]
