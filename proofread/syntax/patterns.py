"""What two terms share, and by how much their indices step from one to the next."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

from proofread.algebra.dimensions import Dim
from proofread.latex.tokens import Span
from proofread.syntax.dims import from_dim, to_dim
from proofread.syntax.nodes import Node, Num, Op, Product, rewrite, strip


@dataclass(frozen=True)
class Hole(Node):
    """A place where two terms differ, by its number."""

    number: int


class _Apart(Exception):
    """Two terms differ in more than their indices."""


def merge(left: Node, right: Node, holes: list[tuple[Dim, Dim]]) -> Node | None:
    """The tree that both share, with holes where their indices differ."""
    try:
        return _merged(left, right, holes)
    except _Apart:
        return None


def _merged(left: Node, right: Node, holes: list[tuple[Dim, Dim]]) -> Node:
    if left == right:
        return left
    p, q = to_dim(left, powers=False), to_dim(right, powers=False)
    if p is not None and q is not None:
        holes.append((p, q))
        return Hole(left.span, len(holes) - 1)
    if type(left) is not type(right):
        raise _Apart
    updates = {
        item.name: _merged_parts(getattr(left, item.name), getattr(right, item.name), holes)
        for item in fields(left)
        if item.name not in ("span", "literal")
    }
    return replace(left, **updates)


def _merged_parts(left: Any, right: Any, holes: list[tuple[Dim, Dim]]) -> Any:
    """What two values of a field share."""
    if isinstance(left, Node) and isinstance(right, Node):
        return _merged(left, right, holes)
    if isinstance(left, tuple) and isinstance(right, tuple) and len(left) == len(right):
        return tuple(_merged_parts(x, y, holes) for x, y in zip(left, right, strict=True))
    if left != right:
        raise _Apart
    return left


@dataclass(frozen=True)
class Pattern:
    """A term with holes, what stands in each at the anchor, and by how much each steps."""

    body: Node
    anchor: tuple[Dim, ...]
    steps: tuple[int, ...]

    def at(self, offset: int | Dim, span: Span) -> Node:
        """The term that stands ``offset`` places behind the anchor."""
        by = Dim.of(offset) if isinstance(offset, int) else offset
        values = [
            from_dim(value + by * Dim.of(step), span)
            for value, step in zip(self.anchor, self.steps, strict=True)
        ]
        return rewrite(self.body, lambda n: values[n.number] if isinstance(n, Hole) else None)


def find_pattern(anchor: Node, last: Node, before: Node | None) -> tuple[Pattern, Dim] | None:
    """The pattern from ``anchor`` to ``last`` and how many steps lie between the two."""
    holes: list[tuple[Dim, Dim]] = []
    body = merge(anchor, last, holes)
    if body is None or not holes:
        return None
    steps = _steps(anchor, before, holes)
    if steps is None:
        return None
    distance: Dim | None = None
    for (start, end), step in zip(holes, steps, strict=True):
        if step == 0:
            return None
        gap = _divided(end - start, step)
        if gap is None or (distance is not None and gap != distance):
            return None
        distance = gap
    if distance is None:
        return None
    return Pattern(body, tuple(start for start, _ in holes), tuple(steps)), distance


def _steps(anchor: Node, before: Node | None, holes: list[tuple[Dim, Dim]]) -> list[int] | None:
    default = [-1 if start.number is None and end.number is not None else 1 for start, end in holes]
    if before is None:
        return default
    earlier: list[tuple[Dim, Dim]] = []
    if merge(before, anchor, earlier) is None:
        return default
    if len(earlier) != len(holes):
        return None
    steps = []
    for (previous, here), (start, _) in zip(earlier, holes, strict=True):
        step = (here - previous).number
        if step is None or here != start:
            return None
        steps.append(step)
    return steps


def _divided(dim: Dim, by: int) -> Dim | None:
    if any(factor % by for _, factor in dim.terms):
        return None
    return Dim(tuple((monomial, factor // by) for monomial, factor in dim.terms))


def normalized(node: Node) -> Node:
    """The term with first and zeroth powers written out, to compare with how it is printed."""
    node = strip(node)
    if isinstance(node, Op) and node.op == "power" and isinstance(node.args[1], Num):
        if node.args[1].value == 1:
            return normalized(node.args[0])
        if node.args[1].value == 0:
            return Num(node.span, Fraction(1))
    if isinstance(node, Product):
        factors = [normalized(part) for part in node.factors]
        kept = [part for part in factors if part != Num(node.span, Fraction(1))]
        if len(kept) == 1:
            return kept[0]
        if not kept:
            return Num(node.span, Fraction(1))
        return Product(node.span, tuple(kept))
    return node


def expanded(node: Node) -> Node:
    """Whole powers as products, so that ``x_2^2`` has the form of ``x_2 x_n``."""

    def change(part: Node) -> Node | None:
        if isinstance(part, Op) and part.op == "power" and isinstance(part.args[1], Num):
            times = part.args[1].value
            if times in (2, 3):
                return Product(part.span, (part.args[0],) * int(times))
        return None

    return rewrite(node, change)
