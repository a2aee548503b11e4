"""Matrix kernels against NumPy, complex steps against differences, and 50 digits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from proofread.algebra import linear
from proofread.algebra import matrices as m
from proofread.algebra.matrices import Matrix, Value, entries, largest
from proofread.algebra.numbers import DIGITS, DOUBLES, Field, OutOfRange, Undefined
from proofread.commands.registry import FUNCTIONS, OPERATIONS
from proofread.latex.tokens import Refusal, Span
from proofread.values.frame import Budget, Frame
from proofread.values.slopes import central, imaginary
from tests.engine import page, run

SEEDS = range(4)
Array = np.ndarray
FIELD = DIGITS


def engine(x: Array | float) -> Value:
    array = np.atleast_2d(np.asarray(x, dtype=float))
    return m.normal(*array.shape, [float(entry) for entry in array.ravel()])


def exact(x: Array) -> Value:
    value = engine(x)
    return m.map_entries(FIELD.num, value)


def plain(value: Value) -> Array:
    if type(value) is Matrix:
        return np.array(value.a).reshape(value.r, value.c)
    return np.array([[value]])


def close(value: Value, expected: Array | float, seed: int) -> None:
    wanted = np.atleast_2d(expected)
    assert plain(value).shape == wanted.shape, f"seed {seed}"
    np.testing.assert_allclose(plain(value), wanted, rtol=1e-9, atol=1e-12, err_msg=f"seed {seed}")


def definite(x: Array) -> Array:
    return x @ x.T + np.eye(len(x))


def square_root(x: Array) -> Array:
    sizes, vectors = np.linalg.eigh(x)
    return (vectors * np.sqrt(sizes)) @ vectors.T


def exponential(x: Array) -> Array:
    sizes, vectors = np.linalg.eig(x)
    return ((vectors * np.exp(sizes)) @ np.linalg.inv(vectors)).real


def gram(field: Field, x: Value) -> Value:
    """A definite matrix made of any square one."""
    return m.add(m.multiply(x, m.transpose(x)), m.identity(field, x.r))


PAIRS: dict[str, tuple[Callable[[Value, Value], Value], Callable[[Array, Array], Array]]] = {
    "add": (m.add, np.add),
    "subtract": (m.subtract, np.subtract),
    "entrywise": (m.entrywise, np.multiply),
    "multiply": (m.multiply, np.matmul),
    "kronecker": (m.kronecker, np.kron),
    "solve": (partial(linear.solve, DOUBLES), np.linalg.solve),
}
SINGLES: dict[str, tuple[Callable[[Value], Value], Callable[[Array], Array | float]]] = {
    "transpose": (m.transpose, np.transpose),
    "trace": (m.trace, np.trace),
    "stack": (m.stack, lambda x: x.ravel(order="F")[:, None]),
    "diagonal": (m.diagonal, lambda x: np.diag(x)[:, None]),
    "inverse": (partial(linear.inverse, DOUBLES), np.linalg.inv),
    "determinant": (partial(linear.determinant, DOUBLES), np.linalg.det),
    "cube": (lambda x: linear.whole_power(DOUBLES, x, 3), partial(np.linalg.matrix_power, n=3)),
    "inverse square": (
        lambda x: linear.whole_power(DOUBLES, x, -2), partial(np.linalg.matrix_power, n=-2)
    ),
    "exponential": (partial(linear.exponential, DOUBLES), exponential),
    "pseudo-inverse": (partial(linear.pseudo_inverse, DOUBLES), np.linalg.pinv),
    "norm": (partial(m.norm_2, DOUBLES), np.linalg.norm),
    "square root": (
        lambda x: linear.square_root(DOUBLES, gram(DOUBLES, x)),
        lambda x: square_root(definite(x)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", PAIRS)
def test_kernels_of_two_agree_with_numpy(name: str, seed: int) -> None:
    x, y = np.random.default_rng(seed).normal(size=(2, 4, 4))
    ours, theirs = PAIRS[name]
    close(ours(engine(x), engine(y)), theirs(x, y), seed)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SINGLES)
def test_kernels_of_one_agree_with_numpy(name: str, seed: int) -> None:
    x = np.random.default_rng(seed).normal(size=(4, 4))
    ours, theirs = SINGLES[name]
    close(ours(engine(x)), theirs(x), seed)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", [(5, 3), (3, 5)])
def test_the_pseudo_inverse_of_any_rank(shape: tuple[int, int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    full = rng.normal(size=shape)
    thin = rng.normal(size=(shape[0], 2)) @ rng.normal(size=(2, shape[1]))
    for x, rank in ((full, 3), (thin, 2)):
        close(linear.pseudo_inverse(DOUBLES, engine(x)), np.linalg.pinv(x), seed)
        assert linear.rank(engine(x)) == rank, f"seed {seed}"


@pytest.mark.parametrize("seed", SEEDS)
def test_eigenvalues_of_symmetric_matrices(seed: int) -> None:
    x = np.random.default_rng(seed).normal(size=(5, 5))
    found = sorted(linear.symmetric_eigenvalues(DOUBLES, engine(x + x.T)))
    np.testing.assert_allclose(found, np.linalg.eigvalsh(x + x.T), atol=1e-10, err_msg=f"{seed}")


def test_products_of_rows_columns_and_scalars() -> None:
    row, column = engine([[1.0, 2.0]]), engine([[3.0], [4.0]])
    assert m.multiply(row, column) == 11.0
    assert plain(m.multiply(column, row)).tolist() == [[3.0, 6.0], [4.0, 8.0]]
    assert plain(m.multiply(2.0, row)).tolist() == [[2.0, 4.0]]


DIFFERENTIABLE = {
    name: SINGLES[name][0]
    for name in ("inverse", "determinant", "exponential", "norm", "square root", "inverse square")
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", [*DIFFERENTIABLE, "pseudo-inverse"])
def test_complex_steps_agree_with_differences(name: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    tall = name == "pseudo-inverse"
    x, towards = rng.normal(size=(2, 4, 3 if tall else 4))
    function = SINGLES[name][0]

    def moved(step: complex) -> Value:
        return function(m.add(engine(x), m.multiply(step, engine(towards))))

    slope = imaginary(moved(complex(0, 1e-30)), 1e-30)
    h = 1e-5
    expected = (plain(moved(h)) - plain(moved(-h))) / (2 * h)
    np.testing.assert_allclose(plain(slope), expected, rtol=1e-5, atol=1e-6, err_msg=f"seed {seed}")


@pytest.mark.parametrize("seed", SEEDS)
def test_matrix_functions_keep_50_digits(seed: int) -> None:
    x = exact(np.random.default_rng(seed).normal(size=(4, 4)))
    unit = m.identity(FIELD, 4)
    square = gram(FIELD, x)
    root = linear.square_root(FIELD, square)
    minus = m.map_entries(lambda entry: -entry, x)
    zeros = {
        "inverse": m.subtract(m.multiply(x, linear.inverse(FIELD, x)), unit),
        "square root": m.subtract(m.multiply(root, root), square),
        "exponential": m.subtract(
            m.multiply(linear.exponential(FIELD, x), linear.exponential(FIELD, minus)), unit
        ),
        "determinant": linear.determinant(FIELD, m.multiply(x, x))
        - linear.determinant(FIELD, x) ** 2,
    }
    assert {name: largest(value) < 1e-47 for name, value in zeros.items()} == dict.fromkeys(
        zeros, True
    ), f"seed {seed}"


ANALYTIC = ["exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "softplus",
            "sigmoid", "erf", "sqrt"]  # fmt: skip


@pytest.mark.parametrize("name", ANALYTIC)
def test_functions_are_analytic_and_the_same_in_both_kinds_of_numbers(name: str) -> None:
    rule = OPERATIONS[FUNCTIONS[name].operation if name in FUNCTIONS else name].value
    point, h = 0.625, 1e-6
    assert float(rule(FIELD, FIELD.num(point))) == pytest.approx(rule(DOUBLES, point), rel=1e-14)
    slope = rule(DOUBLES, complex(point, 1e-30)).imag / 1e-30
    expected = (rule(DOUBLES, point + h) - rule(DOUBLES, point - h)) / (2 * h)
    assert slope == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda field: field.log(field.num(-1)), "the logarithm needs a positive argument"),
        (lambda field: field.sqrt(field.num(-1)),
         "the square root needs an argument that is not negative"),
        (lambda field: field.divide(field.num(1), field.num(0)), "a division by zero"),
        (lambda field: field.power(field.num(-2), field.num(0.5)),
         "a power with such an exponent needs a positive base"),
        (lambda field: linear.inverse(field, m.constant(field, 2, 2, 1)),
         "the inverse of a singular matrix"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", [DOUBLES, FIELD], ids=["double", "digits"])
def test_what_has_no_real_value_says_why(
    field: Field, action: Callable[[Field], object], message: str
) -> None:
    with pytest.raises(Undefined) as caught:
        action(field)
    assert str(caught.value) == message


def test_what_is_too_large_is_out_of_range() -> None:
    with pytest.raises(OutOfRange, match="the exponential is too large or too small"):
        DOUBLES.exp(1e4)
    with pytest.raises(OutOfRange, match="the array is too large"):
        m.kronecker(m.constant(DOUBLES, 200, 1, 1), m.constant(DOUBLES, 200, 1, 1))


def frame(field: Field = DOUBLES, operations: int = 1000) -> Frame:
    return Frame(field, {}, {}, {}, {}, Budget(operations, Span(0, 1)))


def test_central_differences_have_an_error_of_fourth_order() -> None:
    found = central(frame(), lambda s, step: DOUBLES.function("sin", 0.3 + step))
    assert found == pytest.approx(np.cos(0.3), abs=1e-12)


def test_operations_are_counted() -> None:
    with pytest.raises(Refusal, match="the formula takes more operations than are allowed"):
        frame(operations=3).budget.spend(4)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{\partial L}{\partial w}", lambda x, y, w: 2 * x.T @ (x @ w - y)),
        (r"\nabla_w^2 L", lambda x, y, w: 2 * x.T @ x),
        (r"\frac{\partial e}{\partial w}", lambda x, y, w: x),
        (r"\frac{\partial L}{\partial X}", lambda x, y, w: 2 * (x @ w - y) @ w.T),
        (r"\sum_i e_i^2", lambda x, y, w: np.sum((x @ w - y) ** 2)),
        (r"\operatorname{diag}(e) X", lambda x, y, w: np.diag((x @ w - y).ravel()) @ x),
    ],
)  # fmt: skip
def test_a_formula_has_the_value_that_numpy_gives(
    latex: str, expected: Callable[[Array, Array, Array], Array]
) -> None:
    state = page(r"X \in \mathbb{R}^{m \times n}", r"w \in \mathbb{R}^n", r"y \in \mathbb{R}^m",
                 "e = Xw - y", r"L = \|e\|^2")  # fmt: skip
    outcome = run(state, f"{latex} = {latex}")
    assert outcome.drawn is not None
    for sample in outcome.drawn.samples:
        values = sample.values(DOUBLES)
        point = [plain(values[key]) for key in ("X", "y", "w")]
        assert outcome.prepared is not None
        first = outcome.prepared.runs[0]
        assert first is not None
        found = first(sample.frame(DOUBLES, state.budget(Span(0, 1))))
        np.testing.assert_allclose(plain(found), np.atleast_2d(expected(*point)), rtol=1e-9,
                                   atol=1e-9, err_msg=str(sample.sizes))  # fmt: skip
        assert len(entries(found)) == plain(found).size
