"""A matrix approximated by a product of two thin ones, and the gradients.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:loss]
# formula eq-factorisation-loss
def loss(M: np.ndarray, U: np.ndarray, V: np.ndarray, lam: float) -> np.ndarray:
    """Return a scalar; M is m×n, U is m×k, V is n×k."""
    R = M - U @ V.T
    return np.sum(R**2) + lam * (np.sum(U**2) + np.sum(V**2))


# --8<-- [end:loss]


# --8<-- [start:left_gradient]
# formula eq-factorisation-left
def left_gradient(M: np.ndarray, U: np.ndarray, V: np.ndarray, lam: float) -> np.ndarray:
    """Return m×k; M is m×n, U is m×k, V is n×k."""
    return 2 * lam * U - 2 * (M - U @ V.T) @ V


# --8<-- [end:left_gradient]


# --8<-- [start:right_gradient]
# formula eq-factorisation-right
def right_gradient(M: np.ndarray, U: np.ndarray, V: np.ndarray, lam: float) -> np.ndarray:
    """Return n×k; M is m×n, U is m×k, V is n×k."""
    return 2 * lam * V - 2 * (M - U @ V.T).T @ U


# --8<-- [end:right_gradient]


# --8<-- [start:best_left]
# formula eq-factorisation-alternating
def best_left(M: np.ndarray, V: np.ndarray, lam: float) -> np.ndarray:
    """Return m×k; M is m×n, V is n×k."""
    gram = V.T @ V + lam * np.eye(V.shape[1])
    return np.linalg.solve(gram, V.T @ M.T).T


# --8<-- [end:best_left]


# --8<-- [start:masked_left]
# formula eq-factorisation-masked-left
def masked_left(W: np.ndarray, M: np.ndarray, U: np.ndarray, V: np.ndarray) -> np.ndarray:
    """Return m×k; W and M are m×n, U is m×k, V is n×k."""
    return -2 * (W * (M - U @ V.T)) @ V


# --8<-- [end:masked_left]


# --8<-- [start:masked_right]
# formula eq-factorisation-masked-right
def masked_right(W: np.ndarray, M: np.ndarray, U: np.ndarray, V: np.ndarray) -> np.ndarray:
    """Return n×k; W and M are m×n, U is m×k, V is n×k."""
    return -2 * (W * (M - U @ V.T)).T @ U


# --8<-- [end:masked_right]
