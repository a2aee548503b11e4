"""The inverse and the determinant of a matrix after a low-rank change.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:inverse]
# formula eq-woodbury
def inverse(A_inv: np.ndarray, U: np.ndarray, C: np.ndarray, V: np.ndarray) -> np.ndarray:
    """Return n×n; A_inv is n×n, U is n×k, C is k×k, V is k×n."""
    K = np.linalg.inv(C) + V @ A_inv @ U
    return A_inv - A_inv @ U @ np.linalg.solve(K, V @ A_inv)


# --8<-- [end:inverse]


# --8<-- [start:determinant]
# formula eq-determinant-lemma
def determinant(A: np.ndarray, U: np.ndarray, C: np.ndarray, V: np.ndarray) -> np.ndarray:
    """Return a scalar; A is n×n, U is n×k, C is k×k, V is k×n."""
    K = np.linalg.inv(C) + V @ np.linalg.solve(A, U)
    return np.linalg.det(A) * np.linalg.det(C) * np.linalg.det(K)


# --8<-- [end:determinant]


# --8<-- [start:rank_one]
# formula eq-sherman-morrison
def rank_one(A_inv: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Return n×n; A_inv is n×n, u and v are n."""
    return A_inv - np.outer(A_inv @ u, v @ A_inv) / (1 + v @ A_inv @ u)


# --8<-- [end:rank_one]


# --8<-- [start:ridge]
# formula eq-woodbury-ridge
def ridge(X: np.ndarray, lam: float) -> np.ndarray:
    """Return n×m; X is m×n with fewer rows than columns, lam is positive."""
    return np.linalg.solve(X @ X.T + lam * np.eye(len(X)), X).T


# --8<-- [end:ridge]
