"""The answers to the exercises of the linear models."""

from __future__ import annotations

from tests.exercise_answers import Answers

ANSWERS: dict[str, Answers] = {
    "Ridge towards a guess": Answers(
        (
            r"2 (X^\top X + \lambda I) \theta - 2 X^\top y - 2 \lambda c",
            r"2 (X^\top (X \theta - y) + \lambda (\theta - c))",
        ),
        (
            r"2 X^\top (X \theta - y) + 2 \lambda \theta",
            r"2 X^\top (X \theta - y) + \lambda (\theta - c)",
            r"2 X (X \theta - y) + 2 \lambda (\theta - c)",
        ),
    ),
    "A weighted error by the data": Answers(
        (
            r"2 W X \theta \theta^\top - 2 W y \theta^\top",
            r"(W + W^\top) (X \theta - y) \theta^\top",
        ),
        (
            r"W (X \theta - y) \theta^\top",
            r"2 (X \theta - y) \theta^\top",
            r"2 \theta (X \theta - y)^\top W",
        ),
    ),
    "The length of the predictions": Answers(
        (r"2 (H y)^\top", r"2 y^\top X (X^\top X)^{-1} X^\top"),
        (r"2 H y", r"y^\top H", r"2 y^\top"),
    ),
    "The variance of some numbers": Answers(
        (
            r"\frac{2}{m} \left( x - \frac{1}{m} \mathbf{1} \mathbf{1}^\top x \right)",
            r"\frac{2}{m} x - \frac{2 \mu}{m} \mathbf{1}",
        ),
        (
            r"\frac{2}{m} x",
            r"2 (x - \mu \mathbf{1})",
            r"\frac{2}{m} (x - \mu)",
            r"\frac{2}{m} \left( 1 - \frac{1}{m} \right) (x - \mu \mathbf{1})",
        ),
    ),
    "Climbing the dual": Answers(
        (r"y - K \alpha - \lambda \alpha", r"-((K + \lambda I) \alpha - y)"),
        (
            r"y - K \alpha",
            r"(K + \lambda I) \alpha - y",
            r"y - \frac{1}{2} (K + \lambda I) \alpha",
            r"y - (K + \lambda) \alpha",
        ),
    ),
    "The squared distance to a plane": Answers(
        (
            r"\frac{2}{\|a\|^2} (a a^\top w - t a)",
            r"2 a \frac{a^\top w - t}{a^\top a}",
        ),
        (
            r"\frac{2 (a^\top w - t)}{a^\top a}",
            r"\frac{a^\top w - t}{a^\top a} a",
            r"\frac{2 (t - a^\top w)}{a^\top a} a",
            r"2 (a^\top w - t) a",
        ),
    ),
    "A robust mean": Answers(
        (
            r"-\sum_{i=1}^{m} \frac{\delta (x_i - \mu)}{\sqrt{\delta^2 + (x_i - \mu)^2}}",
            r"\sum_{i=1}^{m} \frac{\mu - x_i}{\sqrt{1 + (x_i - \mu)^2 / \delta^2}}",
        ),
        (
            r"\delta \sum_{i=1}^{m} \frac{x_i - \mu}{\sqrt{\delta^2 + (x_i - \mu)^2}}",
            r"\sum_{i=1}^{m} \frac{\mu - x_i}{\sqrt{\delta^2 + (x_i - \mu)^2}}",
            r"\delta \sum_{i=1}^{m} \frac{1}{2 \sqrt{\delta^2 + (x_i - \mu)^2}}",
        ),
    ),
    "A step in any direction": Answers(
        (r"(A x - b)^\top p + t p^\top A p", r"p^\top A x + t p^\top A p - b^\top p"),
        (
            r"p^\top (A x - b)",
            r"A (x + t p) - b",
            r"-p^\top (A (x + t p) - b)",
            r"p^\top A (x + t p)",
        ),
    ),
}
