"""Edits of a wrong formula that were run and make it right."""

from __future__ import annotations

from dataclasses import dataclass

from proofread.latex.tokens import Span
from proofread.verdict.execute import Statement
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State


@dataclass(frozen=True, slots=True)
class Found:
    kind: str
    latex: str
    span: Span


def find_repairs(state: State, outcome: Outcome, statement: Statement, failing: int) -> list[Found]:
    return []


def other_layouts(state: State, outcome: Outcome, failing: int) -> list[str]:
    return []
