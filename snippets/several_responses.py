"""Half the mean squared error of several responses, with its derivatives."""

import numpy as np


# --8<-- [start:loss]
# formula eq-responses-loss
def loss(X: np.ndarray, W: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Return a scalar; X is n×m, W is m×k, Y is n×k."""
    return np.sum((X @ W - Y) ** 2) / (2 * len(Y))


# --8<-- [end:loss]


# --8<-- [start:vec_jacobian]
# formula eq-vec-jacobian
def vec_jacobian(X: np.ndarray, k: int) -> np.ndarray:
    """Return nk×mk, for stacked columns; X is n×m, k is the number of responses."""
    return np.kron(np.eye(k), X)


# --8<-- [end:vec_jacobian]


# --8<-- [start:differential]
# formula eq-responses-differential
def differential(X: np.ndarray, W: np.ndarray, Y: np.ndarray, dW: np.ndarray) -> np.ndarray:
    """Return a scalar; X is n×m, W and its change dW are m×k, Y is n×k."""
    return np.trace(dW.T @ X.T @ (X @ W - Y)) / len(Y)


# --8<-- [end:differential]


# --8<-- [start:gradient]
# formula eq-responses-gradient
def gradient(X: np.ndarray, W: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Return m×k; X is n×m, W is m×k, Y is n×k."""
    return X.T @ (X @ W - Y) / len(Y)


# --8<-- [end:gradient]
