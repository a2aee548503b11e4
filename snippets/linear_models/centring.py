"""Least squares with an intercept, and the centred data that replace it.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:loss]
# formula eq-centring-loss
def loss(X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """Return a scalar; X is m×n, y is m, w is n, b is a scalar."""
    e = X @ w + b - y
    return e @ e


# --8<-- [end:loss]


# --8<-- [start:by_weights]
# formula eq-centring-by-weights
def by_weights(X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """Return n; X is m×n, y is m, w is n, b is a scalar."""
    return 2 * X.T @ (X @ w + b - y)


# --8<-- [end:by_weights]


# --8<-- [start:by_intercept]
# formula eq-centring-by-intercept
def by_intercept(X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """Return a scalar; X is m×n, y is m, w is n, b is a scalar."""
    return 2 * np.sum(X @ w + b - y)


# --8<-- [end:by_intercept]


# --8<-- [start:centred]
# formula eq-centring-data
def centred(X: np.ndarray) -> np.ndarray:
    """Return m×n; X is m×n."""
    return X - X.mean(axis=0)


# --8<-- [end:centred]


# --8<-- [start:weights]
# formula eq-centring-weights
def weights(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return n; X is m×n, y is m."""
    Z = X - X.mean(axis=0)
    return np.linalg.solve(Z.T @ Z, Z.T @ y)


# --8<-- [end:weights]


# --8<-- [start:intercept]
# formula eq-centring-intercept
def intercept(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return a scalar; X is m×n, y is m."""
    return y.mean() - X.mean(axis=0) @ weights(X, y)


# --8<-- [end:intercept]
