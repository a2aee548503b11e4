"""The hat matrix of least squares, and the errors of the fits that leave one instance out.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:predictions]
# formula eq-hat-predictions
def predictions(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return m; X is m×n, y is m."""
    return X @ np.linalg.solve(X.T @ X, X.T @ y)


# --8<-- [end:predictions]


# --8<-- [start:derivative]
# formula eq-hat-derivative
def derivative(X: np.ndarray) -> np.ndarray:
    """Return m×m, the hat matrix; X is m×n."""
    return X @ np.linalg.solve(X.T @ X, X.T)


# --8<-- [end:derivative]


# --8<-- [start:leave_one_out]
# formula eq-hat-leave-one-out
def leave_one_out(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return m, an error for each instance; X is m×n, y is m."""
    H = X @ np.linalg.solve(X.T @ X, X.T)
    return (y - H @ y) / (1 - np.diag(H))


# --8<-- [end:leave_one_out]


# --8<-- [start:cross_validation]
# formula eq-hat-cross-validation
def cross_validation(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return a scalar; X is m×n, y is m."""
    H = X @ np.linalg.solve(X.T @ X, X.T)
    return np.mean(((y - H @ y) / (1 - np.diag(H))) ** 2)


# --8<-- [end:cross_validation]


# --8<-- [start:residual_derivative]
# formula eq-hat-residual-derivative
def residual_derivative(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return m; X is m×n, y is m."""
    return 2 * (y - X @ np.linalg.solve(X.T @ X, X.T @ y))


# --8<-- [end:residual_derivative]
