"""The functions of the linear models."""
# ruff: noqa: N806 (matrices have capital letters)

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.snippet_cases import Array, Case, derivative, module


def ridge(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("linear_models/ridge.py")
    X, y, theta, lam = draw(5, 3), draw(5), draw(3), np.array(draw() ** 2)
    data = {"X": X, "y": y, r"\lambda": lam}
    symbols = {**data, r"\theta": theta}
    return {
        "loss": Case(code.loss(X, y, theta, lam), symbols),
        "gradient": Case(
            code.gradient(X, y, theta, lam),
            symbols,
            derivative(lambda z: code.loss(X, y, z, lam), theta),
        ),
        "hessian": Case(
            code.hessian(X, lam),
            symbols,
            derivative(lambda z: code.gradient(X, y, z, lam), theta),
        ),
        "minimiser": Case(code.minimiser(X, y, lam), data),
        "push_through": Case(code.push_through(X, lam), data),
        "path": Case(
            code.path(X, y, lam), data, derivative(lambda z: code.minimiser(X, y, z), lam)
        ),
    }


def weighted_least_squares(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("linear_models/weighted_least_squares.py")
    X, y, theta, A, w = draw(5, 3), draw(5), draw(3), draw(5, 5), draw(5) ** 2
    W = A @ A.T
    symbols = {"X": X, "y": y, r"\theta": theta, "W": W}
    data = {"X": X, "y": y, "W": W}
    return {
        "loss": Case(code.loss(X, y, theta, W), symbols),
        "gradient": Case(
            code.gradient(X, y, theta, W),
            symbols,
            derivative(lambda z: code.loss(X, y, z, W), theta),
        ),
        "minimiser": Case(code.minimiser(X, y, W), data),
        "hessian": Case(
            code.hessian(X, W),
            symbols,
            derivative(lambda z: code.gradient(X, y, z, W), theta),
        ),
        "by_weights": Case(
            code.by_weights(X, y, theta),
            symbols,
            derivative(lambda z: code.loss(X, y, theta, z), W),
        ),
        "by_targets": Case(
            code.by_targets(X, W), data, derivative(lambda z: code.minimiser(X, z, W), y).T
        ),
        "influence": Case(
            code.influence(X, y, w),
            {"X": X, "y": y, "w": w},
            derivative(lambda z: code.minimiser(X, y, np.diag(z)), w).T,
        ),
    }


def hat_matrix(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("linear_models/hat_matrix.py")
    X, y = draw(6, 3), draw(6)
    symbols = {"X": X, "y": y}

    def squared_residuals(z: Array) -> Array:
        r = z - code.predictions(X, z)
        return r @ r

    return {
        "predictions": Case(code.predictions(X, y), symbols),
        "derivative": Case(
            code.derivative(X), symbols, derivative(lambda z: code.predictions(X, z), y).T
        ),
        "leave_one_out": Case(code.leave_one_out(X, y), symbols),
        "cross_validation": Case(code.cross_validation(X, y), symbols),
        "residual_derivative": Case(
            code.residual_derivative(X, y), symbols, derivative(squared_residuals, y)
        ),
    }


def centring(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("linear_models/centring.py")
    X, y, w, b = draw(5, 3), draw(5), draw(3), np.array(draw())
    data = {"X": X, "y": y}
    symbols = {**data, "w": w, "b": b}
    return {
        "loss": Case(code.loss(X, y, w, b), symbols),
        "by_weights": Case(
            code.by_weights(X, y, w, b), symbols, derivative(lambda z: code.loss(X, y, z, b), w)
        ),
        "by_intercept": Case(
            code.by_intercept(X, y, w, b), symbols, derivative(lambda z: code.loss(X, y, w, z), b)
        ),
        "centred": Case(code.centred(X), data),
        "weights": Case(code.weights(X, y), data),
        "intercept": Case(code.intercept(X, y), data),
    }


def kernel_ridge(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("linear_models/kernel_ridge.py")
    Phi, y, alpha, A, lam = draw(4, 3), draw(4), draw(4), draw(4, 4), draw() ** 2
    K = A @ A.T
    data = {"K": K, "y": y, r"\lambda": lam}
    features = {r"\Phi": Phi, "y": y, r"\lambda": lam}
    symbols = {**data, r"\alpha": alpha}
    return {
        "loss": Case(code.loss(K, y, alpha, lam), symbols),
        "gradient": Case(
            code.gradient(K, y, alpha, lam),
            symbols,
            derivative(lambda z: code.loss(K, y, z, lam), alpha),
        ),
        "minimiser": Case(code.minimiser(K, y, lam), data),
        "leave_one_out": Case(code.leave_one_out(K, y, lam), data),
        "weights": Case(code.weights(Phi, y, lam), features),
        "gap": Case(code.gap(Phi, y, alpha, lam), {**features, r"\alpha": alpha}),
    }


def constrained_least_squares(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("linear_models/constrained_least_squares.py")
    X, y, A, c, theta, mu = draw(6, 4), draw(6), draw(2, 4), draw(2), draw(4), draw(2)
    data = {"X": X, "y": y, "A": A, "c": c}
    symbols = {**data, r"\theta": theta, r"\mu": mu}

    def smallest(z: Array) -> Array:
        e = X @ code.minimiser(X, y, A, z) - y
        return e @ e / 2

    return {
        "lagrangian": Case(code.lagrangian(X, y, A, c, theta, mu), symbols),
        "by_parameters": Case(
            code.by_parameters(X, y, A, theta, mu),
            symbols,
            derivative(lambda z: code.lagrangian(X, y, A, c, z, mu), theta),
        ),
        "by_multipliers": Case(
            code.by_multipliers(A, c, theta),
            symbols,
            derivative(lambda z: code.lagrangian(X, y, A, c, theta, z), mu),
        ),
        "multipliers": Case(code.multipliers(X, y, A, c), data),
        "minimiser": Case(code.minimiser(X, y, A, c), data),
        "price": Case(code.price(X, y, A, c), data, derivative(smallest, c)),
        "by_bounds": Case(
            code.by_bounds(X, A), data, derivative(lambda z: code.minimiser(X, y, A, z), c)
        ),
    }


def huber(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("linear_models/huber.py")
    X, y, theta, r, delta = draw(6, 3), draw(6), draw(3), np.array(2 + draw() ** 2), 1.1
    symbols = {"X": X, "y": y, r"\theta": theta, r"\delta": np.array(delta)}
    single = {"r": r, r"\delta": np.array(delta)}

    def complex_loss(z: Array) -> Array:
        e = X @ z - y
        size = np.where(e.real < 0, -e, e)
        return np.sum(np.where(size.real <= delta, e**2 / 2, delta * size - delta**2 / 2))

    return {
        "function": Case(code.function(r, delta), single),
        "loss": Case(code.loss(X, y, theta, delta), symbols),
        "gradient": Case(
            code.gradient(X, y, theta, delta), symbols, derivative(complex_loss, theta)
        ),
        "soft_threshold": Case(code.soft_threshold(r, delta), single),
        "blunders": Case(code.blunders(X, y, theta, delta), symbols),
    }


def descent_on_a_quadratic(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("linear_models/descent_on_a_quadratic.py")
    Z, b, x, eta = draw(4, 4), draw(4), draw(4), np.array(0.1 * draw() ** 2)
    A = Z @ Z.T
    data = {"A": A, "b": b, "x": x}
    symbols = {**data, r"\eta": eta}
    return {
        "function": Case(code.function(A, b, x), data),
        "gradient": Case(
            code.gradient(A, b, x), data, derivative(lambda z: code.function(A, b, z), x)
        ),
        "step": Case(code.step(A, b, x, eta), symbols),
        "error": Case(code.error(A, b, x, eta), symbols),
        "by_step_size": Case(
            code.by_step_size(A, b, x, eta),
            symbols,
            derivative(lambda z: code.function(A, b, x - z * (A @ x - b)), eta),
        ),
        "best_step": Case(code.best_step(A, b, x), data),
    }
