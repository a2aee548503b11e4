"""The syntax tree of a formula. Nodes are immutable and compare by what they say, not where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from typing import Literal

from proofread.latex.tokens import Span


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the tree, with the stretch of source that it stands for."""

    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Num(Node):
    """A number as it is written."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A symbol of the page's table, by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class Unknown(Node):
    """A name that the table does not have; ``key`` is how it would be called.

    ``base`` is its key as a family, in which case ``indices`` are what they would be and
    ``literal`` is its key with the indices as they are written.
    """

    key: str
    base: str = ""
    indices: tuple[Node | None, ...] = ()
    literal: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class IndexName(Node):
    """An index letter: bound by a sum, or free in the whole claim."""

    name: str


@dataclass(frozen=True, slots=True)
class Op(Node):
    """A registered operation on its arguments."""

    op: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """Terms added with their signs, each 1 or -1."""

    terms: tuple[Node, ...]
    signs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Product(Node):
    """Factors multiplied, in order."""

    factors: tuple[Node, ...]


ConstantKind = Literal["identity", "ones", "zeros"]


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """An identity, ones, zeros or a basis vector; ``size`` where the page writes it."""

    kind: ConstantKind
    size: Node | None


@dataclass(frozen=True, slots=True)
class Element(Node):
    """An element, row or column of an array; ``None`` stands for a whole range."""

    base: Node
    indices: tuple[Node | None, ...]


@dataclass(frozen=True, slots=True)
class Member(Node):
    """A member of a family."""

    family: Name
    indices: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Delta(Node):
    """Kronecker's delta."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """A comparison inside a formula: a condition."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class All(Node):
    """Several conditions at once."""

    conditions: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Indicator(Node):
    """One where a condition holds, else zero."""

    condition: Node


@dataclass(frozen=True, slots=True)
class Big(Node):
    """A sum, product, largest or smallest over index letters."""

    op: Literal["sum", "prod", "max", "min"]
    names: tuple[str, ...]
    lower: Node | None
    upper: Node | None
    condition: Node | None
    body: Node


@dataclass(frozen=True, slots=True)
class Fill(Node):
    """The entries of a row, or the rows of an array, that dots stand for."""

    name: str
    lower: Node
    upper: Node
    body: Node


@dataclass(frozen=True, slots=True)
class Dots(Node):
    """An ellipsis before it is filled in; no finished tree has one."""

    kind: str


@dataclass(frozen=True, slots=True)
class Row(Node):
    """One row of a matrix."""

    cells: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Block(Node):
    """A matrix given by its entries or blocks; each row is a Row, or a Fill of one."""

    rows: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Diagonal(Node):
    """A diagonal matrix given by its entries; ``cells`` may hold a Fill."""

    cells: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Cases(Node):
    """Values with their conditions; ``None`` is the value otherwise."""

    values: tuple[Node, ...]
    conditions: tuple[Node | None, ...]


@dataclass(frozen=True, slots=True)
class Compose(Node):
    """One function after another."""

    outer: Node
    inner: Node


@dataclass(frozen=True, slots=True)
class Apply(Node):
    """A function of the page on its arguments."""

    function: Node
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Derivative(Node):
    """A derivative of an expression by variables of the page.

    ``style`` is ``partial`` (the page's layout), ``nabla`` (the shape of the variable) or
    ``jacobian``; ``by`` has one entry an order.
    """

    style: Literal["partial", "nabla", "jacobian"]
    target: Node
    by: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class FunctionDerivative(Node):
    """The derivative of a function by its formal argument, evaluated at ``args``."""

    style: Literal["partial", "nabla", "jacobian", "hessian", "prime"]
    function: Node
    args: tuple[Node, ...]
    which: int = 0
    order: int = 1


@dataclass(frozen=True, slots=True)
class Directional(Node):
    """The derivative of a function in a direction."""

    function: Node
    args: tuple[Node, ...]
    direction: Node


@dataclass(frozen=True, slots=True)
class Differential(Node):
    """The differential of an expression."""

    target: Node


@dataclass(frozen=True, slots=True)
class At(Node):
    """An expression with a variable set to a value."""

    target: Node
    variable: Node
    value: Node


@dataclass(frozen=True, slots=True)
class ArgMin(Node):
    """Where an expression is smallest or largest."""

    op: Literal["min", "max"]
    variable: Node
    body: Node


@dataclass(frozen=True, slots=True)
class Checked(Node):
    """An expression with its shape written below it."""

    body: Node
    rows: Node
    columns: Node


@dataclass(frozen=True, slots=True)
class Grouped(Node):
    """An expression in brackets: says nothing, but keeps products apart from what was written."""

    body: Node


@dataclass(frozen=True, slots=True)
class Either(Node):
    """Two readings of one formula, with the words for each."""

    readings: tuple[Node, ...]
    words: tuple[str, ...]
    fallback: bool = False
    """Whether the second reading serves where the first does not fit."""


_FIELDS: dict[type[Node], tuple[str, ...]] = {}


def _node_fields(kind: type[Node]) -> tuple[str, ...]:
    """The fields of a kind of node that may hold nodes, told by their annotations."""
    if kind not in _FIELDS:
        holding = [item for item in fields(kind) if "Node" in item.type or item.type == "Name"]
        _FIELDS[kind] = tuple(item.name for item in holding)
    return _FIELDS[kind]


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below."""
    for name in _node_fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            for part in value:
                if isinstance(part, Node):
                    yield part


def walk(node: Node) -> Iterator[Node]:
    """The node and all nodes below it, outermost first."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(list(children(current))))


def rewrite(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """The tree with nodes replaced.

    ``change`` sees each node before what is below it, and returns what stands in its place, or
    ``None`` to go on below.
    """
    replacement = change(node)
    if replacement is not None:
        return replacement
    updates: dict[str, object] = {}
    for name in _node_fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, Node):
            new = rewrite(value, change)
            if new is not value:
                updates[name] = new
        elif isinstance(value, tuple) and any(isinstance(part, Node) for part in value):
            parts = tuple(
                rewrite(part, change) if isinstance(part, Node) else part for part in value
            )
            if any(p is not q for p, q in zip(parts, value, strict=True)):
                updates[name] = parts
    return replace(node, **updates) if updates else node  # type: ignore[arg-type]


def keys(node: Node) -> frozenset[str]:
    """The keys of all symbols that the tree names."""
    return frozenset(part.key for part in walk(node) if isinstance(part, Name))


def is_zero(node: Node) -> bool:
    """A literal zero, which fits any shape."""
    bare = strip(node)
    return (isinstance(bare, Num) and bare.value == 0) or (
        isinstance(bare, Constant) and bare.kind == "zeros" and bare.size is None
    )


def strip(node: Node) -> Node:
    """The node without the brackets around it."""
    while isinstance(node, Grouped):
        node = node.body
    return node
