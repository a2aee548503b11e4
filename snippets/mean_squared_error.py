"""Half the mean squared error of a linear model, with its derivatives."""

import numpy as np


# --8<-- [start:loss]
# formula eq-mse
def loss(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return a scalar; X is n×m, w is m, y is n."""
    return np.sum((X @ w - y) ** 2) / (2 * len(y))


# --8<-- [end:loss]


# --8<-- [start:prediction_jacobian]
# formula eq-prediction-jacobian
def prediction_jacobian(X: np.ndarray) -> np.ndarray:
    """Return n×m, a row for each prediction and a column for each weight; X is n×m."""
    return X


# --8<-- [end:prediction_jacobian]


# --8<-- [start:gradient]
# formula eq-mse-gradient
def gradient(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return m; X is n×m, w is m, y is n."""
    return X.T @ (X @ w - y) / len(y)


# --8<-- [end:gradient]
