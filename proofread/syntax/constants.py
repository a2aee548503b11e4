"""Constants and indicators: ones, zeros, identities, and the base of the natural logarithm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from proofread.commands.typography import BOLD, FONT_SWITCHES, FONTS
from proofread.latex.tokens import Refusal, Token
from proofread.syntax import brackets, functions
from proofread.syntax.conditions import read_condition, relation_at
from proofread.syntax.cursor import opens
from proofread.syntax.names import read_name
from proofread.syntax.nodes import Constant, ConstantKind, Indicator, Node, Op, Product

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser


DIGIT_FONTS = frozenset(name for name, font in FONTS.items() if font in (BOLD, "mathbb")) | {
    "vec", "mathds", "mathbbm",
}  # fmt: skip
"""In one of these, 1 and 0 are ones and zeros."""


def constant(p: Parser, token: Token, start: int) -> Node | None:
    r"""``\mathbf{1}``, ``\mathbf{0}``, ``I`` in its fonts, ``1\{...\}``, ``e^x``, ``\pi``."""
    digit = _bold_digit(p, token)
    if digit is not None:
        if p.scope.lookup(f"\\mathbf{{{digit}}}") is not None:
            p.cursor.position = start
            return None
        indicator = _indicator(p, start)
        if digit == "1" and indicator is not None:
            return indicator
        return _sized(p, "ones" if digit == "1" else "zeros", start)
    if token.kind == "number" and token.text == "1":
        after = p.cursor.peek(1)
        if after is not None and after.is_command("{", "lbrace"):
            p.cursor.next()
            indicator = _indicator(p, start)
            if indicator is not None:
                return indicator
            p.cursor.position = start
        return None
    raw = read_name(p.cursor, p.scope) if token.kind in ("letter", "command", "open") else None
    p.cursor.position = start
    if raw is None or raw.base.accents:
        return None
    fonts = ("", "mathbf", "mathbb", "mathrm")
    if raw.base.letter != "I" or raw.base.font not in fonts or p.scope.lookup(raw.base.key):
        return None
    _skip_base(p)
    return _indicator(p, start) or _sized(p, "identity", start)


def _skip_base(p: Parser) -> None:
    token = p.cursor.next()
    if token.kind == "open":
        p.cursor.position -= 1
        p.cursor.group()
    elif token.kind == "command":
        p.cursor.argument()


def _bold_digit(p: Parser, token: Token) -> str | None:
    r"""The digit of ``\mathbf{1}`` or ``\mathbb{1}``, stepped over."""
    start = p.cursor.position
    inside: Sequence[Token] = ()
    if token.kind == "command" and token.text in DIGIT_FONTS:
        p.cursor.next()
        if not p.cursor.done:
            inside = p.cursor.argument()
    elif token.kind == "open":
        inside = p.cursor.group()
        if inside and inside[0].kind == "command" and FONT_SWITCHES.get(inside[0].text) == "mathbf":
            inside = inside[1:]
        else:
            inside = ()
    if len(inside) == 1 and inside[0].kind == "number" and inside[0].text in ("0", "1"):
        return inside[0].text
    p.cursor.position = start
    return None


def _indicator(p: Parser, start: int) -> Node | None:
    """A condition in brackets or below, behind a one or an I already read."""
    back = p.cursor.position
    below = p.cursor.accept_symbol("_") is not None
    if below:
        where = p.cursor.position
        tokens = p.cursor.argument()
        if tokens and opens(tokens[0]) and len(tokens) > 2:
            tokens = tokens[1:-1]
        span = p.cursor.since(where)
    elif brackets.bracket_here(p):
        tokens, span, _ = brackets.bracketed_tokens(p)
    else:
        p.cursor.position = back
        return None
    if not relation_at(tokens):
        p.cursor.position = back
        return None
    condition = read_condition(p.sub(tokens, span), tokens, span)
    return p.scripted(Indicator(p.cursor.since(start), condition), start)


def _sized(p: Parser, kind: ConstantKind, start: int) -> Node:
    size: Node | None = None
    if p.cursor.at_symbol("_"):
        p.cursor.next()
        where = p.cursor.position
        tokens = p.cursor.argument()
        span = p.cursor.since(where)
        times = [k for k, t in enumerate(tokens) if t.is_command("times")]
        if times:
            rows = p.sub(tokens[: times[0]], span).whole()
            columns = p.sub(tokens[times[0] + 1 :], span).whole()
            size = rows if kind == "identity" else Product(span, (rows, columns))
        else:
            size = p.sub(tokens, span).whole()
    return p.scripted(Constant(p.cursor.since(start), kind, size), start)


def euler(p: Parser, token: Token, start: int) -> Node | None:
    """``e`` as the base of a power, where the table has no ``e``."""
    upright = functions.spelled_name(p, token)
    if not (token.kind == "letter" and token.text == "e") and upright[0] != "e":
        return None
    length = 1 if token.kind == "letter" else upright[1]
    after = p.cursor.peek(length)
    if after is None or not after.is_symbol("^"):
        return None
    entry = p.scope.lookup("e") if token.kind == "letter" else None
    if entry is not None and entry.order > 0:
        return None
    exponent_first = p.cursor.peek(length + 1)
    if exponent_first is not None and exponent_first.is_symbol("*"):
        return None
    if entry is not None or "e" in p.bound:
        raise Refusal(
            "ambiguous",
            "“e” is a symbol of the page and Euler's number as the base of a power",
            token.span,
            ("write \\exp(...) for the exponential",),
        )
    p.cursor.position += length + 1
    where = p.cursor.position
    exponent = p.sub(p.cursor.argument(), p.cursor.since(where)).whole()
    return p.scripted(Op(p.cursor.since(start), "exp", (exponent,)), start)
