r"""A formula in words: as the site's search reads it, and as two versions of it are compared.

The search drops a backslash from what is typed: ``\nabla_W`` asks for the word ``nabla_W``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from proofread.commands.typography import FONTS, IGNORED, SIZES
from proofread.latex.tokens import Refusal, Token, tokenize
from proofread.syntax.chains import relation
from proofread.syntax.statements import split_piece

_DROPPED = IGNORED | SIZES
_BEFORE_SCRIPT = ("_", "^")
_JOINING = "_^{([|"
"""Behind these, a command goes on with the word that it stands in."""


def words_of(latex: str) -> str:
    r"""The words of a formula: commands without their backslashes, and without what sets type.

    ``\nabla_{W} L &= 2 \mathbf{W}`` has the words ``nabla_W L = 2 W``.
    """
    try:
        statements = split_piece(tokenize(latex)).statements
    except Refusal:
        return " ".join(latex.replace("\\", " ").split())
    return ", ".join(words_in(statement.tokens) for statement in statements)


def words_in(tokens: Sequence[Token]) -> str:
    """The words of a stretch of a formula."""
    return "".join(_joined(tokens)).strip()


def _joined(tokens: Sequence[Token]) -> Iterator[str]:
    before = " "
    for token in _without_script_braces(list(_kept(tokens))):
        related = (relation(token) is not None and before != ":") or before == "="
        word = token.kind == "command" and before not in _JOINING
        if before != " " and (token.spaced or related or word):
            yield " "
        yield token.text
        before = token.text


def _without_script_braces(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens without the braces around a script of one token."""
    for position, token in enumerate(tokens):
        opens = token.text == "{" and position and tokens[position - 1].is_symbol(*_BEFORE_SCRIPT)
        closes = token.text == "}" and position > 2 and tokens[position - 2].text == "{"
        if opens and _is(tokens, position + 2, "}"):
            continue
        if closes and tokens[position - 3].is_symbol(*_BEFORE_SCRIPT):
            continue
        yield token


def _kept(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens that are searched for, without fonts and their braces."""
    opening: list[int] = []
    closing: list[int] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.is_command("begin", "end"):
            position = _behind(tokens, position, "}")
            continue
        if token.kind == "row" and _is(tokens, position + 1, "["):
            position = _behind(tokens, position, "]")
            continue
        font = token.kind == "command" and token.text in FONTS
        if font and _is(tokens, position + 1, "{"):
            opening.append(position + 1)
            closing.append(_behind(tokens, position, "}") - 1)
        if not (font or position in (*opening, *closing) or _is_dropped(token)):
            # What a font holds is a word of its own, unless it is a script.
            apart = position - 1 in opening and not _is(tokens, position - 3, "{")
            yield replace(token, spaced=token.spaced or apart)
        position += 1


def _is_dropped(token: Token) -> bool:
    is_set = token.kind == "command" and token.text in _DROPPED
    return is_set or token.kind == "row" or token.is_symbol("&")


def _is(tokens: Sequence[Token], position: int, text: str) -> bool:
    return 0 <= position < len(tokens) and tokens[position].text == text


def _behind(tokens: Sequence[Token], position: int, text: str) -> int:
    """Where it goes on behind the next token that says ``text``."""
    while position < len(tokens) and tokens[position].text != text:
        position += 1
    return position + 1
