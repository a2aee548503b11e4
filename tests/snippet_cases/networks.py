"""The functions of the networks."""
# ruff: noqa: N803, N806 (matrices have capital letters)

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.snippet_cases import Array, Case, columns, derivative, module


def linear_layer(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("networks/linear_layer.py")
    X, W, b, G, T = draw(5, 3), draw(3, 2), draw(2), draw(5, 2), draw(5, 2)
    given = {"X": X, "W": W, "b": b}
    symbols = given | {"G": G}

    def loss(X: Array, W: Array, b: Array) -> Array:
        return np.sum(G * code.forward(X, W, b))

    def squared_error(W: Array) -> Array:
        return np.sum((code.forward(X, W, b) - T) ** 2) / 10

    return {
        "forward": Case(code.forward(X, W, b), given),
        "gradient_weights": Case(
            code.gradient_weights(X, G), symbols, derivative(lambda V: loss(X, V, b), W)
        ),
        "gradient_bias": Case(
            code.gradient_bias(G), symbols, derivative(lambda c: loss(X, W, c), b)
        ),
        "gradient_inputs": Case(
            code.gradient_inputs(G, W), symbols, derivative(lambda Z: loss(Z, W, b), X)
        ),
        "squared_error_weights": Case(
            code.squared_error_weights(X, W, b, T),
            symbols | {"T": T},
            derivative(squared_error, W),
        ),
        "jacobian_weights": Case(
            code.jacobian_weights(X, 2),
            symbols,
            derivative(lambda w: columns(X @ w.reshape(3, 2, order="F")), columns(W)),
        ),
        "jacobian_inputs": Case(
            code.jacobian_inputs(W, 5),
            symbols,
            derivative(lambda x: columns(x.reshape(5, 3, order="F") @ W), columns(X)),
        ),
    }


def two_layers(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("networks/two_layers.py")
    X, T, W, b = draw(5, 3), draw(5, 2), draw(3, 4), draw(4)
    V, c = draw(4, 2), draw(2)
    given = {"X": X, "W": W, "b": b, "V": V, "c": c}
    symbols = given | {"T": T}

    def loss(W: Array = W, b: Array = b, V: Array = V, c: Array = c) -> Array:
        return code.loss(code.forward(X, W, b, V, c), T)

    def behind(A: Array) -> Array:
        return code.loss(np.tanh(A) @ V + c, T)

    A = X @ W + b
    H, Y = np.tanh(A), code.forward(X, W, b, V, c)
    G = code.gradient_output(Y, T)
    D = code.gradient_hidden(G, V, H)
    return {
        "forward": Case(Y, given),
        "loss": Case(code.loss(Y, T), symbols),
        "gradient_output": Case(G, symbols, derivative(lambda Z: code.loss(Z, T), Y)),
        "gradient_hidden": Case(D, symbols, derivative(behind, A)),
        "last_weights": Case(code.last_weights(H, G), symbols, derivative(lambda U: loss(V=U), V)),
        "last_bias": Case(code.last_bias(G), symbols, derivative(lambda d: loss(c=d), c)),
        "first_weights": Case(
            code.first_weights(X, D), symbols, derivative(lambda U: loss(W=U), W)
        ),
        "first_bias": Case(code.first_bias(D), symbols, derivative(lambda d: loss(b=d), b)),
    }


def batch_normalisation(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("networks/batch_normalisation.py")
    x, g, X, G, c, d = draw(5), draw(5), draw(5, 3), draw(5, 3), draw(3), draw(3)
    gamma, beta, eps = 0.7, -0.4, 0.1
    z, s = code.normalise(x, eps), np.sqrt(x.var() + eps)
    given = {"x": x, r"\varepsilon": np.array(eps)}
    symbols = given | {r"\gamma": np.array(gamma), r"\beta": np.array(beta), "g": g}
    batch = {"X": X, "G": G, "c": c, "d": d, r"\varepsilon": np.array(eps)}

    def loss(x: Array = x, gamma: Array | float = gamma, beta: Array | float = beta) -> Array:
        return g @ (gamma * code.normalise(x, eps) + beta)

    def batch_loss(X: Array) -> Array:
        return np.sum(G * (np.stack([code.normalise(x, eps) for x in X.T], axis=1) * c + d))

    r = np.sqrt(X.var(axis=0) + eps)
    Z = (X - X.mean(axis=0)) / r
    return {
        "normalise": Case(z, given),
        "jacobian": Case(
            code.jacobian(z, s), given, derivative(lambda u: code.normalise(u, eps), x)
        ),
        "gradient": Case(code.gradient(z, s, gamma, g), symbols, derivative(loss, x)),
        "gradient_scale": Case(
            code.gradient_scale(z, g),
            symbols,
            derivative(lambda u: loss(gamma=u), np.array(gamma)),
        ),
        "gradient_shift": Case(
            code.gradient_shift(g), symbols, derivative(lambda u: loss(beta=u), np.array(beta))
        ),
        "batch_gradient": Case(code.batch_gradient(Z, r, c, G), batch, derivative(batch_loss, X)),
    }


def layer_normalisation(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("networks/layer_normalisation.py")
    x, g, gamma, beta, eps = draw(5), draw(5), draw(5), draw(5), 0.1
    X, G = draw(4, 5), draw(4, 5)
    s, h = np.sqrt(x.var() + eps), gamma * g
    z = (x - x.mean()) / s
    fixed = {r"\gamma": gamma, r"\varepsilon": np.array(eps)}
    given = fixed | {"x": x}
    symbols = given | {r"\beta": beta, "g": g}
    t = np.sqrt(X.var(axis=1) + eps)
    Z = (X - X.mean(axis=1, keepdims=True)) / t[:, None]

    def output(x: Array) -> Array:
        return code.forward(x, gamma, beta, eps)

    def rms(x: Array) -> Array:
        return x / np.sqrt(np.mean(x**2) + eps)

    def batch_loss(X: Array) -> Array:
        return sum(g @ output(x) for x, g in zip(X, G, strict=True))

    return {
        "forward": Case(output(x), given | {r"\beta": beta}),
        "gradient": Case(code.gradient(z, s, h), symbols, derivative(lambda u: g @ output(u), x)),
        "jacobian": Case(
            code.jacobian(z, s, gamma), given | {r"\beta": beta}, derivative(output, x).T
        ),
        "rms_jacobian": Case(
            code.rms_jacobian(x, eps),
            {k: given[k] for k in ("x", r"\varepsilon")},
            derivative(rms, x).T,
        ),
        "rms_gradient": Case(
            code.rms_gradient(x, eps, h), given | {"g": g}, derivative(lambda u: h @ rms(u), x)
        ),
        "batch_gradient": Case(
            code.batch_gradient(Z, t, G * gamma),
            fixed | {"X": X, "G": G, r"\beta": beta},
            derivative(batch_loss, X),
        ),
    }


def convolution(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("networks/convolution.py")
    x, w, g, W, b, G = draw(7), draw(3), draw(5), draw(3, 2), draw(2), draw(5, 2)
    symbols = {"x": x, "w": w, "g": g}

    def filtered(x: Array, w: Array) -> Array:
        return np.stack([x[i : i + 3] @ w for i in range(5)])

    return {
        "forward": Case(code.forward(x, w), symbols),
        "toeplitz": Case(code.toeplitz(w, 5), symbols),
        "windows": Case(code.windows(x, 3), symbols),
        "gradient_signal": Case(
            code.gradient_signal(w, g), symbols, derivative(lambda u: g @ filtered(u, w), x)
        ),
        "gradient_filter": Case(
            code.gradient_filter(x, g), symbols, derivative(lambda u: g @ filtered(x, u), w)
        ),
        "gradient_filters": Case(
            code.gradient_filters(x, G),
            {"x": x, "g": g, "W": W, "b": b, "G": G},
            derivative(lambda U: np.sum(G * filtered(x, U)), W),
        ),
    }


def residual(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("networks/residual.py")
    x, b, W, c, V, g = draw(4), draw(4), draw(3, 4), draw(3), draw(4, 3), draw(4)
    u, w, beta = draw(4), draw(4), draw()
    given = {"x": x, "b": b, "W": W, "c": c, "V": V}
    symbols = given | {"g": g}
    unit = {"x": x, "u": u, "w": w, r"\beta": beta}
    a = np.tanh(W @ x + c)

    def loss(x: Array = x, W: Array = W) -> Array:
        return g @ code.forward(x, W, c, V, b)

    return {
        "forward": Case(code.forward(x, W, c, V, b), given),
        "jacobian": Case(
            code.jacobian(a, W, V), given, derivative(lambda z: code.forward(z, W, c, V, b), x).T
        ),
        "gradient": Case(code.gradient(a, W, V, g), symbols, derivative(loss, x)),
        "gradient_weights": Case(
            code.gradient_weights(a, V, g, x), symbols, derivative(lambda U: loss(W=U), W)
        ),
        "unit_jacobian": Case(
            code.unit_jacobian(x, u, w, beta),
            unit,
            derivative(lambda z: z + np.tanh(w @ z + beta) * u, x).T,
        ),
        "unit_determinant": Case(
            code.unit_determinant(x, u, w, beta),
            unit,
            np.linalg.det(code.unit_jacobian(x, u, w, beta)),
        ),
    }


def recurrent_cell(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("networks/recurrent_cell.py")
    h0, x, W, U, b, g = draw(3), draw(3, 2), draw(3, 3), draw(3, 2), draw(3), draw(3, 3)
    given = {"h_0": h0, "W": W, "U": U, "b": b} | {f"x_{t + 1}": x[t] for t in range(3)}
    symbols = given | {f"g_{t + 1}": g[t] for t in range(3)}

    def states(
        h: Array = h0, W: Array = W, U: Array = U, b: Array = b, moved: Array | int = 0
    ) -> Array:
        found = []
        for t in range(3):
            h = code.state(h, x[t], W, U, b + moved[t] if isinstance(moved, np.ndarray) else b)
            found.append(h)
        return np.stack(found)

    def loss(**changed: Array) -> Array:
        return np.sum(g * states(**changed))

    h = states()
    third = code.last_delta(g[2], h[2])
    second = code.middle_delta(g[1], h[1], W, third)
    first = code.first_delta(g[0], h[0], W, second)
    deltas = np.stack([first, second, third])
    numerical = derivative(lambda e: loss(moved=e), np.zeros((3, 3)))
    return {
        "state": Case(code.state(h[1], x[2], W, U, b), given),
        "last_delta": Case(third, symbols, numerical[2]),
        "middle_delta": Case(second, symbols, numerical[1]),
        "first_delta": Case(first, symbols, numerical[0]),
        "gradient_state_weights": Case(
            code.gradient_state_weights(deltas, np.stack([h0, h[0], h[1]])),
            symbols,
            derivative(lambda V: loss(W=V), W),
        ),
        "gradient_input_weights": Case(
            code.gradient_input_weights(deltas, x), symbols, derivative(lambda V: loss(U=V), U)
        ),
        "gradient_bias": Case(
            code.gradient_bias(deltas), symbols, derivative(lambda c: loss(b=c), b)
        ),
        "jacobian": Case(code.jacobian(W, h), given, derivative(lambda s: states(h=s)[2], h0).T),
    }


def activations(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("networks/activations.py")
    z = np.asarray(draw())
    symbols = {"z": z}
    return {
        "sigmoid": Case(code.sigmoid(z), symbols),
        "sigmoid_slope": Case(code.sigmoid_slope(z), symbols, derivative(code.sigmoid, z)),
        "tanh_slope": Case(code.tanh_slope(z), symbols, derivative(np.tanh, z)),
        "softplus": Case(code.softplus(z), symbols),
        "softplus_slope": Case(
            code.softplus_slope(z), symbols, derivative(lambda y: np.log(1 + np.exp(y)), z)
        ),
        "gelu": Case(code.gelu(z), symbols),
        "gelu_slope": Case(code.gelu_slope(z), symbols, derivative(code.gelu, z)),
    }


def weight_decay(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("networks/weight_decay.py")
    w, g, h = draw(4), draw(4), draw(4)
    eta, lam, mu = 0.1, 0.3, 0.9
    symbols = {"w_0": w, "g_0": g, "g_1": h, r"\eta": eta, r"\lambda": lam, r"\mu": mu}
    return {
        "penalised": Case(code.penalised(w, [g, h], eta, lam, mu), symbols),
        "decayed": Case(code.decayed(w, [g, h], eta, lam, mu), symbols),
        "difference": Case(code.difference(w, eta, lam, mu), symbols),
    }


def attention(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("networks/attention.py")
    Q, K, V, G, q = draw(4, 3), draw(5, 3), draw(5, 2), draw(4, 2), draw(3)
    scores = {"Q": Q, "K": K}
    given = scores | {"V": V}
    symbols = given | {"G": G}
    S = Q @ K.T / np.sqrt(3)

    def softmax(S: Array) -> Array:
        return np.exp(S) / np.exp(S).sum(axis=-1, keepdims=True)

    def loss(Q: Array = Q, K: Array = K, V: Array = V) -> Array:
        return np.sum(G * (softmax(Q @ K.T / np.sqrt(3)) @ V))

    P = code.weights(Q, K)
    B = code.gradient_scores(P, V, G)
    return {
        "weights": Case(P, scores),
        "forward": Case(code.forward(P, V), given),
        "gradient_scores": Case(B, symbols, derivative(lambda T: np.sum(G * (softmax(T) @ V)), S)),
        "gradient_values": Case(
            code.gradient_values(P, G), symbols, derivative(lambda U: loss(V=U), V)
        ),
        "gradient_queries": Case(
            code.gradient_queries(B, K), symbols, derivative(lambda U: loss(Q=U), Q)
        ),
        "gradient_keys": Case(
            code.gradient_keys(B, Q), symbols, derivative(lambda U: loss(K=U), K)
        ),
        "query_jacobian": Case(
            code.query_jacobian(q, K, V),
            {"q": q, "K": K, "V": V},
            derivative(lambda u: softmax(K @ u / np.sqrt(3)) @ V, q),
        ),
    }


def many_layers(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("networks/many_layers.py")
    a, g = draw(3), draw(4)
    W, b = [draw(5, 3), draw(2, 5), draw(4, 2)], [draw(5), draw(2), draw(4)]
    symbols = {"a_0": a, "W_l": W, "b_l": b, "g": g}
    return {
        "loss": Case(code.loss(a, W, b, g), symbols),
        "gradient_input": Case(
            code.gradient_input(a, W, b, g), symbols, derivative(lambda u: code.loss(u, W, b, g), a)
        ),
    }
