"""Two functions with the matrices of their best linear maps.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:stretch_jacobian]
# formula eq-best-linear-map-stretch
def stretch_jacobian(x: np.ndarray) -> np.ndarray:
    """Return n×n; x is n."""
    return (x @ x) * np.eye(len(x)) + 2 * np.outer(x, x)


# --8<-- [end:stretch_jacobian]


# --8<-- [start:squared_length_gradient]
# formula eq-best-linear-map-square
def squared_length_gradient(x: np.ndarray) -> np.ndarray:
    """Return n; x is n."""
    return 2 * x


# --8<-- [end:squared_length_gradient]
