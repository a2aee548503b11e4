"""Every command that the engine reads."""

from __future__ import annotations

from proofread.commands.registry import FUNCTIONS, INFIXES
from proofread.commands.typography import (
    ACCENTS,
    BAR_COMMANDS,
    BIG_OPERATORS,
    DOTS,
    FONT_SWITCHES,
    FONTS,
    FRACTIONS,
    GREEK,
    IGNORED,
    IGNORED_WITH_ARGUMENT,
    RELATIONS,
    SIZES,
    TRANSPARENT,
)


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
        | BAR_COMMANDS
    )  # fmt: skip
    return sorted(command for command in commands if command.strip() and command[0].isalpha())
