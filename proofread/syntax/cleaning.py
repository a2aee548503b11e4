"""The tokens of a piece without what only sets type, and their partners required."""

from __future__ import annotations

from collections.abc import Sequence

from proofread.commands.typography import IGNORED, IGNORED_WITH_ARGUMENT, TRANSPARENT
from proofread.latex.tokens import Refusal, Span, Token, argument_at

Tokens = list[Token]


def require_balance(tokens: Sequence[Token]) -> None:
    r"""Braces, ``\left`` and ``\begin`` need their partners, whatever else is wrong.

    Raises:
        Refusal: ``latex-syntax`` at the one that has none.

    """
    open_ones: list[Token] = []
    partners = {"close": "open", "right": "left", "end": "begin"}
    for token in tokens:
        kind = (
            token.kind
            if token.kind in ("open", "close")
            else (token.text if token.is_command("left", "right", "begin", "end") else "")
        )
        if kind in ("open", "left", "begin"):
            open_ones.append(token)
        elif kind:
            wanted = partners[kind]
            last = open_ones.pop() if open_ones else None
            if last is None or wanted not in (last.kind, last.text):
                raise Refusal("latex-syntax", f"“{token.written}” closes nothing", token.span)
    if open_ones:
        raise Refusal("latex-syntax", f"“{open_ones[-1].written}” is never closed",
                      open_ones[-1].span)  # fmt: skip


def clean(tokens: Tokens, labels: list[tuple[str, Span]]) -> Tokens:
    """The tokens without what only sets type: boxes, colours, tags; labels are noted."""
    result: Tokens = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.kind == "command":
            name = token.text
            if name in IGNORED_WITH_ARGUMENT:
                inside, position = argument_at(tokens, position + 1, token)
                if name == "label":
                    text = "".join(part.written for part in inside)
                    labels.append((text, token.span))
                continue
            if name in TRANSPARENT:
                inside, position = argument_at(tokens, position + 1, token)
                result.extend(clean(inside, labels))
                continue
            if name == "color":
                _, position = argument_at(tokens, position + 1, token)
                continue
            if name in ("textcolor", "colorbox"):
                _, position = argument_at(tokens, position + 1, token)
                inside, position = argument_at(tokens, position, token)
                result.extend(clean(inside, labels))
                continue
            if name == "colon":
                result.append(Token("symbol", ":", token.span, token.spaced))
                position += 1
                continue
            if name == "not":
                position = _negated(tokens, position, result)
                continue
        result.append(token)
        position += 1
    return result


def _negated(tokens: Tokens, position: int, result: Tokens) -> int:
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if following is not None and following.is_symbol("="):
        result.append(Token("command", "ne", tokens[position].span.to(following.span)))
        return position + 2
    if following is not None and following.is_command("in"):
        result.append(Token("command", "notin", tokens[position].span.to(following.span)))
        return position + 2
    raise Refusal("unknown-command", "\\not stands before = only", tokens[position].span)


def is_space(token: Token) -> bool:
    """Whether the token only sets space."""
    return token.kind == "command" and token.text in IGNORED


def trim(tokens: Tokens) -> Tokens:
    """The tokens without spaces before and behind them, nor punctuation behind."""
    start, end = 0, len(tokens)
    while start < end and is_space(tokens[start]):
        start += 1
    while end > start and (is_space(tokens[end - 1]) or tokens[end - 1].is_symbol(".", ",", ";")):
        end -= 1
    return tokens[start:end]
