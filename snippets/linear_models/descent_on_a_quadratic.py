"""Gradient descent on a quadratic function: steps, errors and step sizes.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:function]
# formula eq-descent-function
def function(A: np.ndarray, b: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return a scalar; A is n×n, b and x are n."""
    return x @ A @ x / 2 - b @ x


# --8<-- [end:function]


# --8<-- [start:gradient]
# formula eq-descent-gradient
def gradient(A: np.ndarray, b: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return n; A is n×n and symmetric, b and x are n."""
    return A @ x - b


# --8<-- [end:gradient]


# --8<-- [start:step]
# formula eq-descent-step
def step(A: np.ndarray, b: np.ndarray, x: np.ndarray, eta: float) -> np.ndarray:
    """Return n; A is n×n and symmetric, b and x are n, eta is a scalar."""
    return x - eta * (A @ x - b)


# --8<-- [end:step]


# --8<-- [start:error]
# formula eq-descent-error
def error(A: np.ndarray, b: np.ndarray, x: np.ndarray, eta: float) -> np.ndarray:
    """Return n, the error after a step; A is n×n, b and x are n, eta is a scalar."""
    before = x - np.linalg.solve(A, b)
    return before - eta * A @ before


# --8<-- [end:error]


# --8<-- [start:by_step_size]
# formula eq-descent-by-step-size
def by_step_size(A: np.ndarray, b: np.ndarray, x: np.ndarray, eta: float) -> np.ndarray:
    """Return a scalar; A is n×n and symmetric, b and x are n, eta is a scalar."""
    g = A @ x - b
    return eta * g @ A @ g - g @ g


# --8<-- [end:by_step_size]


# --8<-- [start:best_step]
# formula eq-descent-best-step
def best_step(A: np.ndarray, b: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return a scalar; A is n×n and symmetric, b and x are n."""
    g = A @ x - b
    return g @ g / (g @ A @ g)


# --8<-- [end:best_step]
