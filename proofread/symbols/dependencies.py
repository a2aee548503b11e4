"""Which symbols the value of a tree rests on."""

from __future__ import annotations

from proofread.symbols.table import Table
from proofread.syntax.nodes import (
    Apply,
    At,
    Directional,
    FunctionDerivative,
    Name,
    Node,
    children,
)


def dependencies(node: Node, table: Table) -> frozenset[str]:
    """All keys behind ``node``, through definitions.

    A function's formal arguments count only where it stands without its arguments, as its value
    at them.
    """
    found: set[str] = set()
    _collect(node, table, found)
    return frozenset(found)


def _collect(node: Node, table: Table, found: set[str]) -> None:
    if isinstance(node, Name):
        found.add(node.key)
        symbol = table.lookup(node.key)
        if symbol is not None and symbol.definition is not None:
            found.update(key for key, _ in symbol.definition.behind)
            for formal in symbol.definition.formals:
                found.update(table.behind((formal,)))
        return
    if isinstance(node, Apply | FunctionDerivative | Directional) and node.args:
        _function(node.function, table, found)
        for arg in node.args:
            _collect(arg, table, found)
        if isinstance(node, Directional):
            _collect(node.direction, table, found)
        return
    if isinstance(node, At):
        inner: set[str] = set()
        _collect(node.target, table, inner)
        if isinstance(node.variable, Name):
            inner.discard(node.variable.key)
        found.update(inner)
        _collect(node.value, table, found)
        return
    for child in children(node):
        _collect(child, table, found)


def _function(node: Node, table: Table, found: set[str]) -> None:
    if isinstance(node, Name):
        found.add(node.key)
        symbol = table.lookup(node.key)
        if symbol is not None and symbol.definition is not None:
            formals = set(symbol.definition.formals)
            found.update(key for key, _ in symbol.definition.behind if key not in formals)
        return
    for child in children(node):
        _function(child, table, found)
