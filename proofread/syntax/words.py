"""Words inside formulas: what joins, what conditions, what is a reason or a name."""

from __future__ import annotations

from collections.abc import Sequence

from proofread.commands.typography import TEXT_FONTS
from proofread.latex.tokens import Token

JOIN_WORDS = frozenset({"and", "or", "but", "so", "then", "thus", "hence", "therefore", "i.e.",
                        "that is", "&", "also", "so that"})  # fmt: skip


CONDITION_WORDS = ("for all", "for every", "for each", "for any", "for", "if", "when", "whenever",
                   "provided", "provided that", "as", "where", "with", "given", "assuming",
                   "subject to", "such that", "s.t.", "since", "because", "by", "using",
                   "let", "on")  # fmt: skip


READ_BEFORE = frozenset({"where", "with", "given", "let", "assuming"})


REASON_WORDS = frozenset({"since", "because", "by", "using"})
"""Words behind which a reason stands; a relation there is a claim of its own."""


QUANTIFIERS = frozenset({"for all", "for every", "for each", "for any", "for"})


STATED = READ_BEFORE | QUANTIFIERS | REASON_WORDS
"""Words behind which a statement of its own may stand."""


def words_at(tokens: Sequence[Token], position: int) -> tuple[str, int]:
    """The words of a text command at ``position`` and the position behind them."""
    end = position + 1
    depth = 0
    words = ""
    while end < len(tokens):
        token = tokens[end]
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.kind not in ("open", "close"):
            spaced = token.spaced and words and not words.endswith(" ")
            words += (" " if spaced else "") + token.written
        elif token.kind == "close" and depth == 0 and token.spaced:
            words += " "
        end += 1
        if depth == 0:
            break
    return words, end


def is_words(token: Token) -> bool:
    """Whether a command for words begins here."""
    return token.kind == "command" and token.text in TEXT_FONTS


def is_prose(words: str, before_space: bool, at_end: bool) -> bool:
    """Whether the words of a text command are prose rather than a name."""
    stripped = words.strip()
    lowered = stripped.lower().rstrip(",.:")
    if lowered in JOIN_WORDS or lowered in CONDITION_WORDS:
        return True
    if not stripped or " " in stripped or not stripped.replace("-", "").isalnum():
        return True
    return (
        before_space
        and at_end
        and stripped.isalpha()
        and stripped.islower()
        and (len(stripped) > 3)
    )
