"""A step of Newton's method for logistic regression.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:step]
# formula eq-newton-step
def step(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return n; X is m×n, y is m, w is n."""
    p = 1 / (1 + np.exp(-X @ w))
    hessian = X.T @ (X * (p * (1 - p))[:, np.newaxis])
    return w - np.linalg.solve(hessian, X.T @ (p - y))


# --8<-- [end:step]


# --8<-- [start:response]
# formula eq-newton-response
def response(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return m; X is m×n, y is m, w is n."""
    p = 1 / (1 + np.exp(-X @ w))
    return X @ w + (y - p) / (p * (1 - p))


# --8<-- [end:response]


# --8<-- [start:fit]
# formula eq-newton-least-squares
def fit(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return n; X is m×n, y is m, w is n."""
    p = 1 / (1 + np.exp(-X @ w))
    root = np.sqrt(p * (1 - p))
    return np.linalg.lstsq(X * root[:, np.newaxis], root * response(X, y, w))[0]


# --8<-- [end:fit]
