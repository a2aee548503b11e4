"""The worked cases of ``tests/cases``, one item a formula."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from proofread import check
from proofread.markdown.reader import read_page
from proofread.records import FileReport, Link, Place, Repair, Statement
from proofread.rendering.findings import finding_of
from proofread.rendering.text import render_finding, source_of
from tests.case_files import (
    FOLDER,
    NOT_CASES,
    Case,
    Expectation,
    Section,
    cases,
    left_out,
    objection,
    read_expectation,
    sections,
)

SECTIONS = [
    section
    for file in sorted(FOLDER.glob("*.md"))
    if file.name not in NOT_CASES
    for section in sections(file, file.read_text(encoding="utf-8"))
]
CASES = [case for section in SECTIONS for case in cases(section, read_page(section.text))]
LEFT_OUT = left_out()


@cache
def checked(section: Section) -> FileReport:
    return check(section.text).files[0]


def parameters() -> list[object]:
    return [
        pytest.param(
            case,
            id=f"{case.name}-{case.piece}",
            marks=[pytest.mark.xfail(reason="left out")] if case.name in LEFT_OUT else [],
        )
        for case in CASES
    ]


def repaired(case: Case, repair: Repair) -> FileReport:
    """What the engine says once a repair stands in the section."""
    lines = case.section.text.split("\n")
    start, end = repair.start, repair.end
    head = lines[start.line - 1][: start.column - 1]
    tail = lines[end.line - 1][end.column - 1 :]
    lines[start.line - 1 : end.line] = (head + repair.latex + tail).split("\n")
    return check("\n".join(lines)).files[0]


@pytest.mark.parametrize("case", parameters())
def test_case(case: Case) -> None:
    report = checked(case.section)
    statements = [found for found in report.statements if found.piece == case.piece]
    wrong = objection(case, statements)
    if wrong:
        source = source_of(case.section.text)
        findings = [
            render_finding(finding_of(found, None), source)
            for found in statements
            if not found.accepted
        ]
        pytest.fail("\n\n".join([f"{case.name}: {wrong}", *findings]), pytrace=False)


REPAIRED = [case for case in CASES if case.expectation.word == "fails" and case.expectation.detail]


@pytest.mark.parametrize("case", REPAIRED, ids=lambda case: case.name)
def test_repairs_that_are_offered_hold_when_they_are_made(case: Case) -> None:
    """Whatever the engine says that it has run, run from the page's text."""
    before = [found for found in checked(case.section).statements if found.piece == case.piece]
    for position, statement in enumerate(before):
        for repair in statement.repairs if statement.at is not None else ():
            if repair.kind == "layout":
                continue
            after = [
                found for found in repaired(case, repair).statements if found.piece == case.piece
            ][position]
            assert after.at is None or after.at > statement.at, (
                f"{case.name}: {repair.kind}: {repair.latex}"
            )


def test_nothing_in_the_cases_stays_text() -> None:
    assert [problem for section in SECTIONS for problem in read_page(section.text).problems] == []


def test_cases_left_out_exist() -> None:
    assert LEFT_OUT.issubset(case.name for case in CASES)


def test_every_file_has_cases_and_every_case_a_place() -> None:
    names = {case.section.file.name for case in CASES}
    assert names == {file.name for file in FOLDER.glob("*.md")} - NOT_CASES
    for case in CASES:
        line = case.section.text.split("\n")[case.line - 1]
        assert "$" in line or line.startswith("\\begin{"), case.name


# The judge is judged.

SECTION = Section(Path("x.md"), "")
STATEMENT = Statement(1, 1, 1, 2, True, "a = b", "claim", "holds")
FAILS = replace(STATEMENT, verdict="fails", at=1)
REPAIR = Repair("sign", "-b", Place(1, 1), Place(1, 2))


def case_of(comment: str | None, *, display: bool = True) -> Case:
    expectation = read_expectation(comment) if comment else Expectation()
    return Case(SECTION, 0, 1, display, expectation)


@pytest.mark.parametrize(
    ("comment", "statements", "message"),
    [
        (None, [STATEMENT], None),
        (None, [], "expected accepted, got nothing was read"),
        (None, [STATEMENT, FAILS], "expected accepted, got fails at 1"),
        ("holds", [STATEMENT], None),
        ("holds", [replace(STATEMENT, verdict="defines")], "expected holds, got defines"),
        (
            "holds",
            [
                replace(
                    STATEMENT, verdict="defines", links=(Link("=", "defines"), Link("=", "holds"))
                )
            ],
            None,
        ),
        ("defines", [STATEMENT], "expected defines, got holds"),
        ("reads", [FAILS], "expected reads, got fails at 1"),
        ("fails at 1", [FAILS], None),
        ("fails at 2", [FAILS], "expected fails 2, got fails at 1"),
        ("fails at 1", [STATEMENT], "expected fails 1, got holds"),
        (
            "fails at 1: sign",
            [FAILS],
            "fails as expected, but no repair is offered (sign would do)",
        ),
        ("fails at 1: factor", [replace(FAILS, repairs=(REPAIR,))], None),
        ("refused", [replace(STATEMENT, verdict="refused", code="ambiguous")], None),
        (
            "refused: index-clash",
            [replace(STATEMENT, verdict="refused", code="ambiguous")],
            "expected refused index-clash, got refused ambiguous",
        ),
        (
            "fails at 1",
            [replace(STATEMENT, verdict="refused", code="ambiguous"), FAILS],
            "expected fails 1, got refused ambiguous",
        ),
        ("rejected", [replace(STATEMENT, verdict="undecided")], "expected rejected, got undecided"),
        ("rejected", [FAILS], None),
        ("undecided", [replace(STATEMENT, verdict="undecided")], None),
        ("undecided", [STATEMENT], "expected undecided, got holds"),
    ],
)
def test_objection(comment: str | None, statements: list[Statement], message: str | None) -> None:
    assert objection(case_of(comment), statements) == message


def test_inline_formula_may_say_nothing() -> None:
    assert objection(case_of(None, display=False), []) is None


@pytest.mark.parametrize(
    "comment", ["hold", "fails", "holds at 1", "fails at x", "refused: A", "holds: sign", "todo"]
)
def test_comment_that_says_nothing_known_is_an_error(comment: str) -> None:
    with pytest.raises(ValueError, match=comment):
        read_expectation(comment)


def test_sections_keep_their_lines() -> None:
    text = "# T\n\n## A\n\n$$\n## a\n$$\n\n```\n## b\n```\n\n## B\nx\n"
    found = sections(Path("x.md"), text)
    assert [section.text for section in found] == [
        "\n\n## A\n\n$$\n## a\n$$\n\n```\n## b\n```\n\n",
        "\n" * 12 + "## B\nx\n\n",
    ]


def test_comment_that_follows_no_formula_is_an_error() -> None:
    section = Section(Path("x.md"), "Text.\n\n<!-- holds -->\n")
    with pytest.raises(ValueError, match="a comment that follows no displayed formula: 'holds'"):
        list(cases(section, read_page(section.text)))
