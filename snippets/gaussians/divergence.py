"""The Kullback-Leibler divergence between two Gaussians, and its gradients.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:divergence]
# formula eq-divergence
def divergence(m: np.ndarray, S: np.ndarray, mu: np.ndarray, Sigma: np.ndarray) -> np.ndarray:
    """Return a scalar; m and mu are p, S and Sigma are p×p."""
    r = np.linalg.solve(Sigma, S)
    square = (m - mu) @ np.linalg.solve(Sigma, m - mu)
    return (np.trace(r) - len(m) - np.log(np.linalg.det(r)) + square) / 2


# --8<-- [end:divergence]


# --8<-- [start:gradient_mean]
# formula eq-divergence-mean
def gradient_mean(m: np.ndarray, mu: np.ndarray, Sigma: np.ndarray) -> np.ndarray:
    """Return p; m and mu are p, Sigma is p×p."""
    return np.linalg.solve(Sigma, m - mu)


# --8<-- [end:gradient_mean]


# --8<-- [start:gradient_covariance]
# formula eq-divergence-covariance
def gradient_covariance(S: np.ndarray, Sigma: np.ndarray) -> np.ndarray:
    """Return p×p; S and Sigma are p×p."""
    return (np.linalg.inv(Sigma) - np.linalg.inv(S)) / 2


# --8<-- [end:gradient_covariance]


# --8<-- [start:gradient_second]
# formula eq-divergence-second
def gradient_second(m: np.ndarray, S: np.ndarray, mu: np.ndarray, Sigma: np.ndarray) -> np.ndarray:
    """Return p×p; m and mu are p, S and Sigma are p×p."""
    inverse = np.linalg.inv(Sigma)
    return inverse @ (Sigma - S - np.outer(m - mu, m - mu)) @ inverse / 2


# --8<-- [end:gradient_second]


# --8<-- [start:gradient_factor]
# formula eq-divergence-factor
def gradient_factor(L: np.ndarray, Sigma: np.ndarray) -> np.ndarray:
    """Return p×p; L and Sigma are p×p, and the first covariance is L L.T."""
    return np.linalg.solve(Sigma, L) - np.linalg.inv(L).T


# --8<-- [end:gradient_factor]


# --8<-- [start:standard]
# formula eq-divergence-standard
def standard(m: np.ndarray, s: np.ndarray) -> np.ndarray:
    """Return a scalar; m and s are p, the entries of s are positive."""
    return np.sum(s + m**2 - 1 - np.log(s)) / 2


# --8<-- [end:standard]
