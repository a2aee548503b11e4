"""The softmax, and its derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:softmax]
# formula eq-softmax
def softmax(z: np.ndarray) -> np.ndarray:
    """Return K; z is K."""
    w = np.exp(z - np.max(z.real))  # a common shift changes nothing and prevents overflow
    return w / np.sum(w)


# --8<-- [end:softmax]


# --8<-- [start:jacobian]
# formula eq-softmax-jacobian
def jacobian(z: np.ndarray) -> np.ndarray:
    """Return K×K; z is K."""
    s = softmax(z)
    return np.diag(s) - np.outer(s, s)


# --8<-- [end:jacobian]


# --8<-- [start:backward]
# formula eq-softmax-backward
def backward(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Return K; z is K and g, the gradient by the probabilities, is K."""
    s = softmax(z)
    return s * (g - s @ g)


# --8<-- [end:backward]


# --8<-- [start:hessian]
# formula eq-softmax-hessian
def hessian(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Return K×K; z is K and g, the gradient by the probabilities, is K."""
    s = softmax(z)
    b = backward(z, g)
    return np.diag(b) - np.outer(s, b) - np.outer(b, s)


# --8<-- [end:hessian]
