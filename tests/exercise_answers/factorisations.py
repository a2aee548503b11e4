"""The answers to the exercises of the factorisations."""

from __future__ import annotations

from tests.exercise_answers import Answers

ANSWERS: dict[str, Answers] = {
    "A factorisation with a matrix in the middle": Answers(
        (r"-2 U^\top (M - U H V^\top) V", r"2 U^\top (U H V^\top - M) V"),
        (r"2 U^\top D V", r"-2 V^\top D^\top U", r"-U^\top D V", r"-2 U D V^\top"),
    ),
    "A quotient of two quadratic forms": Answers(
        (
            r"\frac{2 B x}{x^\top T x} - \frac{2 (x^\top B x) T x}{(x^\top T x)^2}",
            r"\frac{2}{x^\top T x} (B - r T) x",
        ),
        (
            r"\frac{2}{x^\top T x} (B x - r x)",
            r"\frac{2}{x^\top T x} (B x - T x)",
            r"\frac{1}{x^\top T x} (B x - r T x)",
            r"\frac{2}{x^\top T x} (x^\top B - r x^\top T)",
        ),
    ),
    "The quotient by its matrix": Answers(
        (r"\frac{v v^\top}{\|v\|^2}", r"\frac{v v^\top}{v^\top v}"),
        (
            r"v v^\top",
            r"\frac{2}{v^\top v} v v^\top",
            r"\frac{1}{v^\top v} v^\top v",
            r"\frac{1}{v^\top v} \left( v v^\top - \rho I \right)",
        ),
    ),
    "The trace of a root of a product": Answers(
        (r"\left( X X^\top \right)^{+} X (X^\top X)^{1/2}", r"X (X^\top X)^{-1} (X^\top X)^{1/2}"),
        (
            r"\frac{1}{2} X (X^\top X)^{-1/2}",
            r"2 X (X^\top X)^{-1/2}",
            r"\frac{1}{2} (X^\top X)^{-1/2}",
            r"(X^\top X)^{-1/2} X^\top",
        ),
    ),
    "One solve after another": Answers(
        (
            r"-A^{-\top} \left( c v^\top + p u^\top \right)",
            r"-\left( v p^\top + u q^\top \right)^\top",
        ),
        (
            r"-p v^\top",
            r"p v^\top + q u^\top",
            r"-p u^\top - q v^\top",
            r"-v p^\top - u q^\top",
        ),
    ),
    "A penalty around another point": Answers(
        (
            r"P^{-1} c - P^{-1} b",
            r"(X^\top X + \lambda I)^{-1} (c - b)",
        ),
        (
            r"-P^{-1} b",
            r"P^{-1} (b - c)",
            r"P^{-1} c",
            r"(c - b)^\top P^{-1}",
        ),
    ),
}
