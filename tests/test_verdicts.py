"""The checker checked: true claims hold, wrong ones fail, and a broken rule is noticed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from proofread import check
from proofread.algebra import matrices as m
from proofread.algebra.matrices import Matrix, Value
from proofread.commands.registry import OPERATIONS
from proofread.latex.tokens import Refusal
from proofread.limits import MIN_SAMPLES, SIZE_CHOICES
from proofread.records import Layout
from proofread.values import derivatives, slopes
from proofread.values.frame import Frame
from tests.engine import page, refused, run

DECLARED = (
    r"X \in \mathbb{R}^{m \times n}",
    r"\theta, u, v \in \mathbb{R}^n",
    r"y \in \mathbb{R}^m",
    r"A, B \in \mathbb{R}^{n \times n}",
    r"a, b \in \mathbb{R}",
    r"f : \mathbb{R}^n \to \mathbb{R}",
    r"g : \mathbb{R}^n \to \mathbb{R}^m",
    r"e = X\theta - y",
    r"L = \|e\|^2",
)


def verdict(latex: str, *, layout: Layout = "mixed", seed: int = 0) -> str:
    state = page(*DECLARED, layout=layout)
    state.seed = seed
    return run(state, latex).verdict


TRUE = [
    r"(AB)^\top = B^\top A^\top",
    r"u^\top v = v^\top u",
    r"\operatorname{tr}(AB) = \operatorname{tr}(BA)",
    r"\det(AB) = \det A \det B",
    r"L = e^\top e = \sum_i e_i^2",
    r"\frac{\partial L}{\partial \theta} = 2 X^\top e",
    r"\frac{\partial e}{\partial \theta} = X",
    r"\nabla_\theta^2 L = 2 X^\top X",
    r"dL = 2 e^\top X\, d\theta",
    r"\frac{\partial}{\partial v} v^\top A v = (A + A^\top) v",
    r"\frac{d}{da} \sin(a^2) = 2 a \cos(a^2)",
    r"\frac{\partial f(v)}{\partial v_i} = [\nabla f(v)]_i",
    r"|a b| \le \frac{a^2 + b^2}{2}",
    r"\|u + v\| \le \|u\| + \|v\|",
    r"A A^\top \succeq 0",
    r"\nabla_\theta L \propto X^\top e",
]
FALSE = [
    r"(AB)^\top = A^\top B^\top",
    r"\det(A + B) = \det A + \det B",
    r"\frac{\partial L}{\partial \theta} = X^\top e",
    r"\frac{\partial}{\partial v} v^\top A v = 2 A v",
    r"dL = e^\top X\, d\theta",
    r"\frac{d}{da} \sin(a^2) = \cos(a^2)",
    r"\log(a^2) = 2 \log a",
    r"|a| = a",
    r"\|u + v\| = \|u\| + \|v\|",
    r"a^2 > b^2",
    r"A \succ 0",
    r"\nabla_\theta L \propto -X^\top e",
    r"a = a + 10^{-12}",
]


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("latex", TRUE)
def test_what_is_true_holds(latex: str, seed: int) -> None:
    assert verdict(latex, seed=seed) == "holds"


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("latex", FALSE)
def test_what_is_false_fails(latex: str, seed: int) -> None:
    assert verdict(latex, seed=seed) == "fails"


def test_a_claim_that_holds_was_run_often_enough() -> None:
    outcome = run(page(*DECLARED), r"u^\top v = v^\top u")
    link = outcome.links[0]
    assert outcome.samples >= MIN_SAMPLES
    assert outcome.sizes >= SIZE_CHOICES
    assert (link.agreed, link.differed, link.confirmed) == (MIN_SAMPLES, 0, True)


def test_the_first_failing_link_is_named_and_later_ones_stand_for_themselves() -> None:
    outcome = run(page(*DECLARED), r"L = e^\top e = 2 e^\top e = e^\top e + \|e\|^2")
    assert [link.verdict for link in outcome.links] == ["holds", "fails", "holds"]
    assert outcome.failing == 2


def test_a_sum_that_cancels_is_decided_with_50_digits() -> None:
    assert verdict(r"(10^9 + a) - 10^9 = a") == "holds"
    assert verdict(r"(10^9 + a) - 10^9 = a + 10^{-9}") == "fails"


# A broken rule -----------------------------------------------------------------------------------


def break_operation(
    monkeypatch: pytest.MonkeyPatch, name: str, value: Callable[..., object]
) -> None:
    monkeypatch.setitem(OPERATIONS, name, replace(OPERATIONS[name], value=value))


def test_a_transpose_that_does_nothing_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    break_operation(monkeypatch, "transpose", lambda _, x: x)
    assert verdict(r"(AB)^\top = B^\top A^\top") == "fails"
    assert verdict(r"\operatorname{tr}(A^\top B) = \sum_{i,j} A_{ij} B_{ij}") == "fails"


@pytest.mark.parametrize(
    ("name", "broken", "claim"),
    [
        ("inverse", lambda _, x: x, r"A A^{-1} = I"),
        ("tr", lambda field, x: m.trace(x) + field.num(1e-9),
         r"\operatorname{tr}(A) = \sum_i A_{ii}"),
        ("det", lambda field, x: field.num(1), r"\det(2A) = 2^n \det A"),
        ("otimes", lambda _, x, y: m.kronecker(y, x),
         r"\operatorname{vec}(A B) = (B^\top \otimes I_n) \operatorname{vec}(A)"),
        ("vec", lambda _, x: Matrix(x.r * x.c, 1, x.a),
         r"\operatorname{vec}(u v^\top) = v \otimes u"),
        ("exp", lambda field, x: x + 1, r"\frac{d}{da} \exp(a^2) = 2 a \exp(a^2)"),
        ("norm", lambda _, x: m.norm_1(x), r"\|u\|^2 = u^\top u"),
    ],
)  # fmt: skip
def test_an_operation_with_a_wrong_value_is_noticed(
    monkeypatch: pytest.MonkeyPatch, name: str, broken: Callable[..., object], claim: str
) -> None:
    assert verdict(claim) == "holds"
    break_operation(monkeypatch, name, broken)
    assert verdict(claim) == "fails"


def test_the_other_layout_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = r"\frac{\partial (A v)}{\partial v} = A"
    assert verdict(claim) == "holds"
    rule = derivatives._first

    def turned(grid: derivatives.Grid, style: str, _: str) -> Value:
        return rule(grid, style, "denominator")

    monkeypatch.setattr(derivatives, "_first", turned)
    assert verdict(claim) == "fails"


def test_a_derivative_of_half_the_size_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = r"\frac{\partial L}{\partial \theta} = 2 X^\top e"
    rule = slopes.slope

    def halved(s: Frame, bumped: slopes.Bumped, nested: bool) -> Value:
        return m.map_entries(lambda x: x / 2, rule(s, bumped, nested))

    monkeypatch.setattr(slopes, "slope", halved)
    assert verdict(claim) == "fails"
    assert verdict(r"\frac{\partial L}{\partial \theta} = X^\top e") == "holds"


@pytest.mark.parametrize("layout", ["mixed", "numerator", "denominator"])
def test_a_gradient_lies_as_the_layout_says(layout: Layout) -> None:
    column = refuses(r"\frac{\partial L}{\partial \theta} = 2 X^\top e", layout)
    row = refuses(r"\frac{\partial L}{\partial \theta} = 2 e^\top X", layout)
    assert (column, row) == ((True, False) if layout == "numerator" else (False, True))


def refuses(latex: str, layout: Layout) -> bool:
    try:
        return verdict(latex, layout=layout) != "holds"
    except Refusal as refusal:
        return refusal.code == "shape-mismatch"


# What cannot be judged ------------------------------------------------------------------------


def test_a_derivative_by_what_does_not_occur_is_no_zero() -> None:
    latex = r"\frac{\partial (a^2)}{\partial b} = a - a"
    assert refused(latex, lambda: verdict(latex)) == (
        r"ambiguous at '\\frac{\\partial (a^2)}{\\partial b}': what is differentiated does not "
        "contain the variable, not even through definitions; write = 0 if that is meant"
    )
    assert verdict(r"\frac{\partial (a^2)}{\partial b} = 0") == "holds"


def test_an_assumption_that_nothing_satisfies_leaves_a_claim_undecided() -> None:
    state = page(*DECLARED, r"a^2 + b^2 < 0")
    outcome = run(state, r"a + b = b + a")
    assert (outcome.verdict, outcome.message) == (
        "undecided",
        "no sample satisfies the assumptions",
    )


def test_a_side_without_a_value_fails_where_the_other_has_one() -> None:
    outcome = run(page(*DECLARED), r"\log(a^2) = 2 \log a")
    compared = outcome.links[0].compared
    assert compared is not None
    assert (compared.outcome, compared.undefined) == (
        "right undefined",
        "the logarithm needs a positive argument",
    )


def test_a_list_lacks_a_route_through_another_quantity() -> None:
    page = (
        "Let $a \\in \\mathbb{R}$.\n\n"
        "$$\nb = a^2, \\qquad c = \\sin(a), \\qquad p = 3a, \\qquad L = b c p\n$$\n\n"
        "- $a \\to b \\to L$\n- $a \\to c \\to L$\n"
    )
    last = check(page).files[0].statements[-1]
    assert (last.verdict, last.message) == ("fails", "the list lacks the route a → p → L")
    whole = check(page + "- $a \\to p \\to L$\n").files[0].statements[-1]
    assert (whole.verdict, whole.message) == ("holds", None)
