"""Trees to closures: each rule turns a node into a function of a frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from proofread.algebra.numbers import Number, OutOfRange, Undefined
from proofread.latex.tokens import Refusal
from proofread.shapes.found import Shaped
from proofread.symbols.table import Table, Traits
from proofread.syntax.nodes import (
    IndexName,
    Name,
    Node,
    Num,
    Sum,
    strip,
    walk,
)
from proofread.values.frame import Frame, Run

Index = Callable[[Frame], int]
NESTED = Traits(nested=True)
KINKED = Traits(smooth=False)


class Compiler:
    """Compiles the trees of one statement, with what inference found out about them."""

    def __init__(self, table: Table, shaped: Shaped, layout: str) -> None:
        self.table = table
        self.shaped = shaped
        self.layout = layout
        self.traits = Traits()
        """Of all that was compiled."""

    def run(self, node: Node) -> Run:
        """The closure that evaluates ``node``."""
        found = RULES.get(type(node))
        if found is None:
            raise Refusal("latex-syntax", "this has no value", node.span)
        return found(self, node)

    def index(self, node: Node) -> Index:
        """The closure of a whole number in an index or a bound."""
        bare = strip(node)
        if isinstance(bare, Num):
            number = int(bare.value)
            return lambda _: number
        if isinstance(bare, IndexName):
            name = bare.name
            return lambda s: s.idx[name]
        if isinstance(bare, Name):
            key = bare.key
            symbol = self.table.lookup(key)
            if symbol is not None and symbol.role == "dimension" and symbol.free:
                return lambda s: s.sizes[key]
            return lambda s: _whole(s.value(key))
        if isinstance(bare, Sum):
            parts = [self.index(term) for term in bare.terms]
            signs = bare.signs
            return lambda s: sum(sign * part(s) for sign, part in zip(signs, parts, strict=True))
        value = self.run(bare)
        return lambda s: _whole(value(s))

    def size(self, node: Node) -> Index:
        """The closure of the size of an identity or of ones."""
        dim = self.shaped.sizes[id(node)]
        return lambda s: s.size(dim)


def weight(node: Node) -> int:
    """How many operations one turn of a loop over a tree counts, and what the loop does itself.

    Products of matrices are counted besides, when their sizes are known.
    """
    return 10 + sum(1 for _ in walk(node))


N = TypeVar("N", bound=Node)
Rule = Callable[[Compiler, N], Run]
RULES: dict[type[Node], Rule[Any]] = {}
"""By kind of node; what is not here has no value by itself."""


def rule(kind: type[N]) -> Callable[[Rule[N]], Rule[N]]:
    """Register how one kind of node is compiled."""

    def register(function: Rule[N]) -> Rule[N]:
        RULES[kind] = function
        return function

    return register


def _whole(value: Number) -> int:
    real = float(value.real)
    if abs(real) > 1e15:
        raise OutOfRange("the number is too large")
    if real != int(real):
        raise Undefined("an index or a bound that is no whole number")
    return int(real)
