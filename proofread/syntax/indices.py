"""The indices in a subscript or a superscript."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax.cursor import depths, split_commas
from proofread.syntax.nodes import Element, Name, Node, Num, Op, Product, Sum, Unknown, walk

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser


Indices = tuple[Node | None, ...]


def index_list(p: Parser, tokens: Sequence[Token], span: Span, expected: int) -> Indices | None:
    """The indices in a subscript; ``None`` where it holds something else.

    ``expected`` is how many the thing has, 0 where that is open: it decides between the product
    ``2n`` and the two indices ``ij``.
    """
    tokens = [t for t in tokens if not t.is_command(",", ";", " ", "!", ":")]
    parts = split_commas(tokens)
    if len(parts) == 1 and expected != 1:
        singles = _singles(parts[0])
        if singles is not None and (len(singles) == expected or (expected == 0)):
            parts = singles
    introduced = dict(p.introduced)
    try:
        return tuple(_index(p, part, span) for part in parts)
    except _NoIndex:
        p.introduced.clear()
        p.introduced.update(introduced)
        return None


class _NoIndex(Exception):
    """What stands in a subscript is no index."""


def _singles(tokens: Sequence[Token]) -> list[tuple[Token, ...]] | None:
    """Each letter or digit by itself, where nothing else stands there."""
    parts: list[tuple[Token, ...]] = []
    for token in tokens:
        if token.kind == "number" and token.text.isdigit():
            parts.extend((Token("number", digit, token.span),) for digit in token.text)
        elif (
            token.kind == "letter"
            or token.is_symbol(":", "*")
            or token.is_command("cdot")
            or (token.kind == "command" and token.text in ("ell", "alpha", "beta", "mu", "nu"))
        ):
            parts.append((token,))
        else:
            return None
    return parts


def _index(p: Parser, tokens: Sequence[Token], span: Span) -> Node | None:
    """One index; ``None`` for a whole range."""
    if len(tokens) == 1 and (tokens[0].is_symbol(":", "*") or tokens[0].is_command("cdot", "ast")):
        return None
    if not tokens or any(
        t.kind == "command" and t.text not in ALLOWED and t.written not in p.bound for t in tokens
    ):
        raise _NoIndex
    if any(t.is_symbol("_") and depth for t, depth in zip(tokens, depths(tokens), strict=True)):
        raise _NoIndex  # a subscript in a subscript of the index: each level would be read twice
    sub = p.sub(tokens, span)
    sub.indexing = True
    try:
        node = sub.sum()
    except Refusal:
        raise _NoIndex from None
    if not sub.cursor.done:
        raise _NoIndex
    for part in walk(node):
        if isinstance(part, Name):
            entry = p.scope.lookup(part.key)
            if entry is None or not (entry.role == "dimension" or entry.whole):
                raise _NoIndex
        elif (
            isinstance(part, Op | Element | Unknown)
            or (isinstance(part, Num) and part.value.denominator != 1)
            or (isinstance(part, Product) and not any(isinstance(f, Num) for f in part.factors))
        ):
            raise _NoIndex
    return simplify_index(node)


ALLOWED = frozenset({"ell", "alpha", "beta", "mu", "nu", "kappa", "tau", "pi", "sigma", "cdot"})


def simplify_index(node: Node) -> Node:
    """Whole-number arithmetic in an index, so that ``1 + 1`` is ``2``."""
    if isinstance(node, Sum) and all(isinstance(term, Num) for term in node.terms):
        total = sum(
            (sign * term.value for sign, term in zip(node.signs, node.terms, strict=True)
             if isinstance(term, Num)),
            Fraction(0),
        )  # fmt: skip
        return Num(node.span, total)
    return node
