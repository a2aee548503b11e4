"""A position in a list of tokens, with the questions that a parser asks there."""

from __future__ import annotations

from collections.abc import Sequence

from proofread.commands.typography import ACCENTS, BRACKETS, DOTS, FONTS, IGNORED
from proofread.latex.tokens import Refusal, Span, Token

OPENING = frozenset({"(", "["})
CLOSING = frozenset({")", "]"})
BARS = frozenset({"lvert", "rvert", "lVert", "rVert"})
OPENING_COMMANDS = frozenset(name[1:] for name in BRACKETS if name[:1] == "\\") - BARS
CLOSING_COMMANDS = frozenset(name[1:] for name in BRACKETS.values() if name[:1] == "\\") - BARS

DEPTH_STEPS = {
    **{("symbol", text): 1 for text in OPENING},
    **{("symbol", text): -1 for text in CLOSING},
    **{("command", name): 1 for name in OPENING_COMMANDS | {"left", "begin"}},
    **{("command", name): -1 for name in CLOSING_COMMANDS | {"right", "end"}},
    ("open", "{"): 1,
    ("close", "}"): -1,
}
"""What a token does to the depth of those behind it."""


def opens(token: Token) -> bool:
    """Whether the token is an opening bracket."""
    if token.kind == "symbol":
        return token.text in OPENING
    return token.kind == "command" and token.text in OPENING_COMMANDS


def is_letter(token: Token) -> bool:
    """Whether an index may be called so: a letter, and ℓ."""
    return token.kind == "letter" or token.is_command("ell")


def is_dots(token: Token) -> bool:
    """Whether the token is an ellipsis of any kind."""
    return token.kind == "command" and token.text in DOTS


def lone_dots(tokens: Sequence[Token]) -> bool:
    """Whether an ellipsis stands here and nothing else."""
    return len(tokens) == 1 and is_dots(tokens[0])


def closes(token: Token) -> bool:
    """Whether the token is a closing bracket."""
    if token.kind == "symbol":
        return token.text in CLOSING
    return token.kind == "command" and token.text in CLOSING_COMMANDS


