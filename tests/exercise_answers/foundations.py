"""The answers to the exercises of the foundations."""

from __future__ import annotations

from tests.exercise_answers import Answers

ANSWERS: dict[str, Answers] = {
    "A quadratic form around a centre": Answers(
        (r"A (x - c) + A^\top (x - c)", r"A x + A^\top x - (A + A^\top) c"),
        (r"2 A (x - c)", r"(A + A^\top) x", r"(A + A^\top) (c - x)"),
    ),
}
