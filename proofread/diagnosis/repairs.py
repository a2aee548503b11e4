"""Edits of a wrong formula that were run and make it right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import sqrt

from proofread.diagnosis.bench import NEARLY, Bench, simple, spelled, tokens_of
from proofread.diagnosis.edits.draft import Draft, Edit
from proofread.diagnosis.edits.every import in_families
from proofread.diagnosis.edits.factors import Scale, factors, scaled_whole, symbols_of
from proofread.diagnosis.edits.powers import powers
from proofread.diagnosis.edits.products import orders, transposes
from proofread.diagnosis.edits.signs import signs
from proofread.diagnosis.edits.terms import missing_terms, with_term
from proofread.latex.tokens import Refusal, Span
from proofread.limits import MAX_EDITS, MAX_REPAIRS
from proofread.values.frame import Frame
from proofread.verdict.claims import LAYOUTS
from proofread.verdict.equality import EQUALITIES, LinkResult
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.statement import Statement
from proofread.verdict.terms import parse_terms

DISCARDED = Exception
"""An edit whose trial ends in anything but a verdict is none. Trying edits is a courtesy: not
even a defect of the engine may turn a finding into a crash (``make mutate`` shows those)."""

MOST_APPROXIMATE = 16
"""Factors tried for ``≈``, where no single sample refutes."""


@dataclass(frozen=True, slots=True)
class Found:
    """A repair: ``latex`` for the stretch ``span``, and how the two sides differ, in words."""

    kind: str
    latex: str
    span: Span
    words: str = ""
    left: bool = False
    """Whether it replaces the link's left term."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A repair that makes its link hold.

    ``whole`` tells whether every other link holds with it, ``idle`` whether it writes the same on
    both sides.
    """

    found: Found
    whole: bool
    idle: bool


def find_repairs(state: State, outcome: Outcome, statement: Statement, failing: int) -> list[Found]:
    """Edits of one of a failing link's terms that make it hold, most plausible first."""
    bench = Bench.of(state, outcome, statement, failing)
    if bench is None:
        return []
    try:
        for term in (bench.right, bench.left):
            verified = _of_term(bench, term, failing)
            if verified:
                verified.sort(key=lambda each: (not each.whole, each.idle))
                return [each.found for each in verified[:MAX_REPAIRS]]
        return []
    finally:
        bench.restore()


def find_fitting(state: State, statement: Statement, refusal: Refusal) -> list[Found]:
    """Transposes and orders of factors with which a claim's shapes fit, and it holds."""
    raw = statement.raw
    if len(raw.chains) != 1 or raw.conditions:
        return []
    chain = raw.chains[0]
    if not chain.relations or any(mark not in EQUALITIES for mark in chain.relations):
        return []
    try:
        terms = parse_terms(state, chain.terms, raw.span)
    except Refusal:
        return []
    links = [
        LinkResult(relation, number, number + 1, raw.span)
        for number, relation in enumerate(chain.relations)
    ]
    outcome = Outcome("claim", "fails", raw.span, links=links, chain=chain, terms=terms)
    failing = 1
    for number, tokens in enumerate(chain.terms):
        if number and tokens[0].span.start <= refusal.span.start:
            failing = number
    bench = Bench.of(state, outcome, statement, failing)
    if bench is None or not bench.compares:
        return []
    try:
        return list(islice(_fitting(bench, failing), MAX_REPAIRS))
    finally:
        bench.restore()


def _fitting(bench: Bench, failing: int) -> Iterator[Found]:
    for term in (bench.right, bench.left):
        draft = draft_of(bench, term)
        edits = {edit.text: edit for edit in (*transposes(draft), *orders(draft))}
        for edit in edits.values():
            if _made_right(bench, term, edit, failing):
                yield Found(edit.kind, edit.text, bench.span_of(term), left=term == bench.left)


def other_layouts(state: State, outcome: Outcome, statement: Statement, failing: int) -> list[str]:
    """The layouts under which a failing link would hold, in words."""
    bench = Bench.of(state, outcome, statement, failing)
    if bench is None or bench.relation not in EQUALITIES or not bench.differentiates:
        return []
    found = []
    own = state.layout
    try:
        for layout in LAYOUTS:
            if layout != own:
                state.layout = layout
                if _holds_as_it_stands(bench, failing):
                    found.append(layout)
    finally:
        state.layout = own
        bench.restore()
    if not found:
        return []
    return [f"equal under the {' and the '.join(found)} layout; this page's is {own}"]


def _holds_as_it_stands(bench: Bench, failing: int) -> bool:
    tokens = bench.chain.terms[bench.right]
    try:
        difference = bench.differs(bench.right, tokens)
        if difference is None or difference > NEARLY:
            return False
        links = bench.verdicts(bench.right, tokens, "layout").links
    except DISCARDED:
        return False
    return links[failing - 1].verdict == "holds"