class Cursor:
    """Reads tokens one by one; spaces that say nothing are passed over."""

    def __init__(self, tokens: Sequence[Token], end: Span) -> None:
        self.tokens = [
            token
            for token in tokens
            if not (token.kind == "command" and token.text in IGNORED) and not token.is_symbol("~")
        ]
        self.position = 0
        self.end = end
        """Where the text ends, for what is missing there."""

    def peek(self, ahead: int = 0) -> Token | None:
        """The token here or further on, without a step."""
        index = self.position + ahead
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def next(self) -> Token:
        """The token here, past it.

        Raises:
            Refusal: at the end.

        """
        token = self.peek()
        if token is None:
            raise Refusal("latex-syntax", "the formula ends where something is still missing",
                          self.end)  # fmt: skip
        self.position += 1
        return token

    def at_command(self, *names: str) -> bool:
        """Whether one of these commands stands here."""
        token = self.peek()
        return token is not None and token.is_command(*names)

    def at_symbol(self, *texts: str) -> bool:
        """Whether one of these characters stands here."""
        token = self.peek()
        return token is not None and token.is_symbol(*texts)

    def accept_symbol(self, *texts: str) -> Token | None:
        """One of these characters, past it; ``None`` where none stands."""
        return self.next() if self.at_symbol(*texts) else None

    def accept_command(self, *names: str) -> Token | None:
        """One of these commands, past it; ``None`` where none stands."""
        return self.next() if self.at_command(*names) else None

    @property
    def done(self) -> bool:
        """Whether no token is left."""
        return self.position >= len(self.tokens)

    @property
    def here(self) -> Span:
        """The span of the token here."""
        token = self.peek()
        return token.span if token else self.end

    @property
    def behind(self) -> Span:
        """The span of the token before this place."""
        return self.tokens[self.position - 1].span if self.position else self.here

    def since(self, start: int) -> Span:
        """The stretch of source from token ``start`` to the one before this place."""
        if start >= len(self.tokens):
            return self.end
        last = max(start, self.position - 1)
        return self.tokens[start].span.to(self.tokens[last].span)

    def argument(self) -> list[Token]:
        """The tokens of a command's argument: a group without its braces, or one token."""
        if self.done:
            raise Refusal("latex-syntax", "an argument is missing here", self.behind)
        if self.peek_kind() == "open":
            return self.group()
        token = self.next()
        if token.kind == "number" and len(token.text) > 1 and token.text.isdigit():
            return [self._first_digit(token)]
        if token.kind == "command" and (token.text in FONTS or token.text in ACCENTS):
            start = self.position
            self.argument()
            return [token, *self.tokens[start : self.position]]
        return [token]

    def _first_digit(self, token: Token) -> Token:
        r"""``\frac12`` takes one digit; the rest of the number stays, as a token of its own."""
        middle = token.span.start + 1
        first = Token("number", token.text[0], Span(token.span.start, middle))
        rest = Token("number", token.text[1:], Span(middle, token.span.end))
        self.tokens[self.position - 1 : self.position] = [first, rest]
        return first

    def peek_kind(self) -> str:
        """The kind of the token here, empty at the end."""
        token = self.peek()
        return token.kind if token else ""

    def group(self) -> list[Token]:
        """The tokens between the brace here and the one that closes it."""
        opening = self.next()
        depth = 1
        start = self.position
        while not self.done:
            token = self.next()
            depth += {"open": 1, "close": -1}.get(token.kind, 0)
            if depth == 0:
                return list(self.tokens[start : self.position - 1])
        raise Refusal("latex-syntax", "this brace is never closed", opening.span)

    def optional(self) -> list[Token] | None:
        """The tokens of an optional argument in brackets."""
        if not self.at_symbol("["):
            return None
        opening = self.next()
        start = self.position
        while not self.done:
            if self.next().is_symbol("]"):
                return list(self.tokens[start : self.position - 1])
        raise Refusal("latex-syntax", "this bracket is never closed", opening.span)

    def environment_body(self, name: str, begin: Span) -> list[Token]:
        r"""The tokens up to the ``\end`` that belongs to a ``\begin`` already read."""
        start = self.position
        depth = 1
        while not self.done:
            token = self.next()
            if token.is_command("begin"):
                depth += 1
            elif token.is_command("end"):
                depth -= 1
                if depth == 0:
                    body = list(self.tokens[start : self.position - 1])
                    closing = "".join(part.text for part in self.argument())
                    if closing != name:
                        raise Refusal(
                            "latex-syntax",
                            f"\\begin{{{name}}} is closed by \\end{{{closing}}}",
                            begin.to(token.span),
                        )
                    return body
        raise Refusal("latex-syntax", f"\\begin{{{name}}} is never closed", begin)


def depths(tokens: Sequence[Token]) -> list[int]:
    """For each token, how deep in brackets, braces and environments it stands.

    An opening token has the depth outside of it, and so has the closing one.
    """
    result: list[int] = []
    depth = 0
    delimiter = False
    for token in tokens:
        if delimiter:  # the one behind \\left or \\right, counted with it
            delimiter = False
            result.append(result[-1])
            continue
        step = DEPTH_STEPS.get((token.kind, token.text), 0)
        if step < 0:
            depth = max(0, depth - 1)
        result.append(depth)
        if step > 0:
            depth += 1
        delimiter = token.kind == "command" and token.text in ("left", "right")
    return result


def split_commas(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """The parts between the commas and semicolons that stand in no brackets."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind == "open" or opens(token):
            depth += 1
        elif token.kind == "close" or closes(token):
            depth -= 1
        if token.is_symbol(",", ";") and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return [tuple(part) for part in parts]
