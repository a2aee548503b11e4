"""Derivatives as they are written: fractions, nabla, Jacobians and differentials."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from proofread.commands.registry import LEVEL_ELEMENTWISE
from proofread.commands.typography import FONT_SWITCHES, FRACTIONS, UPRIGHT_FONTS
from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax import bigs, brackets, functions
from proofread.syntax.names import SupItem, read_name, read_scripts
from proofread.syntax.nodes import (
    Apply,
    Derivative,
    Differential,
    Directional,
    Either,
    Element,
    FunctionDerivative,
    Name,
    Node,
    Num,
    Op,
    Product,
    Unknown,
    strip,
)
from proofread.syntax.resolution import resolve

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser

Style = Literal["partial", "nabla"]
Operator = Callable[["Parser", tuple[Node, ...], int], Node]
NABLAS = ("nabla", "bigtriangledown", "triangledown")


# Which derivative stands here -----------------------------------------------------------------


def _d_length(tokens: Sequence[Token]) -> tuple[int, bool]:
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


def _prefix(tokens: Sequence[Token]) -> tuple[str, int]:
    """``partial``, ``d`` or ``mathrm d`` at the start of a fraction's half, with its length."""
    if tokens and tokens[0].is_command("partial"):
        return "partial", 1
    length, upright = _d_length(tokens)
    if length:
        return ("upright" if upright else "d"), length
    return "", 0


def fraction(p: Parser, top: list[Token], bottom: list[Token], span: Span) -> Node | None:
    """The derivative that a fraction is; ``None`` for a plain fraction.

    Raises:
        Refusal: where it is an operator, which cannot stand here.

    """
    found = _halves(p, top, bottom, span)
    if found is None:
        return None
    over, order, variables = found
    if not over:
        raise Refusal("latex-syntax", "the derivative has nothing to apply to", span)
    target = p.sub(over, span).whole()
    return partial(p, "partial", target, variables, order, span)


def _halves(
    p: Parser, top: Sequence[Token], bottom: Sequence[Token], span: Span
) -> tuple[list[Token], int, tuple[Node, ...]] | None:
    top_kind, top_length = _prefix(top)
    bottom_kind, bottom_length = _prefix(bottom)
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
        order = _order(exponent, span)
        over = list(inner.cursor.tokens[inner.cursor.position :])
    variables = read_variables(p, list(bottom), top_kind, span)
    if len(variables) != order:
        raise Refusal(
            "latex-syntax",
            f"the derivative is of order {order} above and {len(variables)} below",
            span,
        )
    return over, order, variables


def _order(tokens: Sequence[Token], span: Span) -> int:
    if len(tokens) == 1 and tokens[0].kind == "number" and tokens[0].text in ("1", "2", "3"):
        return int(tokens[0].text)
    raise Refusal("latex-syntax", "a derivative's order is 1, 2 or 3", span)


def read_variables(p: Parser, tokens: list[Token], kind: str, span: Span) -> tuple[Node, ...]:
    r"""What stands below: ``\partial x_i \, \partial x_j``, ``\partial x^2``, ``dx``."""
    sub = p.sub(tokens, span)
    variables: list[Node] = []
    while not sub.cursor.done:
        rest = sub.cursor.tokens[sub.cursor.position :]
        found, length = _prefix(rest)
        if found != kind:
            raise Refusal("latex-syntax", "a derivative by what? \\partial x is expected below",
                          sub.cursor.here)  # fmt: skip
        sub.cursor.position += length
        node = sub.factor()
        count = 1
        bare = strip(node)
        if isinstance(bare, Op) and bare.op == "power" and isinstance(bare.args[1], Num):
            count = int(bare.args[1].value)
            node = bare.args[0]
            if not 1 <= count <= 3:
                raise Refusal("latex-syntax", "a derivative's order is 1, 2 or 3", span)
        variables.extend([strip(node)] * count)
    return tuple(variables)


def partial(
    p: Parser, style: Style, target: Node, variables: tuple[Node, ...], order: int, span: Span
) -> Node:
    """The derivative by ``variables``; of a function at another point, by its formal argument."""
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
    return Derivative(span, style, target, variables)


# Operators -------------------------------------------------------------------------------------


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
    kind, length = _prefix(top)
    below, below_length = _prefix(bottom)
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
    found = _halves(p, top, bottom, span)
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
        order = _order(item.tokens, span)
    variable = strip(p.sub(sub, sub_span).whole()) if sub is not None else None
    _require_operand(p, span)

    def derive(target: Node) -> Node:
        return _nabla_of(p, style, target, variable, order, p.cursor.since(where))

    return _operate(p, factors, start, derive, alone=variable is not None)


def _nabla_of(
    p: Parser, style: Style, target: Node, variable: Node | None, order: int, span: Span
) -> Node:
    if variable is not None:
        return partial(p, style, target, (variable,) * order, order, span)
    bare = strip(target)
    if isinstance(bare, Unknown):
        return bare
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
    elif alone is not None and (taken := _name_alone(p)) is not None:
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
    if alone is False or (not rest and not outer):
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


def _name_alone(p: Parser) -> tuple[Node, tuple[SupItem, ...]] | None:
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


# Inline and named forms ------------------------------------------------------------------------


def inline_partial(p: Parser, start: int) -> Node:
    r"""``\partial f / \partial x``."""
    p.cursor.next()
    order = 1
    if p.cursor.accept_symbol("^"):
        order = _order(p.cursor.argument(), p.cursor.behind)
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
    rest = p.cursor.tokens[p.cursor.position :]
    found, length = _prefix(rest)
    if found != kind:
        raise Refusal("latex-syntax", "a derivative by what? \\partial x is expected below",
                      p.cursor.here)  # fmt: skip
    p.cursor.position += length
    return (strip(p.factor()),)


def inline_fraction(p: Parser, top: Node, start: int) -> Node | None:
    """``dL/dx``: a differential over a differential."""
    bare = strip(top)
    if not isinstance(bare, Differential) or not _prefix(p.cursor.tokens[p.cursor.position :])[1]:
        return None
    kind = _prefix(p.cursor.tokens[p.cursor.position :])[0]
    variables = _inline_variables(p, kind)
    return partial(p, "partial", bare.target, variables, 1, p.cursor.since(start))


def differential_here(p: Parser) -> bool:
    """Whether a differential ``d`` stands here with something to apply to."""
    if p.indexing or "d" in p.bound:
        return False
    length, upright = _d_length(p.cursor.tokens[p.cursor.position :])
    if not length or (not upright and p.scope.lookup("d") is not None):
        return False
    after = p.cursor.peek(length)
    if after is None or after.is_symbol("_"):
        return False
    return after.is_symbol("^") or p.begins_factor(after)


def skip_d(p: Parser) -> None:
    p.cursor.position += _d_length(p.cursor.tokens[p.cursor.position :])[0]


def differential_operand(p: Parser) -> tuple[Node, tuple[SupItem, ...]]:
    """What a ``d`` applies to, and the superscripts that go to the differential."""
    start = p.cursor.position
    if brackets.bracket_here(p):
        node = p.factor()
        if isinstance(node, Op) and node.op == "power":
            raise Refusal("ambiguous", "d before a bracket with a power has two readings",
                          p.cursor.since(start))  # fmt: skip
        return node, ()
    taken = _name_alone(p)
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
