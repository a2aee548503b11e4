"""Kernel ridge regression: the loss in the dual coefficients and its minimiser.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:loss]
# formula eq-kernel-ridge-loss
def loss(K: np.ndarray, y: np.ndarray, alpha: np.ndarray, lam: float) -> np.ndarray:
    """Return a scalar; K is m×m and symmetric, y and alpha are m, lam is a scalar."""
    f = K @ alpha
    return (f - y) @ (f - y) + lam * alpha @ f


# --8<-- [end:loss]


# --8<-- [start:gradient]
# formula eq-kernel-ridge-gradient
def gradient(K: np.ndarray, y: np.ndarray, alpha: np.ndarray, lam: float) -> np.ndarray:
    """Return m; K is m×m and symmetric, y and alpha are m, lam is a scalar."""
    return 2 * K @ (K @ alpha + lam * alpha - y)


# --8<-- [end:gradient]


# --8<-- [start:minimiser]
# formula eq-kernel-ridge-minimiser
def minimiser(K: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    """Return m; K is m×m, y is m, lam is a scalar."""
    return np.linalg.solve(K + lam * np.eye(len(y)), y)


# --8<-- [end:minimiser]


# --8<-- [start:leave_one_out]
# formula eq-kernel-ridge-leave-one-out
def leave_one_out(K: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    """Return m, an error for each instance; K is m×m, y is m, lam is a scalar."""
    R = np.linalg.inv(K + lam * np.eye(len(y)))
    return R @ y / np.diag(R)


# --8<-- [end:leave_one_out]


# --8<-- [start:weights]
# formula eq-kernel-ridge-weights
def weights(Phi: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    """Return k; Phi is m×k, y is m, lam is a scalar."""
    return Phi.T @ minimiser(Phi @ Phi.T, y, lam)


# --8<-- [end:weights]


# --8<-- [start:gap]
# formula eq-kernel-ridge-gap
def gap(Phi: np.ndarray, y: np.ndarray, alpha: np.ndarray, lam: float) -> np.ndarray:
    """Return a scalar; Phi is m×k, y and alpha are m, lam is a scalar."""
    e = Phi @ (Phi.T @ alpha) + lam * alpha - y
    return e @ e


# --8<-- [end:gap]
