"""Symbolic shapes, before any number: dimensions, inference under each layout, refusals."""

from __future__ import annotations

import pytest

from proofread.algebra.dimensions import ONE, Dim, Shape, Unifier, unknown
from proofread.latex.tokens import Span
from proofread.records import Layout
from proofread.shapes.bounds import reach
from proofread.shapes.found import IndexUse
from proofread.shapes.inference import Inference
from tests.engine import page, parse, refused

DECLARED = (
    r"X \in \mathbb{R}^{m \times n}",
    r"\theta, v, w \in \mathbb{R}^n",
    r"y \in \mathbb{R}^m",
    r"A, B \in \mathbb{R}^{n \times n}",
    r"W \in \mathbb{R}^{n \times k}",
    r"a \in \mathbb{R}",
    r"f : \mathbb{R}^n \to \mathbb{R}",
    r"g : \mathbb{R}^n \to \mathbb{R}^m",
    r"x^{(i)} \in \mathbb{R}^n, \quad i = 1, \dots, m",
    r"e = X\theta - y",
    r"L(\theta) = \|e\|^2",
)
PAGES = {layout: page(*DECLARED, layout=layout) for layout in ("mixed", "numerator", "denominator")}


def shape(latex: str, layout: Layout = "mixed") -> str:
    state = PAGES[layout]
    inference = Inference(state.table, layout)
    found = inference.shape(parse(state, latex))
    inference.finish()
    return str(inference.resolved(found))


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"X\theta", "m×1"),
        (r"X^\top X", "n×n"),
        (r"v^\top w", "scalar"),
        (r"v w^\top", "n×n"),
        (r"v^\top w\, X", "m×n"),
        ("e", "m×1"),
        ("L", "scalar"),
        ("X_{ij}", "scalar"),
        ("X_{i,:}", "1×n"),
        ("X_{:,j}", "m×1"),
        ("x^{(i)}", "n×1"),
        (r"\sum_i x^{(i)} (x^{(i)})^\top", "n×n"),
        (r"\operatorname{vec}(X)", "mn×1"),
        (r"A \otimes X", "mn×n^2"),
        (r"\operatorname{diag}(v)", "n×n"),
        (r"\operatorname{diag}(A)", "n×1"),
        (r"\begin{bmatrix} A & W \\ B & W \end{bmatrix}", "2n×(k + n)"),
        (r"\begin{bmatrix} v_1 & \cdots & v_n \end{bmatrix}", "1×n"),
        (r"\mathbf{1}^\top v", "scalar"),
        ("I + A", "n×n"),
        (r"\nabla_v^2 f(v)", "n×n"),
        ("J_g(v)", "m×n"),
        (r"\mathrm{d}X", "m×n"),
    ],
)
def test_the_shape_of_a_formula(latex: str, expected: str) -> None:
    assert shape(latex) == expected


