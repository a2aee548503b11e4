"""Edits of indices, of the sums over them, and of numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from proofread.diagnosis.edits.draft import Draft, Edit, edit, parts
from proofread.diagnosis.edits.products import exchanged
from proofread.latex.tokens import Span
from proofread.syntax.nodes import Big, Delta, Element, IndexName, Member, Node, Num, strip, walk


def indices(draft: Draft) -> Iterator[Edit]:
    """Two indices of one symbol exchanged; an index letter for another one."""
    for node in parts(draft):
        places = index_places(node)
        for first, second in itertools.pairwise(places):
            if draft.inside(first.span) and draft.inside(second.span):
                yield from exchanged(draft, "index", first, second)
    letters = letters_of(draft)
    for node in parts(draft):
        for place in index_places(node):
            if isinstance(strip(place), IndexName) and draft.inside(place.span):
                for letter in letters:
                    if letter != draft.written(place):
                        yield from edit("index", draft.put(place.span, letter))


def index_places(node: Node) -> list[Node]:
    """The indices written on one symbol, in reading order."""
    found: list[Node] = []
    if isinstance(node, Element):
        found = [index for index in node.indices if index is not None]
        if isinstance(node.base, Member):
            found = [*node.base.indices, *found]
    elif isinstance(node, Member):
        found = list(node.indices)
    elif isinstance(node, Delta):
        found = [node.left, node.right]
    return sorted(found, key=lambda index: index.span.start)


def letters_of(draft: Draft) -> list[str]:
    """Index letters in use anywhere in the chain, without those that ellipses brought."""
    found: dict[str, None] = {}
    for tree in (draft.node, *draft.others):
        for node in walk(tree):
            if isinstance(node, IndexName):
                found.setdefault(node.name)
            elif isinstance(node, Big):
                found.update(dict.fromkeys(node.names))
    return [name for name in found if name.isalpha() or name.startswith("\\")]


# Sums --------------------------------------------------------------------------------------------

HEAD = re.compile(r"\\(sum|prod)\s*(?:\\(?:no)?limits\s*)?")


def sums(draft: Draft) -> Iterator[Edit]:
    """A sum dropped, one over a free index added, and its bounds moved."""
    for node in parts(draft):
        if isinstance(node, Big) and HEAD.match(draft.written(node)):
            head = Span(node.span.start, node.body.span.start)
            yield from edit("sum", draft.with_changes((head, "")))
            yield from _other_bounds(draft, node)
    elsewhere = {
        node.name for tree in draft.others for node in walk(tree) if isinstance(node, IndexName)
    }
    free = {node.name for node in walk(draft.node) if isinstance(node, IndexName)} - {
        name for node in walk(draft.node) if isinstance(node, Big) for name in node.names
    }
    for name in sorted(free - elsewhere):
        yield from edit("sum", f"\\sum_{{{name}}} {draft.text}")


def _other_bounds(draft: Draft, node: Big) -> Iterator[Edit]:
    if node.upper is not None and draft.inside(node.upper.span):
        text = draft.written(node.upper)
        if re.fullmatch(r"\w|\\\w+", text):
            for other in (f"{text} - 1", f"{text} + 1"):
                yield from edit("sum", draft.put(node.upper.span, other))


# Numbers -----------------------------------------------------------------------------------------


def numbers(draft: Draft) -> Iterator[Edit]:
    """Each number, one more and one less."""
    for node in parts(draft):
        if (
            isinstance(node, Num)
            and node.value.denominator == 1
            and (draft.written(node).strip().isdigit())
        ):
            for other in (node.value + 1, node.value - 1):
                if other >= Fraction(0):
                    yield from edit("number", draft.put(node.span, str(other)))
