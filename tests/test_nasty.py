"""Nothing that can be typed crashes the engine, hangs it, or gets no answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from random import Random

import pytest

from proofread import check
from tests.fuzz.mutator import mutated_page
from tests.fuzz.nasty import PAGES, SETTING, display
from tests.fuzz.watch import Answer, Watch

SEED = 20_251_121
RANDOM_PAGES = 300

GROUPS: dict[str, list[str]] = defaultdict(list)
for _name in PAGES:
    GROUPS[_name.rpartition("-")[0] or _name].append(_name)


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    with Watch() as server:
        yield server


def complaint(answer: Answer) -> str | None:
    """What is wrong with an answer, whatever the page was."""
    if answer.died:
        return answer.died
    if answer.silent:
        return f"neither accepted nor explained: {answer.silent[0]}"
    return None


@pytest.mark.parametrize("group", GROUPS)
def test_nasty_pages_are_answered(group: str, watch: Watch) -> None:
    wrong = []
    for name in GROUPS[group]:
        answer = watch.check(PAGES[name]())
        found = complaint(answer)
        if found is None and not answer.statements:
            found = "no answer"
        if found:
            wrong.append(f"{name}: {found}")
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("part", range(6))
def test_random_pages_are_answered(part: int, watch: Watch) -> None:
    rng = Random(f"{SEED}|{part}")
    for number in range(RANDOM_PAGES // 6):
        page = mutated_page(rng)
        found = complaint(watch.check(page))
        assert not found, f"seed {SEED}|{part}, page {number}:\n{page}\n\n{found}"


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (
            "s = " + "(" * 201 + "s" + ")" * 201,
            "refused too-large: more than 200 levels of nesting",
        ),
        ("s = " + "(" * 199 + "s" + ")" * 199, "holds"),
        (r"s = \sum_{i=1}^{10^9} i", "refused too-large: more than 10,000 terms"),
        ("s = 10^{10^{10}}", "refused too-large: a power of more than 10,000"),
        (
            r"\def\a{\a\a} \a",
            r"refused too-large: the macro \a expands to more than 20,000 tokens",
        ),
        (r"I_{10000} = I_{10000}", "refused too-large: an array of more than 20,000 entries"),
        (
            r"P \in \mathbb{R}^{100000 \times 100000}",
            "refused too-large: an array of more than 20,000 entries",
        ),
        (
            r"P \in \mathbb{R}^{0 \times 3}",
            "refused shape-mismatch: a size is at least 1, found 0",
        ),
        (
            "A = A" + r" \otimes A" * 20,
            "refused too-large: an array of more than 20,000 entries",
        ),
        (
            r"s = \sum_{i=1}^{9000} \operatorname{tr}(A^{i})",
            "refused too-large: the formula takes more operations than are allowed",
        ),
        (
            "A = A " + r"\odot B C \odot D E " * 6,
            "refused too-large: more than 16 ways to group the factors",
        ),
        ("s = " + "s + " * 9_000 + "s",
         "refused too-large: the formula has 36,005 characters, more than 20,000"),
    ],
)  # fmt: skip
def test_what_is_too_large_is_said_so(formula: str, words: str, watch: Watch) -> None:
    assert watch.check(display(formula)).last == words


def test_a_list_that_lacks_a_route_says_so() -> None:
    page = (
        r"Let $X \in \mathbb{R}^{2 \times 2}$, $\theta, y \in \mathbb{R}^2$, $e = X\theta - y$ "
        "and $L = e^\\top e$.\n\n- $\\theta_1 \\to e_1 \\to L$\n"
    )
    last = check(page).files[0].statements[-1]
    assert last.finding is not None
    assert last.finding.message == "the list lacks the route \\theta_1 → e_2 → L"
    assert (last.finding.start.line, last.finding.start.column) == (3, 3)


def test_the_same_nesting_is_too_deep_for_every_caller() -> None:
    """Python's stack is another one here than in the server."""
    from tests.fuzz.watch import answer

    def deeper(frames: int, page: str) -> str:
        return deeper(frames - 1, page) if frames else answer(page).last

    for depth in (198, 199, 200, 201):
        page = display("s = " + "(" * depth + "s" + ")" * depth)
        assert deeper(0, page) == deeper(400, page)


def test_a_crash_and_a_hang_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The watch is watched: what it is for, it sees."""
    from tests.fuzz import watch

    assert complaint(Answer("Traceback")) == "Traceback"
    assert complaint(Answer(None, 1, ("s = t",))) == "neither accepted nor explained: s = t"
    assert complaint(Answer(None, 1)) is None
    monkeypatch.setattr(watch, "answer", lambda text: 1 // 0)
    assert "ZeroDivisionError" in watch.serve_one(SETTING)["died"]
    monkeypatch.setattr(watch, "SECONDS", 1)

    def hang(text: str) -> Answer:
        while True:
            pass

    monkeypatch.setattr(watch, "answer", hang)
    assert watch.serve_one(SETTING)["died"].startswith("ended with status -")
