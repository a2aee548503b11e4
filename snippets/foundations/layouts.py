"""A Jacobian and a gradient in the mixed layout.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:jacobian]
# formula eq-layouts-tanh
def jacobian(A: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return m×n; A is m×n, x is n."""
    v = np.tanh(A @ x)
    return (1 - v**2)[:, None] * A


# --8<-- [end:jacobian]


# --8<-- [start:gradient]
# formula eq-layouts-weighted
def gradient(A: np.ndarray, x: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Return n; A is m×n, x is n, k is m."""
    v = np.tanh(A @ x)
    return A.T @ (k * (1 - v**2))


# --8<-- [end:gradient]
