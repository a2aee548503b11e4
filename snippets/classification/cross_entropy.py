"""The cross entropy of a softmax, and its derivatives by the scores.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:loss]
# formula eq-cross-entropy
def loss(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return a scalar; z is K and y, which adds up to 1, is K."""
    t = z - np.max(z.real)  # so that no exponential overflows
    return np.log(np.sum(np.exp(t))) - y @ t


# --8<-- [end:loss]


# --8<-- [start:gradient]
# formula eq-cross-entropy-gradient
def gradient(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return K; z is K and y, which adds up to 1, is K."""
    w = np.exp(z - np.max(z.real))
    return w / np.sum(w) - y


# --8<-- [end:gradient]


# --8<-- [start:hessian]
# formula eq-cross-entropy-hessian
def hessian(z: np.ndarray) -> np.ndarray:
    """Return K×K; z is K, and the label does not matter."""
    w = np.exp(z - np.max(z.real))
    p = w / np.sum(w)
    return np.diag(p) - np.outer(p, p)


# --8<-- [end:hessian]


# --8<-- [start:smooth_gradient]
# formula eq-cross-entropy-smooth-gradient
def smooth_gradient(z: np.ndarray, y: np.ndarray, part: float) -> np.ndarray:
    """Return K; z is K, y is K, part is ε, what is spread evenly."""
    return gradient(z, (1 - part) * y + part / len(y))


# --8<-- [end:smooth_gradient]


# --8<-- [start:temperature_gradient]
# formula eq-cross-entropy-temperature-gradient
def temperature_gradient(z: np.ndarray, y: np.ndarray, temperature: float) -> np.ndarray:
    """Return K; z is K, y is K, temperature is τ."""
    return gradient(z / temperature, y) / temperature


# --8<-- [end:temperature_gradient]


# --8<-- [start:temperature]
# formula eq-cross-entropy-temperature
def temperature(z: np.ndarray, y: np.ndarray, temperature: float) -> np.ndarray:
    """Return the derivative by the temperature, a scalar; z is K, y is K."""
    return -gradient(z / temperature, y) @ z / temperature**2


# --8<-- [end:temperature]


# --8<-- [start:weighted_gradient]
# formula eq-cross-entropy-weighted-gradient
def weighted_gradient(z: np.ndarray, y: np.ndarray, a: np.ndarray) -> np.ndarray:
    """Return K; z is K, y is K, a is K, the weights of the classes."""
    w = np.exp(z - np.max(z.real))
    return (a @ y) * w / np.sum(w) - a * y


# --8<-- [end:weighted_gradient]
