"""Derivatives of the ridge solution, and of errors that depend on it.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:minimiser]
# formula eq-implicit-minimiser
def minimiser(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    """Return n; X is m×n, y is m, lam is positive."""
    H = X.T @ X + lam * np.eye(X.shape[1])
    return np.linalg.solve(H, X.T @ y)


# --8<-- [end:minimiser]


# --8<-- [start:derivative]
# formula eq-implicit-ridge
def derivative(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    """Return n; X is m×n, y is m, lam is positive."""
    w, H = minimiser(X, y, lam), X.T @ X + lam * np.eye(X.shape[1])
    return -np.linalg.solve(H, w)


# --8<-- [end:derivative]


# --8<-- [start:envelope]
# formula eq-implicit-envelope
def envelope(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    """Return a scalar; X is m×n, y is m, lam is positive."""
    w = minimiser(X, y, lam)
    return w @ w / 2


# --8<-- [end:envelope]


# --8<-- [start:validation]
# formula eq-implicit-validation
def validation(
    X: np.ndarray, y: np.ndarray, lam: float, Z: np.ndarray, t: np.ndarray
) -> np.ndarray:
    """Return a scalar; X is m×n, y is m, Z is k×n, t is k."""
    w, H = minimiser(X, y, lam), X.T @ X + lam * np.eye(X.shape[1])
    mu = np.linalg.solve(H, Z.T @ (Z @ w - t))
    return -mu @ w


# --8<-- [end:validation]


# --8<-- [start:data]
# formula eq-implicit-data
def data(X: np.ndarray, y: np.ndarray, lam: float, Z: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Return m×n; X is m×n, y is m, Z is k×n, t is k."""
    w, H = minimiser(X, y, lam), X.T @ X + lam * np.eye(X.shape[1])
    mu = np.linalg.solve(H, Z.T @ (Z @ w - t))
    return -np.outer(X @ w - y, mu) - np.outer(X @ mu, w)


# --8<-- [end:data]


# --8<-- [start:influence]
# formula eq-implicit-influence
def influence(X: np.ndarray, y: np.ndarray, lam: float, v: np.ndarray) -> np.ndarray:
    """Return m×n, a row for each instance; X is m×n, y and v are m."""
    G = X.T @ (v[:, None] * X) + lam * np.eye(X.shape[1])
    beta = np.linalg.solve(G, X.T @ (v * y))
    return np.linalg.solve(G, X.T * (y - X @ beta)).T


# --8<-- [end:influence]
