"""The functions of the pages on classification."""
# ruff: noqa: N806 (matrices have capital letters)

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.snippet_cases import Array, Case, derivative, module


def softmax(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("classification/softmax.py")
    z, g = draw(4), draw(4)
    symbols = {"z": z, "g": g}
    return {
        "softmax": Case(code.softmax(z), {"z": z}),
        "jacobian": Case(code.jacobian(z), {"z": z}, derivative(code.softmax, z).T),
        "backward": Case(
            code.backward(z, g), symbols, derivative(lambda t: g @ code.softmax(t), z)
        ),
        "hessian": Case(code.hessian(z, g), symbols, derivative(lambda t: code.backward(t, g), z)),
    }


def log_sum_exp(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("classification/log_sum_exp.py")
    z = draw(4)
    return {
        "value": Case(code.value(z), {"z": z}),
        "gradient": Case(code.gradient(z), {"z": z}, derivative(code.value, z)),
        "hessian": Case(code.hessian(z), {"z": z}, derivative(code.gradient, z)),
    }


def logistic_regression(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("classification/logistic_regression.py")
    X, w = draw(5, 3), draw(3)
    y = np.array([0, 1, 1, 0, 1])
    symbols = {"X": X, "y": y, "w": w}
    return {
        "loss": Case(code.loss(X, y, w), symbols),
        "gradient": Case(
            code.gradient(X, y, w), symbols, derivative(lambda v: code.loss(X, y, v), w)
        ),
        "hessian": Case(
            code.hessian(X, w), symbols, derivative(lambda v: code.gradient(X, y, v), w)
        ),
    }


def logistic_signs(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("classification/logistic_signs.py")
    X, w = draw(5, 3), draw(3)
    y = np.array([-1, 1, 1, -1, 1])
    symbols = {"X": X, "y": y, "w": w}
    penalty = 0.7
    return {
        "loss": Case(code.loss(X, y, w), symbols),
        "gradient": Case(
            code.gradient(X, y, w), symbols, derivative(lambda v: code.loss(X, y, v), w)
        ),
        "hessian": Case(
            code.hessian(X, w), symbols, derivative(lambda v: code.gradient(X, y, v), w)
        ),
        "penalised_gradient": Case(
            code.penalised_gradient(X, y, w, penalty),
            {**symbols, r"\lambda": np.array(penalty)},
            derivative(lambda v: code.loss(X, y, v) / 5 + penalty / 2 * (v @ v), w),
        ),
    }


def newton(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("classification/newton.py")
    X, w = draw(5, 3), draw(3)
    y = np.array([0, 1, 1, 0, 1])
    symbols = {"X": X, "y": y, "w": w}
    return {
        "step": Case(code.step(X, y, w), symbols),
        "response": Case(code.response(X, y, w), symbols),
        "fit": Case(code.fit(X, y, w), symbols),
    }


def cross_entropy(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("classification/cross_entropy.py")
    z, y, a = draw(4), np.abs(draw(4)), np.abs(draw(4))
    y /= np.sum(y)
    part, temperature = 0.1, np.array(1.7)
    symbols = {"z": z, "y": y}
    hot = {**symbols, r"\tau": temperature}

    def log_softmax(t: Array) -> Array:
        return t - np.log(np.sum(np.exp(t)))

    def smooth(t: Array) -> Array:
        return -((1 - part) * y + part / 4) @ log_softmax(t)

    return {
        "loss": Case(code.loss(z, y), symbols),
        "gradient": Case(code.gradient(z, y), symbols, derivative(lambda t: code.loss(t, y), z)),
        "hessian": Case(code.hessian(z), symbols, derivative(lambda t: code.gradient(t, y), z)),
        "smooth_gradient": Case(
            code.smooth_gradient(z, y, part),
            {**symbols, r"\varepsilon": np.array(part)},
            derivative(smooth, z),
        ),
        "temperature_gradient": Case(
            code.temperature_gradient(z, y, temperature),
            hot,
            derivative(lambda t: code.loss(t / temperature, y), z),
        ),
        "temperature": Case(
            code.temperature(z, y, temperature),
            hot,
            derivative(lambda t: code.loss(z / t, y), temperature),
        ),
        "weighted_gradient": Case(
            code.weighted_gradient(z, y, a),
            {**symbols, "a": a},
            derivative(lambda t: -(a * y) @ log_softmax(t), z),
        ),
    }


def multi_class(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("classification/multi_class.py")
    X, W, V = draw(5, 3), draw(3, 4), draw(3, 4)
    Y = np.abs(draw(5, 4))
    Y /= Y.sum(axis=1, keepdims=True)
    symbols = {"X": X, "Y": Y, "W": W}
    return {
        "probabilities": Case(code.probabilities(X, W), {"X": X, "W": W}),
        "loss": Case(code.loss(X, Y, W), symbols),
        "gradient": Case(
            code.gradient(X, Y, W), symbols, derivative(lambda at: code.loss(X, Y, at), W)
        ),
        "hessian_product": Case(
            code.hessian_product(X, W, V),
            {"X": X, "W": W, "V": V},
            derivative(lambda t: code.gradient(X, Y, W + t * V), np.array(0.0)),
        ),
    }
