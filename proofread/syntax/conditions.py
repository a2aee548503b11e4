"""Comparisons inside formulas: below sums, in ``cases``, in indicators."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from proofread.commands.typography import RELATIONS
from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax.cursor import depths
from proofread.syntax.nodes import All, Node, Relation

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser

COMPARISONS = frozenset({"=", "≠", "<", ">", "≤", "≥"})


def relation_at(tokens: Sequence[Token]) -> list[int]:
    """Where relation signs stand at the top level."""
    levels = depths(tokens)
    return [
        position
        for position, token in enumerate(tokens)
        if levels[position] == 0
        and token.kind in ("command", "symbol")
        and token.text in RELATIONS
        and not token.is_symbol("|")
        and not token.is_command("mid", "to", "rightarrow")
    ]


def condition_tokens(tokens: list[Token]) -> list[Token]:
    r"""The tokens before ``\in``: ``\theta \in \mathbb{R}^n`` names ``\theta``."""
    for position, token in enumerate(tokens):
        if token.is_command("in"):
            return tokens[:position]
    return tokens


def read_condition(p: Parser, tokens: Sequence[Token], span: Span) -> Node:
    """A chain of comparisons; commas join several."""
    positions = relation_at(tokens)
    if not positions:
        raise Refusal("latex-syntax", "a condition needs a relation", span)
    edges = [-1, *positions, len(tokens)]
    terms = [p.sub(tokens[left + 1 : right], span).whole() for left, right in pairwise(edges)]
    conditions: list[Node] = []
    for number, position in enumerate(positions):
        op = RELATIONS[tokens[position].text]
        if op not in COMPARISONS:
            raise Refusal("latex-syntax", "this relation is no condition", tokens[position].span)
        conditions.append(Relation(span, op, terms[number], terms[number + 1]))
    return conditions[0] if len(conditions) == 1 else All(span, tuple(conditions))
