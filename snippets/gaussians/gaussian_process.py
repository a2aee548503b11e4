"""The marginal likelihood of a Gaussian process and its derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:log_likelihood]
# formula eq-process-likelihood
def log_likelihood(y: np.ndarray, K: np.ndarray) -> np.ndarray:
    """Return a scalar; y is n, K is n×n and positive definite."""
    log_det = np.log(np.linalg.det(K))
    return -0.5 * (y @ np.linalg.solve(K, y) + log_det + len(y) * np.log(2 * np.pi))


# --8<-- [end:log_likelihood]


# --8<-- [start:gradient]
# formula eq-process-gradient
def gradient(y: np.ndarray, K: np.ndarray) -> np.ndarray:
    """Return n×n; y is n, K is n×n."""
    alpha = np.linalg.solve(K, y)
    return (np.outer(alpha, alpha) - np.linalg.inv(K)) / 2


# --8<-- [end:gradient]


# --8<-- [start:differential]
# formula eq-process-differential
def differential(y: np.ndarray, K: np.ndarray, dK: np.ndarray) -> np.ndarray:
    """Return a scalar; y is n, K is n×n, dK is n×n and symmetric."""
    return np.sum(gradient(y, K) * dK)


# --8<-- [end:differential]


# --8<-- [start:length_scale]
# formula eq-process-length-scale
def length_scale(x: np.ndarray, s: float, length: float) -> np.ndarray:
    """Return n×n; x is n×p with an input in each row."""
    D = np.sum((x[:, None] - x) ** 2, axis=2)
    return s / length**3 * np.exp(-D / (2 * length**2)) * D


# --8<-- [end:length_scale]


# --8<-- [start:gradient_weights]
# formula eq-process-mean
def gradient_weights(y: np.ndarray, Phi: np.ndarray, beta: np.ndarray, K: np.ndarray) -> np.ndarray:
    """Return q; y is n, Phi is n×q, beta is q, K is n×n."""
    return Phi.T @ np.linalg.solve(K, y - Phi @ beta)


# --8<-- [end:gradient_weights]
