"""The page that explains all findings, and the command that prints a section of it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import pytest

from proofread.records import Code
from proofread.surfaces import cli
from proofread.surfaces.explanations import explanations, first_sentence
from tests.finding_examples import (
    PAGE,
    RELEASED,
    ROOT,
    SITE_CODES,
    TAG_CODES,
    Example,
    examples,
    said_about,
)

EXAMPLES = list(examples(PAGE.read_text(encoding="utf-8")))
OWN_CODES = {"step-unequal", "undecided", "unused-definition", "refuted"}
"""What a finding begins with besides the contract's codes: see ``records.Finding``."""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.code}-{one.line}")
def test_what_is_said_about_an_example_is_what_stands_below_it(example: Example) -> None:
    assert said_about(example) == example.said
    assert not example.said or example.said.startswith(f"error[{example.code}]: ")


def test_a_wrong_example_is_noticed() -> None:
    first = EXAMPLES[0]
    other = Example(first.code, first.line, first.page.replace("y - X", "X"), first.said)
    assert said_about(other) != first.said


def test_each_section_has_a_failing_and_a_mended_example() -> None:
    for code in explanations():
        said = [bool(one.said) for one in EXAMPLES if one.code == code]
        assert said[:2] == [True, False], code


_COMPLAINING = {"about", "wrong", "Finding"}


def complaints(folder: Path) -> set[str]:
    """The codes with which the modules of a folder complain."""
    calls = (
        node
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and node.args
    )
    firsts = [
        ast.literal_eval(call.args[0])
        for call in calls
        if isinstance(call.args[0], ast.Constant)
        and getattr(call.func, "attr", getattr(call.func, "id", "")) in _COMPLAINING
    ]
    return {first for first in firsts if isinstance(first, str) and first}


def test_every_code_has_a_section() -> None:
    found = complaints(ROOT / "proofread" / "surfaces" / "site")
    of_tags = complaints(ROOT / "proofread" / "surfaces" / "tags")
    assert set(explanations()) == {*get_args(Code), *OWN_CODES, *found, *of_tags}
    assert found == SITE_CODES
    assert of_tags == TAG_CODES


def test_the_release_of_the_examples_is_shown() -> None:
    assert f"``` text\n{RELEASED}```\n" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", ["shape-mismatch", "error[shape-mismatch]:", " Shape-Mismatch "])
def test_explain(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", code]) == 0
    out, err = capsys.readouterr()
    page = PAGE.read_text(encoding="utf-8")
    section = page[page.index("## shape-mismatch") : page.index("## index-clash")]
    assert out == section[1:].rstrip() + "\n"
    assert err == ""


def test_explain_lists_all_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(explanations())
    assert lines[1] == (
        "shape-mismatch       Things are added, multiplied or compared whose sizes don't fit"
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("shape-mismach", "shape-mismach; did you mean shape-mismatch?"),
        ("unequal-step", "unequal-step; did you mean step-unequal?"),
        ("E501", "E501"),
        ("\x1b[2J", "<U+001B>[2J"),
    ],
)
def test_an_unknown_code_gets_the_nearest_one(
    capsys: pytest.CaptureFixture[str], asked: str, said: str
) -> None:
    assert cli.main(["explain", asked]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"proofread explain: no finding has the code {said}\n"
        "proofread explain, without a code, lists them all\n"
    )


def test_the_first_sentence_is_one_line() -> None:
    assert first_sentence("One thing\nand another.\nMore.") == "One thing and another"
