"""The answers to the page of exercises."""

from __future__ import annotations

from tests.exercise_answers import Answers

ANSWERS: dict[str, Answers] = {
    "A square inside a sine": Answers(
        (r"\cos(x^2) \cdot 2x", r"= 2x \cos(x^2)"),
        (r"\cos(x^2)", r"2x \sin(x^2)", r"\cos(2x)"),
    ),
    "A power and a decay": Answers(
        (r"2t e^{-at} - a t^2 e^{-at}", "2t e^{-at} + t^2 (-a) e^{-at}\n= t(2 - at) e^{-at}"),
        (r"2t e^{-at}", r"-2at e^{-at}", r"(2t + a t^2) e^{-at}"),
    ),
    "The logistic function": Answers(
        (
            r"\frac{e^{-z}}{(1 + e^{-z})^2}",
            "\\frac{e^{-z}}{(1 + e^{-z})^2}\n= \\sigma(z) (1 - \\sigma(z))",
        ),
        (r"\sigma(z)", r"-\frac{e^{-z}}{(1 + e^{-z})^2}", r"1 - \sigma(z)^2"),
    ),
    "One example, one weight": Answers(
        (r"w x^2 + bx - xy",), (r"(wx + b - y) w", r"(wx + b - y)", r"(y - wx - b) x")
    ),
    "Two routes to the same end": Answers(
        (r"2x v + (u + 2v) \cos x", r"2x \sin x + (x^2 + 2 \sin x) \cos x"),
        (r"2x v", r"2x \cos x + 2 \sin x \cos x"),
    ),
    "An inner product": Answers((r"\nabla_x s = a",), (r"a^\top", r"x", r"a^\top x")),
    "A squared norm": Answers((r"2x - 2c",), (r"x - c", r"2(x - c)^\top", r"2\|x - c\|")),
    "A norm": Answers(
        (r"\frac{1}{\|x\|} x", r"x / \sqrt{x^\top x}"),
        (r"2x", r"\frac{x}{2\|x\|}", r"\frac{x}{\|x\|^2}"),
    ),
    "A quadratic form": Answers((r"Ax + A^\top x",), (r"2Ax", r"Ax", r"x^\top (A + A^\top)")),
    "A quadratic function": Answers(
        (r"\frac{1}{2} (Q + Q^\top) x - b",), (r"2Qx - b", r"Qx + b", r"Qx - b^\top")
    ),
    "A product of two inner products": Answers(
        (r"(a b^\top + b a^\top) x",), (r"a b^\top x", r"(a^\top x) (b^\top x)")
    ),
    "A quotient": Answers(
        (r"\frac{1}{\|x\|} \left( I - \frac{x x^\top}{\|x\|^2} \right) a",),
        (r"\frac{a}{\|x\|}", r"\frac{a}{\|x\|} + \frac{a^\top x}{\|x\|^3} x"),
    ),
    "A function of which nothing is known": Answers(
        (r"\nabla g(x) = A^\top \nabla f(Ax + b)",),
        (r"\nabla f(Ax + b)", r"A \nabla f(Ax + b)", r"A^\top \nabla f(A^\top x + b)"),
    ),
    "The squared error": Answers(
        (
            r"X^\top X \theta - X^\top y",
            ("e = X\\theta - y\ndL = e^\\top de\n= e^\\top X \\, d\\theta\n"
            "\\nabla_\\theta L = X^\\top e\n= X^\\top (X\\theta - y)"),
        ),
        (r"X^\top (y - X\theta)", r"2X^\top (X\theta - y)", r"X (X\theta - y)"),
    ),
    "One entry of the gradient": Answers(
        (r"\frac{2}{m} \sum_i X_{ij} e_i", r"\frac{2}{m} (X^\top e)_j"),
        (r"\frac{1}{m} \sum_i e_i X_{ij}", r"\frac{2}{m} \sum_i e_i X_{ji}"),
    ),
    "Weighted instances": Answers(
        (r"2X^\top (w \odot (X\theta - y))",),
        (r"2X^\top (X\theta - y)", r"X^\top \operatorname{diag}(w) (X\theta - y)"),
    ),
    "Ridge regression": Answers(
        (r"\left( \frac{1}{m} X^\top X + \lambda I \right) \theta - \frac{1}{m} X^\top y",),
        (
            r"\frac{1}{m} X^\top (X\theta - y) + 2\lambda\theta",
            r"\frac{1}{m} X^\top (X\theta - y + \lambda\theta)",
            r"\frac{1}{n} X^\top (X\theta - y) + \lambda\theta",
        ),
    ),
    "The curvature of ridge regression": Answers(
        (r"\lambda I_n + X^\top X",), (r"X^\top X", r"X^\top X + \lambda", r"X X^\top + \lambda I")
    ),
    "A trace": Answers((r"\nabla_X s = A^\top",), (r"A", r"I")),
    "A form with two vectors": Answers(
        (r"a \otimes b^\top",), (r"b a^\top", r"a^\top b", r"a \odot b")
    ),
    "A trace with the variable twice": Answers(
        (r"AX + A^\top X",), (r"2AX", r"X (A + A^\top)", r"AX")
    ),
    "Several responses": Answers(
        (r"X^\top X W - X^\top Y",), (r"(XW - Y) X^\top", r"2X^\top (XW - Y)", r"X^\top (Y - XW)")
    ),
    "The logarithm of a determinant": Answers(
        (r"X^{-\top}",), (r"\frac{1}{\det X}", r"X", r"\det(X) X^{-1}")
    ),
    "Through an inverse": Answers(
        (r"-(X^{-\top} a)(X^{-1} b)^\top",),
        (r"X^{-\top} a b^\top X^{-\top}", r"-X^{-1} a b^\top X^{-1}", r"-a b^\top X^{-2}"),
    ),
    "Logistic regression": Answers(
        (r"X^\top (\sigma(X\theta) - y)",),
        (r"X^\top (y - p)", r"X^\top (p \odot (\mathbf{1} - p))", r"\frac{1}{m} X^\top (p - y)"),
    ),
    "The curvature of logistic regression": Answers(
        (r"X^\top \operatorname{diag}(p) X - X^\top \operatorname{diag}(p \odot p) X",),
        (r"X^\top \operatorname{diag}(p) X", r"X^\top X"),
    ),
    "The Jacobian of softmax": Answers(
        (r"\operatorname{diag}(p(z)) (I - \mathbf{1} p(z)^\top)",),
        (r"\operatorname{diag}(p(z))", r"\operatorname{diag}(p(z)) - p(z)^\top p(z)"),
    ),
    "Cross entropy": Answers(
        (r"\operatorname{softmax}(z) - y",), (r"y - p", r"-y \oslash p", r"p")
    ),
    "Cross entropy, by the weights": Answers(
        (r"p x^\top - y x^\top",), (r"x (p - y)^\top", r"(y - p) x^\top", r"p - y")
    ),
    "One layer": Answers(
        (r"\operatorname{diag}(\mathbf{1} - \tanh(Wx + b) \odot \tanh(Wx + b)) W",),
        (r"\operatorname{diag}(h(x)) W", r"W \operatorname{diag}(\mathbf{1} - h(x) \odot h(x))"),
    ),
    "Two layers: the outer weights": Answers(
        (r"W_2 h h^\top - t h^\top",), (r"h (W_2 h - t)^\top", r"(t - W_2 h) h^\top", r"W_2 h - t")
    ),
    "Two layers: the inner weights": Answers(
        (
            r"\operatorname{diag}(\mathbf{1} - h \odot h) W_2^\top (W_2 h - t) x^\top",
            ("r = W_2 h - t\ns = (W_2^\\top r) \\odot (\\mathbf{1} - h \\odot h)\n"
            "\\nabla_{W_1} L = s x^\\top\n"
            "= \\left( (W_2^\\top (W_2 h - t)) \\odot (\\mathbf{1} - h \\odot h) \\right) x^\\top"),
        ),
        (r"W_2^\top (W_2 h - t) x^\top", r"(W_2^\top (W_2 h - t)) \odot (\mathbf{1} - h) x^\top"),
    ),
    "Two layers: any activation": Answers(
        (
            r"\left( v^\top \sigma(Wx) - t \right) \operatorname{diag}(\sigma'(Wx)) v x^\top",
        ),
        (
            r"\left( v^\top \sigma(Wx) - t \right) v x^\top",
            r"(v \odot \sigma'(Wx)) x^\top",
        ),
    ),
}  # fmt: skip
