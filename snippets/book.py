"""The mean squared error in the book's notation, one partial derivative and the gradient.

An instance begins with the feature 1 of the intercept, so its features are numbered from 0 to n.
"""

import numpy as np


# --8<-- [start:loss]
# formula eq-book-mse
def loss(theta: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return a scalar; theta is n+1, x is m×(n+1) with the instances as rows, y is m."""
    m = len(y)
    return sum((theta @ x[i] - y[i]) ** 2 for i in range(m)) / m


# --8<-- [end:loss]


# --8<-- [start:partial]
# formula eq-book-partial
def partial(j: int, theta: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return a scalar; j is from 0 to n, theta is n+1, x is m×(n+1), y is m."""
    m = len(y)
    return 2 / m * sum((theta @ x[i] - y[i]) * x[i, j] for i in range(m))


# --8<-- [end:partial]


# --8<-- [start:gradient]
# formula eq-book-gradient
def gradient(X: np.ndarray, theta: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return n+1; X is m×(n+1), theta is n+1, y is m."""
    m = len(y)
    return 2 / m * X.T @ (X @ theta - y)


# --8<-- [end:gradient]
