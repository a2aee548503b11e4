"""The gradient of one loss under four conventions for the constant in front."""

import numpy as np


# --8<-- [start:gradient_squared]
# formula eq-convention-squared
def gradient_squared(X: np.ndarray, theta: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return n, for the sum of the squares; X is m×n, theta is n, y is m."""
    return 2 * X.T @ (X @ theta - y)


# --8<-- [end:gradient_squared]


# --8<-- [start:gradient_mean]
# formula eq-convention-mean
def gradient_mean(X: np.ndarray, theta: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return n, for the mean of the squares; X is m×n, theta is n, y is m."""
    return 2 / len(y) * X.T @ (X @ theta - y)


# --8<-- [end:gradient_mean]


# --8<-- [start:gradient_half_mean]
# formula eq-convention-half-mean
def gradient_half_mean(X: np.ndarray, theta: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return n, for half the mean of the squares; X is m×n, theta is n, y is m."""
    return X.T @ (X @ theta - y) / len(y)


# --8<-- [end:gradient_half_mean]


# --8<-- [start:gradient_half]
# formula eq-convention-half
def gradient_half(X: np.ndarray, theta: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return n, for half the sum of the squares; X is m×n, theta is n, y is m."""
    return X.T @ (X @ theta - y)


# --8<-- [end:gradient_half]
