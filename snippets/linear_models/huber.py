"""The Huber loss, its gradient, and the soft threshold.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:function]
# formula eq-huber-function
def function(r: np.ndarray, delta: float) -> np.ndarray:
    """Return as many numbers as r has; delta is a positive scalar."""
    size = np.abs(r)
    return np.where(size <= delta, r**2 / 2, delta * size - delta**2 / 2)


# --8<-- [end:function]


# --8<-- [start:loss]
# formula eq-huber-loss
def loss(X: np.ndarray, y: np.ndarray, theta: np.ndarray, delta: float) -> np.ndarray:
    """Return a scalar; X is m×n, y is m, theta is n, delta is a positive scalar."""
    return np.sum(function(X @ theta - y, delta))


# --8<-- [end:loss]


# --8<-- [start:gradient]
# formula eq-huber-gradient
def gradient(X: np.ndarray, y: np.ndarray, theta: np.ndarray, delta: float) -> np.ndarray:
    """Return n; X is m×n, y is m, theta is n, delta is a positive scalar."""
    return X.T @ np.clip(X @ theta - y, -delta, delta)


# --8<-- [end:gradient]


# --8<-- [start:soft_threshold]
# formula eq-huber-soft-threshold
def soft_threshold(r: np.ndarray, delta: float) -> np.ndarray:
    """Return as many numbers as r has; delta is a positive scalar."""
    return np.sign(r) * np.maximum(np.abs(r) - delta, 0)


# --8<-- [end:soft_threshold]


# --8<-- [start:blunders]
# formula eq-huber-blunders
def blunders(X: np.ndarray, y: np.ndarray, theta: np.ndarray, delta: float) -> np.ndarray:
    """Return a scalar; X is m×n, y is m, theta is n, delta is a positive scalar."""
    e = X @ theta - y
    b = soft_threshold(e, delta)
    return (e - b) @ (e - b) / 2 + delta * np.sum(np.abs(b))


# --8<-- [end:blunders]
