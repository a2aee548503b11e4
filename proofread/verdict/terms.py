"""The terms of a chain as trees, their names and indices required to be in order."""

from __future__ import annotations

from collections.abc import Sequence

from proofread.latex.tokens import Refusal, Span, Token
from proofread.shapes.misses import undeclared
from proofread.syntax.nodes import IndexName, Name, Node, Unknown, rewrite, walk
from proofread.syntax.parser import Parser
from proofread.syntax.statements import wide_space_inside
from proofread.verdict.state import State


def parse_terms(state: State, terms: Sequence[Sequence[Token]], span: Span) -> list[Node]:
    """The trees of a chain's terms.

    Raises:
        Refusal: also ``index-clash``, where a bound index stands free beside it or is a dimension.

    """
    first = Parser([], state.table, span)
    nodes = []
    for tokens in terms:
        where = tokens[0].span.to(tokens[-1].span) if tokens else span
        wide = wide_space_inside(tokens)
        if wide is not None:
            raise Refusal(
                "ambiguous",
                "a wide space between two formulas may separate or multiply them",
                wide,
                ("write a comma before it to separate them",),
            )
        nodes.append(_resolve_indices(first.sub(list(tokens), where).whole(), first))
    _require_declared(state, nodes)
    _check_clashes(state, first, nodes)
    return nodes


def _require_declared(state: State, nodes: Sequence[Node]) -> None:
    """An undeclared name is reported before anything that is wrong with indices or shapes."""
    for node in nodes:
        for part in walk(node):
            if isinstance(part, Unknown):
                raise undeclared(part.literal or part.key, part.span, state.table)


def _resolve_indices(node: Node, parser: Parser) -> Node:
    """Letters that a subscript introduced, where they stand as numbers too."""

    def change(part: Node) -> Node | None:
        if isinstance(part, Unknown) and not part.base and part.key in parser.introduced:
            return IndexName(part.span, part.key)
        return None

    return rewrite(node, change)


def _check_clashes(state: State, parser: Parser, nodes: Sequence[Node]) -> None:
    for name, span in parser.binders:
        if name in parser.introduced:
            raise Refusal(
                "index-clash",
                f"the index “{name}” is bound here and stands free elsewhere in the formula",
                span,
                (f"use another letter below the operator than “{name}”",),
                ((parser.introduced[name], "free here"),),
            )
        symbol = state.table.lookup(name)
        if symbol is None or symbol.role not in ("dimension", "value"):
            continue
        if symbol.role == "dimension":
            owner = _owner_of(state, name, nodes)
            if owner:
                raise Refusal(
                    "index-clash",
                    f"the index “{name}” is also a dimension: {owner}",
                    span,
                    (f"use another letter for the index than “{name}”",),
                )


def _owner_of(state: State, name: str, nodes: Sequence[Node]) -> str:
    """Where a formula has the dimension ``name``: written in it, or in the shape of a symbol."""
    for node in nodes:
        for part in walk(node):
            if not isinstance(part, Name):
                continue
            if part.key == name:
                return "the formula writes it"
            symbol = state.table.lookup(part.key)
            if symbol is None:
                continue
            dims = [*symbol.shape.dims]
            for each in symbol.family:
                dims += [each.first, each.last]
            if any(name in dim.names for dim in dims):
                return f"“{part.key}” has it"
    return ""
