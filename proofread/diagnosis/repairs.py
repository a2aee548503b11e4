"""Edits of a wrong formula that were run and make it right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from proofread.diagnosis.bench import NEARLY, Bench, tokens_of
from proofread.diagnosis.edits.draft import Draft, Edit
from proofread.diagnosis.edits.every import in_families
from proofread.diagnosis.edits.factors import Scale, scaled_whole
from proofread.diagnosis.edits.signs import negated, signs
from proofread.diagnosis.edits.terms import missing_terms, with_term
from proofread.latex.tokens import Refusal, Span
from proofread.limits import MAX_EDITS, MAX_REPAIRS
from proofread.verdict.claims import EQUALITIES, LAYOUTS, check_claim
from proofread.verdict.execute import Statement
from proofread.verdict.outcome import Outcome
from proofread.verdict.sampler import UNSTABLE
from proofread.verdict.state import State


@dataclass(frozen=True, slots=True)
class Found:
    """A repair: ``latex`` for the stretch ``span``, and how the two sides differ, in words."""

    kind: str
    latex: str
    span: Span
    words: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    found: Found
    whole: bool
    """Whether every link of the chain holds with it."""


def find_repairs(state: State, outcome: Outcome, statement: Statement, failing: int) -> list[Found]:
    """Edits of one of a failing link's terms that make it hold, most plausible first."""
    bench = Bench.of(state, outcome, statement, failing)
    if bench is None:
        return []
    link = outcome.links[failing - 1]
    try:
        for term in (link.right, link.left):
            verified = _of_term(bench, term, failing)
            if verified:
                verified.sort(key=lambda each: not each.whole)
                return [each.found for each in verified[:MAX_REPAIRS]]
        return []
    except (Refusal, RecursionError, *UNSTABLE):
        return []  # the budget is spent
    finally:
        bench.restore()


def draft_of(bench: Bench, term: int) -> Draft:
    """A term of the chain, ready to be edited."""
    outcome = bench.outcome
    assert outcome.prepared is not None
    others = tuple(node for k, node in enumerate(outcome.terms) if k != term)
    return Draft(bench.statement.source, bench.span_of(term), outcome.terms[term],
                 bench.state.table, outcome.prepared.shaped.shapes, others)  # fmt: skip


def _of_term(bench: Bench, term: int, failing: int) -> list[Verified]:
    draft = draft_of(bench, term)
    verified: list[Verified] = []
    if bench.relation not in EQUALITIES:
        families = iter([signs(draft)]) if bench.relation != "≈" else in_families(draft)
    else:
        families = _families(bench, draft, term)
    seen = {draft.text}
    tried = 0
    for family in families:
        for edit in family:
            if edit.text in seen:
                continue
            seen.add(edit.text)
            tried += 1
            if tried > MAX_EDITS or bench.budget.left <= 0:
                return verified
            made = _try(bench, term, edit, failing)
            if made is not None:
                verified.append(made)
        if verified:
            return verified
    return verified


def _families(bench: Bench, draft: Draft, term: int) -> Iterator[Iterator[Edit]]:
    """What a sample says plainly first: a sign, a factor, a simple term that is missing."""
    ratio = _quietly(bench.ratio, term)
    if ratio == -1:
        yield negated(draft)
    elif ratio is not None:
        yield _by_number(draft, ratio)
    yield from islice(in_families(draft), 1)
    yield from islice(in_families(draft), 1, None)
    yield _missing(bench, draft, term)


def _by_number(draft: Draft, ratio: Fraction) -> Iterator[Edit]:
    for edit in scaled_whole(draft, Scale(abs(ratio))):
        if ratio > 0:
            yield edit
        else:
            yield Edit("factor", f"-{edit.text.lstrip('-')}", f"{edit.words} and in sign")


def _missing(bench: Bench, draft: Draft, term: int) -> Iterator[Edit]:
    for text in missing_terms(draft):
        share = _quietly(bench.share, term, tokens_of(bench.state, text))
        if share:
            yield with_term(draft, share, text)


def _quietly[**P, R](run: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    try:
        return run(*args, **kwargs)
    except (Refusal, RecursionError, *UNSTABLE):
        return None
