"""Logistic regression with labels 0 and 1, and its derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:loss]
# formula eq-logistic-loss
def loss(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return a scalar; X is m×n, y is m, w is n."""
    z = X @ w
    positive = z.real > 0  # so that no exponential overflows
    softplus = np.log1p(np.exp(np.where(positive, -z, z))) + np.where(positive, z, 0)
    return np.sum(softplus - y * z)


# --8<-- [end:loss]


# --8<-- [start:gradient]
# formula eq-logistic-gradient
def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return n; X is m×n, y is m, w is n."""
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (p - y)


# --8<-- [end:gradient]


# --8<-- [start:hessian]
# formula eq-logistic-hessian
def hessian(X: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return n×n; X is m×n, w is n."""
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (X * (p * (1 - p))[:, np.newaxis])


# --8<-- [end:hessian]
