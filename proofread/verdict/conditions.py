"""Implications: claims one after the other, or conditions whose solutions are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from proofread.algebra.matrices import Value, entries, largest, rebuild
from proofread.algebra.numbers import DIGITS, DOUBLES, Field, Undefined
from proofread.latex.tokens import Refusal
from proofread.limits import MIN_SAMPLES
from proofread.records import Verdict
from proofread.syntax.statements import RawStatement
from proofread.values.frame import Budget, Frame
from proofread.verdict.claims import relate
from proofread.verdict.equality import EQUALITIES, LinkResult
from proofread.verdict.newton import difference, solve_equations
from proofread.verdict.outcome import Outcome
from proofread.verdict.prepare import Prepared, evaluate, prepare
from proofread.verdict.sampler import UNSTABLE, Sample, Sampler
from proofread.verdict.state import State
from proofread.verdict.statement import Statement
from proofread.verdict.terms import parse_terms

FAR = 1e3
"""How far a solution may lie from a sample, in sizes of its values."""
NEAR = 1e-3
"""And one in 50 digits from the same one in doubles."""
VANISHED = 1e-6
"""How small a value must have become to be zero."""

Execute = Callable[[State, Statement], Outcome]


def check_implication(state: State, statement: Statement, execute: Execute) -> Outcome:
    """Statements joined by ⟹, ⟸ or ⟺.

    Those that hold by themselves are claims one after the other; otherwise they are conditions,
    and a solution of the one, found numerically, must solve the other.
    """
    raw = statement.raw
    outcomes: list[Outcome] = []
    context = replace(statement.context, mode="")  # what is implied is not assumed
    for chain in raw.chains:
        part = RawStatement([chain], [], list(raw.conditions), "", chain.span)
        single = Statement(part, statement.source, context, statement.name, statement.display)
        outcomes.append(execute(state, single))
    links = [link for outcome in outcomes for link in outcome.links]
    if all(outcome.verdict in ("holds", "defines", "reads", "declares") for outcome in outcomes):
        last = outcomes[-1]
        return Outcome(
            "claim", "holds", raw.span, links=links, prepared=last.prepared, chain=raw.chains[0],
            samples=max(outcome.samples for outcome in outcomes),
            sizes=max(outcome.sizes for outcome in outcomes),
            key=outcomes[0].key, introduces=outcomes[0].introduces,
        )  # fmt: skip
    return _as_conditions(state, statement)


def _as_conditions(state: State, statement: Statement) -> Outcome:
    raw = statement.raw
    terms = [parse_terms(state, chain.terms, chain.span) for chain in raw.chains]
    for chain in raw.chains:
        if not chain.relations or any(mark not in EQUALITIES for mark in chain.relations):
            raise Refusal("ambiguous", "an implication is read between equations", chain.span)
    prepared = [
        prepare(state, nodes, relate(chain, nodes), chain.span)
        for nodes, chain in zip(terms, raw.chains, strict=True)
    ]
    keys = frozenset().union(*(each.keys for each in prepared))
    dims = [dim for each in prepared for dim in each.dims]
    nodes = [node for each in terms for node in each]
    sampler = Sampler(state, keys, nodes, dims, raw.span, statement.name)
    budget = state.budget(raw.span)
    links: list[LinkResult] = []
    for number, join in enumerate(raw.joins):
        link = LinkResult(join, number, number + 1, raw.chains[number + 1].span)
        pairs = []
        if join in ("⟹", "⟺"):
            pairs.append((number, number + 1))
        if join in ("⟸", "⟺"):
            pairs.append((number + 1, number))
        for premise, conclusion in pairs:
            _follows(prepared[premise], prepared[conclusion], sampler, link, budget)
        links.append(link)
    return Outcome(
        "claim", _overall(links), raw.span, links=links, sampler=sampler, chain=raw.chains[0],
        samples=max(link.agreed + link.differed for link in links), sizes=3,
    )  # fmt: skip


def _overall(links: Sequence[LinkResult]) -> Verdict:
    if any(link.verdict == "fails" for link in links):
        return "fails"
    return "holds" if all(link.verdict == "holds" for link in links) else "undecided"


def _zeros(prepared: Prepared, frame: Frame) -> list[Value]:
    """Left minus right for every link of a chain of equations."""
    values = [evaluate(prepared, k, frame) for k in range(len(prepared.terms))]
    return [
        entry
        for left, right in pairwise(values)
        for p, q in zip(left, right, strict=True)
        for entry in difference(p, q)
    ]


def _follows(
    premise: Prepared, conclusion: Prepared, sampler: Sampler, link: LinkResult, budget: Budget
) -> None:
    """Whether points that satisfy the premise satisfy the conclusion."""
    agreed = 0
    if link.verdict == "fails":
        return
    link.verdict = "undecided"
    for sample in sampler.samples(24, budget):
        try:
            follows = _follows_at(premise, conclusion, sample, budget)
        except UNSTABLE:
            continue
        if not follows:
            link.verdict, link.differed, link.sample = "fails", 1, sample
            link.note = "a solution of one of the two does not solve the other"
            return
        agreed += 1
        if agreed >= MIN_SAMPLES:
            break
    link.agreed = max(link.agreed, agreed)
    if agreed >= MIN_SAMPLES:
        link.verdict, link.confirmed = "holds", True


def _follows_at(premise: Prepared, conclusion: Prepared, sample: Sample, budget: Budget) -> bool:
    """Whether a solution of the premise near a sample solves the conclusion, to 20 digits."""
    values = _solution(premise, sample, DOUBLES, None, budget)
    keys = _moving(premise, sample.sampler)
    start = sample.values(DOUBLES)
    _require_near(keys, values, start, FAR)
    values = _with_zeros(keys, values, start)
    if not _satisfies(premise, sample, values, DOUBLES, budget, 1e-7):
        raise Undefined("the equations hold in the limit alone")
    if _satisfies(conclusion, sample, values, DOUBLES, budget, 1e-7):
        return True
    exact = _solution(premise, sample, DIGITS, values, budget)
    _require_near(keys, exact, values, NEAR)
    return _satisfies(conclusion, sample, exact, DIGITS, budget, 1e-20)


def _require_near(
    keys: Sequence[str], found: dict[str, Value], start: dict[str, Value], reach: float
) -> None:
    """Newton's method may run off to where an equation holds in the limit alone.

    Raises:
        Undefined: where it has.

    """
    for key in keys:
        pairs = zip(entries(found[key]), entries(start[key]), strict=True)
        moved = max(abs(float(p.real) - float(q.real)) for p, q in pairs)
        if moved > reach * (1 + largest(start[key])):
            raise Undefined("the equations have no solution near the sample")


def _with_zeros(
    keys: Sequence[str], found: dict[str, Value], start: dict[str, Value]
) -> dict[str, Value]:
    """The values with zero for what vanishes: there the equations may be undefined."""
    vanished = [key for key in keys if largest(found[key]) < VANISHED * largest(start[key])]
    zeros = {key: rebuild(found[key], [0.0] * len(entries(found[key]))) for key in vanished}
    return {**found, **zeros}


def _moving(prepared: Prepared, sampler: Sampler) -> list[str]:
    """What the equations may be solved for."""
    return [
        key for key in sorted(sampler.symbols)
        if key in prepared.keys and sampler.symbols[key].role == "value"
        and sampler.symbols[key].set.kind == "real" and not sampler.symbols[key].family
        and not sampler.symbols[key].properties - {"constant"}
    ]  # fmt: skip


def _solution(
    prepared: Prepared, sample: Sample, field: Field, start: dict[str, Value] | None,
    budget: Budget,
) -> dict[str, Value]:  # fmt: skip
    """Values near the sample's at which the equations hold.

    A derivative in them takes a complex step, which does not nest: there Newton's method takes
    plain differences.
    """
    values = dict(sample.values(field))
    keys = _moving(prepared, sample.sampler)
    if start is not None:
        values.update(
            {key: rebuild(values[key], [field.num(float(x.real)) for x in entries(start[key])])
             for key in keys}
        )  # fmt: skip

    def residual(moved: dict[str, Value]) -> list[Value]:
        frame = sample.frame(field, budget)
        frame.values.update(moved)
        return _zeros(prepared, frame)

    return solve_equations(residual, values, keys, field, nested=prepared.nested)


def _satisfies(
    prepared: Prepared, sample: Sample, values: dict[str, Value], field: Field, budget: Budget,
    limit: float,
) -> bool:  # fmt: skip
    frame = sample.frame(field, budget)
    frame.values.update(values)
    frame.scale = [1.0]
    zeros = _zeros(prepared, frame)
    size = max((abs(float(entry.real)) for entry in zeros), default=0.0)
    return size <= limit * frame.scale[0]
