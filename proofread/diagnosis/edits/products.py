"""Edits of matrices: transposes, and the order of products."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from proofread.diagnosis.edits.draft import (
    Draft,
    Edit,
    apart,
    appended,
    edit,
    parts,
    script_of,
)
from proofread.latex.tokens import Span
from proofread.syntax.nodes import (
    Constant,
    Derivative,
    Differential,
    Element,
    FunctionDerivative,
    Grouped,
    Member,
    Name,
    Node,
    Op,
    Product,
)

TRANSPOSED = re.compile(
    r"\^\s*(\\top|\\intercal|T|t|'|\\prime|\{\s*\\?\w*\s*\{?\s*[Tt]\s*\}?\s*\}"
    r"|\{\s*\\(?:top|intercal)\s*\}|\\(?:mathrm|mathsf)\s*\{?T\}?)\s*\Z"
)
INVERSE = re.compile(r"\^\s*\{\s*-\s*1\s*\}\s*\Z")
BOTH = re.compile(r"\^\s*\{\s*-\s*(?:\\top|T|\\intercal)\s*\}\s*\Z")


def transposes(draft: Draft) -> Iterator[Edit]:
    """Each transpose taken away, and one more on each matrix."""
    for node in parts(draft):
        if isinstance(node, Op) and node.op == "transpose":
            yield from _removed(draft, node)
        elif isinstance(node, Op) and node.op == "inverse" and not draft.scalar(node):
            yield from _both(draft, node)
        elif _may_be_transposed(draft, node):
            yield from edit("transpose", appended(draft, node, draft.transpose))
    if isinstance(draft.node, Product) and not draft.scalar(draft.node):
        yield from edit("transpose", f"({draft.text}){draft.transpose}")


def _removed(draft: Draft, node: Op) -> Iterator[Edit]:
    text = draft.written(node)
    script = script_of(text)
    if script is None:
        return
    where = Span(node.span.start + script.start, node.span.end)
    if BOTH.match(text, script.start):
        yield from edit("transpose", draft.with_changes((where, "^{-1}")))
    elif TRANSPOSED.match(text, script.start):
        yield from edit("transpose", draft.with_changes((where, "")))


def _both(draft: Draft, node: Op) -> Iterator[Edit]:
    text = draft.written(node)
    script = script_of(text)
    if script is not None and INVERSE.match(text, script.start):
        where = Span(node.span.start + script.start, node.span.end)
        mark = re.sub(r"\A\{(.*)\}\Z", r"\1", draft.transpose[1:])
        yield from edit("transpose", draft.with_changes((where, f"^{{-{mark}}}")))


def _may_be_transposed(draft: Draft, node: Node) -> bool:
    if draft.fixed(node) or draft.scalar(node) or (draft.shapes and draft.shape(node) is None):
        return False
    if script_of(draft.written(node)) is not None:
        return False  # two superscripts side by side are none
    if isinstance(node, Name):
        symbol = draft.table.lookup(node.key)
        return symbol is not None and symbol.role == "value" and not symbol.shape.scalar
    kinds = Grouped | Member | Element | Constant | Derivative | FunctionDerivative | Differential
    if not isinstance(node, kinds):
        return False
    return not isinstance(node, Grouped) or draft.written(node)[-1:] in ")]}"


def orders(draft: Draft) -> Iterator[Edit]:
    """Two factors exchanged, the nearest first, and the operands of ⊗ and their kin."""
    for node in parts(draft):
        if isinstance(node, Product) and apart(node.factors):
            members = [part for part in node.factors if not draft.scalar(part)]
            pairs = sorted(combinations(range(len(members)), 2), key=lambda pair: pair[1] - pair[0])
            for first, second in pairs[:20]:
                yield from exchanged(draft, "order", members[first], members[second])
            if len(members) > 2:
                yield from _reversed(draft, members)
        elif isinstance(node, Op) and node.op in ("otimes", "oslash") and apart(node.args):
            yield from exchanged(draft, "order", *node.args)


def exchanged(draft: Draft, kind: str, left: Node, right: Node) -> Iterator[Edit]:
    """The term with two of its parts in each other's place."""
    p, q = draft.written(left), draft.written(right)
    if p != q:
        yield from edit(kind, draft.with_changes((left.span, q), (right.span, p)))


def _reversed(draft: Draft, members: list[Node]) -> Iterator[Edit]:
    texts = [draft.written(part) for part in reversed(members)]
    changes = [(part.span, text) for part, text in zip(members, texts, strict=True)]
    yield from edit("order", draft.with_changes(*changes))
