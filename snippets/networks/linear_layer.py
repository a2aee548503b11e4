"""A linear layer for a batch: forwards, backwards, and its Jacobians for stacked columns.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:forward]
# formula eq-linear-layer
def forward(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return n×q; X is n×p, W is p×q, b is q and goes to each row."""
    return X @ W + b


# --8<-- [end:forward]


# --8<-- [start:gradient_weights]
# formula eq-linear-layer-weights
def gradient_weights(X: np.ndarray, G: np.ndarray) -> np.ndarray:
    """Return p×q; X is n×p, G is the gradient by the output, n×q."""
    return X.T @ G


# --8<-- [end:gradient_weights]


# --8<-- [start:gradient_bias]
# formula eq-linear-layer-bias
def gradient_bias(G: np.ndarray) -> np.ndarray:
    """Return q; G is the gradient by the output, n×q."""
    return G.sum(axis=0)


# --8<-- [end:gradient_bias]


# --8<-- [start:gradient_inputs]
# formula eq-linear-layer-inputs
def gradient_inputs(G: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Return n×p; G is the gradient by the output, n×q, W is p×q."""
    return G @ W.T


# --8<-- [end:gradient_inputs]


# --8<-- [start:squared_error_weights]
# formula eq-linear-layer-squared-error
def squared_error_weights(X: np.ndarray, W: np.ndarray, b: np.ndarray, T: np.ndarray) -> np.ndarray:
    """Return p×q; X is n×p, W is p×q, b is q, T has the targets, n×q."""
    return X.T @ (X @ W + b - T) / len(X)


# --8<-- [end:squared_error_weights]


# --8<-- [start:jacobian_weights]
# formula eq-linear-layer-vec-weights
def jacobian_weights(X: np.ndarray, q: int) -> np.ndarray:
    """Return pq×nq; X is n×p, q is the number of units."""
    return np.kron(np.eye(q), X.T)


# --8<-- [end:jacobian_weights]


# --8<-- [start:jacobian_inputs]
# formula eq-linear-layer-vec-inputs
def jacobian_inputs(W: np.ndarray, n: int) -> np.ndarray:
    """Return pn×qn; W is p×q, n is the number of instances."""
    return np.kron(W, np.eye(n))


# --8<-- [end:jacobian_inputs]
