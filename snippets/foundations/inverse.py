"""The inverse of a matrix, and its derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:differential]
# formula eq-inverse-differential
def differential(X: np.ndarray, dX: np.ndarray) -> np.ndarray:
    """Return n×n; X and its change dX are n×n."""
    return -np.linalg.solve(X, dX) @ np.linalg.inv(X)


# --8<-- [end:differential]


# --8<-- [start:entries]
# formula eq-inverse-entries
def entries(X: np.ndarray) -> np.ndarray:
    """Return n×n×n×n, the indices in the order i, j, k, l; X is n×n."""
    W = np.linalg.inv(X)
    return -np.einsum("ki,jl->ijkl", W, W)


# --8<-- [end:entries]


# --8<-- [start:vec_jacobian]
# formula eq-inverse-vec
def vec_jacobian(X: np.ndarray) -> np.ndarray:
    """Return n²×n²; X is n×n."""
    W = np.linalg.inv(X)
    return -np.kron(W.T, W)


# --8<-- [end:vec_jacobian]


# --8<-- [start:gradient_bilinear]
# formula eq-inverse-bilinear
def gradient_bilinear(X: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return n×n, two solved systems; X is n×n, a and b are n."""
    return -np.outer(np.linalg.solve(X.T, a), np.linalg.solve(X, b))


# --8<-- [end:gradient_bilinear]


# --8<-- [start:gradient_trace]
# formula eq-inverse-trace
def gradient_trace(X: np.ndarray, A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Return n×n; X is n×n, A is m×n, B is n×m."""
    return -np.linalg.solve(X.T, A.T) @ np.linalg.solve(X, B).T


# --8<-- [end:gradient_trace]


# --8<-- [start:second]
# formula eq-inverse-second
def second(X: np.ndarray, H: np.ndarray) -> np.ndarray:
    """Return n×n, the second derivative along H; X and H are n×n."""
    W = np.linalg.inv(X)
    return 2 * W @ H @ W @ H @ W


# --8<-- [end:second]
