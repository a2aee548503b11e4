"""Products of matrices, and their derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:differential]
# formula eq-product-differential
def differential(A: np.ndarray, B: np.ndarray, dA: np.ndarray, dB: np.ndarray) -> np.ndarray:
    """Return m×r; A and dA are m×n, B and dB are n×r."""
    return dA @ B + A @ dB


# --8<-- [end:differential]


# --8<-- [start:differential_of_three]
# formula eq-product-three
def differential_of_three(factors: list[np.ndarray], changes: list[np.ndarray]) -> np.ndarray:
    """Return m×q; the factors and their changes are m×n, n×r and r×q."""
    A, B, C = factors
    dA, dB, dC = changes
    return dA @ B @ C + A @ dB @ C + A @ B @ dC


# --8<-- [end:differential_of_three]


# --8<-- [start:gradient_of_two_linear]
# formula eq-product-two-linear
def gradient_of_two_linear(U: np.ndarray, V: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return n; U and V are m×n, x is n."""
    return U.T @ (V @ x) + V.T @ (U @ x)


# --8<-- [end:gradient_of_two_linear]
