"""No seed is lucky: what is wrong on one part of its domain, or of its set, is wrong for all."""

from __future__ import annotations

import pytest

from proofread import check

SETTING = (
    r"Let $x, y \in \mathbb{R}$, $A \in \mathbb{R}^{n \times n}$, $P, R \in \mathbb{S}^n_{++}$, "
    r"$Q \in O(n)$, $s \in \{-1, 1\}$ and $k \in \{1, \dots, 4\}$."
)


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"e^{\log x} = x", "fails"),
        (r"\sqrt{x} \sqrt{x} = x", "fails"),
        (r"\log(x y) = \log x + \log y", "fails"),
        (r"(x^2)^{1/2} = x", "fails"),
        (r"\det(Q) = 1", "fails"),
        (r"s = 1", "fails"),
        (r"\operatorname{tr}(A) \in \mathbb{R}_{+}", "fails"),
        (r"A^\top A \in GL_n", "fails"),
        (r"\det(Q)^2 = 1", "holds"),
        (r"x^2 \in \mathbb{R}_{+}", "holds"),
        (r"P^{-1} R P^{-1} \succ 0", "holds"),
    ],
)
def test_every_seed_says_the_same(formula: str, verdict: str) -> None:
    page = f"{SETTING}\n\n$$\n{formula}\n$$\n"
    found = {seed: check(page, seed=seed).files[0].statements[-1].verdict for seed in range(12)}
    assert found == dict.fromkeys(range(12), verdict)


def test_what_an_equation_leaves_open_is_met() -> None:
    page = "Let $x \\in \\mathbb{R}$ and assume $x^2 = 4$.\n\n$$\nx = 2\n$$\n"
    found = [check(page, seed=seed).files[0].statements[-1].verdict for seed in range(12)]
    assert found == ["fails"] * 12
