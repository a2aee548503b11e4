"""Indices, bounds and sizes as polynomials in names; an index letter is marked with ``@``."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from proofread.algebra.dimensions import ONE, Dim, Indexed
from proofread.latex.tokens import Span
from proofread.syntax.nodes import IndexName, Name, Node, Num, Op, Product, Sum, strip

MOST_FACTORS = 9
"""Of one power of a dimension, ``n^9``."""


def to_dim(node: Node, *, powers: bool = True) -> Dim | None:
    """An index or a bound as a polynomial in names; ``None`` where it is none.

    Without ``powers``, ``n^2`` is none.
    """
    node = strip(node)
    if isinstance(node, Num):
        return Dim.of(int(node.value)) if node.value.denominator == 1 else None
    if isinstance(node, Name):
        return Dim.of(node.key)
    if isinstance(node, IndexName):
        return Dim.of("@" + node.name)
    if isinstance(node, Sum | Product):
        inner = node.terms if isinstance(node, Sum) else node.factors
        parts = [to_dim(part, powers=powers) for part in inner]
        total = Dim.of(0 if isinstance(node, Sum) else 1)
        for position, part in enumerate(parts):
            if part is None:
                return None
            if isinstance(node, Sum):
                total = total + part if node.signs[position] > 0 else total - part
            else:
                total = total * part
        return total
    if powers and isinstance(node, Op) and node.op == "power":
        return _power(*node.args)
    return None


def _power(base: Node, exponent: Node) -> Dim | None:
    lone, times = to_dim(base), to_dim(exponent)
    if lone is None or lone.name is None or times is None or times.number is None:
        return None
    return prod([lone] * times.number, start=ONE) if 0 <= times.number <= MOST_FACTORS else None


def from_dim(dim: Dim, span: Span) -> Node:
    """The node that :func:`to_dim` reads as ``dim``."""
    terms: list[Node] = []
    signs: list[int] = []
    for monomial, factor in dim.terms:
        names: list[Node] = [
            IndexName(span, name[1:]) if name.startswith("@") else Name(span, name)
            for name in monomial
        ]
        if abs(factor) != 1 or not names:
            names.insert(0, Num(span, Fraction(abs(factor))))
        terms.append(names[0] if len(names) == 1 else Product(span, tuple(names)))
        signs.append(1 if factor > 0 else -1)
    if not terms:
        return Num(span, Fraction(0))
    if len(terms) == 1 and signs == [1]:
        return terms[0]
    return Sum(span, tuple(terms), tuple(signs))


def as_names(dim: Dim) -> Dim:
    """The dimension with index letters as the names that they become."""
    return Dim.from_terms(
        {tuple(sorted(map(_as_name, monomial))): factor
         for monomial, factor in dim.terms}
    )  # fmt: skip


def _as_name(name: str) -> str:
    return name if isinstance(name, Indexed) else name.removeprefix("@")
