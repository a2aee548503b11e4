"""Edits of sums: a term too many, or a simple one that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from proofread.algebra.dimensions import Shape
from proofread.diagnosis.edits.draft import Draft, Edit, apart, balanced, edit, parts
from proofread.diagnosis.edits.factors import number_text
from proofread.diagnosis.edits.signs import sign_span
from proofread.latex.tokens import Span
from proofread.syntax.nodes import Differential, IndexName, Node, Sum, keys, strip, walk

MOST = 40


def dropped_terms(draft: Draft) -> Iterator[Edit]:
    """Each sum without one of its terms."""
    for node in parts(draft):
        if isinstance(node, Sum) and len(node.terms) > 1 and apart(node.terms):
            for number, term in enumerate(node.terms):
                words = ""
                if node is draft.node:
                    words = f"the two sides differ by {draft.written(term)}"
                yield from edit("term", _without(draft, node, number), words)


def _without(draft: Draft, node: Sum, number: int) -> str | None:
    where = sign_span(draft, node, number)
    if where is None:
        return None
    if number:
        gap = Span(node.terms[number - 1].span.end, node.terms[number].span.end)
        return draft.with_changes((gap, ""))
    gap = Span(node.span.start, node.terms[1].span.start)
    return draft.with_changes((gap, "" if node.signs[1] > 0 else "-"))


def with_term(draft: Draft, coefficient: Fraction, term: str) -> Edit:
    """The whole term with another one added."""
    sign = "-" if coefficient < 0 else "+"
    size = abs(coefficient)
    text = term if size == 1 else f"{number_text(size)} {term}"
    words = f"the two sides differ by {text}"
    return Edit("term", f"{draft.text.rstrip()} {sign} {text}", words)


def missing_terms(draft: Draft) -> list[str]:
    """Simple terms of the right shape that may be missing, from the names of the chain."""
    shape = draft.shape(draft.node)
    if shape is None or len(shape.dims) != 2:
        return []
    found = dict.fromkeys(_of_others(draft, shape))
    found.update(dict.fromkeys(_simple(draft, shape)))
    present = {draft.written(strip(term)) for term in _terms(draft.node)}
    return [text for text in found if text not in present][:MOST]


def _terms(node: Node) -> tuple[Node, ...]:
    return node.terms if isinstance(node, Sum) else (node,)


def _of_others(draft: Draft, shape: Shape) -> Iterator[str]:
    """Terms of the chain's other sums."""
    for tree in draft.others:
        for node in walk(tree):
            if isinstance(node, Sum):
                for term in node.terms:
                    if draft.shape(term) == shape and balanced(draft.written(term)):
                        yield draft.written(term)


def _simple(draft: Draft, shape: Shape) -> Iterator[str]:
    table = draft.table
    trees = (draft.node, *draft.others)
    named = frozenset[str]().union(*(keys(tree) for tree in trees))
    behind = sorted(table.behind(named), key=lambda key: (key not in named, key))
    values = [
        (key, symbol.shape)
        for key in behind
        if (symbol := table.lookup(key)) is not None
        and symbol.role == "value" and not symbol.family and len(symbol.shape.dims) == 2
    ]  # fmt: skip
    scalars = [key for key, each in values if each.scalar]
    factors = ["", *(f"{key} " for key in scalars[:3])]
    same = [key for key, each in values if each == shape]
    for key in same:
        for factor in factors:
            if factor.strip() != key:
                yield f"{factor}{key}"
    letters = sorted({part.name for tree in trees for part in walk(tree)
                      if isinstance(part, IndexName)})  # fmt: skip
    if shape.scalar:
        for key, each in values:
            if each.vector:
                yield from (f"{key}_{{{letter}}}" for letter in letters)
    yield from _products(draft, values, shape)


def _products(draft: Draft, values: list[tuple[str, Shape]], shape: Shape) -> Iterator[str]:
    """Products of two names that have the shape, differentials where the chain has them."""
    trees = (draft.node, *draft.others)
    moving = sorted(frozenset[str]().union(*(
        keys(part) for tree in trees for part in walk(tree) if isinstance(part, Differential)
    )))  # fmt: skip
    operands: list[tuple[str, Shape, bool]] = []
    for key, each in values[:8]:
        if each.scalar:
            continue
        operands += [(key, each, False), (draft.transposed(key), each.transposed, False)]
        if key in moving:
            operands += [
                (f"d{key}", each, True),
                (f"d{draft.transposed(key)}", each.transposed, True),
            ]
    for left, p, first in operands:
        for right, q, second in operands:
            if (first or second) != bool(moving) or (first and second):
                continue
            if p.columns == q.rows and Shape((p.rows, q.columns)) == shape:
                yield f"{left}\\, {right}" if moving else f"{left} {right}"
