"""One-dimensional convolution, as a sum and as a product, forwards and backwards.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:forward]
# formula eq-convolution
def forward(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return m; x is m + k - 1, w is k and not turned round."""
    return np.correlate(x, w, mode="valid")


# --8<-- [end:forward]


# --8<-- [start:toeplitz]
# formula eq-convolution-toeplitz
def toeplitz(w: np.ndarray, m: int) -> np.ndarray:
    """Return m×(m + k - 1); w is k, m is the number of windows."""
    return np.array([np.concatenate([np.zeros(i), w, np.zeros(m - 1 - i)]) for i in range(m)])


# --8<-- [end:toeplitz]


# --8<-- [start:windows]
# formula eq-convolution-windows
def windows(x: np.ndarray, k: int) -> np.ndarray:
    """Return m×k; x is m + k - 1, k is the length of the filter."""
    return np.lib.stride_tricks.sliding_window_view(x, k)


# --8<-- [end:windows]


# --8<-- [start:gradient_signal]
# formula eq-convolution-signal
def gradient_signal(w: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Return m + k - 1; w is k, g is the gradient by the output, m."""
    return np.convolve(g, w, mode="full")


# --8<-- [end:gradient_signal]


# --8<-- [start:gradient_filter]
# formula eq-convolution-filter
def gradient_filter(x: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Return k; x is m + k - 1, g is the gradient by the output, m."""
    return np.correlate(x, g, mode="valid")


# --8<-- [end:gradient_filter]


# --8<-- [start:gradient_filters]
# formula eq-convolution-filters
def gradient_filters(x: np.ndarray, G: np.ndarray) -> np.ndarray:
    """Return k×r; x is m + k - 1, G is the gradient by the output, m×r."""
    return np.stack([np.correlate(x, g, mode="valid") for g in G.T], axis=1)


# --8<-- [end:gradient_filters]
