"""How the eigenvalues and eigenvectors of a symmetric matrix answer to its changes.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:eigenvalues]
# formula eq-eigenvalue-derivative
def eigenvalues(Q: np.ndarray, dA: np.ndarray) -> np.ndarray:
    """Return n; the eigenvectors are the columns of Q, and dA is the derivative, both n×n."""
    return np.diag(Q.T @ dA @ Q)


# --8<-- [end:eigenvalues]


# --8<-- [start:eigenvectors]
# formula eq-eigenvector-derivative
def eigenvectors(values: np.ndarray, Q: np.ndarray, dA: np.ndarray) -> np.ndarray:
    """Return n×n with a row for each eigenvector; values is n, Q and dA are n×n."""
    distance = values[:, None] - values
    weight = np.divide(1, distance, out=np.zeros_like(distance), where=distance != 0)
    return (weight * (Q.T @ dA @ Q)) @ Q.T


# --8<-- [end:eigenvectors]


# --8<-- [start:bending]
# formula eq-eigenvalue-second
def bending(values: np.ndarray, Q: np.ndarray, dA: np.ndarray, ddA: np.ndarray) -> np.ndarray:
    """Return n; values is n, the other three are n×n."""
    distance = values[:, None] - values
    weight = np.divide(1, distance, out=np.zeros_like(distance), where=distance != 0)
    return np.diag(Q.T @ ddA @ Q) + 2 * np.sum(weight * (Q.T @ dA @ Q) ** 2, axis=1)


# --8<-- [end:bending]
