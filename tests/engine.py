"""What the tests of the engine's stages share: a table from declarations, trees as text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import pytest

from proofread.latex.tokens import Refusal, tokenize
from proofread.records import Layout
from proofread.syntax.nodes import IndexName, Name, Node, Num, Op, Product, Sum, Unknown
from proofread.syntax.parser import Parser
from proofread.syntax.statements import split_piece
from proofread.verdict.execute import execute
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.statement import Statement
from proofread.verdict.terms import parse_terms
from proofread.verdict.words import Context


def run(state: State, latex: str, mode: str = "") -> Outcome:
    """The outcome of one statement; ``mode`` is the word before it, such as ``let``."""
    raw = split_piece(tokenize(latex)).statements[0]
    return execute(state, Statement(raw, latex, Context(mode), latex, True))


def page(*statements: str, layout: Layout = "mixed") -> State:
    """A page on which all these statements stand behind *let*."""
    state = State(layout)
    for statement in statements:
        run(state, statement, "let")
    return state


def parse(state: State, latex: str) -> Node:
    """The tree of a formula, with all its names declared."""
    tokens = tokenize(latex)
    return parse_terms(state, [tokens], tokens[0].span.to(tokens[-1].span))[0]


def bare(latex: str, state: State | None = None) -> Node:
    """The tree of a formula whose names need not be declared."""
    tokens = tokenize(latex)
    span = tokens[0].span.to(tokens[-1].span)
    return Parser(tokens, (state or State()).table, span).whole()


def shown(part: object) -> str:
    """A tree on one line: ``(* 2 (transpose X) e)``."""
    if isinstance(part, Num):
        return str(part.value)
    if isinstance(part, Name):
        return part.key
    if isinstance(part, Unknown):
        return f"?{part.literal or part.key}"
    if isinstance(part, IndexName):
        return f"@{part.name}"
    if isinstance(part, Op):
        return _listed(part.op, *part.args)
    if isinstance(part, Product):
        return _listed("*", *part.factors)
    if isinstance(part, Sum):
        signed = zip(part.signs, part.terms, strict=True)
        return _listed("+", *(f"{'-' * (sign < 0)}{shown(term)}" for sign, term in signed))
    if isinstance(part, Node):
        values = (getattr(part, item.name) for item in fields(part) if item.name != "span")
        return _listed(type(part).__name__.lower(), *values)
    if isinstance(part, tuple):
        return "[" + " ".join(shown(each) for each in part) + "]"
    return "." if part is None else str(part)


def _listed(*parts: object) -> str:
    return "(" + " ".join(shown(part) for part in parts) + ")"


def refused(source: str, action: Callable[[], object]) -> str:
    """The refusal that an action ends with: its code, what it points at, its words."""
    with pytest.raises(Refusal) as caught:
        action()
    refusal = caught.value
    where = source[refusal.span.start : refusal.span.end]
    advice = "".join(f"; {each}" for each in refusal.help)
    return f"{refusal.code} at {where!r}: {refusal.message}{advice}"
