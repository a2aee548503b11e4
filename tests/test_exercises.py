"""The exercises of the site, answered rightly and wrongly, and answers that are none."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

import proofread
from proofread.latex.macros import Macro, read_macros
from proofread.markdown import read_page
from proofread.markdown.page import Piece
from proofread.records import Layout
from proofread.surfaces.live.attempt import Judgement, judge
from proofread.surfaces.live.exercise import Exercise
from proofread.surfaces.live.session import Session
from proofread.surfaces.site.answers import holds_answers, without_answers
from proofread.surfaces.site.exercises import Written, written_in
from proofread.surfaces.site.index import read_site
from proofread.surfaces.site.starts import start_name, write_starts
from tests.exercise_answers import ANSWERS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


@cache
def macros() -> dict[str, Macro]:
    return read_macros((DOCS / "macros.tex").read_text(encoding="utf-8"))


@cache
def all_written() -> tuple[tuple[Written, Layout], ...]:
    """Each exercise of the site that is answered there, with its page's layout."""
    found: list[tuple[Written, Layout]] = []
    for path in sorted(DOCS.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if "!!! exercise" in text:
            page = read_page(text, path=str(path))
            found += [(one, page.layout) for one in written_in(page.blocks) if one.is_checked]
    return tuple(found)


@cache
def by_title() -> dict[str, tuple[Exercise, str]]:
    """Each exercise as a page carries it, and the answer that its source gives."""
    found = {}
    for written, layout in all_written():
        exercise = Exercise.from_json(written.read(layout).to_json())
        found[written.title] = (exercise, answer_of(written))
    return found


def answer_of(written: Written) -> str:
    pieces = [
        part.latex
        for block in written.blocks
        if block.scopes and block.scopes[0].name == "answer"
        for part in block.parts
        if isinstance(part, Piece) and part.display
    ]
    return pieces[0]


def answered(title: str, typed: str, opened: int = 0) -> Judgement:
    return judge(by_title()[title][0], typed, opened, macros=macros())


TITLES = [written.title for written, _ in all_written()]


def test_there_are_enough_exercises_each_with_a_name_of_its_own() -> None:
    assert len(TITLES) >= 24
    assert len(set(TITLES)) == len(TITLES)
    assert set(ANSWERS) == set(TITLES)


@pytest.mark.parametrize("title", TITLES)
def test_the_answer_of_the_source_passes_as_an_equation_and_as_a_result(title: str) -> None:
    answer = answer_of_source(title)
    assert answered(title, answer).solved
    result = answer.partition("=")[2]
    judgement = answered(title, result)
    assert judgement.solved
    assert judgement.message.startswith("right: it holds in ")
    assert judgement.findings == ()


def answer_of_source(title: str) -> str:
    return by_title()[title][1]


@pytest.mark.parametrize(
    ("title", "typed"), [(title, one) for title, all_ in ANSWERS.items() for one in all_.right]
)
def test_other_forms_of_the_result_pass(title: str, typed: str) -> None:
    judgement = answered(title, typed)
    assert judgement.solved, [text for _, text in judgement.findings]


@pytest.mark.parametrize(
    ("title", "typed"), [(title, one) for title, all_ in ANSWERS.items() for one in all_.wrong]
)
def test_usual_mistakes_are_refuted_where_they_are_typed(title: str, typed: str) -> None:
    judgement = answered(title, typed)
    assert not judgement.solved
    [(finding, text)] = judgement.findings
    assert finding.code in ("step-unequal", "shape-mismatch")
    assert finding.start.path == "your answer"
    assert finding.start.line == 1
    assert 1 <= finding.start.column <= finding.end.column <= len(typed) + 1
    assert text.startswith(f"error[{finding.code}]: {finding.message}\n --> your answer:1:")


@pytest.mark.parametrize("title", TITLES)
def test_the_question_is_no_answer_to_itself(title: str) -> None:
    exercise, _ = by_title()[title]
    judgement = answered(title, exercise.asked)
    assert not judgement.solved
    assert judgement.message == "that is still the question"
    assert [finding.code for finding, _ in judgement.findings] == ["not-a-result"]


@pytest.mark.parametrize("title", TITLES)
def test_what_the_page_carries_does_not_hold_the_answer(title: str) -> None:
    exercise, answer = by_title()[title]
    carried = "".join(exercise.to_json().replace("\\\\", "\\").split())
    assert "".join(exercise.asked.split()) in carried
    assert "".join(answer.split()) not in carried


def test_no_start_of_the_checker_holds_an_answer(tmp_path: Path) -> None:
    site = read_site(ROOT)
    write_starts(ROOT, site, tmp_path)
    starts = {path.stem: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.txt")}
    opened = {
        page.path: [one.title for one in written_in(read_page(page.body).blocks) if one.is_checked]
        for page in site.pages
        if page.can_be_opened
    }
    assert set(TITLES) == {title for titles in opened.values() for title in titles}
    for path, titles in opened.items():
        if not titles:
            continue
        start = starts[start_name(path)]
        assert not [title for title in titles if answer_of_source(title) in start]
        report = proofread.check(start, path=path, macros=macros()).files[0]
        assert [one.latex for one in report.statements if not one.accepted] == []
        assert [finding.message for finding in report.unused] == []


def test_an_answer_is_taken_out_and_all_lines_stay_where_they_are() -> None:
    text = '!!! exercise "A"\n\n    ??? answer\n\n        $$\n        x\n\n        $$\n\nNext.\n'
    kept = '!!! exercise "A"\n\n\n\n\n\n\n\n\nNext.\n'
    assert without_answers(text) == kept
    assert not holds_answers(text)
    assert holds_answers('<details class="answer">x</details>')
    assert without_answers("??? answer\n    x\n??? hint\n    y") == "\n\n??? hint\n    y"


# One exercise, everything that a reader may try --------------------------------------------------

SQUARED = "The squared error"


def text_of(judgement: Judgement) -> str:
    return "\n\n".join(text for _, text in judgement.findings)


def test_a_refuted_result_says_the_kind_of_the_repair_as_long_as_there_are_hints() -> None:
    judgement = answered(SQUARED, r"X^\top (y - X\theta)")
    assert judgement.message == "not yet"
    assert (
        text_of(judgement)
        == r"""
error[step-unequal]: the two sides of link 1 differ in 6 of 6 samples
 --> your answer:1:1
  |
1 |    X^\top (y - X\theta)
  |    ^^^^^^^^^^^^^^^^^^^^ n×1, not equal to the term before it
 ::: the question:1:1
  |
1 |    \nabla_\theta L
  |    --------------- n×1
  |
  = sample: m = 3, n = 4, entry [4]: left -23.96, right 23.96, relative difference 2
  = note: the two sides differ in sign
  = help: one change makes it hold, of this kind: sign
""".strip()
    )


def test_with_all_hints_open_the_repair_is_shown() -> None:
    judgement = answered(SQUARED, r"X^\top (y - X\theta)", opened=2)
    assert text_of(judgement).endswith(
        "\n  = help: write -X^\\top (y - X\\theta) (verified: sign)"
        "\n  = help: or X^\\top (X\\theta - y) (verified: sign)"
    )


def test_a_wrong_step_is_named_where_it_stands() -> None:
    judgement = answered(SQUARED, "X^\\top (X\\theta + y)\n= X^\\top X\\theta - X^\\top y")
    assert judgement.message == "the result is right, but a step is not"
    [(finding, _)] = judgement.findings
    assert (finding.message, finding.start.line, finding.start.column) == (
        "the two sides of link 1 differ in 6 of 6 samples", 2, 3,
    )  # fmt: skip


def test_steps_that_hold_but_lead_elsewhere_are_no_answer() -> None:
    judgement = answered(SQUARED, "dL = (X\\theta - y)^\\top X \\, d\\theta\ny = y")
    assert not judgement.solved
    assert judgement.message == "each step holds, but they do not lead to what is asked"


def test_a_result_in_symbols_of_its_own_is_sent_back() -> None:
    judgement = answered(SQUARED, "e = X\\theta - y\nr = e\n\\nabla_\\theta L = X^\\top e")
    assert not judgement.solved
    assert judgement.message == "the result uses e: write it in the symbols that are given"


@pytest.mark.parametrize(
    "typed",
    [
        r"2 \nabla_\theta (\tfrac{1}{2} L)",
        r"\nabla_\theta \frac{1}{2} \|X\theta - y\|^2",
        r"\left(\frac{\partial L}{\partial \theta}\right)",
        r"\nabla_\theta L + 0",
        "= X^\\top (X\\theta - y)\n= \\nabla_\\theta L",
        "g = \\nabla_\\theta L\n\\nabla_\\theta L = \\nabla_\\theta L",
    ],
)
def test_a_derivative_that_is_still_to_be_taken_is_no_result(typed: str) -> None:
    judgement = answered(SQUARED, typed)
    assert not judgement.solved
    assert judgement.message == "that is still the question"
    assert text_of(judgement).endswith(
        "  = help: write the result in the given symbols, with all derivatives taken"
    )


def test_a_symbol_for_the_question_is_no_answer() -> None:
    judgement = answered(SQUARED, "g = \\nabla_\\theta L\n\\nabla_\\theta L = g")
    assert not judgement.solved
    assert judgement.message == "the result uses g: write it in the symbols that are given"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (r"L := 0", "the answer redefines L, and what is given stays as it is"),
        ("L := \\theta^\\top \\theta\n\\nabla_\\theta L = 2\\theta",
         "the answer redefines L, and what is given stays as it is"),
        ("\\text{let } X \\in \\mathbb{R}^{3 \\times 3}\n0",
         "the answer redefines X, and what is given stays as it is"),
        ("\\text{assume } y = 0\nX^\\top X\\theta",
         "the answer assumes more, and what is given stays as it is"),
    ],
)  # fmt: skip
def test_what_is_given_stays_as_it_is(typed: str, message: str) -> None:
    judgement = answered(SQUARED, typed)
    assert not judgement.solved
    assert judgement.message == "what is given stays as it is"
    assert [finding.message for finding, _ in judgement.findings] == [message]


