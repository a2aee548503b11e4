"""Quadratic forms with any square matrix, and their derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:value]
# formula eq-quadratic-form
def value(A: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return a scalar; A is n×n, x is n."""
    return x @ A @ x


# --8<-- [end:value]


# --8<-- [start:gradient]
# formula eq-quadratic-form-gradient
def gradient(A: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return n; A is n×n, x is n."""
    return (A + A.T) @ x


# --8<-- [end:gradient]


# --8<-- [start:hessian]
# formula eq-quadratic-form-hessian
def hessian(A: np.ndarray) -> np.ndarray:
    """Return n×n; A is n×n."""
    return A + A.T


# --8<-- [end:hessian]
