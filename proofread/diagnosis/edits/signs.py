"""Edits of signs: of a term, of all terms, of a difference turned round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proofread.commands.registry import FUNCTIONS
from proofread.diagnosis.edits.draft import Change, Draft, Edit, apart, edit, parts
from proofread.latex.tokens import Span
from proofread.syntax.nodes import Apply, Cases, Fill, Grouped, Node, Op, Row, Sum, strip

SIGN = re.compile(r"[+\-−]")
WORDS = "the two sides differ in sign"


def signs(draft: Draft) -> Iterator[Edit]:
    """The whole term first, then each part of it."""
    yield from negated(draft)
    for node in parts(draft):
        if isinstance(node, Sum) and apart(node.terms):
            yield from _flips(draft, node)
            yield from _turned(draft, node)
        for part in _alone(node):
            first = part.span.start == node.span.start and not isinstance(node, Row)
            if draft.inside(part.span) and not first:
                yield from edit("sign", draft.put(part.span, f"-{draft.written(part)}"))


def negated(draft: Draft) -> Iterator[Edit]:
    """The whole term with the other sign."""
    node = draft.node
    if not isinstance(node, Sum):
        yield from edit("sign", draft.with_changes(_before(node, "-")), WORDS)
        return
    if not apart(node.terms):
        return
    flips = [_flip(draft, node, number) for number in range(len(node.terms))]
    if all(flip is not None for flip in flips):
        yield from edit("sign", draft.with_changes(*(f for f in flips if f is not None)), WORDS)


def _flips(draft: Draft, node: Sum) -> Iterator[Edit]:
    for number in range(len(node.terms)):
        flip = _flip(draft, node, number)
        if flip is not None:
            yield from edit("sign", draft.with_changes(flip))


def sign_span(draft: Draft, node: Sum, number: int) -> Span | None:
    """Where the sign before a term stands; empty before a first term without one."""
    start = node.terms[number - 1].span.end if number else node.span.start
    end = node.terms[number].span.start
    found = list(SIGN.finditer(draft.source, start, end))
    if len(found) > 1 or (not found and (number or node.signs[0] < 0)):
        return None
    return Span(found[0].start(), found[0].end()) if found else Span(end, end)


def _flip(draft: Draft, node: Sum, number: int) -> Change | None:
    where = sign_span(draft, node, number)
    if where is None:
        return None
    if node.signs[number] < 0:
        return where, "+" if number else ""
    return where, "-"


def _turned(draft: Draft, node: Sum) -> Iterator[Edit]:
    r"""``a - b`` as ``b - a``."""
    if node.signs != (1, -1):
        return
    first, second = (term.span for term in node.terms)
    changed = draft.with_changes((first, draft.of(second)), (second, draft.of(first)))
    yield from edit("sign", changed, WORDS if strip(draft.node) is node else "")


def _before(node: Node, text: str) -> Change:
    return Span(node.span.start, node.span.start), text


def _alone(node: Node) -> Iterator[Node]:
    """Terms that stand alone inside something that a sign does not pass through."""
    inside: tuple[Node, ...] = ()
    if isinstance(node, Op) and node.op in FUNCTIONS:
        inside = node.args
    elif isinstance(node, Op) and node.op == "power":
        inside = node.args[1:]
    elif isinstance(node, Apply):
        inside = node.args
    elif isinstance(node, Row):
        inside = tuple(cell for cell in node.cells if not isinstance(cell, Fill))
    elif isinstance(node, Cases):
        inside = node.values
    for part in inside:
        bare = part.body if isinstance(part, Grouped) else part
        if not isinstance(bare, Sum):
            yield bare