@pytest.mark.parametrize(
    "typed",
    [
        r"X^\top X\theta \quad \text{for } y = 0",
        r"X^\top X\theta, \quad y = 0",
        r"X^\top X\theta \quad \text{if } y = 0",
        "\\nabla_\\theta L = X^\\top X\\theta \\quad \\text{where } y = 0",
    ],
)
def test_no_condition_makes_a_wrong_result_right(typed: str) -> None:
    assert not answered(SQUARED, typed).solved


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("$$\n\n$$ L := 0", "the character “dollar sign” has no meaning in a formula"),
        (r"0 } + {", "“}” closes nothing"),
        (r"\end{aligned} 0", "“\\end” closes nothing"),
        (r"\def\theta{y} 0", "an answer defines no macros"),
        (r"\renewcommand{\nabla}{0} \nabla", "an answer defines no macros"),
        ("% nothing", "there is no result"),
        (r"=", "the relation has no right side"),
    ],
)
def test_nothing_gets_out_of_its_formula(typed: str, message: str) -> None:
    judgement = answered(SQUARED, typed)
    assert not judgement.solved
    assert judgement.message == "this cannot be read"
    assert [finding.message for finding, _ in judgement.findings] == [message]


def test_an_empty_answer_says_what_is_wanted() -> None:
    assert answered(SQUARED, " \n ") == Judgement(
        False, "type a result, or the steps that lead to it, one a line"
    )


