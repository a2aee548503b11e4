"""The hyperbolic tangent of each entry, and its derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:tanh_jacobian]
# formula eq-element-wise-tanh
def tanh_jacobian(x: np.ndarray) -> np.ndarray:
    """Return n×n; x is n."""
    return np.diag(1 - np.tanh(x) ** 2)


# --8<-- [end:tanh_jacobian]


# --8<-- [start:tanh_backward]
# formula eq-element-wise-backward
def tanh_backward(G: np.ndarray, Z: np.ndarray) -> np.ndarray:
    """Return m×n; G and Z are m×n."""
    return G * (1 - np.tanh(Z) ** 2)


# --8<-- [end:tanh_backward]
