"""Two steps with momentum, under a penalty and under weight decay.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:penalised]
# formula eq-weight-decay-penalised
def penalised(
    w: np.ndarray, gradients: list[np.ndarray], eta: float, lam: float, mu: float
) -> np.ndarray:
    """Return n; w and each gradient are n."""
    v = np.zeros_like(w)
    for g in gradients:
        v = mu * v + g + lam * w
        w = w - eta * v
    return w


# --8<-- [end:penalised]


# --8<-- [start:decayed]
# formula eq-weight-decay-decayed
def decayed(
    w: np.ndarray, gradients: list[np.ndarray], eta: float, lam: float, mu: float
) -> np.ndarray:
    """Return n; w and each gradient are n."""
    u = np.zeros_like(w)
    for g in gradients:
        u = mu * u + g
        w = (1 - eta * lam) * w - eta * u
    return w


# --8<-- [end:decayed]


# --8<-- [start:difference]
# formula eq-weight-decay-difference
def difference(w: np.ndarray, eta: float, lam: float, mu: float) -> np.ndarray:
    """Return n, what two steps with the penalty have more than two with the decay; w is n."""
    return -eta * mu * lam * w


# --8<-- [end:difference]
