"""The functions of the factorisations."""
# ruff: noqa: N803, N806 (matrices have capital letters)

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.snippet_cases import Array, Case, columns, derivative, module


def matrix_factorisation(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("factorisations/matrix_factorisation.py")
    M, U, V, lam = draw(4, 5), draw(4, 3), draw(5, 3), np.exp(draw())
    W = np.asarray(draw(4, 5) > 0, dtype=float)
    symbols = {"M": M, "U": U, "V": V, r"\lambda": lam}
    masked = {"W": W, "M": M, "U": U, "V": V}

    def known(left: Array, right: Array) -> Array:
        return np.sum(W * (M - left @ right.T) ** 2)

    return {
        "loss": Case(code.loss(M, U, V, lam), symbols),
        "left_gradient": Case(
            code.left_gradient(M, U, V, lam),
            symbols,
            derivative(lambda z: code.loss(M, z, V, lam), U),
        ),
        "right_gradient": Case(
            code.right_gradient(M, U, V, lam),
            symbols,
            derivative(lambda z: code.loss(M, U, z, lam), V),
        ),
        "best_left": Case(code.best_left(M, V, lam), {"M": M, "V": V, r"\lambda": lam}),
        "masked_left": Case(
            code.masked_left(W, M, U, V), masked, derivative(lambda z: known(z, V), U)
        ),
        "masked_right": Case(
            code.masked_right(W, M, U, V), masked, derivative(lambda z: known(U, z), V)
        ),
    }


def principal_components(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("factorisations/principal_components.py")
    X, w, W = draw(6, 4), draw(4), draw(4, 2)
    symbols = {"X": X, "w": w}

    def explained(basis: Array) -> Array:
        Z = X - X.mean(axis=0)
        return np.trace(np.linalg.solve(basis.T @ basis, basis.T @ Z.T @ Z @ basis)) / len(X)

    return {
        "quotient": Case(code.quotient(X, w), symbols),
        "gradient": Case(
            code.gradient(X, w), symbols, derivative(lambda z: code.quotient(X, z), w)
        ),
        "hessian": Case(code.hessian(X, w), symbols, derivative(lambda z: code.gradient(X, z), w)),
        "trace_gradient": Case(
            code.trace_gradient(X, W), {"X": X, "W": W}, derivative(explained, W)
        ),
    }


def eigenvalue(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("factorisations/eigenvalue.py")
    t, a, b, c, B = np.asarray(0.1), np.arange(4.0), draw(4), draw(4), draw(4, 4) / 8
    U = np.linalg.qr(draw(4, 4))[0]
    symbols = {"t": t, "a": a, "b": b, "c": c, "B": B, "U": U}
    turn = B - B.T
    Q, values = U @ rotation(turn, t), a + t * b + t**2 * c
    moved = np.diag(b + 2 * t * c)
    bent = np.diag(2 * c)
    now = np.diag(values)

    def commutator(x: Array) -> Array:
        return turn @ x - x @ turn

    dA = Q @ (moved + commutator(now)) @ Q.T
    ddA = Q @ (bent + 2 * commutator(moved) + commutator(commutator(now))) @ Q.T
    return {
        "eigenvalues": Case(
            code.eigenvalues(Q, dA), symbols, derivative(lambda s: a + s * b + s**2 * c, t)
        ),
        "eigenvectors": Case(
            code.eigenvectors(values, Q, dA),
            symbols,
            derivative(lambda s: (U @ rotation(turn, s)).T, t),
        ),
        "bending": Case(
            code.bending(values, Q, dA, ddA), symbols, derivative(lambda s: b + 2 * s * c, t)
        ),
    }


def rotation(turn: Array, time: Array) -> Array:
    """The exponential of an antisymmetric matrix times the time, which may be complex."""
    total = term = np.eye(len(turn))
    for power in range(1, 60):
        term = term @ turn * time / power
        total = total + term
    return total


def matrix_square_root(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("factorisations/matrix_square_root.py")
    B, C = draw(3, 3), draw(3, 3)
    A = B @ B.T + np.eye(3)
    symbols = {"A": A}
    stacked = derivative(lambda z: columns(square_root(z.reshape(3, 3, order="F"))), columns(A))
    return {
        "root": Case(code.root(A), symbols),
        "jacobian": Case(code.jacobian(A), symbols, stacked),
        "trace_gradient": Case(
            code.trace_gradient(A), symbols, derivative(lambda z: np.trace(square_root(z)), A)
        ),
        "backward": Case(
            code.backward(A, C),
            {"A": A, "C": C},
            columns(derivative(lambda z: np.sum(C * square_root(z)), A)),
        ),
    }


def square_root(matrix: Array) -> Array:
    """The principal root by Newton's iteration in two variables; the entries may be complex."""
    root, inverse = matrix, np.eye(len(matrix))
    for _ in range(30):
        root, inverse = (
            (root + np.linalg.inv(inverse)) / 2,
            (inverse + np.linalg.inv(root)) / 2,
        )
    return root


def linear_solve(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("factorisations/linear_solve.py")
    A, b, g, H = draw(4, 4), draw(4), draw(4), draw(4, 4)
    B, G = draw(4, 2), draw(4, 2)
    symbols = {"A": A, "b": b, "g": g}

    def loss(A: Array, b: Array) -> Array:
        return g @ np.linalg.solve(A, b)

    return {
        "gradient_right_side": Case(
            code.gradient_right_side(A, g), symbols, derivative(lambda c: loss(A, c), b)
        ),
        "gradient_matrix": Case(
            code.gradient_matrix(A, b, g), symbols, derivative(lambda C: loss(C, b), A)
        ),
        "gradient_several": Case(
            code.gradient_several(A, B, G),
            {"A": A, "B": B, "G": G},
            derivative(lambda C: np.sum(G * np.linalg.solve(C, B)), A),
        ),
        "along": Case(
            code.along(A, b, g, H),
            symbols | {"H": H},
            derivative(lambda t: loss(A + t * H, b), np.array(0.0)),
        ),
    }


def implicit_minimiser(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("factorisations/implicit_minimiser.py")
    X, y, Z, t, v = draw(5, 3), draw(5), draw(4, 3), draw(4), np.exp(draw(5))
    lam = np.array(0.7)
    symbols = {"X": X, "y": y, r"\lambda": lam}
    other = symbols | {"Z": Z, "t": t}

    def fit(lam: Array) -> Array:
        return code.minimiser(X, y, lam)

    def least(lam: Array) -> Array:
        w = fit(lam)
        return (np.sum((X @ w - y) ** 2) + lam * (w @ w)) / 2

    def error(X: Array, lam: Array) -> Array:
        return np.sum((Z @ code.minimiser(X, y, lam) - t) ** 2) / 2

    def weighted(v: Array) -> Array:
        return np.linalg.solve(X.T @ (v[:, None] * X) + lam * np.eye(3), X.T @ (v * y))

    return {
        "minimiser": Case(fit(lam), symbols),
        "derivative": Case(code.derivative(X, y, lam), symbols, derivative(fit, lam)),
        "envelope": Case(code.envelope(X, y, lam), symbols, derivative(least, lam)),
        "validation": Case(
            code.validation(X, y, lam, Z, t), other, derivative(lambda p: error(X, p), lam)
        ),
        "data": Case(code.data(X, y, lam, Z, t), other, derivative(lambda C: error(C, lam), X)),
        "influence": Case(
            code.influence(X, y, lam, v), symbols | {"v": v}, derivative(weighted, v)
        ),
    }
