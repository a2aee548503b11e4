"""What inference finds out about a tree, for the evaluator."""

from __future__ import annotations

from dataclasses import dataclass, field

from proofread.algebra.dimensions import Dim, Shape
from proofread.latex.tokens import Span
from proofread.shapes.products import Plan
from proofread.syntax.nodes import Node


@dataclass(slots=True)
class IndexUse:
    """What an index letter runs over: known from what it indexes, or from its operator."""

    span: Span
    first: Dim | None = None
    last: Dim | None = None
    source: str = ""
    bounded: bool = False
    said: bool = False
    """Whether the page declared the range."""


@dataclass(frozen=True, slots=True)
class Reach:
    """An index made of free letters, and the numbers from first to last that it must stay in."""

    index: Dim
    first: Dim
    last: Dim
    span: Span
    source: str

    @property
    def letters(self) -> frozenset[str]:
        """The letters that it is made of."""
        return frozenset(name[1:] for name in self.index.names if name.startswith("@"))


@dataclass(slots=True)
class Shaped:
    """What inference found, by node: shapes, sizes, groupings and readings."""

    shapes: dict[int, Shape] = field(default_factory=dict)
    sizes: dict[int, Dim] = field(default_factory=dict)
    """Of identities and ones."""
    ranges: dict[int, list[IndexUse]] = field(default_factory=dict)
    """Of sums and their kin: one for each letter."""
    groupings: dict[int, Plan] = field(default_factory=dict)
    free: dict[str, IndexUse] = field(default_factory=dict)
    """Index letters that no operator binds."""
    reaches: list[Reach] = field(default_factory=list)
    """What narrows the ranges of free letters: ``h_{t-1}``."""
    choices: dict[int, int] = field(default_factory=dict)
    """Which reading of an Either was taken."""
    rewritten: dict[int, Node] = field(default_factory=dict)
    """What stands for the target of a derivative: the form that was differentiated."""
    notes: list[str] = field(default_factory=list)
    vanishing: list[Node] = field(default_factory=list)
    """Derivatives by a symbol that does not occur."""
    keep: list[Node] = field(default_factory=list)
    """Trees made here, kept so that their identities stay their own."""
