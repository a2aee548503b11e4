"""The Gaussian log-likelihood, its gradients and the estimators.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:log_likelihood]
# formula eq-gaussian-likelihood
def log_likelihood(x: np.ndarray, mu: np.ndarray, Sigma: np.ndarray) -> np.ndarray:
    """Return a scalar; x is n×p with an instance in each row, mu is p, Sigma is p×p."""
    r = x - mu
    log_det = np.log(np.linalg.det(Sigma))
    squares = np.sum(r * np.linalg.solve(Sigma, r.T).T)
    return -0.5 * (r.size * np.log(2 * np.pi) + len(x) * log_det + squares)


# --8<-- [end:log_likelihood]


# --8<-- [start:gradient_mean]
# formula eq-gaussian-likelihood-mean
def gradient_mean(x: np.ndarray, mu: np.ndarray, Sigma: np.ndarray) -> np.ndarray:
    """Return p; x is n×p, mu is p, Sigma is p×p."""
    return np.linalg.solve(Sigma, (x - mu).sum(axis=0))


# --8<-- [end:gradient_mean]


# --8<-- [start:gradient_covariance]
# formula eq-gaussian-likelihood-covariance
def gradient_covariance(x: np.ndarray, mu: np.ndarray, Sigma: np.ndarray) -> np.ndarray:
    """Return p×p; x is n×p, mu is p, Sigma is p×p."""
    z = np.linalg.solve(Sigma, (x - mu).T)
    return (z @ z.T - len(x) * np.linalg.inv(Sigma)) / 2


# --8<-- [end:gradient_covariance]


# --8<-- [start:estimator]
# formula eq-gaussian-likelihood-estimator
def estimator(x: np.ndarray) -> np.ndarray:
    """Return p×p; x is n×p with an instance in each row."""
    r = x - x.mean(axis=0)
    return r.T @ r / len(x)


# --8<-- [end:estimator]


# --8<-- [start:hessian_mean]
# formula eq-gaussian-likelihood-hessian
def hessian_mean(n: int, Sigma: np.ndarray) -> np.ndarray:
    """Return p×p; n is the number of instances, Sigma is p×p."""
    return -n * np.linalg.inv(Sigma)


# --8<-- [end:hessian_mean]


# --8<-- [start:gradient_factor]
# formula eq-gaussian-likelihood-factor
def gradient_factor(x: np.ndarray, mu: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Return p×p; x is n×p, mu is p, B is p×p and the covariance is B B.T."""
    z = np.linalg.solve(B, (x - mu).T)
    return np.linalg.solve(B.T, z @ z.T - len(x) * np.eye(len(B)))


# --8<-- [end:gradient_factor]
