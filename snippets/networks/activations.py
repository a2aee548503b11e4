"""Activation functions of a number or an array, and their derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:sigmoid]
# formula eq-activation-sigmoid
def sigmoid(z: np.ndarray) -> np.ndarray:
    """Return the shape of z."""
    return 1 / (1 + np.exp(-z))


# --8<-- [end:sigmoid]


# --8<-- [start:sigmoid_slope]
# formula eq-activation-sigmoid-derivative
def sigmoid_slope(z: np.ndarray) -> np.ndarray:
    """Return the shape of z."""
    a = 1 / (1 + np.exp(-z))
    return a * (1 - a)


# --8<-- [end:sigmoid_slope]


# --8<-- [start:tanh_slope]
# formula eq-activation-tanh-derivative
def tanh_slope(z: np.ndarray) -> np.ndarray:
    """Return the shape of z."""
    return 1 - np.tanh(z) ** 2


# --8<-- [end:tanh_slope]


# --8<-- [start:softplus]
# formula eq-activation-softplus
def softplus(z: np.ndarray) -> np.ndarray:
    """Return the shape of z, without overflow."""
    return np.maximum(0, z) + np.log1p(np.exp(-np.abs(z)))


# --8<-- [end:softplus]


# --8<-- [start:softplus_slope]
# formula eq-activation-softplus-derivative
def softplus_slope(z: np.ndarray) -> np.ndarray:
    """Return the shape of z."""
    return 1 / (1 + np.exp(-z))


# --8<-- [end:softplus_slope]


# --8<-- [start:gelu]
# formula eq-activation-gelu
def gelu(z: np.ndarray) -> np.ndarray:
    """Return the shape of z."""
    return z / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))


# --8<-- [end:gelu]


# --8<-- [start:gelu_slope]
# formula eq-activation-gelu-derivative
def gelu_slope(z: np.ndarray) -> np.ndarray:
    """Return the shape of z."""
    step = np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))
    inner = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * z**2)
    return (1 + step) / 2 + z / 2 * (1 - step**2) * inner


# --8<-- [end:gelu_slope]
