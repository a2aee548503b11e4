"""Differentials and Jacobians: ``dL``, ``J_f(x)`` and ``D f(x)[h]``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proofread.latex.tokens import Refusal
from proofread.syntax import brackets, derivatives, functions
from proofread.syntax.names import read_name
from proofread.syntax.nodes import Differential, Directional, FunctionDerivative, Node, Op, strip
from proofread.syntax.operators import name_alone
from proofread.syntax.resolution import resolve
from proofread.syntax.scripts import SupItem

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser


def differential(p: Parser, start: int) -> Node:
    """``d`` and what it applies to."""
    derivatives.skip_d(p)
    if p.cursor.at_symbol("^"):
        raise Refusal("unknown-command", "second differentials are not read", p.cursor.here)
    target, outer = differential_operand(p)
    node: Node = Differential(p.cursor.since(start), target)
    return p.superscripts(node, outer, p.cursor.since(start))


def differential_operand(p: Parser) -> tuple[Node, tuple[SupItem, ...]]:
    """What a ``d`` applies to, and the superscripts that go to the differential."""
    start = p.cursor.position
    if brackets.bracket_here(p):
        node = p.factor()
        if isinstance(node, Op) and node.op == "power":
            raise Refusal("ambiguous", "d before a bracket with a power has two readings",
                          p.cursor.since(start))  # fmt: skip
        return node, ()
    taken = name_alone(p)
    if taken is None:
        return p.factor(), ()
    node, items = taken
    if any(item.kind in ("power", "inverse", "pinv") for item in items):
        raise Refusal(
            "ambiguous",
            "d before a name with a power has two readings",
            p.cursor.since(start),
            ("write d(…) around what it applies to",),
        )
    return node, items


def jacobian_here(p: Parser, start: int) -> Node | None:
    r"""``J_f(x)``, ``J_{f \circ g}(x)``, ``D f(x)`` and ``\mathrm{D}f(x)[h]``."""
    raw = read_name(p.cursor, p.scope)
    p.cursor.position = start
    if raw is None or raw.base.accents or p.scope.lookup(raw.base.key) is not None:
        return None
    letter = raw.base.letter
    if letter == "J" and raw.sub is not None:
        inner = p.sub(raw.sub, raw.sub_span)
        try:
            function = inner.whole()
        except Refusal:
            return None
        if not functions.is_function(p, function):
            return None
        read_name(p.cursor, p.scope)
        return _jacobian(p, strip(function), raw.sup, start)
    if letter == "D" and raw.sub is None and not raw.sup:
        read_name_base(p)
        if p.cursor.at_symbol("("):
            node: Node | None = strip(brackets.bracket(p))
        else:
            second = read_name(p.cursor, p.scope)
            node = resolve(p, second)[0] if second is not None else None
        if node is None or not functions.is_function(p, node):
            p.cursor.position = start
            return None
        return _jacobian(p, node, (), start)
    return None


def read_name_base(p: Parser) -> None:
    """Step over a letter in its font."""
    token = p.cursor.next()
    if token.kind == "command":
        p.cursor.argument()
    elif token.kind == "open":
        p.cursor.position -= 1
        p.cursor.group()


def _jacobian(p: Parser, function: Node, sup: tuple[SupItem, ...], start: int) -> Node:
    args: tuple[Node, ...] = ()
    if brackets.bracket_here(p):
        args = tuple(brackets.arguments(p))
    if p.cursor.at_symbol("[") and args:
        direction = brackets.arguments(p)
        if len(direction) != 1:
            raise Refusal("latex-syntax", "a derivative has one direction", p.cursor.since(start))
        return Directional(p.cursor.since(start), function, args, direction[0])
    node: Node = FunctionDerivative(p.cursor.since(start), "jacobian", function, args)
    node = p.superscripts(node, sup, p.cursor.since(start))
    return p.scripted(node, start)
