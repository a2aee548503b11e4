"""Sizes that differ between the members of a family, ``n_l``: members of a family of their own."""

from __future__ import annotations

from proofread.algebra.dimensions import Indexed
from proofread.symbols.table import Table
from proofread.syntax.dims import to_dim
from proofread.syntax.nodes import Member, Name, Node, rewrite


def with_counts_named(node: Node, table: Table) -> Node:
    """A size, an index or a bound in which such members stand as names of sizes."""

    def named(part: Node) -> Node | None:
        return _name_of(part, table) if isinstance(part, Member) else None

    return rewrite(node, named)


def _name_of(node: Member, table: Table) -> Node | None:
    entry = table.lookup(node.family.key)
    indices = [to_dim(index) for index in node.indices]
    if entry is None or not entry.counts or len(indices) != 1 or indices[0] is None:
        return None
    return Name(node.span, Indexed(node.family.key, indices[0]))
