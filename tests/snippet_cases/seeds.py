"""The functions of the pages that the project began with."""
# ruff: noqa: N803, N806 (matrices have capital letters)

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.snippet_cases import Array, Case, along, columns, derivative, module


def squared_error(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("squared_error.py")
    X, theta, y = draw(5, 3), draw(3), draw(5)
    symbols = {"X": X, r"\theta": theta, "y": y}
    gradient = derivative(lambda t: code.loss(X, t, y), theta)
    return {
        "loss": Case(code.loss(X, theta, y), symbols),
        "jacobian": Case(code.jacobian(X), symbols, derivative(lambda t: X @ t - y, theta)),
        "gradient": Case(code.gradient(X, theta, y), symbols, gradient),
        "hessian": Case(
            code.hessian(X), symbols, derivative(lambda t: code.gradient(X, t, y), theta)
        ),
    }


def mean_squared_error(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("mean_squared_error.py")
    X, w, y = draw(5, 3), draw(3), draw(5)
    symbols = {"X": X, "w": w, "y": y}
    return {
        "loss": Case(code.loss(X, w, y), symbols),
        "prediction_jacobian": Case(
            code.prediction_jacobian(X), symbols, derivative(lambda v: X @ v, w).T
        ),
        "gradient": Case(
            code.gradient(X, w, y), symbols, derivative(lambda v: code.loss(X, v, y), w)
        ),
    }


def several_responses(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("several_responses.py")
    X, W, Y, dW = draw(5, 3), draw(3, 2), draw(5, 2), draw(3, 2)
    symbols = {"X": X, "W": W, "Y": Y}
    stacked = derivative(lambda v: columns(X @ v.reshape(3, 2, order="F")), columns(W)).T
    return {
        "loss": Case(code.loss(X, W, Y), symbols),
        "vec_jacobian": Case(code.vec_jacobian(X, 2), symbols, stacked),
        "differential": Case(
            code.differential(X, W, Y, dW),
            symbols | {r"\mathrm{d}W": dW},
            along(lambda V: code.loss(X, V, Y), W, dW),
        ),
        "gradient": Case(
            code.gradient(X, W, Y), symbols, derivative(lambda V: code.loss(X, V, Y), W)
        ),
    }


def linear_layer(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("linear_layer.py")
    X, W, b, G = draw(5, 3), draw(3, 2), draw(2), draw(5, 2)
    symbols = {"X": X, "W": W, "b": b}

    def loss(X: Array, W: Array, b: Array) -> Array:
        return np.sum(G * code.forward(X, W, b))

    return {
        "forward": Case(code.forward(X, W, b), symbols),
        "gradient_weights": Case(
            code.gradient_weights(X, G), symbols | {"G": G}, derivative(lambda V: loss(X, V, b), W)
        ),
        "gradient_bias": Case(
            code.gradient_bias(G), symbols | {"G": G}, derivative(lambda c: loss(X, W, c), b)
        ),
        "gradient_inputs": Case(
            code.gradient_inputs(G, W), symbols | {"G": G}, derivative(lambda Z: loss(Z, W, b), X)
        ),
    }


def total_differential(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("total_differential.py")
    w, dw, x, y = draw(3), draw(3), draw(5, 3), draw(5)
    symbols = {r"\boldsymbol{w}": w, r"\boldsymbol{x}_n": x, "y_n": y}
    return {
        "loss": Case(code.loss(w, x, y), symbols),
        "differential": Case(
            code.differential(w, dw, x, y),
            symbols | {r"\mathrm{d}\boldsymbol{w}": dw},
            along(lambda v: code.loss(v, x, y), w, dw),
        ),
        "gradient": Case(
            code.gradient(w, x, y), symbols, derivative(lambda v: code.loss(v, x, y), w)
        ),
    }


def book(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("book.py")
    theta, x, y = draw(4), draw(5, 4), draw(5)
    x[:, 0] = 1  # the feature of the intercept
    symbols = {r"\theta_0": theta[0], r"\theta": theta[1:], "x^{(i)}": x[:, 1:], "y^{(i)}": y}
    gradient = derivative(lambda t: code.loss(t, x, y), theta)
    partials = np.array([code.partial(j, theta, x, y) for j in range(1, 4)])
    return {
        "loss": Case(code.loss(theta, x, y), symbols),
        "partial": Case(partials, symbols, gradient[1:]),
        "gradient": Case(code.gradient(x, theta, y), symbols, gradient),
    }


def conventions(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("conventions.py")
    X, theta, y = draw(5, 3), draw(3), draw(5)
    factors = {"squared": 1, "mean": 1 / 5, "half_mean": 1 / 10, "half": 1 / 2}
    return {
        f"gradient_{name}": Case(
            getattr(code, f"gradient_{name}")(X, theta, y),
            {"X": X, r"\theta": theta, "y": y},
            derivative(lambda t, c=factor: c * np.sum((X @ t - y) ** 2), theta),
        )
        for name, factor in factors.items()
    }
