"""Edits of names: another symbol of the same shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proofread.algebra.families import HOLE
from proofread.diagnosis.edits.draft import Draft, Edit, edit, parts
from proofread.latex.tokens import Span
from proofread.symbols.table import Symbol
from proofread.syntax.nodes import Constant, Name, keys

MOST = 6
"""Other symbols that one name is tried for."""


def symbols(draft: Draft) -> Iterator[Edit]:
    """Each name replaced by others of its shape."""
    nearby = frozenset[str]().union(*(keys(node) for node in (draft.node, *draft.others)))
    for node in parts(draft):
        if isinstance(node, Name):
            for other in _alike(draft, node, nearby):
                yield from _renamed(draft, node, other)
    yield from _constants(draft)


def _alike(draft: Draft, node: Name, nearby: frozenset[str]) -> list[str]:
    """Symbols of the page that could stand in a name's place, those of the chain first."""
    own = draft.table.lookup(node.key)
    if own is None:
        return []
    same = [
        key
        for key, symbol in draft.table.symbols.items()
        if key != node.key and _same_kind(symbol, own)
    ]
    letter = bare(node.key)
    same.sort(key=lambda key: (key not in nearby, bare(key) != letter))
    return same[:MOST]


def _same_kind(symbol: Symbol, own: Symbol) -> bool:
    if symbol.role != own.role or len(symbol.family) != len(own.family):
        return False
    if own.role == "function":
        return symbol.signature == own.signature
    return symbol.shape == own.shape


def bare(key: str) -> str:
    """The letter of a key without fonts, accents and scripts."""
    found = re.search(r"\\(?!math|hat|bar|tilde|vec|dot)[A-Za-z]+|[A-Za-z]", re.sub(
        r"\\(?:math\w+|hat|bar|tilde|vec|ddot|dot|check|breve)", "", key))  # fmt: skip
    return found.group() if found else key


def _renamed(draft: Draft, node: Name, other: str) -> Iterator[Edit]:
    span = draft.operand(node)
    if id(node) in draft.indexed:
        head = re.match(r"[^_^]*(?=[_^])", draft.of(span))
        if head is None or head.group().strip() != node.key.removesuffix("_{}"):
            return  # an element written with another letter than its symbol
        other = other.removesuffix("_{}")
        if "_" in other or "^" in other:
            return
        span = Span(span.start, span.start + head.end())
    elif HOLE.search(other):
        return  # a family is no name by itself
    if "^" in other and draft.source[span.end :].lstrip()[:1] == "^":
        other = f"{{{other}}}"
    yield from edit("symbol", draft.put(span, other))


def _constants(draft: Draft) -> Iterator[Edit]:
    """The identity for the ones, and the other way round."""
    for node in parts(draft):
        if isinstance(node, Constant) and node.kind == "ones" and node.size is None:
            yield from edit("symbol", draft.with_changes((node.span, "I")))
