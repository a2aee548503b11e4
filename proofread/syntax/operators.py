"""Derivatives that stand before what they apply to: fractions, nabla and its likes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from proofread.commands.registry import LEVEL_ELEMENTWISE
from proofread.commands.typography import FRACTIONS, UPRIGHT_FONTS
from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax import bigs, brackets, functions
from proofread.syntax.derivatives import Style, differential_here, halves, order_of, partial, prefix
from proofread.syntax.names import read_name
from proofread.syntax.nodes import (
    Apply,
    At,
    Either,
    Element,
    FunctionDerivative,
    Name,
    Node,
    Op,
    Product,
    Unknown,
    strip,
)
from proofread.syntax.resolution import resolve
from proofread.syntax.scripts import SupItem, read_scripts

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser


Operator = Callable[["Parser", tuple[Node, ...], int], Node]


TRANSPOSING = frozenset({"transpose", "letter", "prime"})
NABLAS = ("nabla", "bigtriangledown", "triangledown")


def operator_here(p: Parser) -> Operator | None:
    """The operator that stands here, if one does: it takes what follows."""
    token = p.cursor.peek()
    if token is None or token.kind != "command":
        return None
    if token.text in NABLAS or _is_grad(p, token):
        return nabla
    if token.text == "partial":
        after = p.cursor.peek(1)
        return nabla if after is not None and after.is_symbol("_") else None
    if token.text in FRACTIONS and _is_operator_fraction(p):
        return fraction_operator
    return None


def _is_grad(p: Parser, token: Token) -> bool:
    if token.text not in UPRIGHT_FONTS and token.text != "grad":
        return False
    name, _ = functions.spelled_name(p, token)
    return name == "grad"


def _is_operator_fraction(p: Parser) -> bool:
    start = p.cursor.position
    try:
        p.cursor.next()
        if p.cursor.done:
            return False
        top = p.cursor.argument()
        if p.cursor.done:
            return False
        bottom = p.cursor.argument()
    except Refusal:
        return False
    finally:
        p.cursor.position = start
    kind, length = prefix(top)
    below, below_length = prefix(bottom)
    if not kind or kind != below or len(bottom) == below_length:
        return False
    if kind == "d" and p.scope.lookup("d") is not None:
        return bottom[below_length].kind in ("letter", "command") and length == len(top)
    rest = top[length:]
    return not rest or (rest[0].is_symbol("^") and len(rest) <= 4 and not _operand_behind(rest))


def _operand_behind(rest: Sequence[Token]) -> bool:
    return not (len(rest) == 2 or (rest[1].kind == "open" and rest[-1].kind == "close"))


def fraction_operator(p: Parser, factors: tuple[Node, ...], start: int) -> Node:
    r"""``\frac{\partial}{\partial x}`` takes a bracket that follows, or the whole product."""
    where = p.cursor.position
    p.cursor.next()
    top = p.cursor.argument()
    bottom = p.cursor.argument()
    span = p.cursor.since(where)
    found = halves(p, top, bottom, span)
    assert found is not None
    _, order, variables = found

    def derive(target: Node) -> Node:
        return partial(p, "partial", target, variables, order, p.cursor.since(where))

    _require_operand(p, span)
    return _operate(p, factors, start, derive, alone=None)


def _require_operand(p: Parser, span: Span) -> None:
    if p.cursor.done or p.at_end_of_term():
        raise Refusal("latex-syntax", "the derivative has nothing to apply to", span)


def nabla(p: Parser, factors: tuple[Node, ...], start: int) -> Node:
    r"""``\nabla_x`` and ``\partial_x``: a name or an application alone, else as an operator."""
    where = p.cursor.position
    style: Style = "partial" if p.cursor.at_command("partial") else "nabla"
    token = p.cursor.peek()
    assert token is not None
    p.cursor.position += functions.spelled_name(p, token)[1] if _is_grad(p, token) else 1
    sub, sup, sub_span = read_scripts(p.cursor)
    span = p.cursor.since(where)
    order = 1
    for item in sup:
        if item.kind != "power":
            raise Refusal("latex-syntax", "a derivative's order is 1, 2 or 3", span)
        order = order_of(item.tokens, span)
    variable = strip(p.sub(sub, sub_span).whole()) if sub is not None else None
    _require_operand(p, span)

    def derive(target: Node) -> Node:
        span = p.cursor.since(where)
        if style == "nabla" and isinstance(target, Op) and target.op == "transpose":
            return Op(span, "transpose", (derive(target.args[0]),))  # only scalars have a gradient
        return _nabla_of(p, style, target, variable, order, span)

    return _operate(p, factors, start, derive, alone=variable is not None)


def _nabla_of(
    p: Parser, style: Style, target: Node, variable: Node | None, order: int, span: Span
) -> Node:
    if variable is not None:
        return partial(p, style, target, (variable,) * order, order, span)
    bare = strip(target)
    if isinstance(bare, Unknown):
        return bare
    member = bare
    while isinstance(member, At):
        member = member.target
    arguments = functions.arguments_of(p, member)
    if arguments:
        by = Name(member.span, arguments[0])
        return partial(p, style, bare, (by,) * order, order, span)
    function, args = (bare.function, bare.args) if isinstance(bare, Apply) else (bare, ())
    if not functions.is_function(p, function):
        raise Refusal(
            "ambiguous",
            "∇ does not say by what, and what follows is no function",
            span,
            ("write the variable below it, \\nabla_x",),
        )
    if order == 2:
        return FunctionDerivative(span, "hessian", function, args, 0, 2)
    return FunctionDerivative(span, "nabla", function, args)


def _operate(
    p: Parser, factors: tuple[Node, ...], start: int, derive: Callable[[Node], Node],
    alone: bool | None,
) -> Node:  # fmt: skip
    """The operator on what follows it, with the other reading where there are two.

    ``alone`` tells of nabla: true with a variable below it, false without; ``None`` otherwise.
    """
    where = p.cursor.position
    if brackets.bracket_here(p) or (p.cursor.peek_kind() == "open"):
        first: Node = p.factor()
        outer: tuple[SupItem, ...] = ()
        narrow = derive(first)
    elif alone is not None and (taken := name_alone(p)) is not None:
        first, outer = taken
        narrow = p.superscripts(derive(first), outer, p.cursor.since(start))
    else:
        target = _product_to_operator(p)
        return _product(p, (*factors, derive(target)), start)
    if not outer and not p.more_here():
        return _product(p, (*factors, narrow), start)
    rest = _rest(p)
    end = p.cursor.position
    one = _product(p, (*factors, narrow, *rest), start)
    if alone is False or (not rest and all(item.kind in TRANSPOSING for item in outer)):
        return one
    p.cursor.position = where
    try:
        target = _product_to_operator(p)
        other = _product(p, (*factors, derive(target)), start)
    except Refusal:
        p.cursor.position = end
        return one
    if p.cursor.position != end:
        p.cursor.position = end
        return one
    return Either(
        p.cursor.since(start), (one, other),
        ("the derivative of the next factor alone", "the derivative of the whole product"), True,
    )  # fmt: skip


def _rest(p: Parser) -> tuple[Node, ...]:
    """The factors that follow, up to the next operator."""
    if not p.more_here() or operator_here(p) is not None:
        return ()
    p.step_over_dot()
    node = _product_to_operator(p)
    return node.factors if isinstance(node, Product) else (node,)


def _product_to_operator(p: Parser) -> Node:
    saved = p.stops_at_operator
    p.stops_at_operator = True
    node = p.infix(LEVEL_ELEMENTWISE)
    p.stops_at_operator = saved
    return node


def _product(p: Parser, factors: tuple[Node, ...], start: int) -> Node:
    return factors[0] if len(factors) == 1 else Product(p.cursor.since(start), factors)


def name_alone(p: Parser) -> tuple[Node, tuple[SupItem, ...]] | None:
    """A name or an application, and the superscripts behind it that the derivative gets."""
    start = p.cursor.position
    if functions.registered_here(p) is not None or differential_here(p):
        return None
    token = p.cursor.peek()
    if token is not None and token.kind == "command" and bigs.starts_big(token):
        return None
    raw = read_name(p.cursor, p.scope)
    if raw is None:
        p.cursor.position = start
        return None
    node, items = resolve(p, raw)
    scripts = tuple(item for item in items if item.kind != "prime")
    member = functions.member_applied(p, node, start)
    if member is not None:
        _, after, _ = read_scripts(p.cursor)
        return member, (*scripts, *after)
    function = node.base if isinstance(node, Element) else node
    if functions.is_function(p, function):
        if brackets.bracket_here(p):
            args = tuple(brackets.arguments(p))
            applied: Node = Apply(p.cursor.since(start), function, args)
            if isinstance(node, Element):
                applied = Element(p.cursor.since(start), applied, node.indices)
            _, after, _ = read_scripts(p.cursor)
            return applied, (*scripts, *after)
        return node, scripts
    return node, items
