"""Derivatives as they are written: fractions, nabla, Jacobians and differentials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from proofread.commands.typography import FONT_SWITCHES, UPRIGHT_FONTS
from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax import brackets
from proofread.syntax.nodes import (
    Apply,
    At,
    Derivative,
    Differential,
    Element,
    FunctionDerivative,
    Name,
    Node,
    Num,
    Op,
    Product,
    strip,
)

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser

Style = Literal["partial", "nabla"]


def d_length(tokens: Sequence[Token]) -> tuple[int, bool]:
    """How many tokens an upright or plain ``d`` takes at the start, and whether it is upright."""
    if not tokens:
        return 0, False
    if tokens[0].kind == "letter" and tokens[0].text == "d":
        return 1, False
    if tokens[0].kind == "command" and tokens[0].text in UPRIGHT_FONTS and len(tokens) > 1:
        if tokens[1].kind == "letter" and tokens[1].text == "d":
            return 2, True
        if (
            len(tokens) > 3
            and tokens[1].kind == "open"
            and tokens[2].text == "d"
            and (tokens[3].kind == "close")
        ):
            return 4, True
    if (
        tokens[0].kind == "open"
        and len(tokens) > 3
        and FONT_SWITCHES.get(tokens[1].text) == "mathrm"
        and tokens[2].text == "d"
        and tokens[3].kind == "close"
    ):
        return 4, True
    return 0, False


def prefix(tokens: Sequence[Token]) -> tuple[str, int]:
    """``partial``, ``d`` or ``mathrm d`` at the start of a fraction's half, with its length."""
    if tokens and tokens[0].is_command("partial"):
        return "partial", 1
    length, upright = d_length(tokens)
    if length:
        return ("upright" if upright else "d"), length
    return "", 0


def fraction(p: Parser, top: list[Token], bottom: list[Token], span: Span) -> Node | None:
    """The derivative that a fraction is; ``None`` for a plain fraction.

    Raises:
        Refusal: where it is an operator, which cannot stand here.

    """
    found = halves(p, top, bottom, span)
    if found is None:
        return None
    over, order, variables = found
    if not over:
        raise Refusal("latex-syntax", "the derivative has nothing to apply to", span)
    target = p.sub(over, span).whole()
    return partial(p, "partial", target, variables, order, span)


def halves(
    p: Parser, top: Sequence[Token], bottom: Sequence[Token], span: Span
) -> tuple[list[Token], int, tuple[Node, ...]] | None:
    """Target, order and variables of a derivative as a fraction; ``None`` for a plain one."""
    top_kind, top_length = prefix(top)
    bottom_kind, bottom_length = prefix(bottom)
    if not top_kind or top_kind != bottom_kind or len(bottom) == bottom_length:
        return None
    if top_kind == "d" and p.scope.lookup("d") is not None:
        if bottom[bottom_length].kind in ("letter", "command"):
            raise Refusal(
                "ambiguous",
                "“d” is a symbol of the page, and this may be a derivative or a quotient",
                span,
                ("write the differential upright, \\mathrm{d}",),
            )
        return None
    over = list(top[top_length:])
    order = 1
    if over and over[0].is_symbol("^"):
        inner = p.sub(over[1:], span)
        exponent = inner.cursor.argument()
        order = order_of(exponent, span)
        over = list(inner.cursor.tokens[inner.cursor.position :])
    variables = read_variables(p, list(bottom), top_kind, span)
    if len(variables) != order:
        variables = read_variables(p, list(bottom), top_kind, span, by_powers=True)
    if len(variables) != order:
        raise Refusal(
            "latex-syntax",
            f"the derivative is of order {order} above and {len(variables)} below",
            span,
        )
    return over, order, variables


def order_of(tokens: Sequence[Token], span: Span) -> int:
    """The order that a superscript of ∂ says."""
    if len(tokens) == 1 and tokens[0].kind == "number" and tokens[0].text in ("1", "2", "3"):
        return int(tokens[0].text)
    raise Refusal("latex-syntax", "a derivative's order is 1, 2 or 3", span)


def read_variables(
    p: Parser, tokens: list[Token], kind: str, span: Span, *, by_powers: bool = False
) -> tuple[Node, ...]:
    r"""What stands below: ``\partial x_i \, \partial x_j``, ``\partial x^2``, ``dx``.

    The power of a variable is the order of the derivative, or (``by_powers``) what it is taken by.
    """
    sub = p.sub(tokens, span)
    variables: list[Node] = []
    while not sub.cursor.done:
        _skip_prefix(sub, kind)
        node = sub.factor()
        count = 1
        bare = strip(node)
        if not by_powers and _is_power(bare):
            assert isinstance(bare, Op)
            assert isinstance(bare.args[1], Num)
            count = int(bare.args[1].value)
            node = bare.args[0]
            if not 1 <= count <= 3:
                raise Refusal("latex-syntax", "a derivative's order is 1, 2 or 3", span)
        variables.extend([strip(node)] * count)
    return tuple(variables)


def _is_power(node: Node) -> bool:
    return isinstance(node, Op) and node.op == "power" and isinstance(node.args[1], Num)


