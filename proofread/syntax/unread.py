"""Refusals of what is not read: commands that are unknown, and what is out of scope."""

from __future__ import annotations

import difflib

from proofread.commands.known import known_commands
from proofread.commands.typography import OUT_OF_SCOPE
from proofread.latex.tokens import Refusal, Span, Token


def out_of_scope(word: str, span: Span) -> Refusal:
    """The refusal of what the engine leaves out on purpose."""
    verb = "is" if word in ("infinity", "rounding") else "are"
    return Refusal("unknown-command", f"{word} {verb} not read", span)


def upright_out_of_scope(letter: str) -> bool:
    """Whether an upright name of several letters is left out on purpose."""
    return len(letter) > 1 and f"mathrm{{{letter}}}" in OUT_OF_SCOPE


def unknown_command(token: Token) -> Refusal:
    """The refusal of a command that is not read, with the one that may be meant."""
    near = difflib.get_close_matches(token.text, known_commands(), n=1, cutoff=0.6)
    advice = (f"did you mean \\{near[0]}?",) if near else ()
    return Refusal("unknown-command", f"\\{token.text} is not a command that is read here",
                   token.span, advice)  # fmt: skip