@pytest.mark.parametrize(
    ("latex", "mixed", "numerator", "denominator"),
    [
        (r"\frac{\partial L}{\partial \theta}", "n×1", "1×n", "n×1"),
        (r"\frac{\partial e}{\partial \theta}", "m×n", "m×n", "n×m"),
        (r"\frac{\partial L}{\partial X}", "m×n", "n×m", "m×n"),
        (r"\frac{\partial X}{\partial X_{11}}", "m×n", "m×n", "n×m"),
        (r"\nabla_\theta L", "n×1", "n×1", "n×1"),
        ("J_g(v)", "m×n", "m×n", "m×n"),
    ],
)
def test_layouts_turn_partial_derivatives_alone(
    latex: str, mixed: str, numerator: str, denominator: str
) -> None:
    found = (shape(latex), shape(latex, "numerator"), shape(latex, "denominator"))
    assert found == (mixed, numerator, denominator)


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (
            "X y",
            (
                "shape-mismatch at 'X y': the product of m×n and m×1 does not fit; it would "
                "fit with "
                "the first transposed"
            ),
        ),
        ("v + y", "shape-mismatch at 'y': the terms have different shapes, n×1 and m×1"),
        (
            "a + v",
            (
                "shape-mismatch at 'v': the terms have different shapes, scalar and n×1; a "
                "scalar is "
                r"added to every entry with \mathbf{1}"
            ),
        ),
        (
            "v^2",
            (
                "shape-mismatch at 'v^2': only a scalar or a square matrix has powers, not "
                "a vector of "
                r"shape n×1; x \odot x squares each element, \|x\|^2 is the square of the norm"
            ),
        ),
        (
            "v / w",
            (
                "shape-mismatch at 'v / w': a fraction's denominator is a scalar, not n×1; "
                "\\oslash "
                "divides element by element, A^{-1} is the inverse"
            ),
        ),
        (
            r"\det X",
            r"shape-mismatch at '\\det X': it needs a square matrix, not one of shape m×n",
        ),
        (
            "X_{i}",
            (
                "ambiguous at 'X_{i}': one index on a matrix (m×n) may be a row or a column; write "
                "X_{i,:} or X_{:,i}"
            ),
        ),
        (
            "|v|",
            (
                "ambiguous at '|v|': single bars around a vector (n×1) have two readings; "
                r"\|x\| is the norm; write \lvert x_i \rvert for each element"
            ),
        ),
        (
            "f(y)",
            ("shape-mismatch at 'y': the argument has the shape m×1, and the function takes n×1"),
        ),
        (
            r"\frac{\partial e}{\partial X}",
            (
                r"ambiguous at '\\frac{\\partial e}{\\partial X}': the derivative of an "
                r"array of shape "
                r"m×1 by one of shape m×n is no matrix; write it with all its indices, "
                r"\frac{\partial Y_{ij}}{\partial X_{kl}}; or with \operatorname{vec}, "
                r"\frac{\partial \operatorname{vec}(Y)}{\partial \operatorname{vec}(X)}"
            ),
        ),
        (
            r"\sum_{i=1}^{m} v_i",
            (
                "shape-mismatch at 'i': the index “i” runs from 1 to m, and a vector of "
                "shape n×1 from 1 to n"
            ),
        ),
        (
            "v_n + v_m",
            (
                "index-clash at 'm': “m” is a dimension and stands as an index of a vector "
                "of shape "
                "n×1; use another letter for the index than “m”"
            ),
        ),
        (
            r"\begin{bmatrix} A & X \end{bmatrix}",
            "shape-mismatch at 'X': the blocks of one row have n and m rows",
        ),
        (
            r"\underbrace{X}_{n \times m}",
            (
                r"shape-mismatch at '\\underbrace{X}_{n \\times m}': the shape is m×n, not n×m as "
                "written"
            ),
        ),
        ("I", "ambiguous at 'I': more than one size of I fits; write the size, I_n"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(latex: str, message: str) -> None:
    assert refused(latex, lambda: shape(latex)) == message


def test_dimensions_are_polynomials() -> None:
    n, k = Dim.of("n"), Dim.of("k")
    assert str((n + ONE) * (n - ONE)) == "n^2 - 1"
    assert (n + k) - n == k
    assert (n * k).evaluate({"n": 3, "k": 4}) == 12
    assert (Dim.of(2) * Dim.of(3)).number == 6
    assert str(Shape((n + ONE, k))) == "(n + 1)×k"


def test_dimensions_that_are_never_negative() -> None:
    n, k = Dim.of("n"), Dim.of("k")
    assert (n * n - n).never_negative
    assert (n * k - ONE).never_negative
    assert not (n - k).never_negative
    assert not (n - Dim.of(2)).never_negative


N, I_, J_, K_, L_ = (Dim.of(name) for name in ("n", "@i", "@j", "@k", "@l"))
LETTERS = {
    "i": IndexUse(Span(0, 1), ONE, N),
    "j": IndexUse(Span(0, 1), ONE, I_),
    "k": IndexUse(Span(0, 1), ONE, N - J_),
    "l": IndexUse(Span(0, 1)),
}


@pytest.mark.parametrize(
    ("index", "low", "high"),
    [
        (I_ + ONE, "2", "n + 1"),
        (ONE - I_, "-n + 1", "0"),
        (J_ + J_, "2", "2n"),
        (J_ + I_, "2", "2n"),
        (K_ + J_, "2", "n"),
    ],
)
def test_how_far_an_index_reaches(index: Dim, low: str, high: str) -> None:
    found = reach(index, LETTERS)
    assert found is not None
    assert tuple(map(str, found)) == (low, high)


def test_reach_that_is_not_known() -> None:
    assert reach(I_ * J_, LETTERS) is None
    assert reach(L_, LETTERS) is None


def test_unknown_dimensions_are_found() -> None:
    unifier, n = Unifier(), Dim.of("n")
    inner, outer = unknown(), unknown()
    assert unifier.unify(inner + ONE, n)
    assert unifier.unify(outer, inner)
    assert unifier.resolve(outer) == n - ONE
    assert not unifier.unify(outer, n)


def test_shapes_that_cannot_be_equal_leave_nothing_behind() -> None:
    unifier, free = Unifier(), unknown()
    left, right = Shape((free, Dim.of("m"))), Shape((Dim.of("n"), Dim.of("k")))
    assert not unifier.unify_shapes(left, right)
    assert unifier.known == {}
