"""The smallest operands: numbers, names, brackets, fractions, constants, matrices, functions."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from proofread.commands.registry import FUNCTIONS, INFIXES
from proofread.commands.typography import (
    ACCENTS,
    BIG_OPERATORS,
    DOTS,
    FONT_SWITCHES,
    FONTS,
    FRACTIONS,
    GREEK,
    IGNORED,
    IGNORED_WITH_ARGUMENT,
    OUT_OF_SCOPE,
    RELATIONS,
    SIZES,
    TRANSPARENT,
)
from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax import arrays, bigs, brackets, derivatives, functions
from proofread.syntax.conditions import read_condition, relation_at
from proofread.syntax.cursor import opens
from proofread.syntax.names import read_name
from proofread.syntax.nodes import (
    Checked,
    Constant,
    ConstantKind,
    Differential,
    Grouped,
    Indicator,
    Node,
    Num,
    Op,
    Product,
    Unknown,
)
from proofread.syntax.resolution import resolve

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser

NOT_OPERANDS = frozenset(RELATIONS) | {"right", "end", "middle", "\\", "quad", "infty"} - {"mid"}
BOLD_COMMANDS = frozenset(name for name, font in FONTS.items() if font == "mathbf")


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
    constant = _constant(p, token, start)
    if constant is not None:
        return constant
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
        node = brackets.bracket(p)
        if functions.is_function(p, node) and brackets.bracket_here(p):
            return functions.named(p, _function_of(node), (), start)
        return p.scripted(node, start)
    barred = brackets.bars(p)
    if barred is not None:
        return barred
    if token.is_symbol("+", "-", "*", "/", "=", "<", ">", "^", "_", ",", ";", ":"):
        raise Refusal("latex-syntax", f"“{token.text}” has no operand before it", token.span)
    raise p.unexpected(token)


def _function_of(node: Node) -> Node:
    while isinstance(node, Grouped):
        node = node.body
    return node


def _command(p: Parser, token: Token, start: int) -> Node | None:
    """A structural command; ``None`` for what may be a name or a function."""
    name = token.text
    if name == "left":
        node = brackets.left_delimited(p)
        if functions.is_function(p, node) and brackets.bracket_here(p):
            return functions.named(p, _function_of(node), (), start)
        return p.scripted(node, start)
    if name in SIZES:
        if brackets.bracket_here(p):
            return p.scripted(brackets.bracket(p), start)
        barred = brackets.bars(p)
        if barred is not None:
            return barred
        raise p.unexpected(token)
    if name in brackets.BAR_COMMANDS:
        barred = brackets.bars(p)
        if barred is not None:
            return barred
    if name in FRACTIONS or name in ("over", "atop"):
        return p.scripted(_fraction(p, start), start)
    if name == "sqrt":
        return p.scripted(_root(p, start), start)
    if name in BIG_OPERATORS:
        return bigs.big(p)
    extreme = bigs.arg_min_here(p)
    if extreme is not None:
        return bigs.arg_min(p, *extreme)
    if name == "begin":
        return p.scripted(arrays.environment(p), start)
    if name in ("underbrace", "overbrace", "underset", "overset", "underbracket"):
        return p.scripted(_annotated(p, start), start)
    if name in TRANSPARENT:
        p.cursor.next()
        return p.scripted(Grouped(token.span, p.sub(p.cursor.argument(), token.span).whole()),
                          start)  # fmt: skip
    if name in OUT_OF_SCOPE and name not in FUNCTIONS:
        raise out_of_scope(OUT_OF_SCOPE[name], token.span)
    if name == "partial":
        return derivatives.inline_partial(p, start)
    return None


def out_of_scope(word: str, span: Span) -> Refusal:
    verb = "is" if word in ("infinity", "rounding") else "are"
    return Refusal("unknown-command", f"{word} {verb} not read", span)


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


def _constant(p: Parser, token: Token, start: int) -> Node | None:
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
    if (
        token.kind == "command" and (token.text in BOLD_COMMANDS or token.text in ("mathbb", "Bbb"))
    ) or (token.kind == "command" and token.text in ("vec", "mathds", "mathbbm")):
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


def _letter(p: Parser, token: Token, start: int) -> Node | None:
    """Letters with a meaning of their own where the table has none for them: e, π, d, D, J."""
    euler = _euler(p, token, start)
    if euler is not None:
        return euler
    after = p.cursor.peek(1)
    weight = after is not None and after.is_symbol("_")  # \pi_k is a name
    if token.is_command("pi") and not weight and p.scope.lookup("\\pi") is None:
        p.cursor.next()
        return p.scripted(Op(token.span, "pi", ()), start)
    jacobian = derivatives.jacobian_here(p, start)
    if jacobian is not None:
        return jacobian
    if derivatives.differential_here(p):
        return _differential(p, start)
    return None


def _euler(p: Parser, token: Token, start: int) -> Node | None:
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


def _differential(p: Parser, start: int) -> Node:
    derivatives.skip_d(p)
    if p.cursor.at_symbol("^"):
        raise Refusal("unknown-command", "second differentials are not read", p.cursor.here)
    target, outer = derivatives.differential_operand(p)
    node: Node = Differential(p.cursor.since(start), target)
    return p.superscripts(node, outer, p.cursor.since(start))


def _name_or_group(p: Parser, token: Token, start: int) -> Node:
    raw = read_name(p.cursor, p.scope)
    if raw is not None:
        node, items = resolve(p, raw)
        if isinstance(node, Unknown) and node.key.removeprefix("\\") in OUT_OF_SCOPE:
            raise out_of_scope(OUT_OF_SCOPE[node.key.removeprefix("\\")], raw.span)
        if isinstance(node, Unknown) and raw.base.font == "" and raw.base.letter in OUT_OF_SCOPE:
            raise out_of_scope(OUT_OF_SCOPE[raw.base.letter], raw.span)
        if isinstance(node, Unknown) and _upright_out_of_scope(raw.base.letter):
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


def _upright_out_of_scope(letter: str) -> bool:
    return len(letter) > 1 and f"mathrm{{{letter}}}" in OUT_OF_SCOPE


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


def unknown_command(token: Token) -> Refusal:
    near = difflib.get_close_matches(token.text, known_commands(), n=1, cutoff=0.6)
    advice = (f"did you mean \\{near[0]}?",) if near else ()
    return Refusal("unknown-command", f"\\{token.text} is not a command that is read here",
                   token.span, advice)  # fmt: skip


def known_commands() -> list[str]:
    """Every command that the engine reads, without the backslash."""
    structural = {"frac", "sqrt", "begin", "end", "left", "right", "nabla", "partial", "arg",
                  "underbrace", "overbrace", "bigtriangledown", "color", "textcolor", "substack",
                  "forall", "top", "intercal", "prime", "dagger", "star", "langle", "rangle",
                  "argmin", "argmax", "cdot", "times"}  # fmt: skip
    commands = (
        structural | GREEK | set(ACCENTS) | set(FONTS) | set(FONT_SWITCHES) | set(FRACTIONS)
        | set(BIG_OPERATORS) | set(RELATIONS) | set(SIZES) | DOTS | IGNORED
        | IGNORED_WITH_ARGUMENT | TRANSPARENT | set(INFIXES) | set(FUNCTIONS)
        | brackets.BAR_COMMANDS
    )  # fmt: skip
    return sorted(command for command in commands if command.strip() and command[0].isalpha())


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
