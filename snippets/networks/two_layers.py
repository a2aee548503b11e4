"""A network with two layers, the hyperbolic tangent between them, and back-propagation.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:forward]
# formula eq-two-layers
def forward(
    X: np.ndarray, W: np.ndarray, b: np.ndarray, V: np.ndarray, c: np.ndarray
) -> np.ndarray:
    """Return n×q; X is n×p, W is p×r, b is r, V is r×q, c is q."""
    return np.tanh(X @ W + b) @ V + c


# --8<-- [end:forward]


# --8<-- [start:loss]
# formula eq-two-layers-loss
def loss(Y: np.ndarray, T: np.ndarray) -> np.ndarray:
    """Return a scalar; Y has the outputs and T the targets, both n×q."""
    return np.sum((Y - T) ** 2) / (2 * len(Y))


# --8<-- [end:loss]


# --8<-- [start:gradient_output]
# formula eq-two-layers-output
def gradient_output(Y: np.ndarray, T: np.ndarray) -> np.ndarray:
    """Return the gradient by the output, n×q; Y and T are n×q."""
    return (Y - T) / len(Y)


# --8<-- [end:gradient_output]


# --8<-- [start:gradient_hidden]
# formula eq-two-layers-hidden
def gradient_hidden(G: np.ndarray, V: np.ndarray, H: np.ndarray) -> np.ndarray:
    """Return the gradient by A, n×r; G is n×q, V is r×q, H is n×r."""
    return (G @ V.T) * (1 - H**2)


# --8<-- [end:gradient_hidden]


# --8<-- [start:last_weights]
# formula eq-two-layers-last-weights
def last_weights(H: np.ndarray, G: np.ndarray) -> np.ndarray:
    """Return r×q; H is n×r, G is n×q."""
    return H.T @ G


# --8<-- [end:last_weights]


# --8<-- [start:last_bias]
# formula eq-two-layers-last-bias
def last_bias(G: np.ndarray) -> np.ndarray:
    """Return q; G is n×q."""
    return G.sum(axis=0)


# --8<-- [end:last_bias]


# --8<-- [start:first_weights]
# formula eq-two-layers-first-weights
def first_weights(X: np.ndarray, D: np.ndarray) -> np.ndarray:
    """Return p×r; X is n×p, D is n×r."""
    return X.T @ D


# --8<-- [end:first_weights]


# --8<-- [start:first_bias]
# formula eq-two-layers-first-bias
def first_bias(D: np.ndarray) -> np.ndarray:
    """Return r; D is n×r."""
    return D.sum(axis=0)


# --8<-- [end:first_bias]
