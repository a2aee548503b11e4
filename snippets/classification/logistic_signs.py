"""Logistic regression with labels −1 and 1, and its derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:loss]
# formula eq-signs-loss
def loss(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return a scalar; X is m×n, y is m, w is n."""
    return np.sum(np.log1p(np.exp(-y * (X @ w))))


# --8<-- [end:loss]


# --8<-- [start:gradient]
# formula eq-signs-gradient
def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return n; X is m×n, y is m, w is n."""
    return -X.T @ (y / (1 + np.exp(y * (X @ w))))


# --8<-- [end:gradient]


# --8<-- [start:hessian]
# formula eq-signs-hessian
def hessian(X: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return n×n; X is m×n, w is n, and the labels do not matter."""
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (X * (p * (1 - p))[:, np.newaxis])


# --8<-- [end:hessian]


# --8<-- [start:penalised_gradient]
# formula eq-signs-penalised-gradient
def penalised_gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray, penalty: float) -> np.ndarray:
    """Return n; X is m×n, y is m, w is n, penalty is λ."""
    return penalty * w + gradient(X, y, w) / len(y)


# --8<-- [end:penalised_gradient]
