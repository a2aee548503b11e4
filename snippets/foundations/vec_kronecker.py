"""Products of three matrices as a matrix times a stack of columns.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:product]
# formula eq-vec-product
def product(A: np.ndarray, X: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Return mq, the columns of AXB; A is m×n, X is n×p, B is p×q."""
    return np.kron(B.T, A) @ X.flatten(order="F")


# --8<-- [end:product]


# --8<-- [start:jacobian]
# formula eq-vec-sandwich-jacobian
def jacobian(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Return mq×np; A is m×n, B is p×q."""
    return np.kron(B.T, A)


# --8<-- [end:jacobian]


# --8<-- [start:mixed_product]
# formula eq-vec-mixed-product
def mixed_product(A: np.ndarray, B: np.ndarray, D: np.ndarray, E: np.ndarray) -> np.ndarray:
    """Return mp×rk; A is m×n, B is p×q, D is n×r, E is q×k."""
    return np.kron(A @ D, B @ E)


# --8<-- [end:mixed_product]
