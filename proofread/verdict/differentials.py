"""Which symbols vary in a claim about differentials."""

from __future__ import annotations

from collections.abc import Sequence

from proofread.latex.tokens import Refusal, Span
from proofread.symbols.dependencies import dependencies
from proofread.symbols.table import Table
from proofread.syntax.nodes import Differential, Element, Member, Name, Node, strip, walk


def varying_symbols(terms: Sequence[Node], table: Table, span: Span) -> frozenset[str]:
    """The free symbols that vary, by the rule of the contract; empty without differentials.

    Those whose differentials stand in the chain and those written inside a ``d(...)``; where there
    are none, those that stand behind every defined symbol whose differential the chain names.
    """
    named: set[str] = set()
    defined: list[str] = []
    found = False
    for term in terms:
        for part in walk(term):
            if not isinstance(part, Differential):
                continue
            found = True
            for key in _written(part.target):
                symbol = table.lookup(key)
                if symbol is None or symbol.role != "value":
                    continue
                if symbol.free:
                    named.add(key)
                else:
                    defined.append(key)
    if not found:
        return frozenset()
    named = {key for key in named if not _constant(table, key)}
    if not named and defined:
        behind = [_free_behind(table, key) for key in defined]
        named = set(frozenset.intersection(*behind))
    if not named:
        raise Refusal("ambiguous", "nothing in this chain of differentials varies", span)
    return frozenset(named)


def _written(target: Node) -> list[str]:
    bare = strip(target)
    if isinstance(bare, Element):
        bare = strip(bare.base)
    if isinstance(bare, Member):
        return [bare.family.key]
    if isinstance(bare, Name):
        return [bare.key]
    return [part.key for part in walk(target) if isinstance(part, Name)]


def _constant(table: Table, key: str) -> bool:
    symbol = table.lookup(key)
    return symbol is not None and "constant" in symbol.properties


def _free_behind(table: Table, key: str) -> frozenset[str]:
    symbol = table.lookup(key)
    assert symbol is not None
    found = set()
    for name in dependencies(Name(Span(0, 0), key), table):
        other = table.lookup(name)
        if (
            other is not None
            and other.free
            and other.role == "value"
            and ("constant" not in other.properties)
        ):
            found.add(name)
    return frozenset(found)
