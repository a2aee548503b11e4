"""What a derivative is taken by: a symbol, an element or a member of it."""

from __future__ import annotations

from dataclasses import dataclass

from proofread.latex.tokens import Refusal
from proofread.syntax.nodes import Element, Grouped, Member, Name, Node, Op


@dataclass(frozen=True, slots=True)
class Variable:
    """The symbol that varies, and which part of it: ``part`` is an expression of that symbol."""

    key: str
    part: Node
    transposed: bool = False
    stacked: bool = False


def variable_of(node: Node) -> Variable:
    """The variable that ``node`` names.

    Raises:
        Refusal: ``ambiguous`` where it is no symbol and no part of one.

    """
    bare = node
    transposed = stacked = False
    while True:
        if isinstance(bare, Grouped):
            bare = bare.body
        elif isinstance(bare, Op) and bare.op == "transpose" and not stacked:
            transposed = not transposed
            bare = bare.args[0]
        elif isinstance(bare, Op) and bare.op == "vec" and not stacked:
            stacked = True
            bare = bare.args[0]
        else:
            break
    base = bare
    if isinstance(base, Element):
        base = base.base
    while isinstance(base, Grouped):
        base = base.body
    if isinstance(base, Member):
        base = base.family
    if not isinstance(base, Name):
        raise Refusal(
            "ambiguous",
            "a derivative is taken by a symbol of the page or an element of one",
            node.span,
            ("give the expression a name, z = …, and take the derivative by z",),
        )
    return Variable(base.key, bare, transposed, stacked)
