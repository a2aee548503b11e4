"""The square root of a positive definite matrix, and derivatives through it.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:root]
# formula eq-square-root
def root(A: np.ndarray) -> np.ndarray:
    """Return n×n; A is n×n, positive definite."""
    values, Q = np.linalg.eigh(A)
    return (Q * np.sqrt(values)) @ Q.T


# --8<-- [end:root]


# --8<-- [start:jacobian]
# formula eq-square-root-jacobian
def jacobian(A: np.ndarray) -> np.ndarray:
    """Return n²×n²; A is n×n, positive definite."""
    values, Q = np.linalg.eigh(A)
    S, identity = (Q * np.sqrt(values)) @ Q.T, np.eye(len(A))
    return np.linalg.inv(np.kron(S, identity) + np.kron(identity, S))


# --8<-- [end:jacobian]


# --8<-- [start:trace_gradient]
# formula eq-square-root-trace
def trace_gradient(A: np.ndarray) -> np.ndarray:
    """Return n×n; A is n×n, positive definite."""
    values, Q = np.linalg.eigh(A)
    return (Q / (2 * np.sqrt(values))) @ Q.T


# --8<-- [end:trace_gradient]


# --8<-- [start:backward]
# formula eq-square-root-backward
def backward(A: np.ndarray, C: np.ndarray) -> np.ndarray:
    """Return n², the stacked columns of the gradient; A and C are n×n."""
    values, Q = np.linalg.eigh(A)
    roots = np.sqrt(values)
    gradient = Q @ ((Q.T @ C @ Q) / (roots[:, None] + roots)) @ Q.T
    return gradient.flatten(order="F")


# --8<-- [end:backward]
