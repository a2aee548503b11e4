"""The checker checked: every edit of a formula that holds must be refuted or refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from proofread.diagnosis.bench import Bench, tokens_of
from proofread.diagnosis.edits.draft import Edit
from proofread.diagnosis.edits.every import all_edits
from proofread.diagnosis.repairs import draft_of
from proofread.latex.tokens import Refusal
from proofread.limits import MUTANT_OPERATIONS
from proofread.verdict.claims import EQUALITIES
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.statement import Statement

Fate = Literal["refuted", "refused", "malformed", "undecided", "survived", "crashed"]
CLEARLY = 1e-3
"""Relative to the larger side: a difference that no precision explains."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One edit of one term of a claim, and what the engine says of it.

    ``malformed`` is a mutant that is no formula: it tells of a defect of the edit, not of the
    engine. ``code`` is the code of a refusal, or what the engine crashed with.
    """

    term: int
    kind: str
    before: str
    after: str
    fate: Fate
    code: str = ""


def mutants(state: State, outcome: Outcome, statement: Statement) -> Iterator[Mutant]:
    """All mutants of the equations in a statement that holds."""
    terms = len(outcome.terms)
    for number, link in enumerate(outcome.links, start=1):
        if link.relation not in EQUALITIES or link.verdict != "holds":
            continue
        bench = Bench.of(state, outcome, statement, number)
        if bench is None or not bench.compares:
            continue
        first = link.left == 0 or (outcome.links[number - 2].relation not in EQUALITIES)
        for term in (link.left, link.right) if first or number == 1 else (link.right,):
            if term < terms and (term or not outcome.defines_first):
                yield from _of_term(bench, term)


def _of_term(bench: Bench, term: int) -> Iterator[Mutant]:
    draft = draft_of(bench, term)
    try:
        for edit in all_edits(draft):
            bench.budget.left = MUTANT_OPERATIONS
            fate, code = _fate(bench, term, edit)
            yield Mutant(term, edit.kind, draft.text, edit.text, fate, code)
    finally:
        bench.restore()


def _fate(bench: Bench, term: int, edit: Edit) -> tuple[Fate, str]:
    """What the engine says: one sample tells of most mutants, the others are run as a claim."""
    try:
        tokens = tokens_of(bench.state, edit.text)
        difference = bench.differs(term, tokens)
        if difference is not None and difference > CLEARLY:
            return "refuted", ""
        outcome = bench.verdicts(term, tokens, "mutant")
    except Refusal as refusal:
        return ("malformed" if refusal.code == "latex-syntax" else "refused"), refusal.code
    except Exception as error:  # a defect of the engine, which the score counts
        return "crashed", f"{type(error).__name__}: {error}"
    if outcome.verdict == "fails":
        return "refuted", ""
    return ("survived" if outcome.verdict == "holds" else "undecided"), ""
