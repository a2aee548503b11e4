"""Multi-class logistic regression, one instance in each row, and its derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:probabilities]
# formula eq-multi-class-probabilities
def probabilities(X: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Return m×K; X is m×n, W is n×K."""
    Z = X @ W
    E = np.exp(Z - Z.real.max(axis=1, keepdims=True))  # so that no exponential overflows
    return E / E.sum(axis=1, keepdims=True)


# --8<-- [end:probabilities]


# --8<-- [start:loss]
# formula eq-multi-class-loss
def loss(X: np.ndarray, Y: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Return a scalar; X is m×n, Y is m×K, W is n×K."""
    Z = X @ W
    Z = Z - Z.real.max(axis=1, keepdims=True)
    return np.sum(np.log(np.exp(Z).sum(axis=1))) - np.sum(Y * Z)


# --8<-- [end:loss]


# --8<-- [start:gradient]
# formula eq-multi-class-gradient
def gradient(X: np.ndarray, Y: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Return n×K; X is m×n, Y is m×K, W is n×K."""
    return X.T @ (probabilities(X, W) - Y)


# --8<-- [end:gradient]


# --8<-- [start:hessian_product]
# formula eq-multi-class-hessian-product
def hessian_product(X: np.ndarray, W: np.ndarray, V: np.ndarray) -> np.ndarray:
    """Return n×K, the change of the gradient along V; X is m×n, W and V are n×K."""
    P, U = probabilities(X, W), X @ V
    return X.T @ (P * (U - (P * U).sum(axis=1, keepdims=True)))


# --8<-- [end:hessian_product]
