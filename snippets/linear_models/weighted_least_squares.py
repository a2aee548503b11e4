"""Weighted and generalised least squares: loss, derivatives and minimiser.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:loss]
# formula eq-weighted-loss
def loss(X: np.ndarray, y: np.ndarray, theta: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Return a scalar; X is m×n, y is m, theta is n, W is m×m."""
    e = X @ theta - y
    return e @ W @ e


# --8<-- [end:loss]


# --8<-- [start:gradient]
# formula eq-weighted-gradient
def gradient(X: np.ndarray, y: np.ndarray, theta: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Return n; X is m×n, y is m, theta is n, W is m×m and symmetric."""
    return 2 * X.T @ W @ (X @ theta - y)


# --8<-- [end:gradient]


# --8<-- [start:minimiser]
# formula eq-weighted-minimiser
def minimiser(X: np.ndarray, y: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Return n; X is m×n, y is m, W is m×m."""
    return np.linalg.solve(X.T @ W @ X, X.T @ W @ y)


# --8<-- [end:minimiser]


# --8<-- [start:hessian]
# formula eq-weighted-hessian
def hessian(X: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Return n×n; X is m×n, W is m×m and symmetric."""
    return 2 * X.T @ W @ X


# --8<-- [end:hessian]


# --8<-- [start:by_weights]
# formula eq-weighted-by-weights
def by_weights(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> np.ndarray:
    """Return m×m; X is m×n, y is m, theta is n."""
    e = X @ theta - y
    return np.outer(e, e)


# --8<-- [end:by_weights]


# --8<-- [start:by_targets]
# formula eq-weighted-by-targets
def by_targets(X: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Return n×m; X is m×n, W is m×m."""
    return np.linalg.solve(X.T @ W @ X, X.T @ W)


# --8<-- [end:by_targets]


# --8<-- [start:influence]
# formula eq-weighted-influence
def influence(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return n×m, a column for each weight; X is m×n, y is m, w is m."""
    B = X.T @ (w[:, None] * X)
    theta = np.linalg.solve(B, X.T @ (w * y))
    return np.linalg.solve(B, X.T * (y - X @ theta))


# --8<-- [end:influence]
