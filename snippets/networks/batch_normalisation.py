"""Batch normalisation of one feature and of a batch, forwards and backwards.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:normalise]
# formula eq-batch-normalisation
def normalise(x: np.ndarray, eps: float) -> np.ndarray:
    """Return n; x is one feature of n instances."""
    c = x - x.mean()
    return c / np.sqrt(np.mean(c**2) + eps)


# --8<-- [end:normalise]


# --8<-- [start:jacobian]
# formula eq-batch-normalisation-jacobian
def jacobian(z: np.ndarray, s: float) -> np.ndarray:
    """Return n×n, symmetric; z is the normalised feature, n, and s its deviation."""
    n = len(z)
    return (np.eye(n) - 1 / n - np.outer(z, z) / n) / s


# --8<-- [end:jacobian]


# --8<-- [start:gradient]
# formula eq-batch-normalisation-gradient
def gradient(z: np.ndarray, s: float, gamma: float, g: np.ndarray) -> np.ndarray:
    """Return n; z and g are n, s is the deviation, gamma the scale."""
    return gamma / s * (g - g.mean() - np.mean(z * g) * z)


# --8<-- [end:gradient]


# --8<-- [start:gradient_scale]
# formula eq-batch-normalisation-scale
def gradient_scale(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Return a scalar; z and g are n."""
    return z @ g


# --8<-- [end:gradient_scale]


# --8<-- [start:gradient_shift]
# formula eq-batch-normalisation-shift
def gradient_shift(g: np.ndarray) -> np.ndarray:
    """Return a scalar; g is n."""
    return g.sum()


# --8<-- [end:gradient_shift]


# --8<-- [start:batch_gradient]
# formula eq-batch-normalisation-batch
def batch_gradient(Z: np.ndarray, r: np.ndarray, c: np.ndarray, G: np.ndarray) -> np.ndarray:
    """Return n×p; Z and G are n×p, r has the deviations and c the scales, both p."""
    return (G - G.mean(axis=0) - Z * np.mean(Z * G, axis=0)) * c / r


# --8<-- [end:batch_gradient]
