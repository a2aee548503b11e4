"""A linear layer with a bias, forwards and backwards."""

import numpy as np


# --8<-- [start:forward]
# formula eq-layer-forward
def forward(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the output, n×k; X is n×m, W is m×k, b is k and goes to each row."""
    return X @ W + b


# --8<-- [end:forward]


# --8<-- [start:gradient_weights]
# formula eq-layer-gradient-weights
def gradient_weights(X: np.ndarray, G: np.ndarray) -> np.ndarray:
    """Return m×k; X is n×m, G is the gradient by the output, n×k."""
    return X.T @ G


# --8<-- [end:gradient_weights]


# --8<-- [start:gradient_bias]
# formula eq-layer-gradient-bias
def gradient_bias(G: np.ndarray) -> np.ndarray:
    """Return k; G is the gradient by the output, n×k."""
    return G.sum(axis=0)


# --8<-- [end:gradient_bias]


# --8<-- [start:gradient_inputs]
# formula eq-layer-gradient-inputs
def gradient_inputs(G: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Return n×m; G is the gradient by the output, n×k, W is m×k."""
    return G @ W.T


# --8<-- [end:gradient_inputs]
