"""Brackets and bars of all kinds, arguments, and ``|_{x = a}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proofread.commands.typography import BRACKETS, OUT_OF_SCOPE, SIZES
from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax import ellipses
from proofread.syntax.cursor import Cursor, closes, depths, opens, split_commas
from proofread.syntax.nodes import At, Block, Dots, Grouped, Node, Op, Row
from proofread.syntax.scripts import read_scripts

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser

SINGLE = frozenset({"|", "\\vert", "\\lvert", "\\rvert"})


def bracket_here(p: Parser) -> bool:
    """Whether an opening bracket (not a bar) stands here, with a size before it or not."""
    token, after = p.cursor.peek(), p.cursor.peek(1)
    if token is None:
        return False
    if token.kind == "command" and token.text in SIZES and token.text not in ("right", "middle"):
        return after is not None and opens(after)
    return opens(token)


def arguments(p: Parser) -> list[Node]:
    """The expressions between the brackets here, separated by commas."""
    inner, span, _ = bracketed_tokens(p)
    if not inner:
        raise Refusal("latex-syntax", "empty parentheses", span)
    _refuse_lone_bar(inner)
    args: list[Node] = []
    sub = p.sub(inner, span)
    while True:
        args.append(sub.sum())
        mark = sub.cursor.accept_symbol(",", ";")
        if mark is None:
            break
    token = sub.cursor.peek()
    if token is not None:
        if token.is_command("mid", "vert") or token.is_symbol("|"):
            raise Refusal("unknown-command", "conditional densities are not read", token.span)
        raise sub.unexpected(token)
    return args


def _refuse_lone_bar(tokens: list[Token]) -> None:
    """``p(y | x)``: one bar between the arguments of a function."""
    levels = depths(tokens)
    bars = [k for k, token in enumerate(tokens)
            if levels[k] == 0 and (token.is_symbol("|") or token.is_command("vert"))]  # fmt: skip
    if len(bars) == 1 and 0 < bars[0] < len(tokens) - 1:
        raise Refusal("unknown-command", "conditional densities are not read",
                      tokens[bars[0]].span)  # fmt: skip


def bracketed_tokens(p: Parser) -> tuple[list[Token], Span, str]:
    """The tokens inside the brackets here, the span of all, and the opening bracket."""
    start = p.cursor.position
    if p.cursor.at_command("left"):
        opening = p.cursor.peek(1) or p.cursor.next()
        inner, _ = _until_right(p)
        closing = p.cursor.next()
    else:
        sized = p.cursor.peek()
        if sized is not None and sized.kind == "command" and sized.text in SIZES:
            p.cursor.next()
        opening = p.cursor.next()
        inner, closing = _until_closed(p, opening)
    span = p.cursor.since(start)
    _check_pair(opening, closing, span)
    return inner, span, opening.written


def _until_closed(p: Parser, opening: Token) -> tuple[list[Token], Token]:
    """The tokens up to the bracket that closes ``opening``, and that bracket."""
    start = p.cursor.position
    depth = 1
    while not p.cursor.done:
        token = p.cursor.next()
        if token.kind == "open" or opens(token):
            depth += 1
        elif token.kind == "close" or closes(token):
            depth -= 1
        if depth == 0:
            if token.kind == "close":
                break
            inner = list(p.cursor.tokens[start : p.cursor.position - 1])
            while inner and inner[-1].kind == "command" and inner[-1].text in SIZES:
                inner.pop()
            return inner, token
    raise Refusal("latex-syntax", f"“{opening.written}” is never closed", opening.span)


def _check_pair(opening: Token, closing: Token, span: Span) -> None:
    expected = BRACKETS.get(opening.written)
    if expected is not None and closing.written != expected and closing.written != ".":
        raise Refusal("latex-syntax", f"“{opening.written}” is closed by “{closing.written}”", span)


def bracket(p: Parser) -> Node:
    """An expression in brackets, or a list of them as a row."""
    start = p.cursor.position
    inner, span, opening = bracketed_tokens(p)
    if opening[1:] in OUT_OF_SCOPE:
        raise Refusal("unknown-command", f"{OUT_OF_SCOPE[opening[1:]]} is not read", span)
    if opening in ("\\langle", "<"):
        return _inner_product(p, inner, span)
    _refuse_lone_bar(inner)
    sub = p.sub(inner, span)
    if not inner:
        raise Refusal("latex-syntax", "empty brackets", span)
    cells = [sub.sum()]
    while sub.cursor.accept_symbol(",", ";"):
        cells.append(sub.sum())
    token = sub.cursor.peek()
    if token is not None:
        if token.is_command("mid") or token.is_symbol("|"):
            raise Refusal("unknown-command", "conditional densities are not read", token.span)
        raise sub.unexpected(token)
    if len(cells) == 1 and not isinstance(cells[0], Dots):
        return Grouped(p.cursor.since(start), cells[0])
    row = Row(span, ellipses.fill_cells(tuple(cells), span))
    return Block(span, (row,))


def _inner_product(p: Parser, inner: list[Token], span: Span) -> Node:
    sub = p.sub(inner, span)
    left = sub.sum()
    if not (sub.cursor.accept_symbol(",") or sub.cursor.accept_command("mid")):
        raise Refusal("latex-syntax", "⟨ ⟩ takes two arguments, separated by a comma", span)
    right = sub.sum()
    if not sub.cursor.done:
        raise sub.unexpected(sub.cursor.next())
    return Op(span, "inner", (left, right))


# Bars ------------------------------------------------------------------------------------------


def bar_kind(cursor: Cursor) -> tuple[str, int] | None:
    """``single`` or ``double`` and how many tokens the bar here takes, its size included."""
    token = cursor.peek()
    taken = 0
    if token is not None and token.kind == "command" and token.text in SIZES:
        taken = 1
        token = cursor.peek(1)
    if token is None:
        return None
    if token.is_command("|", "Vert", "lVert", "rVert"):
        return "double", taken + 1
    if token.is_command("vert", "lvert", "rvert"):
        return "single", taken + 1
    if token.is_symbol("|"):
        after = cursor.peek(taken + 1)
        if after is not None and after.is_symbol("|") and not after.spaced:
            return "double", taken + 2
        return "single", taken + 1
    return None


def bars(p: Parser) -> Node | None:
    """A norm, an absolute value or a determinant, where bars open here."""
    found = bar_kind(p.cursor)
    if found is None:
        return None
    start = p.cursor.position
    if found[0] == "double" and p.cursor.at_symbol("|") and "double" not in p.bars:
        saved = list(p.bars)
        try:
            return _barred(p, *found)
        except Refusal as refusal:
            if refusal.message != NEVER_CLOSED:
                raise
            p.cursor.position, p.bars = start, saved  # ``||s| - |u||``
            return _barred(p, "single", 1)
    return _barred(p, *found)


NEVER_CLOSED = "this bar is never closed"


def _barred(p: Parser, kind: str, length: int) -> Node:
    """What stands between the bars here, which take ``length`` tokens."""
    start = p.cursor.position
    first = p.cursor.peek()
    p.cursor.position += length
    assert first is not None
    p.bars.append(kind)
    body = p.sum()
    closing = bar_kind(p.cursor)
    if closing is not None and kind == "single" and closing[0] == "double":
        closing = ("single", 1)
    if closing is None or closing[0] != kind:
        raise Refusal("latex-syntax", NEVER_CLOSED, first.span)
    p.cursor.position += closing[1]
    p.bars.pop()
    if kind == "single":
        return p.scripted(Op(p.cursor.since(start), "bars", (body,)), start)
    return _norm(p, body, start)


def _norm(p: Parser, body: Node, start: int) -> Node:
    operation = "norm"
    sub, sup, sub_span = read_scripts(p.cursor)
    if sub is not None:
        tokens = sub
        text = "".join(t.text for t in tokens if t.kind in ("letter", "number", "command"))
        text = text.removeprefix("mathrm").removeprefix("text").removeprefix("rm")
        names = {"2": "norm_2", "1": "norm_1", "infty": "norm_inf", "F": "norm", "Fro": "norm"}
        if text not in names:
            raise Refusal(
                "ambiguous",
                "this norm is not known",
                sub_span,
                ("the norms are \\|x\\|_1, \\|x\\|_2, \\|x\\|_\\infty and \\|A\\|_F",),
            )
        operation = names[text]
    node: Node = Op(p.cursor.since(start), operation, (body,))
    return p.superscripts(node, sup, p.cursor.since(start))


def closes_bars(p: Parser, token: Token) -> bool:
    """Whether a bar here closes the one that is open, rather than opening another."""
    if not p.bars:
        return False
    if token.is_command("lvert", "lVert", "left") or (
        token.kind == "command" and token.text in SIZES and token.text.endswith("l")
    ):
        return False
    before = p.cursor.tokens[p.cursor.position - 1] if p.cursor.position else None
    if before is not None and before.is_symbol("+", "-", "/", "="):
        return False  # an operand follows an operator
    found = bar_kind(p.cursor)
    if found is None:
        return False
    # ``|x||y|``: the first of two plain bars closes the single one
    return found[0] == p.bars[-1] or (p.bars[-1] == "single" and token.is_symbol("|"))


def evaluates(p: Parser) -> bool:
    """Whether a bar with ``_{x = a}`` stands here."""
    cursor = p.cursor
    token = cursor.peek()
    if token is None:
        return False
    taken = 1 if token.kind == "command" and token.text in SIZES else 0
    bar, after = cursor.peek(taken), cursor.peek(taken + 1)
    if bar is None or after is None or not after.is_symbol("_"):
        return False
    if not (bar.is_symbol("|") or bar.is_command("vert", "rvert")):
        return False
    following = cursor.peek(taken + 2)
    if following is None or following.kind != "open":
        return False
    depth = 0
    for token in cursor.tokens[cursor.position + taken + 2 :]:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth == 1 and token.is_symbol("="):
            return True
        if depth == 0:
            return False
    return False


def evaluation(p: Parser, target: Node, start: int) -> Node:
    """The bar with its assignments, applied to what stands before it."""
    token = p.cursor.next()
    if token.kind == "command" and token.text in SIZES:
        p.cursor.next()
    p.cursor.next()
    return _evaluated(p, target, start)


def _evaluated(p: Parser, target: Node, start: int) -> Node:
    where = p.cursor.position
    tokens = p.cursor.argument()
    span = p.cursor.since(where)
    for part in split_commas(tokens):
        equals = [k for k, token in enumerate(part) if token.is_symbol("=")]
        if len(equals) != 1:
            raise Refusal("latex-syntax", "the bar needs “variable = value” below it", span)
        variable = p.sub(part[: equals[0]], span).whole()
        value = p.sub(part[equals[0] + 1 :], span).whole()
        target = At(p.cursor.since(start), target, variable, value)
    return target


def left_delimited(p: Parser) -> Node:
    r"""What begins with ``\left``: brackets, bars, or a lone bar at the end."""
    start = p.cursor.position
    delimiter = p.cursor.peek(1)
    if delimiter is None:
        raise Refusal("latex-syntax", "\\left has no bracket behind it", p.cursor.here)
    if delimiter.is_symbol("."):
        inner, span = _until_right(p)
        body = p.sub(inner, span).whole()
        closing = p.cursor.next()
        if not (closing.is_symbol("|") or closing.is_command("vert", "rvert")):
            return Grouped(p.cursor.since(start), body)
        if not p.cursor.accept_symbol("_"):
            raise Refusal("latex-syntax", "the bar needs “variable = value” below it",
                          closing.span)  # fmt: skip
        return _evaluated(p, body, start)
    if opens(delimiter):
        return bracket(p)
    inner, span = _until_right(p)
    closing = p.cursor.next()
    kinds = (delimiter.written, closing.written)
    if not inner:
        raise Refusal("latex-syntax", "empty bars", span)
    body = p.sub(inner, span).whole()
    if all(kind in SINGLE for kind in kinds):
        return Op(p.cursor.since(start), "bars", (body,))
    if all(kind in ("\\|", "\\Vert", "\\lVert", "\\rVert") for kind in kinds):
        return _norm(p, body, start)
    raise Refusal("latex-syntax", f"“{kinds[0]}” is closed by “{kinds[1]}”",
                  p.cursor.since(start))  # fmt: skip


def _until_right(p: Parser) -> tuple[list[Token], Span]:
    opening = p.cursor.next()
    p.cursor.next()
    start = p.cursor.position
    depth = 1
    while not p.cursor.done:
        token = p.cursor.next()
        if token.is_command("left"):
            depth += 1
        elif token.is_command("right"):
            depth -= 1
            if depth == 0:
                return list(p.cursor.tokens[start : p.cursor.position - 1]), p.cursor.since(start)
    raise Refusal("latex-syntax", "\\left without its \\right", opening.span)
