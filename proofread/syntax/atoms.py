"""The smallest operands: numbers, names, brackets, fractions, constants, matrices, functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from proofread.commands.registry import FUNCTIONS, INFIXES
from proofread.commands.typography import (
    BAR_COMMANDS,
    BIG_OPERATORS,
    FONT_SWITCHES,
    FONTS,
    FRACTIONS,
    GREEK,
    OUT_OF_SCOPE,
    RELATIONS,
    SIZES,
    TRANSPARENT,
)
from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax import arrays, bigs, brackets, derivatives, differentials, functions
from proofread.syntax.constants import constant, euler
from proofread.syntax.cursor import opens
from proofread.syntax.differentials import differential
from proofread.syntax.names import read_name
from proofread.syntax.nodes import (
    Checked,
    Grouped,
    Node,
    Num,
    Op,
    Unknown,
    strip,
)
from proofread.syntax.resolution import resolve
from proofread.syntax.unread import out_of_scope, unknown_command, upright_out_of_scope

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser

NOT_OPERANDS = frozenset(RELATIONS) | {"right", "end", "middle", "\\", "quad", "infty"} - {"mid"}


def atom(p: Parser) -> Node:
    """One operand with its scripts."""
    start = p.cursor.position
    token = p.cursor.peek()
    if token is None:
        raise Refusal("latex-syntax", "an operand is missing here", p.cursor.end)
    if token.kind == "symbol" or opens(token):
        return _symbol(p, token, start)
    if token.kind in ("close", "row", "parameter"):
        raise p.unexpected(token)
    fixed = constant(p, token, start)
    if fixed is not None:
        return fixed
    if token.kind == "number":
        return p.scripted(p.number(), start)
    if token.kind == "command":
        node = _command(p, token, start)
        if node is not None:
            return node
    registered = functions.registered_here(p)
    if registered is not None:
        return functions.call(p, *registered)
    if token.kind == "letter" or token.kind == "command":
        special = _letter(p, token, start)
        if special is not None:
            return special
    return _name_or_group(p, token, start)


def _symbol(p: Parser, token: Token, start: int) -> Node:
    if brackets.bracket_here(p):
        return _enclosed(p, brackets.bracket(p), start)
    barred = brackets.bars(p)
    if barred is not None:
        return barred
    if token.is_symbol("+", "-", "*", "/", "=", "<", ">", "^", "_", ",", ";", ":"):
        raise Refusal("latex-syntax", f"“{token.text}” has no operand before it", token.span)
    raise p.unexpected(token)


def _enclosed(p: Parser, node: Node, start: int) -> Node:
    """What stood in brackets: a function that is applied, or a value with its scripts."""
    if functions.is_function(p, node) and brackets.bracket_here(p):
        return functions.named(p, strip(node), (), start)
    return p.scripted(node, start)


def _command(p: Parser, token: Token, start: int) -> Node | None:
    """A structural command; ``None`` for what may be a name or a function."""
    name = token.text
    if name == "left":
        return _enclosed(p, brackets.left_delimited(p), start)
    if name in SIZES and brackets.bracket_here(p):
        return p.scripted(brackets.bracket(p), start)
    if name in SIZES or name in BAR_COMMANDS:
        barred = brackets.bars(p)
        if barred is not None:
            return barred
    if name in SIZES:
        raise p.unexpected(token)
    if name in BIG_OPERATORS:
        return bigs.big(p)
    if name == "partial":
        return derivatives.inline_partial(p, start)
    extreme = bigs.arg_min_here(p)
    if extreme is not None:
        return bigs.arg_min(p, *extreme)
    structure = STRUCTURES.get(name)
    if structure is not None:
        return p.scripted(structure(p, start), start)
    if name in OUT_OF_SCOPE and name not in FUNCTIONS:
        raise out_of_scope(OUT_OF_SCOPE[name], token.span)
    return None


def _fraction(p: Parser, start: int) -> Node:
    p.cursor.next()
    top = p.cursor.argument()
    top_span = p.cursor.behind
    bottom_start = p.cursor.position
    bottom = p.cursor.argument()
    bottom_span = p.cursor.since(bottom_start)
    derivative = derivatives.fraction(p, top, bottom, p.cursor.since(start))
    if derivative is not None:
        return derivative
    over = p.sub(top, top_span).whole()
    below = p.sub(bottom, bottom_span).whole()
    return Op(p.cursor.since(start), "frac", (over, below))


def _root(p: Parser, start: int) -> Node:
    p.cursor.next()
    degree = p.cursor.optional()
    body = p.sub(p.cursor.argument(), p.cursor.behind).whole()
    span = p.cursor.since(start)
    if degree is None:
        return Op(span, "sqrt", (body,))
    exponent = Op(span, "frac", (Num(span, Fraction(1)), p.sub(degree, span).whole()))
    return Op(span, "power", (body, exponent))


def _transparent(p: Parser, start: int) -> Node:
    span = p.cursor.next().span
    return Grouped(p.cursor.since(start), p.sub(p.cursor.argument(), span).whole())


def _annotated(p: Parser, start: int) -> Node:
    r"""``\underbrace{A}_{n \times 1}`` checks a shape, with words it says nothing."""
    command = p.cursor.next()
    if command.text in ("underset", "overset"):
        p.cursor.argument()
        return Grouped(command.span, p.sub(p.cursor.argument(), command.span).whole())
    body = p.sub(p.cursor.argument(), p.cursor.behind).whole()
    if not p.cursor.accept_symbol("_" if command.text.startswith("under") else "^"):
        return Grouped(p.cursor.since(start), body)
    where = p.cursor.position
    label = p.cursor.argument()
    span = p.cursor.since(where)
    times = [k for k, t in enumerate(label) if t.is_command("times")]
    if len(times) == 1:
        rows = p.sub(label[: times[0]], span).whole()
        columns = p.sub(label[times[0] + 1 :], span).whole()
        return Checked(p.cursor.since(start), body, rows, columns)
    return Grouped(p.cursor.since(start), body)


def _letter(p: Parser, token: Token, start: int) -> Node | None:
    """Letters with a meaning of their own where the table has none for them: e, π, d, D, J."""
    power = euler(p, token, start)
    if power is not None:
        return power
    after = p.cursor.peek(1)
    weight = after is not None and after.is_symbol("_")  # \pi_k is a name
    if token.is_command("pi") and not weight and p.scope.lookup("\\pi") is None:
        p.cursor.next()
        return p.scripted(Op(token.span, "pi", ()), start)
    jacobian = differentials.jacobian_here(p, start)
    if jacobian is not None:
        return jacobian
    if derivatives.differential_here(p):
        return differential(p, start)
    return None


def _name_or_group(p: Parser, token: Token, start: int) -> Node:
    raw = read_name(p.cursor, p.scope)
    if raw is not None:
        node, items = resolve(p, raw)
        if isinstance(node, Unknown) and node.key.removeprefix("\\") in OUT_OF_SCOPE:
            raise out_of_scope(OUT_OF_SCOPE[node.key.removeprefix("\\")], raw.span)
        if isinstance(node, Unknown) and raw.base.font == "" and raw.base.letter in OUT_OF_SCOPE:
            raise out_of_scope(OUT_OF_SCOPE[raw.base.letter], raw.span)
        if isinstance(node, Unknown) and upright_out_of_scope(raw.base.letter):
            raise out_of_scope(OUT_OF_SCOPE[f"mathrm{{{raw.base.letter}}}"], raw.span)
        return functions.named(p, node, items, start)
    if token.kind == "open":
        inner = p.cursor.group()
        if not inner:
            raise Refusal("latex-syntax", "an empty group", token.span)
        if inner[0].kind == "command" and inner[0].text in FONT_SWITCHES:
            inner = distribute(inner[1:], FONT_SWITCHES[inner[0].text])
            return _spread(p, inner, p.cursor.since(start), start)
        body = p.sub(inner, p.cursor.since(start)).whole()
        return p.scripted(Grouped(p.cursor.since(start), body), start)
    if token.kind == "command":
        return _fonted_or_unknown(p, token, start)
    raise p.unexpected(token)


def _spread(p: Parser, tokens: list[Token], span: Span, start: int) -> Node:
    """The letters of a longer run in one font: what follows it belongs to the last of them."""
    if not tokens:
        raise Refusal("latex-syntax", "an empty group", span)
    if any(token.is_symbol("+", "-") for token in tokens):
        return p.scripted(Grouped(span, p.sub(tokens, span).whole()), start)
    p.cursor.tokens[p.cursor.position : p.cursor.position] = tokens
    return atom(p)


def _fonted_or_unknown(p: Parser, token: Token, start: int) -> Node:
    if token.text in FONTS and FONTS[token.text] != "mathrm":
        p.cursor.next()
        where = p.cursor.position
        argument = p.cursor.argument()
        span = p.cursor.since(where)
        for part in argument:
            if part.kind == "letter" and f"{token.text}{{{part.text}}}" in OUT_OF_SCOPE:
                raise out_of_scope(OUT_OF_SCOPE[f"{token.text}{{{part.text}}}"], token.span)
        return _spread(p, distribute(argument, FONTS[token.text]), span, start)
    if token.text in FONTS:
        raise Refusal("latex-syntax", f"the words of \\{token.text} are no operand", token.span)
    if token.text in RELATIONS or token.text in INFIXES:
        raise Refusal("latex-syntax", f"“\\{token.text}” has no operand before it", token.span)
    if token.text in ("right", "end"):
        raise p.unexpected(token)
    raise unknown_command(token)


def distribute(tokens: Sequence[Token], font: str) -> list[Token]:
    r"""A font on each letter of a longer run: ``\mathbf{Xw}`` is two bold letters."""
    result: list[Token] = []
    for token in tokens:
        if token.kind == "letter" or (token.kind == "command" and token.text in GREEK):
            result += [
                Token("command", font, token.span),
                Token("open", "{", token.span),
                token,
                Token("close", "}", token.span),
            ]
        else:
            result.append(token)
    return result


def in_font(tokens: Sequence[Token]) -> Sequence[Token]:
    r"""The tokens, with a switch of the font before them on each letter: ``_{\bf v}``."""
    if not tokens or tokens[0].kind != "command":
        return tokens
    font = FONT_SWITCHES.get(tokens[0].text, "mathrm")
    return tokens if font == "mathrm" else distribute(tokens[1:], font)


STRUCTURES: dict[str, Callable[[Parser, int], Node]] = {
    **dict.fromkeys(FRACTIONS, _fraction),
    **dict.fromkeys(["underbrace", "overbrace", "underset", "overset", "underbracket"], _annotated),
    **dict.fromkeys(TRANSPARENT, _transparent),
    "sqrt": _root,
    "begin": lambda p, _: arrays.environment(p),
}
"""Commands that are an operand together with their arguments."""
