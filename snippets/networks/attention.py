"""Attention with one head, forwards and backwards.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:weights]
# formula eq-attention-weights
def weights(Q: np.ndarray, K: np.ndarray) -> np.ndarray:
    """Return n×m with rows of sum one; Q is n×d, K is m×d."""
    S = Q @ K.T / np.sqrt(Q.shape[1])
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


# --8<-- [end:weights]


# --8<-- [start:forward]
# formula eq-attention
def forward(P: np.ndarray, V: np.ndarray) -> np.ndarray:
    """Return n×p; P has the weights, n×m, V the values, m×p."""
    return P @ V


# --8<-- [end:forward]


# --8<-- [start:gradient_scores]
# formula eq-attention-scores
def gradient_scores(P: np.ndarray, V: np.ndarray, G: np.ndarray) -> np.ndarray:
    """Return n×m; P is n×m, V is m×p, G is the gradient by the output, n×p."""
    return P * (G @ V.T - np.sum(G * (P @ V), axis=1, keepdims=True))


# --8<-- [end:gradient_scores]


# --8<-- [start:gradient_values]
# formula eq-attention-values
def gradient_values(P: np.ndarray, G: np.ndarray) -> np.ndarray:
    """Return m×p; P is n×m, G is n×p."""
    return P.T @ G


# --8<-- [end:gradient_values]


# --8<-- [start:gradient_queries]
# formula eq-attention-queries
def gradient_queries(B: np.ndarray, K: np.ndarray) -> np.ndarray:
    """Return n×d; B is the gradient by the scores, n×m, K is m×d."""
    return B @ K / np.sqrt(K.shape[1])


# --8<-- [end:gradient_queries]


# --8<-- [start:gradient_keys]
# formula eq-attention-keys
def gradient_keys(B: np.ndarray, Q: np.ndarray) -> np.ndarray:
    """Return m×d; B is the gradient by the scores, n×m, Q is n×d."""
    return B.T @ Q / np.sqrt(Q.shape[1])


# --8<-- [end:gradient_keys]


# --8<-- [start:query_jacobian]
# formula eq-attention-query-jacobian
def query_jacobian(q: np.ndarray, K: np.ndarray, V: np.ndarray) -> np.ndarray:
    """Return d×p, a column for each output; q is d, K is m×d, V is m×p."""
    w = weights(q[None, :], K)[0]
    return K.T @ (np.diag(w) - np.outer(w, w)) @ V / np.sqrt(len(q))


# --8<-- [end:query_jacobian]
