"""The functions of the pages on Gaussians."""
# ruff: noqa: N803, N806 (matrices have capital letters)

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.snippet_cases import Array, Case, along, derivative, module


def woodbury(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("gaussians/woodbury.py")
    A, U, C, V, u, v = draw(5, 5), draw(5, 2), draw(2, 2), draw(2, 5), draw(5), draw(5)
    X = draw(3, 5)
    symbols = {"A": A, "U": U, "C": C, "V": V}
    A_inv = np.linalg.inv(A)
    vectors, data = {"A": A, "u": u, "v": v}, {"X": X, r"\lambda": np.array(0.7)}
    return {
        "inverse": Case(code.inverse(A_inv, U, C, V), symbols),
        "determinant": Case(code.determinant(A, U, C, V), symbols),
        "rank_one": Case(code.rank_one(A_inv, u, v), vectors),
        "ridge": Case(code.ridge(X, 0.7), data),
    }


def likelihood(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("gaussians/likelihood.py")
    x, mu, B = draw(5, 3), draw(3), draw(3, 3)
    Sigma = B @ B.T + np.eye(3)
    symbols = {"x_i": x, r"\mu": mu, r"\Sigma": Sigma}

    def mean(m: Array) -> Array:
        return code.log_likelihood(x, m, Sigma)

    return {
        "log_likelihood": Case(mean(mu), symbols),
        "gradient_mean": Case(code.gradient_mean(x, mu, Sigma), symbols, derivative(mean, mu)),
        "gradient_covariance": Case(
            code.gradient_covariance(x, mu, Sigma),
            symbols,
            derivative(lambda C: code.log_likelihood(x, mu, C), Sigma),
        ),
        "estimator": Case(code.estimator(x), {"x_i": x}),
        "hessian_mean": Case(
            code.hessian_mean(5, Sigma),
            symbols,
            derivative(lambda m: code.gradient_mean(x, m, Sigma), mu),
        ),
        "gradient_factor": Case(
            code.gradient_factor(x, mu, B),
            {"x_i": x, r"\mu": mu, "B": B},
            derivative(lambda F: code.log_likelihood(x, mu, F @ F.T), B),
        ),
    }


def blocks(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("gaussians/blocks.py")
    x, mu, y, nu, B, W = draw(3), draw(3), draw(2), draw(2), draw(3, 2), draw(2, 3)
    A, P, N = (Z @ Z.T + np.eye(len(Z)) for Z in (draw(3, 3), draw(2, 2), draw(2, 2)))
    symbols = {"A": A, "B": B, "P": P}
    means = {"x": x, r"\mu": mu, r"\nu": nu, "A": A, "B": B}
    c = code.conditional_mean(x, mu, nu, A, B)

    def form(x: Array) -> Array:
        return code.quadratic(x - mu, y - code.conditional_mean(x, mu, nu, A, B), A, P)

    return {
        "conditional_mean": Case(c, means),
        "quadratic": Case(form(x), means | {"y": y, "P": P}),
        "log_determinant": Case(code.log_determinant(A, P), symbols),
        "inverse": Case(code.inverse(A, B, P + B.T @ np.linalg.solve(A, B)), symbols),
        "gradient": Case(
            code.gradient(x - mu, y - c, A, B, P), means | {"y": y, "P": P}, derivative(form, x)
        ),
        "gain": Case(code.gain(A, W, N), {"A": A, "W": W, "N": N}),
    }


def divergence(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("gaussians/divergence.py")
    m, mu, L, s = draw(3), draw(3), draw(3, 3), np.exp(draw(3))
    S, Sigma = (Z @ Z.T + np.eye(3) for Z in (draw(3, 3), draw(3, 3)))
    symbols = {"m": m, "S": S, r"\mu": mu, r"\Sigma": Sigma}
    means = {"m": m, r"\mu": mu, r"\Sigma": Sigma}
    return {
        "divergence": Case(code.divergence(m, S, mu, Sigma), symbols),
        "gradient_mean": Case(
            code.gradient_mean(m, mu, Sigma),
            symbols,
            derivative(lambda v: code.divergence(v, S, mu, Sigma), m),
        ),
        "gradient_covariance": Case(
            code.gradient_covariance(S, Sigma),
            symbols,
            derivative(lambda C: code.divergence(m, C, mu, Sigma), S),
        ),
        "gradient_second": Case(
            code.gradient_second(m, S, mu, Sigma),
            symbols,
            derivative(lambda C: code.divergence(m, S, mu, C), Sigma),
        ),
        "gradient_factor": Case(
            code.gradient_factor(L, Sigma),
            means | {"L": L},
            derivative(lambda F: code.divergence(m, F @ F.T, mu, Sigma), L),
        ),
        "standard": Case(code.standard(m, s), {"m": m, "s": s}),
    }


def gaussian_process(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("gaussians/gaussian_process.py")
    y, x, Phi, beta = draw(4), draw(4, 2), draw(4, 3), draw(3)
    K, dK = draw(4, 4), draw(4, 4)
    K, dK = K @ K.T + np.eye(4), dK + dK.T
    symbols = {"y": y, "K": K}
    s, length = 1.3, np.array(0.8)

    def likelihood(C: Array) -> Array:
        return code.log_likelihood(y, C)

    def kernel(length: Array) -> Array:
        D = np.sum((x[:, None] - x) ** 2, axis=2)
        return s * np.exp(-D / (2 * length**2))

    def square(b: Array) -> Array:
        r = y - Phi @ b
        return -r @ np.linalg.solve(K, r) / 2

    return {
        "log_likelihood": Case(likelihood(K), symbols),
        "gradient": Case(code.gradient(y, K), symbols, derivative(likelihood, K)),
        "differential": Case(
            code.differential(y, K, dK), symbols | {r"\mathrm{d}K": dK}, along(likelihood, K, dK)
        ),
        "length_scale": Case(
            code.length_scale(x, s, length),
            {"x_i": x, "s": np.array(s), "v": np.array(0.1), r"\ell": length},
            derivative(kernel, length),
        ),
        "gradient_weights": Case(
            code.gradient_weights(y, Phi, beta, K),
            symbols | {r"\Phi": Phi, r"\beta": beta},
            derivative(square, beta),
        ),
    }
