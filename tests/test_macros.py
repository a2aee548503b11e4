"""Macros: read, expanded before anything else, and never without an end."""

from __future__ import annotations

import pytest

from proofread.latex.macros import expand, read_macros
from proofread.latex.tokens import tokenize
from tests.engine import refused

SITE = r"""
\newcommand{\R}{\mathbb{R}}
\newcommand{\norm}[1]{\lVert #1 \rVert}
\newcommand{\pd}[2][x]{\frac{\partial #2}{\partial #1}}
\def\T{^\top}
\DeclareMathOperator{\tr}{tr}
"""


def expanded(source: str, site: str = SITE) -> str:
    tokens, _ = expand(tokenize(source), read_macros(site), source)
    return "".join(f"\\{token.text} " if token.kind == "command" else token.text
                   for token in tokens)  # fmt: skip


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\R^n", r"\mathbb {R}^n"),
        (r"\norm{x + y}", r"\lVert x+y\rVert "),
        (r"\norm x", r"\lVert x\rVert "),
        (r"\pd{L}", r"\frac {\partial L}{\partial x}"),
        (r"\pd[\theta]{L}", r"\frac {\partial L}{\partial \theta }"),
        (r"X\T", r"X^\top "),
        (r"\tr A", r"\operatorname {tr}A"),
        (r"\norm{\norm{x}}", r"\lVert \lVert x\rVert \rVert "),
        (r"\newcommand{\y}{\hat{y}} \y - \y", r"\hat {y}-\hat {y}"),
        (r"\renewcommand{\R}{Q} \R", "Q"),
    ],
)
def test_a_macro_stands_for_its_body(source: str, expected: str) -> None:
    assert expanded(source) == expected


def test_tokens_of_an_expansion_point_at_the_call_and_arguments_at_themselves() -> None:
    source = r"a + \norm{x}"
    tokens, defined = expand(tokenize(source), read_macros(SITE), source)
    stretches = [source[token.span.start : token.span.end] for token in tokens]
    assert stretches == ["a", "+", r"\norm{x}", "x", r"\norm{x}"]
    assert defined == {}


def test_definitions_on_a_page_are_handed_on() -> None:
    source = r"\newcommand{\half}{\frac12} \half"
    _, defined = expand(tokenize(source), {}, source)
    assert [(macro.name, macro.arity, macro.source) for macro in defined.values()] == [
        ("half", 0, r"\frac12")
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (r"\def\a{\a\a}\a", r"too-large at '\\a': the macro \a expands to more than 20,000 tokens"),
        (
            r"\def\a{\b}\def\b{\a}\a",
            r"too-large at '\\a': the macro \a expands to more than 20,000 tokens",
        ),
        (
            r"\newcommand{\two}[2]{#1#2}\two{a}",
            r"latex-syntax at '\\two': \two takes 2 arguments, found 1",
        ),
        (
            r"\newcommand{\one}[1]{#2}\one{a}",
            r"latex-syntax at '\\one': \one has 1 parameters and uses #2",
        ),
        (
            r"\newcommand{a}{b}",
            (
                r"latex-syntax at '\\newcommand': \newcommand needs the name of a "
                "command"
            ),
        ),
        (
            r"\newcommand{\a}[x]{b}",
            (
                r"latex-syntax at '\\newcommand': a macro has between 0 and 9 "
                "parameters"
            ),
        ),
        (
            r"\newcommand{\a}[1{b}",
            (
                r"latex-syntax at '\\newcommand': \newcommand has a bracket that "
                "is never closed"
            ),
        ),
        (r"\newcommand{\a}", r"latex-syntax at '\\newcommand': \newcommand lacks its argument"),
        (r"\def\a{b", "latex-syntax at '{': this brace is never closed"),
    ],
)
def test_a_macro_that_cannot_be_expanded_is_refused(source: str, message: str) -> None:
    assert refused(source, lambda: expand(tokenize(source), {}, source)) == message


def test_a_file_of_macros_holds_nothing_else() -> None:
    source = r"\newcommand{\R}{\mathbb{R}} x"
    message = "latex-syntax at 'x': only macro definitions may stand here"
    assert refused(source, lambda: read_macros(source)) == message
