r"""``\newcommand``, ``\renewcommand``, ``\def`` and ``\DeclareMathOperator``: read and expanded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from proofread.latex.tokens import Refusal, Span, Token, argument_at, tokenize
from proofread.limits import MAX_MACRO_TOKENS

DEFINING = ("newcommand", "renewcommand", "providecommand", "def", "DeclareMathOperator",
            "DeclareMathOperator*")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro of ``arity`` parameters; ``source`` is its body as written."""

    name: str
    arity: int
    body: tuple[Token, ...]
    source: str
    default: tuple[Token, ...] | None = None


def read_macros(text: str) -> dict[str, Macro]:
    r"""The macros that ``text`` defines, by name without the backslash.

    Raises:
        Refusal: ``latex-syntax`` where a definition is malformed, or where anything else stands.

    """
    macros: dict[str, Macro] = {}
    tokens = tokenize(text)
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if not token.is_command(*DEFINING):
            raise Refusal("latex-syntax", "only macro definitions may stand here", token.span)
        macro, position = read_definition(tokens, position, text)
        macros[macro.name] = macro
    return macros


def read_definition(tokens: list[Token], position: int, source: str) -> tuple[Macro, int]:
    r"""The macro that starts at ``tokens[position]`` and the position behind it."""
    start = tokens[position]
    kind = start.text
    position += 1
    name, position = _name(tokens, position, start)
    arity = 0
    default: tuple[Token, ...] | None = None
    if kind == "def":
        while position < len(tokens) and tokens[position].kind == "parameter":
            arity += 1
            position += 1
    elif kind.endswith("command"):
        if position < len(tokens) and tokens[position].is_symbol("["):
            inside, position = _until_bracket(tokens, position, start)
            if len(inside) != 1 or inside[0].kind != "number" or not 0 <= int(inside[0].text) <= 9:
                raise Refusal("latex-syntax", "a macro has between 0 and 9 parameters", start.span)
            arity = int(inside[0].text)
        if position < len(tokens) and tokens[position].is_symbol("["):
            inside, position = _until_bracket(tokens, position, start)
            default = tuple(inside)
    body, position = argument_at(tokens, position, start)
    text = source[body[0].span.start : body[-1].span.end] if body else ""
    if kind.startswith("DeclareMathOperator"):
        braces = (Token("open", "{", start.span), Token("close", "}", start.span))
        operator = Token("command", "operatorname", start.span)
        body = [operator, braces[0], *body, braces[1]]
        text = rf"\operatorname{{{text}}}"
    return Macro(name, arity, tuple(body), text, default), position


def _name(tokens: list[Token], position: int, start: Token) -> tuple[str, int]:
    braced = position < len(tokens) and tokens[position].kind == "open"
    position += braced
    if position >= len(tokens) or tokens[position].kind != "command":
        raise Refusal("latex-syntax", f"\\{start.text} needs the name of a command", start.span)
    name = tokens[position].text
    position += 1
    if braced:
        if position >= len(tokens) or tokens[position].kind != "close":
            raise Refusal("latex-syntax", f"\\{start.text} needs the name of a command", start.span)
        position += 1
    return name, position


def _until_bracket(tokens: list[Token], position: int, start: Token) -> tuple[list[Token], int]:
    for end in range(position + 1, len(tokens)):
        if tokens[end].is_symbol("]"):
            return tokens[position + 1 : end], end + 1
    raise Refusal("latex-syntax", f"\\{start.text} has a bracket that is never closed", start.span)


def expand(
    tokens: list[Token], macros: Mapping[str, Macro], source: str
) -> tuple[list[Token], dict[str, Macro]]:
    """Expand all macros; definitions in ``tokens`` are taken out and returned as well.

    Tokens of an expansion carry the span of the call, so that a finding points at the page.

    Raises:
        Refusal: ``too-large`` when the expansion does not end within its budget.

    """
    if not macros and not any(token.is_command(*DEFINING) for token in tokens):
        return tokens, {}
    known = dict(macros)
    defined: dict[str, Macro] = {}
    pending = list(reversed(tokens))
    done: list[Token] = []
    steps = 0
    while pending:
        token = pending.pop()
        if token.is_command(*DEFINING):
            rest = [token, *reversed(pending)]
            macro, end = read_definition(rest, 0, source)
            known[macro.name] = defined[macro.name] = macro
            pending = list(reversed(rest[end:]))
            continue
        if token.kind != "command" or token.text not in known:
            done.append(token)
            continue
        replacement = _call(known[token.text], token, pending)
        steps += 1 + len(replacement)
        if steps > MAX_MACRO_TOKENS or len(pending) > MAX_MACRO_TOKENS:
            raise Refusal(
                "too-large",
                f"the macro \\{token.text} expands to more than {MAX_MACRO_TOKENS:,} tokens",
                token.span,
            )
        pending.extend(reversed(replacement))
    return done, defined


def _call(macro: Macro, call: Token, pending: list[Token]) -> list[Token]:
    """Take the call's arguments off ``pending`` and return the body with them filled in."""
    arguments: list[list[Token]] = []
    span = call.span
    for number in range(macro.arity):
        if number == 0 and macro.default is not None:
            if pending and pending[-1].is_symbol("["):
                inside, end = _until_bracket(list(reversed(pending)), 0, call)
                del pending[len(pending) - end :]
                arguments.append(inside)
            else:
                arguments.append(list(macro.default))
            continue
        if not pending:
            raise Refusal(
                "latex-syntax",
                f"\\{macro.name} takes {macro.arity} arguments, found {number}",
                call.span,
            )
        end = _argument_length(pending)
        argument = [pending.pop() for _ in range(end)]
        span = span.to(argument[-1].span)
        stripped = argument[1:-1] if argument[0].kind == "open" else argument
        arguments.append(stripped)
    result: list[Token] = []
    for token in macro.body:
        if token.kind == "parameter":
            number = int(token.text or 0)
            if not 1 <= number <= macro.arity:
                raise Refusal(
                    "latex-syntax",
                    f"\\{macro.name} has {macro.arity} parameters and uses #{token.text}",
                    call.span,
                )
            result.extend(arguments[number - 1])
        else:
            result.append(Token(token.kind, token.text, _call_span(call, span), token.spaced))
    return result


def _argument_length(pending: list[Token]) -> int:
    if pending[-1].kind != "open":
        return 1
    depth = 0
    for count, token in enumerate(reversed(pending), start=1):
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth == 0:
            return count
    raise Refusal("latex-syntax", "this brace is never closed", pending[-1].span)


def _call_span(call: Token, whole: Span) -> Span:
    return Span(call.span.start, whole.end)
