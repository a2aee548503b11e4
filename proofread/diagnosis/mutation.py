r"""The checker checked: every edit of a formula that holds must be refuted or refused.

Terms are edited where a link says that its two sides are equal, or proportional: a factor is no
error there. The terms of an inequality are not edited, because most edits leave it as true as it
was (``-x^2 \le 1 + x^2``), and none but a person can tell which; the same goes for ``≠``, and for
``≈``, whose last term may be dropped. What can be told of every relation is its opposite: where
``≤`` holds, ``>`` must be refuted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from proofread.diagnosis.bench import Bench, tokens_of
from proofread.diagnosis.edits.draft import Edit
from proofread.diagnosis.edits.every import all_edits
from proofread.diagnosis.repairs import draft_of
from proofread.latex.tokens import Refusal
from proofread.limits import MUTANT_OPERATIONS
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.statement import Statement

Fate = Literal["refuted", "refused", "malformed", "undecided", "survived", "crashed"]
CLEARLY = 1e-3
"""Relative to the larger side: a difference that no precision explains."""


OPPOSITE: dict[str, tuple[str, ...]] = {
    "=": ("≠", "<", ">"), "≡": ("≠", "<", ">"), "≠": ("=",),
    "<": ("≥",), ">": ("≤",), "≤": (">",), "≥": ("<",),
    "≺": ("⪰",), "≻": ("⪯",), "⪯": ("≻",), "⪰": ("≺",),
}  # fmt: skip
"""Relations that are wrong at every sample at which the first one is right."""
CONSTANT = frozenset({"factor", "number"})
"""Edits that may change no more than the constant of two proportional sides."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One edit of one term of a claim, or of its relation, and what the engine says of it.

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
    """All mutants of the links in a statement that holds."""
    for number, link in enumerate(outcome.links, start=1):
        bench = Bench.of(state, outcome, statement, number)
        if bench is None or link.verdict != "holds":
            continue
        yield from _of_relation(bench)
        if bench.compares or link.relation == "∝":
            earlier = outcome.links[number - 2].relation if number > 1 else ""
            both = earlier != link.relation  # else the left term is the right one of that link
            for term in (link.left, link.right) if both else (link.right,):
                if term or not outcome.defines_first:
                    yield from _of_term(bench, term)


def _of_relation(bench: Bench) -> Iterator[Mutant]:
    for other in OPPOSITE.get(bench.relation, ()):
        bench.budget.left = MUTANT_OPERATIONS
        fate, code = _fate(partial(bench.related, other, "mutant"))
        yield Mutant(bench.right, "relation", bench.relation, other, fate, code)
    bench.restore()


def _of_term(bench: Bench, term: int) -> Iterator[Mutant]:
    draft = draft_of(bench, term)
    try:
        for edit in all_edits(draft):
            if bench.compares or edit.kind not in CONSTANT:
                bench.budget.left = MUTANT_OPERATIONS
                fate, code = _fate(partial(_edited, bench, term, edit))
                yield Mutant(term, edit.kind, draft.text, edit.text, fate, code)
    finally:
        bench.restore()


def _edited(bench: Bench, term: int, edit: Edit) -> Outcome | None:
    """What the engine says of an edit; ``None`` where a single sample refutes it."""
    tokens = tokens_of(bench.state, edit.text)
    difference = bench.differs(term, tokens) if bench.compares else None
    if difference is not None and difference > CLEARLY:
        return None
    return bench.verdicts(term, tokens, "mutant")


def _fate(run: Callable[[], Outcome | None]) -> tuple[Fate, str]:
    try:
        outcome = run()
    except Refusal as refusal:
        return ("malformed" if refusal.code == "latex-syntax" else "refused"), refusal.code
    except Exception as error:  # a defect of the engine, which the score counts
        return "crashed", f"{type(error).__name__}: {error}"
    if outcome is None or outcome.verdict == "fails":
        return "refuted", ""
    return ("survived" if outcome.verdict == "holds" else "undecided"), ""
