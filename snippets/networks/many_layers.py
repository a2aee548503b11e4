"""A network with many layers, forwards and backwards.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:loss]
# formula eq-many-layers-loss
def loss(a: np.ndarray, W: np.ndarray, b: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Return a scalar; the input a and g are n, W is L×n×n, b is L×n."""
    for weights, bias in zip(W, b, strict=True):
        a = np.tanh(weights @ a + bias)
    return g @ a


# --8<-- [end:loss]


# --8<-- [start:gradient_input]
# formula eq-many-layers-input
def gradient_input(a: np.ndarray, W: np.ndarray, b: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Return n; the input a and g are n, W is L×n×n, b is L×n."""
    outputs = []
    for weights, bias in zip(W, b, strict=True):
        a = np.tanh(weights @ a + bias)
        outputs.append(a)
    for weights, output in zip(W[::-1], outputs[::-1], strict=True):
        g = weights.T @ ((1 - output**2) * g)
    return g


# --8<-- [end:gradient_input]
