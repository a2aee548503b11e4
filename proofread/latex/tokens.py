"""LaTeX source to tokens, each with the stretch of source that it came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from proofread.limits import MAX_FORMULA_CHARACTERS, MAX_NUMBER_DIGITS
from proofread.records import Code

TokenKind = Literal["command", "letter", "number", "symbol", "open", "close", "row", "parameter"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch ``source[start:end]`` of one piece of mathematics."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The smallest stretch that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


class Refusal(Exception):
    """A formula that cannot be read: a record that travels up to its statement."""

    def __init__(
        self,
        code: Code,
        message: str,
        span: Span,
        advice: tuple[str, ...] = (),
        labels: tuple[tuple[Span, str], ...] = (),
    ) -> None:
        super().__init__(message)
        self.code: Code = code
        self.message = message
        self.span = span
        self.help = advice
        self.labels = labels


@dataclass(frozen=True, slots=True)
class Token:
    """One token. ``text`` of a command has no backslash; ``spaced`` tells of white space before."""

    kind: TokenKind
    text: str
    span: Span
    spaced: bool = False

    @property
    def written(self) -> str:
        """The token as an author types it."""
        return f"\\{self.text}" if self.kind == "command" else self.text

    def is_command(self, *names: str) -> bool:
        """Whether it is one of these commands."""
        return self.kind == "command" and self.text in names

    def is_symbol(self, *texts: str) -> bool:
        """Whether it is one of these characters."""
        return self.kind == "symbol" and self.text in texts


UNICODE = {
    "−": "-",
    "·": r"\cdot",
    "×": r"\times",
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "∈": r"\in",
    "∇": r"\nabla",
    "∂": r"\partial",
    "∑": r"\sum",
    "⊤": r"\top",
    "→": r"\to",
    "′": "'",
    "…": r"\dots",
}


def tokenize(source: str) -> list[Token]:
    """Split ``source`` into tokens.

    Raises:
        Refusal: ``too-large`` over the length limit, ``latex-syntax`` at a character that LaTeX
            mathematics has no use for.

    """
    if len(source) > MAX_FORMULA_CHARACTERS:
        raise Refusal(
            "too-large",
            f"the formula has {len(source):,} characters, more than {MAX_FORMULA_CHARACTERS:,}",
            Span(0, 1),
        )
    tokens: list[Token] = []
    position = 0
    spaced = False
    while position < len(source):
        character = source[position]
        if character.isspace():
            position += 1
            spaced = True
            continue
        if character == "%":
            newline = source.find("\n", position)
            position = len(source) if newline < 0 else newline + 1
            continue
        token = _token(source, position, spaced)
        tokens.append(token)
        position = token.span.end
        spaced = False
    return tokens


def _token(source: str, start: int, spaced: bool) -> Token:
    character = source[start]
    if character == "\\":
        return _command(source, start, spaced)
    if character.isascii() and (character.isdigit() or character == "."):
        return _number(source, start, spaced)
    span = Span(start, start + 1)
    if character in "{}":
        return Token("open" if character == "{" else "close", character, span, spaced)
    if character in UNICODE:
        text = UNICODE[character]
        if text.startswith("\\"):
            return Token("command", text[1:], span, spaced)
        return Token("symbol", text, span, spaced)
    if character.isalpha() and unicodedata.category(character)[0] == "L":
        return Token("letter", character, span, spaced)
    if character == "#":
        end = start + 2 if source[start + 1 : start + 2].isdigit() else start + 1
        return Token("parameter", source[start + 1 : end], Span(start, end), spaced)
    if character in "+-*/=<>()[]|_^&,;:.!?'~`\"@":
        return Token("symbol", character, span, spaced)
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    raise Refusal("latex-syntax", f"the character “{name}” has no meaning in a formula", span)


def _command(source: str, start: int, spaced: bool) -> Token:
    end = start + 1
    while end < len(source) and source[end].isascii() and source[end].isalpha():
        end += 1
    if end == start + 1:
        end += 1
        if end > len(source):
            raise Refusal("latex-syntax", "a backslash at the end", Span(start, start + 1))
    elif end < len(source) and source[end] == "*" and source[start + 1 : end] in STARRED:
        end += 1
    text = source[start + 1 : end]
    if text.isspace():
        text = " "
    return Token("row" if text == "\\" else "command", text, Span(start, end), spaced)


STARRED = frozenset({"operatorname", "tag", "hspace", "vspace", "DeclareMathOperator"})


def _number(source: str, start: int, spaced: bool) -> Token:
    end = start
    while end < len(source) and source[end].isascii() and source[end].isdigit():
        end += 1
    if source[end : end + 1] == "." and source[end + 1 : end + 2].isdigit():
        end += 1
        while end < len(source) and source[end].isascii() and source[end].isdigit():
            end += 1
    if end == start:
        return Token("symbol", ".", Span(start, start + 1), spaced)
    if end - start > MAX_NUMBER_DIGITS:
        raise Refusal(
            "too-large",
            f"the number has {end - start:,} digits, more than {MAX_NUMBER_DIGITS}",
            Span(start, end),
        )
    return Token("number", source[start:end], Span(start, end), spaced)


def argument_at(tokens: Sequence[Token], position: int, command: Token) -> tuple[list[Token], int]:
    """A command's argument, a group without its braces or one token, and what is behind it.

    Raises:
        Refusal: ``latex-syntax`` where there is none, or its brace is never closed.

    """
    if position >= len(tokens):
        raise Refusal("latex-syntax", f"\\{command.text} lacks its argument", command.span)
    if tokens[position].kind != "open":
        return [tokens[position]], position + 1
    depth = 0
    for end in range(position, len(tokens)):
        depth += {"open": 1, "close": -1}.get(tokens[end].kind, 0)
        if depth == 0:
            return list(tokens[position + 1 : end]), end + 1
    raise Refusal("latex-syntax", "this brace is never closed", tokens[position].span)
