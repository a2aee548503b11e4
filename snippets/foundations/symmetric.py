"""Symmetric matrices, and the derivatives by their entries, tied together or not.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:matrix]
# formula eq-symmetric-matrix
def matrix(Z: np.ndarray) -> np.ndarray:
    """Return n×n, symmetric, with the lower triangle of Z; Z is n×n."""
    return np.tril(Z) + np.tril(Z, -1).T


# --8<-- [end:matrix]


# --8<-- [start:tied]
# formula eq-symmetric-tied
def tied(B: np.ndarray) -> np.ndarray:
    """Return n×n, by the lower triangle; B is n×n, the derivative by each entry."""
    return np.tril(B) + np.tril(B.T, -1)


# --8<-- [end:tied]


# --8<-- [start:tied_log_determinant]
# formula eq-symmetric-tied-log-determinant
def tied_log_determinant(S: np.ndarray) -> np.ndarray:
    """Return n×n, by the lower triangle; S is n×n, symmetric and invertible."""
    W = np.linalg.inv(S)
    return np.tril(W) + np.tril(W, -1)


# --8<-- [end:tied_log_determinant]


# --8<-- [start:part]
# formula eq-symmetric-part
def part(B: np.ndarray) -> np.ndarray:
    """Return n×n; B is n×n, the derivative by each entry."""
    return (B + B.T) / 2


# --8<-- [end:part]


# --8<-- [start:factor]
# formula eq-symmetric-factor
def factor(B: np.ndarray, L: np.ndarray) -> np.ndarray:
    """Return n×n, by the factor L; B is n×n, the derivative by each entry of L @ L.T."""
    return (B + B.T) @ L


# --8<-- [end:factor]
