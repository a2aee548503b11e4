"""What the checker in the browser is told, asked of the same code on CPython."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from proofread import check
from proofread.latex.tokens import Span
from proofread.rendering.findings import finding_of
from proofread.rendering.text import render_finding, source_of
from proofread.surfaces.live.marking import mark
from proofread.surfaces.live.session import Session
from tests.case_files import FOLDER, NOT_CASES, sections

PAGE = r"""# A gradient

Let $X \in \mathbb{R}^{m \times n}$, $y \in \mathbb{R}^m$ and $\theta \in \mathbb{R}^n$.

$$
e = X\theta - y, \qquad L = e^\top e
$$

$$
\begin{aligned}
\nabla_\theta L &= 2 X^\top (X\theta - y) \\
&= 2 X^\top (X\theta + y)
\end{aligned}
$$

And $2 Q$ is unknown.
"""
SEED = 20240607
TEXTS = [
    section.text
    for file in sorted(FOLDER.glob("*.md"))
    if file.name not in NOT_CASES
    for section in sections(file, file.read_text(encoding="utf-8"))[:2]
]


def answer(text: str, session: Session | None = None) -> dict[str, Any]:
    """The answer without the key, which no two sessions share."""
    said = json.loads((session or Session()).check(text))
    plain: dict[str, Any] = json.loads(json.dumps(said).replace(said["key"], "KEY"))
    return plain


def test_findings_have_the_words_of_the_command_line() -> None:
    report = check(PAGE).files[0]
    source = source_of(PAGE)
    wanted = [
        render_finding(finding_of(one, None), source, label=one.label)
        for one in report.statements
        if not one.accepted
    ]
    assert len(wanted) == 2
    assert [finding["text"] for finding in answer(PAGE)["findings"]] == wanted


def test_a_repair_is_an_edit_of_the_text() -> None:
    finding = answer(PAGE)["findings"][0]
    repair = finding["repairs"][0]
    assert repair == {
        "kind": "sign", "latex": r"2 X^\top (X\theta - y)", "from": [12, 4], "to": [12, 26],
    }  # fmt: skip
    lines = PAGE.split("\n")
    lines[11] = lines[11][:3] + repair["latex"] + lines[11][25:]
    assert [one["code"] for one in answer("\n".join(lines))["findings"]] == ["undeclared-symbol"]


def test_an_undeclared_symbol_is_named() -> None:
    finding = answer(PAGE)["findings"][1]
    assert (finding["code"], finding["missing"], finding["from"]) == (
        "undeclared-symbol", "Q", [16, 8],
    )  # fmt: skip


def test_each_part_has_its_shape_and_each_name_its_line() -> None:
    spots = answer(PAGE)["pieces"][3]["spots"]
    said = {(spot["text"], spot["shape"], spot["line"]) for spot in spots if spot["kind"] == "part"}
    assert said == {
        ("e", "m×1", 6), ("X", "m×n", 3), (r"\theta", "n×1", 3), ("y", "m×1", 3),
        (r"X\theta", "m×1", 0), (r"X\theta - y", "m×1", 0), ("L", "scalar", 6),
        (r"e^\top", "1×m", 0), (r"e^\top e", "scalar", 0),
    }  # fmt: skip


def test_each_link_has_its_verdict() -> None:
    spots = answer(PAGE)["pieces"][4]["spots"]
    links = [(spot["number"], spot["verdict"]) for spot in spots if spot["kind"] == "link"]
    assert links == [(1, "holds"), (2, "fails")]


def test_the_text_goes_out_with_its_verdicts() -> None:
    quoted = Session().quote(PAGE)
    assert "$$\ne = X\\theta - y, \\qquad L = e^\\top e\n$$\n\n*defined*\n" in quoted
    assert "```text\nerror[step-unequal]: the two sides of link 2 differ in 6 of 6" in quoted


def test_the_macros_of_the_site_hold() -> None:
    text = r"$$ \Half + 1 $$"
    assert answer(text)["findings"][0]["code"] == "unknown-command"
    session = Session(r"\newcommand{\Half}{\frac{1}{2}}")
    assert answer(text, session)["findings"] == []


# Only what changed is checked again, and the answer is as if all had been.


def edited(text: str, chance: random.Random) -> str:
    """A text with a line changed, left out, or put in."""
    lines = text.split("\n")
    row = chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines[row] = lines[row].replace("2", "3").replace("+", "-")
        case 1:
            del lines[row]
        case 2:
            lines.insert(row, chance.choice(["", "Let $q \\in \\mathbb{R}$.", "## Another", "$$"]))
        case 3:
            lines = lines[: row + 1]
    return "\n".join(lines)


@pytest.mark.parametrize("number", range(0, len(TEXTS), 5))
def test_a_text_that_grows_and_changes_gets_the_answers_of_a_fresh_one(number: int) -> None:
    chance = random.Random(SEED + number)
    session, text = Session(), TEXTS[number]
    for turn in range(4):
        assert answer(text, session) == answer(text), f"seed {SEED + number}, turn {turn}"
        text = edited(text, chance)


def test_blocks_above_the_change_are_not_executed_again() -> None:
    session = Session()
    session.check(PAGE)
    assert session.begin(PAGE) == 0
    assert session.begin(PAGE + "\nMore.\n") == 1
    assert session.begin(PAGE.replace("2 X^", "3 X^", 1)) == 2
    assert session.begin("<!-- layout: numerator -->\n" + PAGE) > 4


def test_a_check_that_is_left_half_way_does_no_harm() -> None:
    session = Session()
    session.begin(PAGE)
    session.step()
    session.step()
    assert answer(PAGE, session) == answer(PAGE)


def test_a_text_that_there_is_too_much_of_is_said_so() -> None:
    said = answer("x\n" * 150_000)
    assert said["html"] == ""
    assert said["findings"][0]["message"] == (
        "the page has more than 200,000 characters, and is not read"
    )


# Marks in the LaTeX that KaTeX is given.


@pytest.mark.parametrize(
    ("latex", "stretch", "marked"),
    [
        (r"a + b", "b", r"a + \htmlData{at=k-0}{b}"),
        (r"x_\theta", r"\theta", r"x_{\htmlData{at=k-0}{\theta}}"),
        (r"\hat y", "y", r"\hat {\htmlData{at=k-0}{y}}"),
        (r"X^\top e", "X", r"\htmlData{at=k-0}{X}^\top e"),
        (r"(a + b)^\top", "(a + b)", r"(a + b)^\top"),
        (r"\left( a \right)", r"\left( a", r"\left( a \right)"),
        (r"a & + b \\ & + c", r"+ b \\ & + c",
         r"a & \htmlData{at=k-0}{+ b} \\ & \htmlData{at=k-0}{+ c}"),
        (r"a \\[1em] b", r"a \\[1em] b", r"\htmlData{at=k-0}{a} \\[1em] \htmlData{at=k-0}{b}"),
        ("\x00", "\x00", "\x00"),
    ],
)  # fmt: skip
def test_mark(latex: str, stretch: str, marked: str) -> None:
    start = latex.index(stretch)
    assert mark(latex, [(0, Span(start, start + len(stretch)))], "k") == marked


def test_marks_may_stand_in_each_other_but_not_cross() -> None:
    latex = "a b c"
    inside = [(0, Span(0, 5)), (1, Span(2, 3))]
    assert mark(latex, inside, "k") == r"\htmlData{at=k-0}{a \htmlData{at=k-1}{b} c}"
    crossing = [(0, Span(0, 3)), (1, Span(2, 5))]
    assert mark(latex, crossing, "k") == r"\htmlData{at=k-0}{a b} c"