def draft_of(bench: Bench, term: int) -> Draft:
    """A term of the chain, ready to be edited."""
    outcome = bench.outcome
    shapes = outcome.prepared.shaped.shapes if outcome.prepared is not None else {}
    others = tuple(node for k, node in enumerate(outcome.terms) if k != term)
    return Draft(bench.statement.source, bench.span_of(term), outcome.terms[term],
                 bench.state.table, shapes, others)  # fmt: skip


def _of_term(bench: Bench, term: int, failing: int) -> list[Verified]:
    """The repairs of one term, all of one family of edits."""
    draft = draft_of(bench, term)
    verified: list[Verified] = []
    seen = {draft.text}
    for family in _families(bench, draft, term):
        for edit in family:
            if edit.text in seen:
                continue
            seen.add(edit.text)
            if len(seen) > MAX_EDITS or bench.budget.left <= 0:
                return verified
            whole = _made_right(bench, term, edit, failing)
            if whole is not None:
                found = Found(edit.kind, edit.text, bench.span_of(term), edit.words,
                              term == bench.left)  # fmt: skip
                verified.append(Verified(found, whole, _says_nothing(bench, term, edit.text)))
        if verified:
            break
    return verified


def _says_nothing(bench: Bench, term: int, text: str) -> bool:
    other = bench.left if term == bench.right else bench.right
    return spelled(tokens_of(bench.state, text)) == spelled(bench.chain.terms[other])


def _families(bench: Bench, draft: Draft, term: int) -> Iterator[Iterator[Edit]]:
    """What a sample says plainly first: a sign, a factor; a missing term at the end."""
    if not bench.compares:
        yield signs(draft)
        if bench.relation == "≈":
            yield islice(factors(draft, ()), MOST_APPROXIMATE)
        elif bench.relation in EQUALITIES:  # of a minimiser
            yield powers(draft)
            yield transposes(draft)
            yield factors(draft, symbols_of(draft, (draft.node, *draft.others)))
        return
    yield _of_ratio(bench, draft, term)
    yield from in_families(draft)
    yield _missing(bench, draft, term)


def _of_ratio(bench: Bench, draft: Draft, term: int) -> Iterator[Edit]:
    """The whole term times what a sample says that it lacks."""
    try:
        found = bench.ratio(term)
    except DISCARDED:
        return
    if found is None:
        return
    ratio, frame = found
    number = simple(ratio)
    if number == -1:
        yield from signs(draft)
    elif number not in (None, 1):
        yield from _times(draft, Scale(abs(number)), number)
    for text, value in _named_values(draft, frame):  # a size may look like any other number
        if number := simple(ratio / value):
            yield from _times(draft, Scale(abs(number), up=text), number)
        if number := simple(ratio * value):
            yield from _times(draft, Scale(abs(number), down=text), number)


def _times(draft: Draft, scale: Scale, number: Fraction) -> Iterator[Edit]:
    for edit in scaled_whole(draft, scale):
        if number > 0:
            yield edit
        else:
            yield Edit("factor", f"-{edit.text.lstrip('-')}", f"{edit.words} and in sign")


def _named_values(draft: Draft, frame: Frame) -> Iterator[tuple[str, float]]:
    """Dimensions and scalars that may be a factor, their squares and roots, with their values."""
    for key in symbols_of(draft, (draft.node, *draft.others)):
        if key in frame.sizes:
            value = float(frame.sizes[key])
        elif key in frame.values:
            value = float(frame.values[key].real)
        else:
            continue
        if abs(value) in (0, 1):
            continue
        yield key, value
        yield f"{key}^2", value * value
        if value > 0:
            yield f"\\sqrt{{{key}}}", sqrt(value)


def _missing(bench: Bench, draft: Draft, term: int) -> Iterator[Edit]:
    """Simple terms that the difference of the two sides is a multiple of at a sample."""
    for text in missing_terms(draft):
        try:
            share = bench.share(term, tokens_of(bench.state, text))
        except DISCARDED:
            continue
        if share:
            yield with_term(draft, share, text)


def _made_right(bench: Bench, term: int, edit: Edit, failing: int) -> bool | None:
    """Whether all links hold with the edit; ``None`` where the failing one still fails.

    One sample in double precision discards most edits; what is left is run as a claim of its own
    on fresh samples, and must read on the page as what was run.
    """
    try:
        tokens = tokens_of(bench.state, edit.text)
        if bench.compares:
            difference = bench.differs(term, tokens)
            if difference is None or difference > NEARLY:
                return None
        if not bench.reads_so_in_place(term, edit.text, tokens):
            return None
        links = bench.verdicts(term, tokens, "repair").links
    except DISCARDED:
        return None
    if links[failing - 1].verdict != "holds":
        return None
    before = links[: failing - 1]
    if any(link.verdict not in ("holds", "defines") for link in before):
        return None
    return all(link.verdict in ("holds", "defines") for link in links)
