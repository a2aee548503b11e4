r"""Sums, products, largest and smallest entries over indices, and ``\arg\min``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from proofread.commands.registry import LEVEL_ELEMENTWISE
from proofread.commands.typography import BIG_OPERATORS, FONT_SWITCHES, FONTS, GREEK, UPRIGHT_FONTS
from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax.conditions import condition_tokens, read_condition, relation_at
from proofread.syntax.cursor import is_letter, lone_dots, split_commas
from proofread.syntax.nodes import All, ArgMin, Big, Node, Num, Relation

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser


def starts_big(token: Token) -> bool:
    """Whether a sum or product begins with the token."""
    return token.kind == "command" and token.text in BIG_OPERATORS


class Binder:
    """What stands below and above an operator."""

    def __init__(self) -> None:
        self.names: list[tuple[str, Span]] = []
        self.lower: Node | None = None
        self.upper: Node | None = None
        self.conditions: list[Node] = []


def big(p: Parser) -> Node:
    """A sum or product; its scope runs to the next term."""
    start = p.cursor.position
    token = p.cursor.next()
    operation: Literal["sum", "prod"] = "sum" if token.text == "sum" else "prod"
    sub: list[Token] = []
    sup: list[Token] = []
    sub_span = sup_span = token.span
    while p.cursor.at_symbol("_", "^"):
        mark = p.cursor.next()
        where = p.cursor.position
        if mark.text == "_":
            sub = p.cursor.argument()
            sub_span = p.cursor.since(where)
        else:
            sup = p.cursor.argument()
            sup_span = p.cursor.since(where)
    if not sub:
        raise Refusal("ambiguous", f"\\{token.text} does not say what it runs over", token.span,
                      (f"write the index below it, \\{token.text}_{{i}}",))  # fmt: skip
    binder = read_binder(p, sub, sub_span)
    if sup:
        binder.upper = p.sub(sup, sup_span).whole()
    elif binder.lower is not None and binder.upper is None:
        raise Refusal("ambiguous", f"\\{token.text} has a lower bound and no upper one",
                      sub_span)  # fmt: skip
    body = bound_body(p, binder, LEVEL_ELEMENTWISE)
    return _node(p, operation, binder, body, start)


def _node(
    p: Parser, operation: Literal["sum", "prod", "max", "min"], binder: Binder, body: Node,
    start: int,
) -> Node:  # fmt: skip
    condition: Node | None = None
    if binder.conditions:
        condition = binder.conditions[0]
        if len(binder.conditions) > 1:
            condition = All(condition.span, tuple(binder.conditions))
    names = tuple(name for name, _ in binder.names)
    span = p.cursor.since(start)
    return Big(span, operation, names, binder.lower, binder.upper, condition, body)


def bound_body(p: Parser, binder: Binder, level: int) -> Node:
    """What the operator applies to, with its index letters bound."""
    if p.cursor.done or p.at_end_of_term():
        raise Refusal("latex-syntax", "the operator has nothing behind it", p.cursor.behind)
    saved = dict(p.bound), p.stops_at_operator
    p.stops_at_operator = False
    for name, span in binder.names:
        if name in saved[0]:
            raise Refusal(
                "index-clash",
                f"the index “{name}” is bound here and already by an operator around it",
                span,
                labels=((saved[0][name], "bound here first"),),
            )
        p.bound[name] = span
    body = p.infix(level)
    p.bound, p.stops_at_operator = saved
    return body


def read_binder(p: Parser, tokens: list[Token], span: Span) -> Binder:
    """Index letters, bounds and conditions below an operator."""
    binder = Binder()
    tokens = _unstacked(tokens)
    parts = [list(part) for part in split_commas(tokens)]
    if not parts[-1]:
        raise Refusal("latex-syntax", "an index is missing here", span)
    for part in parts:
        colon = [k for k, t in enumerate(part) if t.is_symbol(":", "|") or t.is_command("mid")]
        if colon:
            _binder_part(p, binder, part[: colon[0]], span)
            _condition(p, binder, part[colon[0] + 1 :], span)
        else:
            _binder_part(p, binder, part, span)
    if not binder.names:
        raise Refusal("ambiguous", "no index letter is bound here", span)
    for name, where in binder.names:
        p.binders.append((name, where))
    return binder


def _unstacked(tokens: list[Token]) -> list[Token]:
    r"""The tokens of a ``\substack``, its rows separated by commas."""
    if tokens and tokens[0].is_command("substack"):
        inner = tokens[2:-1]
        return [Token("symbol", ",", t.span) if t.kind == "row" else t for t in inner]
    return tokens


def _binder_part(p: Parser, binder: Binder, part: list[Token], span: Span) -> None:
    letter = _letter(part[0]) if part else None
    relations = relation_at(part)
    if letter and len(part) == 1:
        binder.names.append((letter, part[0].span))
    elif letter and relations == [1] and part[1].is_symbol("="):
        binder.names.append((letter, part[0].span))
        binder.lower = p.sub(part[2:], span).whole()
    elif letter and relations == [1] and part[1].is_command("in"):
        binder.names.append((letter, part[0].span))
        _from_set(p, binder, part[2:], span)
    elif letter and relations == [1] and part[1].is_command("ne", "neq"):
        if letter not in p.bound and letter not in dict(binder.names):
            binder.names.append((letter, part[0].span))
        _condition(p, binder, part, span)
    elif relations:
        _bind_letters_of(p, binder, part)
        _condition(p, binder, part, span)
    else:
        raise Refusal("ambiguous", "what stands below the operator binds no index", span)


def _letter(token: Token) -> str | None:
    if token.kind == "letter":
        return token.text
    if token.kind == "command" and token.text in GREEK:
        return "\\" + token.text
    return None


def _bind_letters_of(p: Parser, binder: Binder, part: list[Token]) -> None:
    """``i < j`` binds those of its letters that nothing around it has bound or names free."""
    have = {name for name, _ in binder.names}
    letters = [
        (name, t.span) for t in part
        if is_letter(t) and (name := _letter(t))
    ]  # fmt: skip
    fresh = [
        (name, where) for name, where in letters
        if name not in have and name not in p.bound and p.scope.lookup(name) is None
    ]  # fmt: skip
    free = [item for item in fresh if item[0] in p.introduced]
    binder.names.extend(item for item in fresh if item not in free or len(fresh) == len(free))


def _condition(p: Parser, binder: Binder, part: list[Token], span: Span) -> None:
    saved = dict(p.bound)
    for name, where in binder.names:
        p.bound[name] = where
    inner = p.sub(part, span)
    inner.indexing = True
    condition = read_condition(inner, part, span)
    p.bound = saved
    _bounds_from(binder, condition)


def _bounds_from(binder: Binder, condition: Node) -> None:
    r"""``1 \le i < j \le n`` says the bounds and a condition."""
    parts = condition.conditions if isinstance(condition, All) else (condition,)
    for part in parts:
        binder.conditions.append(part)
        if isinstance(part, Relation) and part.op == "≤":
            if isinstance(part.left, Num):
                binder.lower = part.left
            elif binder.lower is not None and binder.upper is None and part is parts[-1]:
                binder.upper = part.right


def _from_set(p: Parser, binder: Binder, tokens: list[Token], span: Span) -> None:
    r"""``i \in \{1, \dots, n\}`` or ``i \in [n]``."""
    inner = tokens[1:-1]
    parts = split_commas(inner)
    if tokens and tokens[0].is_symbol("[") and len(parts) == 1 and inner:
        binder.lower = Num(span, Fraction(1))
        binder.upper = p.sub(inner, span).whole()
        return
    dotted = [part for part in parts if lone_dots(part)]  # fmt: skip
    if tokens and tokens[0].is_command("{", "lbrace") and dotted and len(parts) >= 3:
        binder.lower = p.sub(parts[0], span).whole()
        binder.upper = p.sub(parts[-1], span).whole()
        return
    raise Refusal("ambiguous", "the set that the index runs over is not known", span,
                  ("write the range as bounds, i = 1 below and n above",))  # fmt: skip


def extreme(p: Parser, name: str, sub: tuple[Token, ...], span: Span, start: int) -> Node:
    r"""``\max_i x_i``: the largest over an index."""
    operation: Literal["max", "min"] = "max" if name == "max" else "min"
    if len(sub) == 1 or relation_at(list(sub)):
        letter = _letter(sub[0])
        known = p.scope.lookup(letter) if letter else None
        if letter is None or (known is not None and known.role == "value"):
            raise Refusal("ambiguous", f"the {name} over a continuous variable has no value here",
                          span, (f"\\arg\\{name} names where it is taken",))  # fmt: skip
    binder = read_binder(p, list(sub), span)
    saved = dict(p.bound)
    for letter, where in binder.names:
        p.bound[letter] = where
    body = p.factor()
    p.bound = saved
    return _node(p, operation, binder, body, start)


def arg_min_here(p: Parser) -> tuple[Literal["min", "max"], int] | None:
    r"""``\arg\min`` in any spelling, and how many tokens it takes without its subscript."""
    token, after = p.cursor.peek(), p.cursor.peek(1)
    if token is None or token.kind != "command":
        return None
    if token.text in ("argmin", "argmax"):
        return ("min" if token.text == "argmin" else "max"), 1
    if token.is_command("arg") and after is not None and after.is_command("min", "max"):
        return ("min" if after.text == "min" else "max"), 2
    if token.text in UPRIGHT_FONTS or token.text == "underset":
        start = p.cursor.position
        p.cursor.next()
        if token.text == "underset":
            p.cursor.argument()
            found = arg_min_here(p)
            if found is None and not p.cursor.done:
                inner = p.sub(p.cursor.argument(), token.span)
                found = arg_min_here(inner)
            p.cursor.position = start
            return (found[0], 0) if found else None
        text = "".join(
            t.text for t in p.cursor.argument()
            if t.kind in ("letter", "command") and t.text not in {*FONT_SWITCHES, *FONTS}
        )  # fmt: skip
        length = p.cursor.position - start
        p.cursor.position = start
        if text in ("argmin", "argmax"):
            return ("min" if text == "argmin" else "max"), length
    return None


def arg_min(p: Parser, operation: Literal["min", "max"], length: int) -> Node:
    r"""``\arg\min`` with its variable and its body."""
    start = p.cursor.position
    if length:
        p.cursor.position += length
        if not p.cursor.accept_symbol("_"):
            raise Refusal("ambiguous", f"\\arg\\{operation} does not say over what",
                          p.cursor.since(start))  # fmt: skip
        where = p.cursor.position
        tokens = p.cursor.argument()
        span = p.cursor.since(where)
    else:
        p.cursor.next()
        where = p.cursor.position
        tokens = p.cursor.argument()
        span = p.cursor.since(where)
        p.cursor.argument()
    tokens = condition_tokens(tokens)
    variable = p.sub(tokens, span).whole()
    body = p.sum()
    return ArgMin(p.cursor.since(start), operation, variable, body)
