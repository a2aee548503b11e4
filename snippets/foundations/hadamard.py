"""Products entry by entry, and their derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:jacobian]
# formula eq-hadamard-jacobian
def jacobian(a: np.ndarray) -> np.ndarray:
    """Return n×n; a is n."""
    return np.diag(a)


# --8<-- [end:jacobian]


# --8<-- [start:differential]
# formula eq-hadamard-differential
def differential(X: np.ndarray, Y: np.ndarray, dX: np.ndarray, dY: np.ndarray) -> np.ndarray:
    """Return m×n; all are m×n."""
    return dX * Y + X * dY


# --8<-- [end:differential]


# --8<-- [start:gradient]
# formula eq-hadamard-trace
def gradient(G: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Return m×n; G and Y are m×n."""
    return G * Y


# --8<-- [end:gradient]
