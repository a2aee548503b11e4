"""Log-sum-exp, and its derivatives.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:value]
# formula eq-log-sum-exp
def value(z: np.ndarray) -> np.ndarray:
    """Return a scalar; z is K."""
    largest = np.max(z.real)  # so that no exponential overflows
    return largest + np.log(np.sum(np.exp(z - largest)))


# --8<-- [end:value]


# --8<-- [start:gradient]
# formula eq-log-sum-exp-gradient
def gradient(z: np.ndarray) -> np.ndarray:
    """Return K; z is K."""
    return np.exp(z - value(z))


# --8<-- [end:gradient]


# --8<-- [start:hessian]
# formula eq-log-sum-exp-hessian
def hessian(z: np.ndarray) -> np.ndarray:
    """Return K×K; z is K."""
    s = gradient(z)
    return np.diag(s) - np.outer(s, s)


# --8<-- [end:hessian]
