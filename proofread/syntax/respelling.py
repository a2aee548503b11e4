"""Older and broken spellings, rewritten to the one that the parser reads."""

from __future__ import annotations

from proofread.commands.typography import TEXT_FONTS
from proofread.latex.tokens import Span, Token, argument_at
from proofread.syntax.cleaning import Tokens, is_space


def respelled(tokens: Tokens) -> Tokens:
    r"""The tokens with ``{a \over b}`` as a fraction and ``...`` as dots.

    Brackets that are closed at the end of a row to be opened again (``\right. \\ \left.``) go on.
    """
    return _rejoined(_fractions(_dotted(tokens)))


def _dotted(tokens: Tokens) -> Tokens:
    """Three full stops are an ellipsis, but for those in words."""
    result: Tokens = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.kind == "command" and token.text in TEXT_FONTS and position + 1 < len(tokens):
            _, behind = argument_at(tokens, position + 1, token)
            result.extend(tokens[position:behind])
            position = behind
        elif all(each.is_symbol(".") for each in tokens[position : position + 3]) and (
            len(tokens) - position >= 3
        ):
            span = token.span.to(tokens[position + 2].span)
            result.append(Token("command", "dots", span, token.spaced))
            position += 3
        else:
            result.append(token)
            position += 1
    return result


def _fractions(tokens: Tokens) -> Tokens:
    r"""``\over`` parts the group that it stands in."""
    result: Tokens = []
    starts = [0]
    """Where each open group begins in the result."""
    overs: list[int | None] = [None]
    """Where its ``\\over`` stood."""
    for token in tokens:
        if token.is_command("over") and overs[-1] is None:
            overs[-1] = len(result)
            result.append(token)
            continue
        if token.kind == "close" and len(starts) > 1:
            _close(result, starts.pop(), overs.pop())
        result.append(token)
        if token.kind == "open":
            starts.append(len(result))
            overs.append(None)
    if len(starts) == 1:
        _close(result, 0, overs[0])
    return result


def _close(result: Tokens, start: int, over: int | None) -> None:
    r"""Write ``\frac`` before what stands around ``\over``; its span is that of the whole."""
    if over is None:
        return
    mark = result[over].span
    top, bottom = result[start:over], result[over + 1 :]
    first = (top[0].span if top else mark).start
    last = (bottom[-1].span if bottom else mark).end
    result[start:] = [
        Token("command", "frac", Span(first, first)),
        Token("open", "{", mark), *top, Token("close", "}", mark),
        Token("open", "{", mark), *bottom, Token("close", "}", Span(last, last)),
    ]  # fmt: skip


def _rejoined(tokens: Tokens) -> Tokens:
    r"""Without ``\right.``, the new row and the ``\left.`` that answers it."""
    result: Tokens = []
    position = 0
    while position < len(tokens):
        behind = _break_end(tokens, position) if _is_null(tokens, position, "right") else None
        if behind is None:
            result.append(tokens[position])
            position += 1
        else:
            position = behind
    return result


def _break_end(tokens: Tokens, position: int) -> int | None:
    r"""The place behind a break of brackets that begins here, where it is one."""
    rows = 0
    balance = 0
    while position < len(tokens):
        token = tokens[position]
        if _is_null(tokens, position, "right") and not rows:
            balance += 1
            position += 2
        elif _is_null(tokens, position, "left") and rows:
            balance -= 1
            position += 2
            if not balance:
                return position
        elif token.kind == "row" or is_space(token) or token.is_symbol("&"):
            rows += token.kind == "row"
            position += 1
        else:
            return None
    return None


def _is_null(tokens: Tokens, position: int, side: str) -> bool:
    r"""Whether ``\left.`` or ``\right.`` stands there."""
    return (
        position + 1 < len(tokens)
        and tokens[position].is_command(side)
        and tokens[position + 1].is_symbol(".")
    )
