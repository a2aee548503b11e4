"""A residual block, its Jacobian and its gradients.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:forward]
# formula eq-residual
def forward(
    x: np.ndarray, W: np.ndarray, c: np.ndarray, V: np.ndarray, b: np.ndarray
) -> np.ndarray:
    """Return n; x and b are n, W is r×n, c is r, V is n×r."""
    return x + V @ np.tanh(W @ x + c) + b


# --8<-- [end:forward]


# --8<-- [start:jacobian]
# formula eq-residual-jacobian
def jacobian(a: np.ndarray, W: np.ndarray, V: np.ndarray) -> np.ndarray:
    """Return n×n, a row for each output; a has the hidden values, r, W is r×n, V is n×r."""
    return np.eye(len(V)) + V @ ((1 - a**2)[:, None] * W)


# --8<-- [end:jacobian]


# --8<-- [start:gradient]
# formula eq-residual-gradient
def gradient(a: np.ndarray, W: np.ndarray, V: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Return n; a is r, W is r×n, V is n×r, g is the gradient by the output, n."""
    return g + W.T @ ((1 - a**2) * (V.T @ g))


# --8<-- [end:gradient]


# --8<-- [start:gradient_weights]
# formula eq-residual-weights
def gradient_weights(a: np.ndarray, V: np.ndarray, g: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return r×n; a is r, V is n×r, g and x are n."""
    return np.outer((1 - a**2) * (V.T @ g), x)


# --8<-- [end:gradient_weights]


# --8<-- [start:unit_jacobian]
# formula eq-residual-unit-jacobian
def unit_jacobian(x: np.ndarray, u: np.ndarray, w: np.ndarray, beta: float) -> np.ndarray:
    """Return n×n, a row for each output; x, u and w are n."""
    psi = np.tanh(w @ x + beta)
    return np.eye(len(x)) + (1 - psi**2) * np.outer(u, w)


# --8<-- [end:unit_jacobian]


# --8<-- [start:unit_determinant]
# formula eq-residual-unit-determinant
def unit_determinant(x: np.ndarray, u: np.ndarray, w: np.ndarray, beta: float) -> np.ndarray:
    """Return a scalar; x, u and w are n."""
    psi = np.tanh(w @ x + beta)
    return 1 + (1 - psi**2) * (w @ u)


# --8<-- [end:unit_determinant]
