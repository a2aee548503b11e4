"""Mathematics that says nothing: mentions, lone numbers, shapes and ordinals in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from proofread.latex.tokens import Refusal, Token
from proofread.symbols.sets import is_set, read_set
from proofread.syntax.cursor import lone_dots, split_commas
from proofread.syntax.words import is_prose, words_at
from proofread.verdict.state import State
from proofread.verdict.targets import read_target


def says_nothing(state: State, tokens: Sequence[Token], display: bool) -> bool:
    """Words, a lone number, a mention of a name, a shape or an ordinal say nothing."""
    if not tokens:
        return True
    if all(token.kind == "number" or token.is_symbol("-", "+", ".", ",") for token in tokens):
        return True
    if any(token.is_command("times") for token in tokens) and _is_size(state, tokens):
        return True
    if _is_ordinal(tokens):
        return True
    if lone_dots(tokens):
        return True
    if all(token.kind == "command" and token.text in ("text", "mathrm", "mbox")
           for token in tokens[:1]) and len(tokens) > 1:  # fmt: skip
        words, end = words_at(tokens, 0)
        if end == len(tokens) and is_prose(words, True, True):
            return True
    if is_set(tokens) and tokens[0].kind == "command" and not display:
        try:
            read_set(tokens, state.table, tokens[0].span)
        except Refusal:
            return False
        return True
    if display:
        return False
    return _is_mention(state, tokens)


def _is_size(state: State, tokens: Sequence[Token]) -> bool:
    r"""``m \times n``: dimensions and numbers alone."""
    for token in tokens:
        if token.is_command("times") or token.kind == "number" or token.is_symbol("+", "-"):
            continue
        if token.kind == "letter":
            symbol = state.table.lookup(token.text)
            if symbol is None or symbol.role == "dimension":
                continue
        return False
    return True


def _is_ordinal(tokens: Sequence[Token]) -> bool:
    r"""``i^{\text{th}}`` and ``k^{th}``."""
    tail = "".join(token.text for token in tokens[1:] if token.kind in ("letter", "command"))
    return (
        len(tokens) > 2
        and tokens[1].is_symbol("^")
        and (
            tail.removeprefix("text")
            .removeprefix("mathrm")
            .removeprefix("textrm")
            .removeprefix("rm")
            in ("th", "st", "nd", "rd")
        )
    )


def _is_mention(state: State, tokens: Sequence[Token]) -> bool:
    """A lone name that the table lacks, also with an index, or a list of them."""
    parts = split_commas(list(tokens))
    for part in parts:
        if lone_dots(part):
            continue
        if not part:
            return False
        try:
            target = read_target(part, state.table)
        except Refusal as refusal:
            if refusal.code == "ambiguous":
                continue
            return False
        if target is None:
            if len(part) == 1 and part[0].kind == "letter":
                continue
            return False
        symbol = state.table.lookup(target.key)
        if not target.fresh and not (
            symbol is not None and len(parts) >= 1 and (target.formals is None)
        ):
            return False
    return True
