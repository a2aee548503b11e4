"""The answers to the exercises of the pages on Gaussians."""

from __future__ import annotations

from tests.exercise_answers import Answers

ANSWERS: dict[str, Answers] = {
    "A multiple of the identity, and one direction": Answers(
        (
            r"\frac{1}{a} I_n - \frac{b}{a (a + b u^\top u)} u u^\top",
            r"\frac{1}{a} I_n - \frac{b u u^\top}{a^2 + a b \|u\|^2}",
        ),
        (
            r"\frac{1}{a} \left( I_n + \frac{b}{a + b u^\top u} u u^\top \right)",
            r"\frac{1}{a} I_n - \frac{b}{a + b u^\top u} u u^\top",
            r"\frac{1}{a} I_n - \frac{b}{1 + b u^\top u} u u^\top",
            r"\frac{1}{a} \left( I_n - \frac{b}{a + b u u^\top} u^\top u \right)",
        ),
    ),
    "Instances with weights": Answers(
        (
            r"\sum_{i=1}^{n} w_i \Lambda (x_i - \mu)",
            r"\Lambda \left( \sum_{i=1}^{n} w_i x_i - \mu \sum_{i=1}^{n} w_i \right)",
        ),
        (
            r"-\Lambda \sum_{i=1}^{n} w_i (x_i - \mu)",
            r"2 \Lambda \sum_{i=1}^{n} w_i (x_i - \mu)",
            r"\Lambda \sum_{i=1}^{n} (x_i - \mu)",
            r"\sum_{i=1}^{n} w_i (x_i - \mu)^\top \Lambda",
        ),
    ),
    "A prior and a measurement": Answers(
        (
            r"2 \left( A^{-1} + W^\top N^{-1} W \right) x - 2 A^{-1} \mu - 2 W^\top N^{-1} y",
            r"2 A^{-1} (x - \mu) + 2 W^\top N^{-1} (W x - y)",
        ),
        (
            r"2 A^{-1} (x - \mu) + 2 W^\top N^{-1} (y - W x)",
            r"2 A^{-1} (x - \mu) - 2 N^{-1} (y - W x)",
            r"A^{-1} (x - \mu) - W^\top N^{-1} (y - W x)",
            r"2 A^{-1} (x - \mu) - 2 W N^{-1} (y - W x)",
        ),
    ),
    "One covariance is a multiple of the other": Answers(
        (r"\frac{p}{2} - \frac{p}{2 \alpha}", r"\frac{p (\alpha - 1)}{2 \alpha}"),
        (
            r"\frac{1}{2} \left( 1 - \frac{1}{\alpha} \right)",
            r"\frac{p}{2} \left( 1 + \frac{1}{\alpha} \right)",
            r"\frac{p}{2} - \frac{1}{2 \alpha}",
        ),
    ),
    "A variance of noise for each target": Answers(
        (
            r"\frac{1}{2} z_i^2 - \frac{1}{2} [M^{-1}]_{ii}",
            r"\frac{1}{2} [z z^\top - M^{-1}]_{ii}",
        ),
        (
            r"\frac{1}{2} \left( [M^{-1}]_{ii} - z_i^2 \right)",
            r"\frac{1}{2} \left( y_i^2 - [M^{-1}]_{ii} \right)",
            r"z_i^2 - [M^{-1}]_{ii}",
            r"\frac{1}{2} \left( z_i^2 - \frac{1}{M_{ii}} \right)",
        ),
    ),
}
