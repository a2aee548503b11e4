"""Random values satisfy their sets to 50 digits, and sizes differ from one another."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from itertools import combinations
from random import Random

import pytest

from proofread.algebra import linear
from proofread.algebra import matrices as m
from proofread.algebra.dimensions import Dim, Indexed
from proofread.algebra.matrices import Value, entries, largest
from proofread.algebra.numbers import DIGITS, DOUBLES, Number
from proofread.samples.draw import Mode, build, draw
from proofread.samples.sizes import draw_sizes
from tests.engine import page, run

SEEDS = range(5)
SIZES = {"n": 4, "k": 3}
FIELD = DIGITS
TINY = 1e-49


def drawn(declaration: str, key: str, seed: int, mode: Mode | None = None) -> Value:
    """A value with 50 digits of a symbol that a page declares."""
    symbol = page(declaration).table.symbols[key]
    base = draw(symbol, SIZES, Random(seed), mode or Mode())
    return build(symbol, base, SIZES, FIELD)


def symmetric(x: Value) -> bool:
    return largest(m.subtract(x, m.transpose(x))) < TINY


def eigenvalues(x: Value) -> list[Number]:
    return linear.symmetric_eigenvalues(FIELD, x)


def orthogonal(x: Value) -> bool:
    return largest(m.subtract(m.multiply(m.transpose(x), x), m.identity(FIELD, 4))) < TINY


MEMBERS: dict[str, Callable[[Value], bool]] = {
    r"Q \in O(n)": orthogonal,
    r"Q \in \mathbb{S}^n": symmetric,
    r"Q \in \mathbb{S}^n_{++}": lambda x: symmetric(x) and min(eigenvalues(x)) > 1e-3,
    r"Q \in \mathbb{S}^n_{+}": lambda x: symmetric(x) and abs(min(eigenvalues(x))) < 1e-20,
    r"Q \in \Delta^{n-1}": lambda x: abs(sum(entries(x)) - 1) < TINY and min(entries(x)) > 0,
    r"Q \in (0, 1)^n": lambda x: all(0 < entry < 1 for entry in entries(x)),
    r"Q \in [-2, 3]^{n}": lambda x: all(-2 <= entry <= 3 for entry in entries(x)),
    r"Q \in \mathbb{R}_{++}": lambda x: x > 0,
    r"Q \in \mathbb{R}_{+}^{n}": lambda x: min(entries(x)) >= 0,
    r"Q \in \{0, 1\}^n": lambda x: set(entries(x)) <= {0, 1},
    r"Q \in \{1, \dots, k\}^n": lambda x: set(entries(x)) <= {1, 2, 3},
    r"Q \in \mathbb{Z}^n": lambda x: all(entry == int(entry) for entry in entries(x)),
    r"Q \in \mathbb{R}^{n \times k}": lambda x: (x.r, x.c) == (4, 3),
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("declaration", MEMBERS)
def test_a_value_lies_in_its_set_to_50_digits(declaration: str, seed: int) -> None:
    value = drawn(declaration, "Q", seed)
    assert MEMBERS[declaration](value), f"seed {seed}: {value}"


@pytest.mark.parametrize("kind", ["zero", "ones", "equal", "sparse"])
@pytest.mark.parametrize("declaration", MEMBERS)
def test_border_values_lie_in_the_set_too(declaration: str, kind: str) -> None:
    if declaration in (r"Q \in \mathbb{S}^n_{+}", r"Q \in \mathbb{R}^{n \times k}"):
        return
    value = drawn(declaration, "Q", 7, Mode(1.0, kind))
    assert MEMBERS[declaration](value), value


def test_the_tests_of_membership_can_fail() -> None:
    value = drawn(r"Q \in \mathbb{R}^{n \times n}", "Q", 0)
    tests = [r"Q \in O(n)", r"Q \in \mathbb{S}^n", r"Q \in \{0, 1\}^n", r"Q \in (0, 1)^n"]
    assert [MEMBERS[name](value) for name in tests] == [False] * 4


def test_a_semidefinite_matrix_is_singular_and_a_definite_one_is_not() -> None:
    singular = drawn(r"Q \in \mathbb{S}^n_{+}", "Q", 1)
    definite = drawn(r"Q \in \mathbb{S}^n_{++}", "Q", 1)
    assert abs(linear.determinant(FIELD, singular)) < TINY
    assert abs(linear.determinant(FIELD, definite)) > 1e-3


def test_doubles_and_digits_are_made_of_the_same_random_numbers() -> None:
    symbol = page(r"Q \in O(n)").table.symbols["Q"]
    base = draw(symbol, SIZES, Random(3))
    near = [float(entry) for entry in entries(build(symbol, base, SIZES, FIELD))]
    assert entries(build(symbol, base, SIZES, DOUBLES)) == pytest.approx(near, abs=1e-14)


def test_both_determinants_of_orthogonal_matrices_are_drawn() -> None:
    found = {round(float(linear.determinant(FIELD, drawn(r"Q \in O(n)", "Q", seed))))
             for seed in range(20)}  # fmt: skip
    assert found == {-1, 1}


def test_a_function_is_smooth_and_keeps_to_its_codomain() -> None:
    function = drawn(r"f : \mathbb{R}^n \to (0, 1)", "f", 2)
    point = drawn(r"Q \in \mathbb{R}^n", "Q", 2)
    assert 0 < function(FIELD, [point]) < 1
    assert function(FIELD, [point]) == function(FIELD, [point])


@pytest.mark.parametrize("seed", SEEDS)
def test_different_names_have_different_sizes(seed: int) -> None:
    sizes = draw_sizes(["m", "n", "k"], [], [], 2, Random(seed))
    assert sizes is not None
    assert len(set(sizes.values())) == 3, f"seed {seed}: {sizes}"
    assert min(sizes.values()) >= 2


@pytest.mark.parametrize("seed", SEEDS)
def test_sizes_keep_to_what_is_assumed_of_them(seed: int) -> None:
    positive = [Dim.of("m") - Dim.of("n")]
    sizes = draw_sizes(["m", "n"], [lambda s: s["m"] >= 4], positive, 2, Random(seed))
    assert sizes is not None
    assert sizes["m"] > sizes["n"], f"seed {seed}: {sizes}"
    assert sizes["m"] >= 4, f"seed {seed}: {sizes}"


def test_sizes_that_cannot_be_are_none() -> None:
    assert draw_sizes(["m"], [lambda s: s["m"] < 0], [], 2, Random(0)) is None


def test_a_statement_draws_the_same_samples_again_and_others_with_another_seed() -> None:
    values = []
    for seed in (1, 1, 2):
        state = page(r"x \in \mathbb{R}^n")
        state.seed = seed
        outcome = run(state, r"x^\top x = \|x\|^2")
        assert outcome.drawn is not None
        values.append([sample.bases for sample in outcome.drawn.samples])
    assert values[0] == values[1] != values[2]


@pytest.mark.parametrize("odd", [(True, False), (False, True), (True, True)])
@pytest.mark.parametrize("seed", range(20))
def test_sizes_are_odd_and_even_as_asked(odd: tuple[bool, ...], seed: int) -> None:
    sizes = draw_sizes(["n", "m"], [], [], 2, Random(seed), odd)
    assert sizes is not None
    assert (sizes["m"] % 2 == 1, sizes["n"] % 2 == 1) == odd
    assert sizes["m"] != sizes["n"]


def test_sizes_of_a_parity_that_cannot_be_are_drawn_anyhow() -> None:
    sizes = draw_sizes(["m"], [lambda sizes: sizes["m"] % 2 == 0], [], 2, Random(0), [True])
    assert sizes is not None
    assert sizes["m"] % 2 == 0


def test_sizes_of_members_differ_from_each_other_and_from_all_others() -> None:
    declared = r"W_l \in \mathbb{R}^{n_l \times n_{l-1}}, \quad l = 1, \dots, L"
    state = page(declared, r"X \in \mathbb{R}^{n_0 \times m}")
    outcome = run(state, r"\operatorname{tr}(W_l W_l^\top) + \|W_1 X\|_F = \|W_l\|_F^2")
    assert outcome.drawn is not None
    for sample in outcome.drawn.samples:
        sizes = sample.sizes
        members = [f"n_{{{k}}}" for k in range(sizes["L"] + 1)]
        assert len({sizes[name] for name in (*members, "L", "m")}) == sizes["L"] + 3, sizes
        frame = sample.frame(DOUBLES, state.budget(outcome.span))
        for k in range(1, sizes["L"] + 1):
            rows, columns = sizes[f"n_{{{k}}}"], sizes[f"n_{{{k - 1}}}"]
            value = frame.member("W_{}", (k,))
            assert (value.r, value.c) == (rows, columns), sizes


def test_a_size_with_an_index_is_the_same_in_another_process() -> None:
    size = Dim.of(Indexed("n_{}", Dim.of("@l") - Dim.of(1)))
    copied = pickle.loads(pickle.dumps(size))
    assert (str(copied), copied) == ("n_{l-1}", size)
    assert copied.evaluate({"@l": 3, "n_{2}": 7}) == 7


@pytest.mark.parametrize("odd", [(), (True, False, True)])
@pytest.mark.parametrize("seed", range(20))
def test_of_any_two_sizes_the_other_becomes_the_larger(odd: tuple[bool, ...], seed: int) -> None:
    names, random = ["k", "m", "n"], Random(seed)
    first = draw_sizes(names, [], [], 2, random)
    assert first is not None
    second = draw_sizes(names, [], [], 2, random, odd, first)
    assert second is not None
    for one, other in combinations(names, 2):
        turned = (first[one] < first[other]) == (second[one] > second[other])
        assert turned, f"seed {seed}: {first}, then {second}"


def test_sizes_that_have_one_order_alone_keep_it() -> None:
    tall = [lambda sizes: sizes["m"] > sizes["n"]]
    sizes = draw_sizes(["m", "n"], tall, [], 2, Random(0), (), {"m": 3, "n": 2})
    assert sizes is not None
    assert sizes["m"] > sizes["n"]


@pytest.mark.parametrize("seed", range(20))
def test_a_formula_that_needs_a_tall_matrix_does_not_hold_by_chance(seed: int) -> None:
    state = page(r"X \in \mathbb{R}^{m \times n}")
    state.seed = seed
    outcome = run(state, r"\operatorname{tr}(X (X^\top X)^{-1} X^\top) = n")
    assert outcome.verdict == "fails", f"seed {seed}"
