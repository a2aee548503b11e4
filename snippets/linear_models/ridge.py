"""Ridge regression: its loss, the derivatives, and the minimiser in two forms.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:loss]
# formula eq-ridge-loss
def loss(X: np.ndarray, y: np.ndarray, theta: np.ndarray, lam: float) -> np.ndarray:
    """Return a scalar; X is m×n, y is m, theta is n, lam is a scalar."""
    e = X @ theta - y
    return e @ e + lam * theta @ theta


# --8<-- [end:loss]


# --8<-- [start:gradient]
# formula eq-ridge-gradient
def gradient(X: np.ndarray, y: np.ndarray, theta: np.ndarray, lam: float) -> np.ndarray:
    """Return n; X is m×n, y is m, theta is n, lam is a scalar."""
    return 2 * X.T @ (X @ theta - y) + 2 * lam * theta


# --8<-- [end:gradient]


# --8<-- [start:hessian]
# formula eq-ridge-hessian
def hessian(X: np.ndarray, lam: float) -> np.ndarray:
    """Return n×n; X is m×n, lam is a scalar."""
    return 2 * (X.T @ X + lam * np.eye(X.shape[1]))


# --8<-- [end:hessian]


# --8<-- [start:minimiser]
# formula eq-ridge-minimiser
def minimiser(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    """Return n; X is m×n, y is m, lam is a scalar."""
    m, n = X.shape
    if n <= m:
        return np.linalg.solve(X.T @ X + lam * np.eye(n), X.T @ y)
    return X.T @ np.linalg.solve(X @ X.T + lam * np.eye(m), y)


# --8<-- [end:minimiser]


# --8<-- [start:push_through]
# formula eq-ridge-push-through
def push_through(X: np.ndarray, lam: float) -> np.ndarray:
    """Return n×m; X is m×n, lam is a scalar."""
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T)


# --8<-- [end:push_through]


# --8<-- [start:path]
# formula eq-ridge-path
def path(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    """Return n, the derivative by the price; X is m×n, y is m, lam is a scalar."""
    B = X.T @ X + lam * np.eye(X.shape[1])
    return -np.linalg.solve(B, np.linalg.solve(B, X.T @ y))


# --8<-- [end:path]
