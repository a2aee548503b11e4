"""Edits of powers: squares, inverses and roots, too many or too few."""

from __future__ import annotations

from collections.abc import Iterator

from proofread.commands.registry import FUNCTIONS
from proofread.diagnosis.edits.draft import Draft, Edit, appended, edit, parts, script_of
from proofread.latex.tokens import Span
from proofread.syntax.nodes import Apply, Element, Grouped, Member, Name, Node, Num, Op

NORMS = frozenset({"norm", "norm_1", "norm_2", "norm_inf"})


def powers(draft: Draft) -> Iterator[Edit]:
    """Norms that lack their square first, then every power, then whatever could have one."""
    for node in parts(draft):
        if isinstance(node, Op) and node.op in NORMS and node.span not in draft.scripted:
            yield from edit("power", appended(draft, node, "^2"))
    for node in parts(draft):
        if isinstance(node, Op) and node.op in ("power", "inverse", "pinv"):
            yield from _changed(draft, node)
        elif isinstance(node, Op) and node.op == "sqrt" and "\\sqrt" in draft.written(node):
            yield from edit("power", draft.put(node.span, f"({draft.written(node.args[0])})"))
        elif _may_have_one(draft, node):
            if draft.scalar(node):
                yield from edit("power", appended(draft, node, "^2"))
            elif _square(draft, node):
                yield from edit("power", appended(draft, node, "^{-1}"))
                yield from edit("power", appended(draft, node, "^2"))


def _changed(draft: Draft, node: Op) -> Iterator[Edit]:
    """Another exponent, or none."""
    script = script_of(draft.written(node))
    if script is None:
        return
    where = Span(node.span.start + script.start, node.span.end)
    if node.op != "power":
        if "top" not in draft.of(where) and "T" not in draft.of(where):
            yield from edit("power", draft.with_changes((where, "")))
        return
    yield from edit("power", draft.with_changes((where, "")))
    exponent = node.args[1]
    if isinstance(exponent, Num) and exponent.value.denominator == 1:
        value = int(exponent.value)
        for other in (value - 1, value + 1):
            if other not in (0, 1):
                text = f"^{other}" if 0 <= other <= 9 else f"^{{{other}}}"
                yield from edit("power", draft.with_changes((where, text)))


def _may_have_one(draft: Draft, node: Node) -> bool:
    if draft.fixed(node):
        return False
    if isinstance(node, Grouped):
        return draft.written(node)[-1:] == ")"
    if isinstance(node, Op) and node.op in FUNCTIONS:
        return draft.written(node)[-1:] == ")"
    if isinstance(node, Name):
        symbol = draft.table.lookup(node.key)
        return symbol is not None and symbol.role in ("value", "dimension") and "^" not in node.key
    return isinstance(node, Element | Member | Apply) and "^" not in draft.written(node)


def _square(draft: Draft, node: Node) -> bool:
    shape = draft.shape(node)
    return (
        shape is not None
        and len(shape.dims) == 2
        and not shape.vector
        and shape.rows == shape.columns
    )
