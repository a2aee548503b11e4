"""A smooth bowl, its quadratic model, and the Newton step of a model.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:gradient]
# formula eq-taylor-bowl-gradient
def gradient(x: np.ndarray) -> np.ndarray:
    """Return n; x is n."""
    return x / np.sqrt(1 + x @ x)


# --8<-- [end:gradient]


# --8<-- [start:hessian]
# formula eq-taylor-bowl-hessian
def hessian(x: np.ndarray) -> np.ndarray:
    """Return n×n; x is n."""
    s = np.sqrt(1 + x @ x)
    return (np.eye(len(x)) - np.outer(x, x) / s**2) / s


# --8<-- [end:hessian]


# --8<-- [start:model]
# formula eq-taylor-model
def model(x: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Return a scalar; the point x and the step v are n."""
    s = np.sqrt(1 + x @ x)
    slope = x @ v / s
    return s + slope + (v @ v - slope**2) / (2 * s)


# --8<-- [end:model]


# --8<-- [start:newton_step]
# formula eq-taylor-newton
def newton_step(r: np.ndarray, H: np.ndarray) -> np.ndarray:
    """Return n; r is n, H is n×n and positive definite."""
    return -np.linalg.solve(H, r)


# --8<-- [end:newton_step]
