"""The squared error of a linear model, with its derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:loss]
# formula eq-squared-error
def loss(X: np.ndarray, theta: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return a scalar; X is m×n, theta is n, y is m."""
    e = X @ theta - y
    return e @ e


# --8<-- [end:loss]


# --8<-- [start:jacobian]
# formula eq-error-jacobian
def jacobian(X: np.ndarray) -> np.ndarray:
    """Return n×m, a row for each parameter and a column for each error; X is m×n."""
    return X.T


# --8<-- [end:jacobian]


# --8<-- [start:gradient]
# formula eq-squared-error-gradient
def gradient(X: np.ndarray, theta: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return n; X is m×n, theta is n, y is m."""
    return 2 * X.T @ (X @ theta - y)


# --8<-- [end:gradient]


# --8<-- [start:hessian]
# formula eq-squared-error-hessian
def hessian(X: np.ndarray) -> np.ndarray:
    """Return n×n; X is m×n."""
    return 2 * X.T @ X


# --8<-- [end:hessian]
