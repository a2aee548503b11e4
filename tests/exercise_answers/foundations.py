"""The answers to the exercises of the foundations."""

from __future__ import annotations

from tests.exercise_answers import Answers

ANSWERS: dict[str, Answers] = {
    "A quadratic form around a centre": Answers(
        (r"A (x - c) + A^\top (x - c)", r"A x + A^\top x - (A + A^\top) c"),
        (r"2 A (x - c)", r"(A + A^\top) x", r"(A + A^\top) (c - x)"),
    ),
    "The quotient of two quadratic forms": Answers(
        (
            r"\frac{2 S x}{x^\top x} - \frac{2 x^\top S x}{(x^\top x)^2} x",
            r"2 (S - \rho I) x / \|x\|^2",
        ),
        (
            r"\frac{2}{x^\top x} S x",
            r"\frac{2}{x^\top x} (\rho x - S x)",
            r"\frac{1}{x^\top x} (S x - \rho x)",
        ),
    ),
    "The logarithm of a squared distance": Answers(
        (
            r"\frac{2}{1 + \|D x - b\|^2} (D^\top D x - D^\top b)",
            r"2 e^{-\ell} D^\top (D x - b)",
        ),
        (
            r"2 D^\top (D x - b)",
            r"\frac{D^\top (D x - b)}{1 + \|D x - b\|^2}",
            r"\frac{2 D (D x - b)}{1 + \|D x - b\|^2}",
        ),
    ),
    "The length of a solution": Answers(
        (
            r"-2 A^{-\top} A^{-1} c (A^{-1} c)^\top",
            r"-2 (A A^\top)^{-1} c \, (A^{-1} c)^\top",
        ),
        (
            r"2 A^{-\top} A^{-1} c \, c^\top A^{-\top}",
            r"-2 A^{-1} A^{-1} c \, c^\top A^{-1}",
            r"-A^{-\top} A^{-1} c \, c^\top A^{-\top}",
        ),
    ),
    "The capacity of a channel": Answers(
        (r"2 B (I + B^\top B)^{-1}", r"2 (I + B B^\top)^{-\top} B"),
        (
            r"(I + B B^\top)^{-1} B",
            r"2 B^\top (I + B B^\top)^{-1}",
            r"2 (I + B B^\top) B",
        ),
    ),
    "A squared distance between products": Answers(
        (
            r"2 H^\top H W - 2 H^\top Y",
            r"2 \left( (H W - Y)^\top H \right)^\top",
        ),
        (
            r"2 H (H W - Y)",
            r"H^\top (H W - Y)",
            r"2 (H W - Y)^\top H",
        ),
    ),
    "A matrix on both sides of a weight": Answers(
        (r"X B H + H B X",),
        (r"2 X B H", r"H B X", r"H B X + X B H + H B H", r"B H X + X B H"),
    ),
    "A penalty for columns that are not orthogonal": Answers(
        (r"4 W W^\top W - 4 W", r"4 (W W^\top - I) W"),
        (
            r"2 W (W^\top W - I)",
            r"4 (W^\top W - I) W",
            r"4 W^\top (W^\top W - I)",
            r"4 W (W^\top W + I)",
        ),
    ),
    "The fourth power of a length": Answers(
        (r"4 a^\top a I + 8 a a^\top", r"4 (\lVert a \rVert^2 I + 2 a a^\top)"),
        (
            r"12 \lVert a \rVert^2 I",
            r"4 \lVert a \rVert^2 I",
            r"4 \lVert a \rVert^2 I + 4 a a^\top",
            r"4 \lVert a \rVert^2 + 8 a a^\top",
        ),
    ),
    "The Jacobian of a linear layer by its weights": Answers(
        (r"I \otimes H", r"(I_k \otimes H^\top)^\top"),
        (r"H \otimes I_k", r"H^\top \otimes I_k", r"I_k \otimes H^\top", r"I_n \otimes H"),
    ),
    "A linear map, gated": Answers(
        (r"(g \mathbf{1}^\top) \odot W",),
        (
            r"W^\top \operatorname{diag}(g)",
            r"W \operatorname{diag}(g)",
            r"g \odot W",
            r"W",
        ),
    ),
    "A sum of sines": Answers(
        (
            r"\left( \cos(W x)^\top W \right)^\top",
            r"W^\top \operatorname{diag}(\cos(W x)) \mathbf{1}",
        ),
        (r"\cos(W x)", r"W \cos(W x)", r"-W^\top \cos(W x)", r"W^\top \sin(W x)"),
    ),
    "A row from another book": Answers(
        (
            r"\left( 2 (A x - y)^\top A \right)^\top",
            r"2 A^\top A x - 2 A^\top y",
        ),
        (
            r"2 (A x - y)^\top A",
            r"2 A (A x - y)",
            r"A^\top (A x - y)",
        ),
    ),
    "The squared norm of a symmetric part": Answers(
        (r"2 W", r"W + W^\top"),
        (r"2 K", r"\frac{1}{2} (K + K^\top)", r"2 (K + K^\top)", r"K - K^\top"),
    ),
    "A quadratic form along a line": Answers(
        (
            r"u^\top B (a + \tau u) + (a + \tau u)^\top B u",
            r"u^\top (B + B^\top) a + 2 \tau u^\top B u",
        ),
        (
            r"2 u^\top B (a + \tau u)",
            r"u^\top (B + B^\top) a",
            r"(B + B^\top) (a + \tau u)",
        ),
    ),
    "Walks of two steps": Answers(
        (r"u u^\top B^\top + B^\top u u^\top", r"(B u u^\top + u u^\top B)^\top"),
        (
            r"2 B^\top u u^\top",
            r"B u u^\top + u u^\top B",
            r"u u^\top B^\top",
            r"2 B u",
        ),
    ),
}
