"""The shape of every node of a tree, and what the evaluator needs to know of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from proofread.algebra.dimensions import ONE, Dim, Shape
from proofread.latex.tokens import Refusal
from proofread.records import Layout
from proofread.shapes.bounds import is_dimension, leaves, reach
from proofread.shapes.found import IndexUse, Reach, Shaped
from proofread.symbols.table import Table
from proofread.syntax.dims import as_names, to_dim
from proofread.syntax.nodes import (
    Constant,
    IndexName,
    Name,
    Node,
    Num,
    Product,
    Sum,
    strip,
    walk,
)


class Inference:
    """Finds shapes of trees against one table; one object serves one statement."""

    def __init__(
        self, table: Table, layout: Layout, *, forced: dict[int, int] | None = None
    ) -> None:
        self.table = table
        self.layout: Layout = layout
        self.unifier = table.unifier()
        self.out = Shaped()
        self.indices: dict[str, IndexUse] = {}
        self.forced = forced or {}
        self.pending: list[tuple[Constant, Dim]] = []
        """Identities and ones whose size the rest of the statement decides."""
        self.single: list[Dim] = []
        """Sides of zero blocks that are one where nothing else fits them."""
        self.guarded = 0
        """How many conditions around a node leave out some values of indices."""

    # The entry points ---------------------------------------------------------------------------

    def shape(self, node: Node) -> Shape:
        """The shape of ``node``.

        Raises:
            Refusal: with the code of what is wrong.

        """
        found = RULES.get(type(node))
        if found is None:
            raise Refusal("latex-syntax", "this cannot stand here", node.span)
        shape = found(self, node)
        self.out.shapes[id(node)] = shape
        return shape

    def finish(self) -> None:
        """Settle what only the whole statement decides: open sizes and ranges."""
        for dim in self.single:
            if self.unifier.resolve(dim).unknown:
                self.unifier.unify(dim, ONE)
        for node, dim in self.pending:
            settled = self.unifier.resolve(dim)
            if settled.unknown and not self._of_table(settled):
                word = "I" if node.kind == "identity" else "\\mathbf{1}"
                raise Refusal(
                    "ambiguous",
                    f"more than one size of {word} fits",
                    node.span,
                    (f"write the size, {word}_n",),
                )
            self.out.sizes[id(node)] = settled
        for key, shape in self.out.shapes.items():
            self.out.shapes[key] = self.unifier.shape(shape)
        self.out.reaches = [
            replace(each, first=self.unifier.resolve(each.first),
                    last=self.unifier.resolve(each.last))
            for each in self.out.reaches
        ]  # fmt: skip
        for uses in self.out.ranges.values():
            for use in uses:
                self._settle(use)
        for name, use in self.out.free.items():
            if use.last is None:
                self._range_from_reach(name, use)
            if use.last is None:
                raise Refusal(
                    "ambiguous",
                    f"nothing says what the index “{name}” runs over",
                    use.span,
                    (f"say it before: {name} = 1, \\dots, m",),
                )
            self._settle(use)

    def _range_from_reach(self, letter: str, use: IndexUse) -> None:
        """A letter that nothing else bounds runs over what ``h_t`` or ``h_{t-1}`` allows."""
        for each in self.out.reaches:
            offset = each.index - Dim.of("@" + letter)
            if offset.number is not None:
                use.first, use.last = each.first - offset, each.last - offset
                use.source = each.source
                return

    def _of_table(self, dim: Dim) -> bool:
        """Whether the unknowns are sizes of symbols that the page left open."""
        return all(
            name in self.table.known or self._belongs(name)
            for name in dim.names
            if name.startswith("?")
        )

    def _belongs(self, name: str) -> bool:
        for symbol in self.table.symbols.values():
            for each in symbol.family:
                if name in each.last.names:
                    return True
        return False

    def _settle(self, use: IndexUse) -> None:
        if use.first is not None:
            use.first = self.unifier.resolve(use.first)
        if use.last is not None:
            use.last = self.unifier.resolve(use.last)

    # Help for the rules ---------------------------------------------------------------------------

    def resolved(self, shape: Shape) -> Shape:
        """The shape with all that is known of its dimensions."""
        return self.unifier.shape(shape)

    def mismatch(self, node: Node, message: str) -> Refusal:
        """The refusal of a node whose shape does not fit."""
        return Refusal("shape-mismatch", message, node.span)

    def unify(self, left: Shape, right: Shape) -> bool:
        """Make two shapes equal, if that can be; whether it could."""
        return self.unifier.unify_shapes(left, right)

    def use_index(self, index: Node, first: Dim, last: Dim, source: str) -> None:
        """Note that an index runs over ``first`` to ``last`` where it stands.

        Raises:
            Refusal: ``shape-mismatch`` where it runs over something else at another place.

        """
        bare = strip(index)
        if isinstance(bare, IndexName):
            use = self.use_of(bare)
            if use.last is None:
                use.first, use.last, use.source = first, last, source
            elif not use.bounded and not (
                self.unifier.unify(use.last, last) and self.unifier.unify(use.first or ONE, first)
            ):
                raise self.mismatch(
                    bare,
                    f"the index “{bare.name}” runs to {self.unifier.resolve(use.last)} in "
                    f"{use.source} and to {self.unifier.resolve(last)} in {source}",
                )
            elif use.bounded:
                self.unifier.unify(use.last, last)
                self._require_inside(bare, first, last, source)
            return
        if isinstance(bare, Num):
            number = int(bare.value)
            low, high = first.number, last.number
            if number < (low if low is not None else 0) or (high is not None and number > high):
                raise self.mismatch(bare, f"the index {number} lies outside {source}, which has "
                                    f"{last - first + ONE} of them")  # fmt: skip
            return
        if isinstance(bare, Name):
            self._dimension_as_index(bare, last, source)
        if isinstance(bare, Sum | Product):
            self._walk_index(bare)
            if all(self._bounded(part) for part in walk(bare)):
                self._require_inside(bare, first, last, source)
            else:
                self._reach(bare, first, last, source)

    def reach_index(self, index: Node, first: Dim, last: Dim, source: str) -> None:
        """Like :meth:`use_index`, of a family whose members need not all be meant.

        A recursion begins with members that its formula does not give: whether a free letter runs
        over them, too, the rest of the formula says.
        """
        bare = strip(index)
        if not isinstance(bare, IndexName) or self._bounded(bare):
            self.use_index(index, first, last, source)
        else:
            self._reach(bare, first, last, source)

    def _reach(self, index: Node, first: Dim, last: Dim, source: str) -> None:
        """Note that an index made of free letters must stay between two numbers."""
        dim = to_dim(index)
        if dim is None:
            return
        found = Reach(dim, first, last, index.span, source)
        if found.letters and not any(letter in self.indices for letter in found.letters):
            self.out.reaches.append(found)

    def _dimension_as_index(self, node: Name, last: Dim, source: str) -> None:
        """A dimension's name may index the last element of its own range alone."""
        symbol = self.table.lookup(node.key)
        end = self.unifier.resolve(last)
        if symbol is None or symbol.role != "dimension" or end.unknown:
            return
        if node.key not in end.names and end.number is None:
            raise Refusal(
                "index-clash",
                f"“{node.key}” is a dimension and stands as an index of {source}",
                node.span,
                (f"use another letter for the index than “{node.key}”",),
            )

    def _walk_index(self, node: Node) -> None:
        for part in node.terms if isinstance(node, Sum) else getattr(node, "factors", ()):
            if isinstance(part, IndexName):
                self.use_of(part)
            elif isinstance(part, Sum | Product):
                self._walk_index(part)

    def _bounded(self, node: Node) -> bool:
        return not isinstance(node, IndexName) or self.use_of(node).bounded

    def _require_inside(self, node: Node, first: Dim, last: Dim, source: str) -> None:
        """An index with bounds must stay inside what it indexes at all sizes."""
        index = to_dim(node)
        found = reach(index, {**self.out.free, **self.indices}) if index is not None else None
        if index is None or found is None:
            return
        ends = [self.unifier.resolve(dim) for dim in (*found, first, last)]
        if any(dim.unknown for dim in ends):
            return
        low, high, first, last = ends
        named = isinstance(node, IndexName) and self._ends_with_dimension(node)
        conditioned = frozenset[str]().union(*(each.keys for each in self.table.constraints))
        if (named and high != last) or (
            not self.guarded and leaves(low, high, first, last, conditioned)
        ):
            raise self.mismatch(
                node,
                f"the index “{as_names(index)}” runs from {low} to {high}, and {source} "
                f"from {first} to {last}",
            )

    def _ends_with_dimension(self, node: IndexName) -> bool:
        last = self.use_of(node).last
        return last is not None and is_dimension(self.unifier.resolve(last))

    def use_of(self, node: IndexName) -> IndexUse:
        """What is known of an index letter where it stands."""
        if node.name in self.indices:
            return self.indices[node.name]
        known = self.table.lookup(node.name)
        use = self.out.free.get(node.name)
        if use is None:
            use = IndexUse(node.span)
            if known is not None and known.role == "index" and known.family:
                use.first, use.last = known.family[0].first, known.family[0].last
                use.source = f"its declaration (line {known.place.line})"
                use.said = True
            self.out.free[node.name] = use
        return use


N = TypeVar("N", bound=Node)
Rule = Callable[[Inference, N], Shape]
RULES: dict[type[Node], Rule[Any]] = {}
"""By kind of node; what is not here cannot stand in a formula by itself."""


def rule(kind: type[N]) -> Callable[[Rule[N]], Rule[N]]:
    """Register how the shape of one kind of node is found."""

    def register(function: Rule[N]) -> Rule[N]:
        RULES[kind] = function
        return function

    return register
