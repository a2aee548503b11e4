"""The chain rule, for a layer and for a product of three matrices.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:layer_jacobian]
# formula eq-chain-rule-layer
def layer_jacobian(B: np.ndarray, C: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return k×n; B is m×n, C is k×m, x is n."""
    middle = np.tanh(B @ x)
    return C @ ((1 - middle**2)[:, None] * B)


# --8<-- [end:layer_jacobian]


# --8<-- [start:sandwich_gradient]
# formula eq-chain-rule-sandwich
def sandwich_gradient(A: np.ndarray, X: np.ndarray, E: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Return n×r; A is m×n, X is n×r, E is r×t, Y is m×t."""
    return A.T @ (A @ X @ E - Y) @ E.T


# --8<-- [end:sandwich_gradient]
