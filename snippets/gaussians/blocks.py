"""The conditional and the marginal Gaussian of two blocks.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:conditional_mean]
# formula eq-blocks-conditional-mean
def conditional_mean(
    x: np.ndarray, mu: np.ndarray, nu: np.ndarray, A: np.ndarray, B: np.ndarray
) -> np.ndarray:
    """Return q; x and mu are p, nu is q, A is p×p, B is p×q."""
    return nu + B.T @ np.linalg.solve(A, x - mu)


# --8<-- [end:conditional_mean]


# --8<-- [start:quadratic]
# formula eq-blocks-quadratic
def quadratic(u: np.ndarray, v: np.ndarray, A: np.ndarray, P: np.ndarray) -> np.ndarray:
    """Return a scalar; u is x - mu with p, v is y - c with q, A is p×p, P is q×q."""
    return u @ np.linalg.solve(A, u) + v @ np.linalg.solve(P, v)


# --8<-- [end:quadratic]


# --8<-- [start:log_determinant]
# formula eq-blocks-determinant
def log_determinant(A: np.ndarray, P: np.ndarray) -> np.ndarray:
    """Return a scalar; A is p×p, P is q×q, both positive definite."""
    return np.linalg.slogdet(A)[1] + np.linalg.slogdet(P)[1]


# --8<-- [end:log_determinant]


# --8<-- [start:inverse]
# formula eq-blocks-inverse
def inverse(A: np.ndarray, B: np.ndarray, C: np.ndarray) -> np.ndarray:
    """Return (p+q)×(p+q); A is p×p, B is p×q, C is q×q."""
    R = np.linalg.solve(A, B)
    P_inv = np.linalg.inv(C - B.T @ R)
    return np.block([[np.linalg.inv(A) + R @ P_inv @ R.T, -R @ P_inv], [-P_inv @ R.T, P_inv]])


# --8<-- [end:inverse]


# --8<-- [start:gradient]
# formula eq-blocks-gradient
def gradient(
    u: np.ndarray, v: np.ndarray, A: np.ndarray, B: np.ndarray, P: np.ndarray
) -> np.ndarray:
    """Return p; u is x - mu with p, v is y - c with q, A is p×p, B is p×q, P is q×q."""
    return 2 * np.linalg.solve(A, u - B @ np.linalg.solve(P, v))


# --8<-- [end:gradient]


# --8<-- [start:gain]
# formula eq-blocks-gain
def gain(A: np.ndarray, W: np.ndarray, N: np.ndarray) -> np.ndarray:
    """Return p×q; A is p×p, W is q×p, N is q×q."""
    return np.linalg.solve(W @ A @ W.T + N, W @ A).T


# --8<-- [end:gain]