def _is_root(node: Node) -> bool:
    """σ where the page knows σ²."""
    return isinstance(node, Op) and node.op == "sqrt" and isinstance(node.args[0], Name)


def _by_power(style: Style, target: Node, variables: tuple[Node, ...], span: Span) -> Node:
    r"""Derivatives one after the other, one by ``\sigma^2`` by the chain rule through σ."""
    for variable in reversed(variables):
        if _is_root(variable):
            assert isinstance(variable, Op)
            factors = (Num(span, Fraction(2)), variable)
            target = Product(span, (*factors, Derivative(span, style, target, variable.args)))
            continue
        if not _is_power(variable):
            target = Derivative(span, style, target, (variable,))
            continue
        assert isinstance(variable, Op)
        base, exponent = variable.args
        assert isinstance(exponent, Num)
        less = Op(span, "power", (base, Num(span, exponent.value - 1)))
        inner = Product(span, (exponent, less))
        target = Op(span, "frac", (Derivative(span, style, target, (strip(base),)), inner))
    return target


def partial(
    p: Parser, style: Style, target: Node, variables: tuple[Node, ...], order: int, span: Span
) -> Node:
    """The derivative by ``variables``; of a function at another point, by its formal argument."""
    if isinstance(target, At) and variables[0] == target.variable:
        inner = partial(p, style, target.target, variables, order, span)
        return replace(target, span=span, target=inner)
    application = target
    if isinstance(application, Apply) and isinstance(application.function, Name) and order == 1:
        entry = p.scope.lookup(application.function.key)
        variable = variables[0]
        if entry is not None and isinstance(variable, Name) and variable.key in entry.formals:
            which = entry.formals.index(variable.key)
            return FunctionDerivative(span, style, application.function, application.args, which)
        base = variable.base if isinstance(variable, Element) else None
        if (
            entry is not None
            and isinstance(variable, Element)
            and isinstance(base, Name)
            and base.key in entry.formals
            and application.args[entry.formals.index(base.key) :][:1] != (base,)
        ):
            which = entry.formals.index(base.key)
            whole = FunctionDerivative(span, "nabla", application.function, application.args, which)
            return Element(span, whole, variable.indices)
    if style == "nabla" and order == 2 and isinstance(application, Apply):
        entry = (
            p.scope.lookup(application.function.key)
            if isinstance(application.function, Name)
            else None
        )
        if entry and isinstance(variables[0], Name) and variables[0].key in entry.formals:
            which = entry.formals.index(variables[0].key)
            return FunctionDerivative(
                span, "hessian", application.function, application.args, which, 2
            )
    if any(_is_power(each) or _is_root(each) for each in variables):
        return _by_power(style, target, variables, span)
    return Derivative(span, style, target, variables)


def inline_partial(p: Parser, start: int) -> Node:
    r"""``\partial f / \partial x``."""
    p.cursor.next()
    order = 1
    if p.cursor.accept_symbol("^"):
        order = order_of(p.cursor.argument(), p.cursor.behind)
    if p.cursor.done:
        raise Refusal("latex-syntax", "∂ has nothing behind it", p.cursor.behind)
    target = p.factor()
    if not p.cursor.accept_symbol("/"):
        raise Refusal("latex-syntax", "∂ stands in a fraction or with its variable below it",
                      p.cursor.since(start))  # fmt: skip
    variables = _inline_variables(p, "partial")
    return partial(p, "partial", target, variables, order, p.cursor.since(start))


def _inline_variables(p: Parser, kind: str) -> tuple[Node, ...]:
    if brackets.bracket_here(p):
        inner, span, _ = brackets.bracketed_tokens(p)
        return read_variables(p, inner, kind, span)
    _skip_prefix(p, kind)
    return (strip(p.factor()),)


def _skip_prefix(p: Parser, kind: str) -> None:
    found, length = prefix(p.cursor.tokens[p.cursor.position :])
    if found != kind:
        raise Refusal("latex-syntax", "a derivative by what? \\partial x is expected below",
                      p.cursor.here)  # fmt: skip
    p.cursor.position += length


def inline_fraction(p: Parser, top: Node, start: int) -> Node | None:
    """``dL/dx``: a differential over a differential."""
    bare = strip(top)
    if not isinstance(bare, Differential) or not prefix(p.cursor.tokens[p.cursor.position :])[1]:
        return None
    kind = prefix(p.cursor.tokens[p.cursor.position :])[0]
    variables = _inline_variables(p, kind)
    return partial(p, "partial", bare.target, variables, 1, p.cursor.since(start))


def differential_here(p: Parser) -> bool:
    """Whether a differential ``d`` stands here with something to apply to."""
    if p.indexing or "d" in p.bound:
        return False
    length, upright = d_length(p.cursor.tokens[p.cursor.position :])
    if not length or (not upright and p.scope.lookup("d") is not None):
        return False
    after = p.cursor.peek(length)
    if after is None or after.is_symbol("_"):
        return False
    return after.is_symbol("^") or p.begins_factor(after)


def skip_d(p: Parser) -> None:
    """Step over the ``d`` of a differential."""
    p.cursor.position += d_length(p.cursor.tokens[p.cursor.position :])[0]
