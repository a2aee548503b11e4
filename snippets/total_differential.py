"""The mean squared error with a sum over the instances, its differential and its gradient."""

import numpy as np


# --8<-- [start:loss]
# formula eq-total-loss
def loss(w: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return a scalar; w is p, x is N×p with the instances as rows, y is N."""
    N = len(y)
    return sum((w @ x[n] - y[n]) ** 2 for n in range(N)) / N


# --8<-- [end:loss]


# --8<-- [start:differential]
# formula eq-total-differential
def differential(w: np.ndarray, dw: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return a scalar; w and its change dw are p, x is N×p, y is N."""
    N = len(y)
    return dw @ (2 / N * sum((w @ x[n] - y[n]) * x[n] for n in range(N)))


# --8<-- [end:differential]


# --8<-- [start:gradient]
# formula eq-total-gradient
def gradient(w: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return p; w is p, x is N×p with the instances as rows, y is N."""
    N = len(y)
    return 2 / N * sum((w @ x[n] - y[n]) * x[n] for n in range(N))


# --8<-- [end:gradient]
