"""Norms of vectors and matrices, their squares, and their derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:gradient]
# formula eq-norm-gradient
def gradient(x: np.ndarray, a: np.ndarray) -> np.ndarray:
    """Return n; x and a are n, and different."""
    return (x - a) / np.linalg.norm(x - a)


# --8<-- [end:gradient]


# --8<-- [start:squared_gradient]
# formula eq-norm-squared-gradient
def squared_gradient(x: np.ndarray, a: np.ndarray) -> np.ndarray:
    """Return n; x and a are n."""
    return 2 * (x - a)


# --8<-- [end:squared_gradient]


# --8<-- [start:mahalanobis_gradient]
# formula eq-norm-mahalanobis
def mahalanobis_gradient(x: np.ndarray, a: np.ndarray, S: np.ndarray) -> np.ndarray:
    """Return n; x and a are n, S is n×n and positive definite."""
    pull = S @ (x - a)
    return pull / np.sqrt((x - a) @ pull)


# --8<-- [end:mahalanobis_gradient]


# --8<-- [start:hessian]
# formula eq-norm-hessian
def hessian(x: np.ndarray, a: np.ndarray) -> np.ndarray:
    """Return n×n; x and a are n, and different."""
    r = np.linalg.norm(x - a)
    u = (x - a) / r
    return (np.eye(len(x)) - np.outer(u, u)) / r


# --8<-- [end:hessian]


# --8<-- [start:direction_jacobian]
# formula eq-norm-direction
def direction_jacobian(x: np.ndarray) -> np.ndarray:
    """Return n×n; x is n, and not zero."""
    z = x / np.linalg.norm(x)
    return (np.eye(len(x)) - np.outer(z, z)) / np.linalg.norm(x)


# --8<-- [end:direction_jacobian]


# --8<-- [start:p_gradient]
# formula eq-norm-p
def p_gradient(x: np.ndarray, p: float) -> np.ndarray:
    """Return n; x is n, p > 1."""
    norm = np.linalg.norm(x, ord=p)
    return np.sign(x) * (np.abs(x) / norm) ** (p - 1)


# --8<-- [end:p_gradient]


# --8<-- [start:frobenius_gradient]
# formula eq-norm-frobenius
def frobenius_gradient(X: np.ndarray, P: np.ndarray, Q: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Return m×n; X is m×n, P is k×m, Q is n×l, Y is k×l."""
    return 2 * P.T @ (P @ X @ Q - Y) @ Q.T


# --8<-- [end:frobenius_gradient]
