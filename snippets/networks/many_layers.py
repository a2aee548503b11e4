"""A network with many layers, forwards and backwards.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:loss]
# formula eq-many-layers-loss
def loss(a: np.ndarray, W: list[np.ndarray], b: list[np.ndarray], g: np.ndarray) -> np.ndarray:
    """Return a scalar; a is n_0, g is n_L, each W[l] is n_l×n_(l-1), each b[l] is n_l."""
    for weights, bias in zip(W, b, strict=True):
        a = np.tanh(weights @ a + bias)
    return g @ a


# --8<-- [end:loss]


# --8<-- [start:gradient_input]
# formula eq-many-layers-input
def gradient_input(
    a: np.ndarray, W: list[np.ndarray], b: list[np.ndarray], g: np.ndarray
) -> np.ndarray:
    """Return n_0; a is n_0, g is n_L, each W[l] is n_l×n_(l-1), each b[l] is n_l."""
    outputs = []
    for weights, bias in zip(W, b, strict=True):
        a = np.tanh(weights @ a + bias)
        outputs.append(a)
    for weights, output in zip(W[::-1], outputs[::-1], strict=True):
        g = weights.T @ ((1 - output**2) * g)
    return g


# --8<-- [end:gradient_input]