def test_deep_nesting_is_said_and_breaks_nothing() -> None:
    judgement = answered(SQUARED, "(" * 3000 + "0" + ")" * 3000)
    assert not judgement.solved


def test_a_hint_that_is_open_lends_its_symbols() -> None:
    text = r"""
!!! exercise "A sum"

    Let $x, c \in \mathbb{R}^n$ and $s = \|x - c\|^2$.
    What is $\nabla_x s$?

    ??? hint

        Write $d = x - c$.

    ??? answer

        $$
        \nabla_x s = 2 (x - c)
        $$
"""
    [written] = written_in(read_page(text).blocks)
    exercise = written.read("mixed")
    assert not judge(exercise, "2d").solved
    assert judge(exercise, "2d", opened=1).solved


def test_the_worker_answers_in_json() -> None:
    exercise, _ = by_title()[SQUARED]
    session = Session((DOCS / "macros.tex").read_text(encoding="utf-8"))
    request = {"exercise": exercise.to_json(), "typed": r"X^\top e", "opened": 0}
    assert json.loads(session.judge(json.dumps(request))) == {
        "solved": False,
        "message": "not yet",
        "findings": [
            {
                "code": "undeclared-symbol",
                "message": "“e” is not declared on this page",
                "text": "error[undeclared-symbol]: “e” is not declared on this page\n"
                " --> your answer:1:8\n  |\n1 |    X^\\top e\n  |           ^\n  |",
                "from": [1, 8],
                "to": [1, 9],
                "typed": True,
            }
        ],
    }
