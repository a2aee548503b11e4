"""The functions of the foundations."""
# ruff: noqa: N803, N806 (matrices have capital letters)

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.snippet_cases import Array, Case, columns, derivative, module


def quadratic_forms(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/quadratic_forms.py")
    A, x = draw(4, 4), draw(4)
    symbols = {"A": A, "x": x}
    return {
        "value": Case(code.value(A, x), symbols),
        "gradient": Case(code.gradient(A, x), symbols, derivative(lambda z: code.value(A, z), x)),
        "hessian": Case(code.hessian(A), symbols, derivative(lambda z: code.gradient(A, z), x)),
    }


def products(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/products.py")
    A, B, C, dA, dB, dC = (draw(*s) for s in ((5, 4), (4, 3), (3, 2)) * 2)
    U, V, x = draw(5, 4), draw(5, 4), draw(4)
    zero = np.zeros(())
    symbols = {"A": A, "B": B, r"\mathrm{d}A": dA, r"\mathrm{d}B": dB}
    return {
        "differential": Case(
            code.differential(A, B, dA, dB),
            symbols,
            derivative(lambda t: (A + t * dA) @ (B + t * dB), zero),
        ),
        "differential_of_three": Case(
            code.differential_of_three([A, B, C], [dA, dB, dC]),
            symbols | {"C": C, r"\mathrm{d}C": dC},
            derivative(lambda t: (A + t * dA) @ (B + t * dB) @ (C + t * dC), zero),
        ),
        "gradient_of_two_linear": Case(
            code.gradient_of_two_linear(U, V, x),
            {"U": U, "V": V, "x": x},
            derivative(lambda z: (U @ z) @ (V @ z), x),
        ),
    }


def chain_rule(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/chain_rule.py")
    B, C, x = draw(3, 4), draw(2, 3), draw(4)
    A, X, E, Y = draw(3, 4), draw(4, 2), draw(2, 5), draw(3, 5)
    return {
        "layer_jacobian": Case(
            code.layer_jacobian(B, C, x),
            {"B": B, "C": C, "x": x},
            derivative(lambda z: C @ np.tanh(B @ z), x).T,
        ),
        "sandwich_gradient": Case(
            code.sandwich_gradient(A, X, E, Y),
            {"A": A, "X": X, "E": E, "Y": Y},
            derivative(lambda z: np.sum((A @ z @ E - Y) ** 2) / 2, X),
        ),
    }


def inverse(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/inverse.py")
    X, H, a, b = draw(3, 3), draw(3, 3), draw(3), draw(3)
    A, B = draw(2, 3), draw(3, 2)
    symbols = {"X": X}
    inv = np.linalg.inv
    by_entries = derivative(inv, X)
    return {
        "differential": Case(
            code.differential(X, H),
            symbols | {r"\mathrm{d}X": H},
            np.einsum("ijkl,ij->kl", by_entries, H),
        ),
        "entries": Case(code.entries(X), symbols, by_entries),
        "vec_jacobian": Case(
            code.vec_jacobian(X),
            symbols,
            derivative(lambda v: columns(inv(v.reshape(3, 3, order="F"))), columns(X)).T,
        ),
        "gradient_bilinear": Case(
            code.gradient_bilinear(X, a, b),
            symbols | {"a": a, "b": b},
            derivative(lambda Z: a @ inv(Z) @ b, X),
        ),
        "gradient_trace": Case(
            code.gradient_trace(X, A, B),
            symbols | {"A": A, "B": B},
            derivative(lambda Z: np.trace(A @ inv(Z) @ B), X),
        ),
        "second": Case(
            code.second(X, H),
            symbols | {"H": H},
            derivative(lambda t: code.differential(X + t * H, H), np.array(0.0)),
        ),
    }


def determinant(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/determinant.py")
    X, H, Z, R = draw(3, 3), draw(3, 3), draw(4, 3), draw(4, 4)
    S = R @ R.T + np.eye(4)

    def log_det(M: Array) -> Array:
        d = np.linalg.det(M)
        return np.log(d * np.sign(np.real(d)))

    log_gradient = derivative(log_det, X)
    return {
        "gradient": Case(code.gradient(X), {"X": X}, derivative(np.linalg.det, X)),
        "log_gradient": Case(code.log_gradient(X), {"X": X}, log_gradient),
        "log_differential": Case(
            code.log_differential(X, H),
            {"X": X, r"\mathrm{d}X": H},
            np.sum(log_gradient * H),
        ),
        "gram_gradient": Case(
            code.gram_gradient(Z, S),
            {"Z": Z, "S": S},
            derivative(lambda Y: log_det(Y.T @ S @ Y), Z),
        ),
        "log_second": Case(
            code.log_second(X, H),
            {"X": X, "H": H},
            derivative(lambda t: code.log_differential(X + t * H, H), np.array(0.0)),
        ),
    }


def trace(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/trace.py")
    A, X, B = draw(5, 4), draw(4, 3), draw(3, 5)
    C, Q, R = draw(4, 4), draw(3, 3) + 3 * np.eye(3), draw(3, 3)
    return {
        "gradient": Case(
            code.gradient(A, B),
            {"A": A, "X": X, "B": B},
            derivative(lambda z: np.trace(A @ z @ B), X),
        ),
        "quadratic_gradient": Case(
            code.quadratic_gradient(C, X, Q),
            {"C": C, "X": X, "Q": Q},
            derivative(lambda z: np.trace(z.T @ C @ z @ Q), X),
        ),
        "inverse_gradient": Case(
            code.inverse_gradient(Q, R),
            {"Q": Q, "R": R},
            derivative(lambda z: np.trace(R @ np.linalg.inv(z)), Q),
        ),
    }


def best_linear_map(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/best_linear_map.py")
    x = draw(4)
    return {
        "stretch_jacobian": Case(
            code.stretch_jacobian(x), {"x": x}, derivative(lambda z: (z @ z) * z, x).T
        ),
        "squared_length_gradient": Case(
            code.squared_length_gradient(x), {"x": x}, derivative(lambda z: z @ z, x)
        ),
    }


def norms(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/norms.py")
    x, a, R, p = draw(4), draw(4), draw(4, 4), 3.0
    X, P, Q, Y = draw(4, 3), draw(5, 4), draw(3, 2), draw(5, 2)
    S = R @ R.T + np.eye(4)

    def norm(v: Array) -> Array:
        return np.sqrt(v @ v)

    def p_norm(v: Array) -> Array:
        return np.sum((v * np.sign(np.real(v))) ** p) ** (1 / p)

    symbols = {"x": x, "a": a}
    return {
        "gradient": Case(code.gradient(x, a), symbols, derivative(lambda v: norm(v - a), x)),
        "squared_gradient": Case(
            code.squared_gradient(x, a), symbols, derivative(lambda v: (v - a) @ (v - a), x)
        ),
        "mahalanobis_gradient": Case(
            code.mahalanobis_gradient(x, a, S),
            symbols | {"S": S},
            derivative(lambda v: np.sqrt((v - a) @ S @ (v - a)), x),
        ),
        "hessian": Case(
            code.hessian(x, a), symbols, derivative(lambda v: (v - a) / norm(v - a), x)
        ),
        "direction_jacobian": Case(
            code.direction_jacobian(x), {"x": x}, derivative(lambda v: v / norm(v), x)
        ),
        "p_gradient": Case(
            code.p_gradient(x, p), {"x": x, "p": np.array(p)}, derivative(p_norm, x)
        ),
        "frobenius_gradient": Case(
            code.frobenius_gradient(X, P, Q, Y),
            {"X": X, "P": P, "Q": Q, "Y": Y},
            derivative(lambda Z: np.sum((P @ Z @ Q - Y) ** 2), X),
        ),
    }


def hessian(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/hessian.py")
    A, x, v = draw(5, 4), draw(4), draw(4)
    B, V, Y = draw(4, 3), draw(4, 3), draw(5, 3)

    def loss(z: Array) -> Array:
        return np.sum(np.log(1 + np.exp(A @ z)))

    symbols = {"A": A, "x": x}
    second = derivative(lambda z: code.gradient(A, z), x)
    return {
        "gradient": Case(code.gradient(A, x), symbols, derivative(loss, x)),
        "matrix": Case(code.matrix(A, x), symbols, second),
        "product": Case(code.product(A, x, v), symbols | {"v": v}, second @ v),
        "matrix_product": Case(
            code.matrix_product(A, V),
            {"A": A, r"\Theta": B, "Y": Y, "V": V},
            derivative(lambda Z: np.sum(V * (A.T @ (A @ Z - Y))), B),
        ),
    }


def vec_kronecker(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/vec_kronecker.py")
    A, X, B, D, E = draw(3, 4), draw(4, 2), draw(2, 3), draw(4, 2), draw(3, 4)
    moved = derivative(lambda z: columns(A @ z @ B), X)
    symbols = {"A": A, "X": X, "B": B}
    return {
        "product": Case(code.product(A, X, B), symbols),
        "jacobian": Case(
            code.jacobian(A, B), symbols, moved.transpose(1, 0, 2).reshape(X.size, -1).T
        ),
        "mixed_product": Case(code.mixed_product(A, B, D, E), symbols | {"D": D, "E": E}),
    }


def hadamard(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/hadamard.py")
    a, x = draw(4), draw(4)
    X, Y, G, dX, dY = (draw(3, 4) for _ in range(5))
    return {
        "jacobian": Case(code.jacobian(a), {"a": a, "x": x}, derivative(lambda z: a * z, x).T),
        "differential": Case(
            code.differential(X, Y, dX, dY),
            {"X": X, "Y": Y, r"\mathrm{d}X": dX, r"\mathrm{d}Y": dY},
        ),
        "gradient": Case(
            code.gradient(G, Y),
            {"X": X, "Y": Y, "G": G},
            derivative(lambda z: np.trace(G.T @ (z * Y)), X),
        ),
    }


def element_wise(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/element_wise.py")
    x, Z, G = draw(4), draw(3, 4), draw(3, 4)
    return {
        "tanh_jacobian": Case(code.tanh_jacobian(x), {"x": x}, derivative(np.tanh, x).T),
        "tanh_backward": Case(
            code.tanh_backward(G, Z),
            {"Z": Z, "G": G},
            derivative(lambda z: np.trace(G.T @ np.tanh(z)), Z),
        ),
    }


def layouts(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/layouts.py")
    A, x, k = draw(3, 4), draw(4), draw(3)
    return {
        "jacobian": Case(
            code.jacobian(A, x), {"A": A, "x": x}, derivative(lambda z: np.tanh(A @ z), x).T
        ),
        "gradient": Case(
            code.gradient(A, x, k),
            {"A": A, "x": x, "k": k},
            derivative(lambda z: k @ np.tanh(A @ z), x),
        ),
    }


def symmetric(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/symmetric.py")
    Z, B, L = draw(4, 4), draw(4, 4), draw(4, 4)
    S = code.matrix(Z)
    symbols = {"Z": Z, "M": np.tril(np.ones((4, 4)))}

    def log_det(M: Array) -> Array:
        d = np.linalg.det(M)
        return np.log(d * np.sign(np.real(d)))

    return {
        "matrix": Case(S, symbols),
        "tied": Case(
            code.tied(B),
            symbols | {"B": B},
            derivative(lambda Y: np.sum(B * code.matrix(Y)), Z),
        ),
        "tied_log_determinant": Case(
            code.tied_log_determinant(S),
            symbols,
            derivative(lambda Y: log_det(code.matrix(Y)), Z),
        ),
        "part": Case(
            code.part(B), {"Z": Z, "B": B}, derivative(lambda Y: np.sum(B * (Y + Y.T) / 2), Z)
        ),
        "factor": Case(
            code.factor(B, L),
            {"L": L, "B": B},
            derivative(lambda Y: np.sum(B * (Y @ Y.T)), L),
        ),
    }


def taylor(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/taylor.py")
    x, v, r, R = draw(4), draw(4), draw(4), draw(4, 4)
    H = R @ R.T + np.eye(4)
    return {
        "gradient": Case(code.gradient(x), {"x": x}, derivative(lambda z: np.sqrt(1 + z @ z), x)),
        "hessian": Case(code.hessian(x), {"x": x}, derivative(code.gradient, x)),
        "model": Case(code.model(x, v), {"x": x, "v": v}),
        "newton_step": Case(code.newton_step(r, H), {"r": r, "H": H}),
    }


def powers(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/powers.py")
    X, H, A, a, b, Z, k = draw(3, 3), draw(3, 3), draw(3, 3), draw(3), draw(3), draw(4, 3), 4

    def power(Y: Array) -> Array:
        return np.linalg.matrix_power(Y, k)

    c = draw(k)
    symbols = {"X": X, "c": c}
    return {
        "differential": Case(
            code.differential(X, H, k),
            symbols | {r"\mathrm{d}X": H},
            derivative(lambda t: power(X + t * H), np.array(0.0)),
        ),
        "trace_gradient": Case(
            code.trace_gradient(X, k), symbols, derivative(lambda Y: np.trace(power(Y)), X)
        ),
        "polynomial_gradient": Case(
            code.polynomial_gradient(X, c),
            symbols,
            derivative(
                lambda Y: sum(c[r] * np.trace(np.linalg.matrix_power(Y, r + 1)) for r in range(k)),
                X,
            ),
        ),
        "weighted_gradient": Case(
            code.weighted_gradient(X, A, k),
            symbols | {"A": A},
            derivative(lambda Y: np.trace(A @ power(Y)), X),
        ),
        "bilinear_gradient": Case(
            code.bilinear_gradient(X, a, b, k),
            symbols | {"a": a, "b": b},
            derivative(lambda Y: a @ power(Y) @ b, X),
        ),
        "second": Case(
            code.second(X, H),
            {"X": X, "H": H},
            derivative(lambda t: code.differential(X + t * H, H, 3), np.array(0.0)),
        ),
        "gram_gradient": Case(
            code.gram_gradient(Z, k),
            {"Z": Z, "c": c},
            derivative(lambda Y: np.trace(power(Y.T @ Y)), Z),
        ),
    }
