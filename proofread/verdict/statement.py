"""A statement with what stands around it, ready to be executed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from proofread.latex.tokens import Token
from proofread.symbols.table import Assumption
from proofread.syntax.statements import RawStatement
from proofread.verdict.words import Context


@dataclass(slots=True)
class Statement:
    """A statement with its source, ready to be executed."""

    raw: RawStatement
    source: str
    context: Context
    name: str
    """Seeds its samples."""
    display: bool
    local: list[Assumption] = field(default_factory=list)


def text_of(source: str, tokens: Sequence[Token]) -> str:
    """The source that tokens stand for."""
    if not tokens:
        return ""
    return source[tokens[0].span.start : tokens[-1].span.end]
