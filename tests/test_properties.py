"""Random identities hold, and random single edits of them do not, unless NumPy finds them equal.

The witness is NumPy: it evaluates a reading of its own, in which nothing comes from the engine.
The default profile tries the same examples every time; ``make properties`` tries many more.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from proofread.algebra import matrices
from proofread.commands.registry import OPERATIONS
from proofread.diagnosis import report
from tests.properties import trial
from tests.properties.identities import FAMILIES, Identity
from tests.properties.trial import edits_of, opinion, page_of

EDITS = 3
"""Of each identity."""
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""What fails is short as it is; making it shorter would take minutes."""
pytestmark = pytest.mark.filterwarnings("ignore:The recursion limit will not be reset")


@pytest.fixture(autouse=True)
def _without_repairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """They decide no verdict, and take most of the time of a wrong formula."""
    monkeypatch.setattr(report, "find_repairs", lambda *_: ())


def judge(identity: Identity) -> None:
    """Engine and witness agree: nothing that differs holds, and nothing that is equal fails."""
    witness, verdict = opinion(identity), trial.verdict_of(identity)
    said = f"NumPy finds it {witness}, the engine says {verdict}:\n\n{page_of(identity)}"
    assert not (witness == "different" and verdict == "holds"), said
    assert not (witness == "equal" and verdict == "fails"), said


def try_family(family: SearchStrategy[Identity]) -> None:
    """Draw identities and edits of them."""

    @given(data=st.data())
    @settings(phases=PHASES, suppress_health_check=list(HealthCheck), deadline=None)
    def holds_but_for_edits(data: st.DataObject) -> None:
        identity = data.draw(family)
        assert opinion(identity) == "equal", page_of(identity)
        assert trial.verdict_of(identity) == "holds", page_of(identity)
        edits = edits_of(identity)
        for _ in range(EDITS):
            judge(replace(identity, right=data.draw(st.sampled_from(edits))))

    holds_but_for_edits()


@pytest.mark.parametrize("family", FAMILIES)
def test_identities_hold_and_edits_of_them_do_not(family: str) -> None:
    try_family(FAMILIES[family])


# The test is tested -------------------------------------------------------------------------------

WRONG = Identity("(A C)^\\top", "C^\\top A", {})
RIGHT = Identity("(A C)^\\top", "C^\\top A^\\top", {})


def test_a_wrong_identity_is_noticed() -> None:
    with pytest.raises(AssertionError, match="Let"):
        try_family(st.just(WRONG))


def test_an_engine_that_accepts_or_refuses_everything_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trial, "verdict_of", lambda _: "holds")
    with pytest.raises(AssertionError, match="NumPy finds it different, the engine says holds"):
        try_family(st.just(RIGHT))
    with pytest.raises(AssertionError, match="NumPy finds it different, the engine says holds"):
        judge(WRONG)
    monkeypatch.setattr(trial, "verdict_of", lambda _: "fails")
    with pytest.raises(AssertionError, match="NumPy finds it equal, the engine says fails"):
        judge(RIGHT)


def test_a_wrong_rule_of_the_engine_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows stacked for columns."""
    vec = OPERATIONS["vec"]
    wrong = replace(vec, value=lambda field, x: vec.value(field, matrices.transpose(x)))
    monkeypatch.setitem(OPERATIONS, "vec", wrong)
    with pytest.raises(AssertionError, match="vec"):
        try_family(FAMILIES["kronecker"])


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("A C", "A C", "equal"),
        ("A C", "C A", "different"),
        ("A A^\\top", "A^\\top A", "different"),
        ("\\operatorname{tr}(A A^\\top)", "\\operatorname{tr}(A^\\top A)", "equal"),
        ("\\sum_{i} x_i u_i", "x^\\top u", "equal"),
        ("\\sum_{i=1}^{n} x_i u_i", "x^\\top u", "equal"),
        ("\\sum_{i=1}^{m} x_i u_i", "x^\\top u", "different"),
        ("(A C)_{ij}", "\\sum_{l} A_{il} C_{lj}", "equal"),
        ("(A C)_{ij}", "\\sum_{l} A_{li} C_{lj}", "different"),
        ("\\nabla_x (x^\\top N x)", "N x + N^\\top x", "equal"),
        ("\\nabla_x (x^\\top N x)", "2 N x", "different"),
        ("\\nabla_x^2 (x^\\top N x)", "N + N^\\top", "equal"),
        ("d(P^{-1})", "-P^{-1} dP P^{-1}", "equal"),
        ("d(P^{-1})", "P^{-1} dP P^{-1}", "different"),
        ("\\|x\\|^2", "x^\\top x", "equal"),
        ("\\|x\\|", "x^\\top x", "different"),
        ("x \\odot N u", "x", "unsure"),
    ],
)
def test_the_witness_by_itself(left: str, right: str, found: str) -> None:
    assert opinion(Identity(left, right)) == found
