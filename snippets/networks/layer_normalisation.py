"""Layer normalisation, with and without the mean, forwards and backwards.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:forward]
# formula eq-layer-normalisation
def forward(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float) -> np.ndarray:
    """Return p; x has the features of one instance, gamma the gains, beta the shifts, all p."""
    c = x - x.mean()
    return gamma * c / np.sqrt(np.mean(c**2) + eps) + beta


# --8<-- [end:forward]


# --8<-- [start:gradient]
# formula eq-layer-normalisation-gradient
def gradient(z: np.ndarray, s: float, h: np.ndarray) -> np.ndarray:
    """Return p; z has the normalised features, s is the deviation, h the gradient by z, p."""
    return (h - h.mean() - np.mean(z * h) * z) / s


# --8<-- [end:gradient]


# --8<-- [start:jacobian]
# formula eq-layer-normalisation-jacobian
def jacobian(z: np.ndarray, s: float, gamma: np.ndarray) -> np.ndarray:
    """Return p×p, a row for each output; z and gamma are p, s is the deviation."""
    p = len(z)
    return gamma[:, None] * (np.eye(p) - 1 / p - np.outer(z, z) / p) / s


# --8<-- [end:jacobian]


# --8<-- [start:rms_jacobian]
# formula eq-layer-normalisation-rms-jacobian
def rms_jacobian(x: np.ndarray, eps: float) -> np.ndarray:
    """Return p×p, symmetric; x is p."""
    r = np.sqrt(np.mean(x**2) + eps)
    q = x / r
    return (np.eye(len(x)) - np.outer(q, q) / len(x)) / r


# --8<-- [end:rms_jacobian]


# --8<-- [start:rms_gradient]
# formula eq-layer-normalisation-rms-gradient
def rms_gradient(x: np.ndarray, eps: float, h: np.ndarray) -> np.ndarray:
    """Return p; x is p, h is the gradient by the normalised features, p."""
    r = np.sqrt(np.mean(x**2) + eps)
    q = x / r
    return (h - np.mean(q * h) * q) / r


# --8<-- [end:rms_gradient]


# --8<-- [start:batch_gradient]
# formula eq-layer-normalisation-batch
def batch_gradient(Z: np.ndarray, t: np.ndarray, H: np.ndarray) -> np.ndarray:
    """Return n×p; Z and H, the gradient by Z, are n×p, t has the deviations, n."""
    means = H.mean(axis=1, keepdims=True), np.mean(Z * H, axis=1, keepdims=True)
    return (H - means[0] - means[1] * Z) / t[:, None]


# --8<-- [end:batch_gradient]
