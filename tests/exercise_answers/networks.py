"""The answers to the exercises of the networks."""

from __future__ import annotations

from tests.exercise_answers import Answers

ANSWERS: dict[str, Answers] = {
    "Weights with one row for each unit": Answers(
        (r"(X^\top G)^\top", r"\left( G^\top X \right)"),
        (r"X^\top G", r"\frac{1}{n} G^\top X", r"-G^\top X"),
    ),
    "One hidden layer and one output": Answers(
        (
            r"\left( v - v \odot z \odot z \right) x^\top",
            r"\operatorname{diag}(v) (\mathbf{1} - z \odot z) x^\top",
        ),
        (
            r"v x^\top",
            r"\left( v \odot z \right) x^\top",
            r"x \left( v \odot \left( \mathbf{1} - z \odot z \right) \right)^\top",
        ),
    ),
    "Centring alone": Answers(
        (
            r"a - \frac{1}{n} \mathbf{1} \mathbf{1}^\top a",
            r"\left( I - \frac{1}{n} \mathbf{1} \mathbf{1}^\top \right) a",
        ),
        (r"a", r"a - \mathbf{1}^\top a \mathbf{1}", r"a - \frac{1}{n} a", r"a^\top"),
    ),
    "Divided by the sum": Answers(
        (
            r"\frac{a}{\mathbf{1}^\top x} - \frac{a^\top x}{(\mathbf{1}^\top x)^2} \mathbf{1}",
            r"\frac{1}{\mathbf{1}^\top x} \left( I - \mathbf{1} w^\top \right) a",
        ),
        (
            r"\frac{a}{\mathbf{1}^\top x}",
            r"\frac{1}{\mathbf{1}^\top x} \left( a - w^\top a w \right)",
            r"\frac{1}{\mathbf{1}^\top x} \left( I - w \mathbf{1}^\top \right) a",
        ),
    ),
    "A moving difference": Answers(
        (r"D^\top f", r"(-f_1, f_1 - f_2, f_2 - f_3, f_3)^\top"),
        (
            r"\begin{bmatrix} f_1 \\ f_2 - f_1 \\ f_3 - f_2 \\ -f_3 \end{bmatrix}",
            r"\begin{bmatrix} f_2 - f_1 \\ f_3 - f_2 \\ -f_3 \end{bmatrix}",
            r"D f",
        ),
    ),
    "A linear block of rank one": Answers(
        (r"f + w u^\top f", r"\left( I + w u^\top \right) f"),
        (r"f + (w^\top f) u", r"(u^\top f) w", r"f^\top + (u^\top f) w^\top"),
    ),
    "Two linear steps with the same matrix": Answers(
        (r"w v^\top A^\top + A^\top w v^\top", r"w (A v)^\top + (v w^\top A)^\top"),
        (
            r"w (A v)^\top",
            r"2 w (A v)^\top",
            r"A v w^\top + v (A^\top w)^\top",
            r"w (A v)^\top + A w v^\top",
        ),
    ),
    "A swish with a slope": Answers(
        (
            r"\frac{1 + (1 + k x) e^{-k x}}{(1 + e^{-k x})^2}",
            r"\frac{1}{1 + e^{-k x}} \left( 1 + \frac{k x}{1 + e^{k x}} \right)",
        ),
        (
            r"\frac{1}{1 + e^{-k x}} + \frac{x e^{-k x}}{(1 + e^{-k x})^2}",
            r"\frac{1}{1 + e^{-k x}} - \frac{k x e^{-k x}}{(1 + e^{-k x})^2}",
            r"\frac{k x e^{-k x}}{(1 + e^{-k x})^2}",
        ),
    ),
    "What two steps leave of a weight": Answers(
        (
            r"1 - 2 \eta \lambda + \eta^2 \lambda^2 - \eta \mu \lambda",
            r"(1 - \eta \lambda)^2 - \lambda \eta \mu",
        ),
        (
            r"(1 - \eta \lambda)^2",
            r"(1 - \eta \lambda)^2 + \eta \mu \lambda",
            r"(1 - \eta \lambda)^2 - \mu \lambda",
            r"\left( (1 - \eta \lambda)^2 - \eta \mu \lambda \right) r_0",
        ),
    ),
    "A score for each row": Answers(
        (
            r"F^\top \left( \operatorname{diag}(z) - z z^\top \right) a",
            r"F^\top (z \odot a) - (a^\top z) F^\top z",
        ),
        (
            r"F^\top (z \odot a)",
            r"F^\top \left( z \odot (\mathbf{1} - z) \odot a \right)",
            r"F \left( z \odot \left( a - (a^\top z) \mathbf{1} \right) \right)",
        ),
    ),
    "Two linear layers before a loss": Answers(
        (r"(x c^\top B)^\top", r"(B^\top c) x^\top"),
        (r"B c x^\top", r"x c^\top B", r"B^\top x c^\top"),
    ),
}
