"""The Rayleigh quotient of a covariance, and its derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:quotient]
# formula eq-rayleigh-quotient
def quotient(X: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return a scalar; X is m×n, w is n."""
    Z = X - X.mean(axis=0)
    return np.sum((Z @ w) ** 2) / (len(X) * (w @ w))


# --8<-- [end:quotient]


# --8<-- [start:gradient]
# formula eq-rayleigh-gradient
def gradient(X: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return n; X is m×n, w is n."""
    Z = X - X.mean(axis=0)
    Cw = Z.T @ (Z @ w) / len(X)
    rho = w @ Cw / (w @ w)
    return 2 * (Cw - rho * w) / (w @ w)


# --8<-- [end:gradient]


# --8<-- [start:hessian]
# formula eq-rayleigh-hessian
def hessian(X: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return n×n; X is m×n, w is n."""
    Z = X - X.mean(axis=0)
    C = Z.T @ Z / len(X)
    rho = w @ C @ w / (w @ w)
    g = 2 * (C @ w - rho * w) / (w @ w)
    return 2 * (C - rho * np.eye(len(w)) - np.outer(w, g) - np.outer(g, w)) / (w @ w)


# --8<-- [end:hessian]


# --8<-- [start:trace_gradient]
# formula eq-rayleigh-trace-gradient
def trace_gradient(X: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Return n×k; X is m×n, W is n×k."""
    Z = X - X.mean(axis=0)
    CW = Z.T @ (Z @ W) / len(X)
    gram = W.T @ W
    beside = CW - W @ np.linalg.solve(gram, W.T @ CW)
    return 2 * np.linalg.solve(gram, beside.T).T


# --8<-- [end:trace_gradient]
