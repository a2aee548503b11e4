"""Terms made ready to evaluate: one reading each, shapes that fit, closures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from proofread.algebra.dimensions import Dim, Shape
from proofread.algebra.matrices import Value, entries
from proofread.algebra.numbers import DOUBLES, OutOfRange
from proofread.latex.tokens import Refusal, Span
from proofread.records import Layout
from proofread.shapes.found import IndexUse, Shaped
from proofread.shapes.inference import Inference
from proofread.symbols.among import Compared
from proofread.symbols.dependencies import dependencies
from proofread.syntax.dims import as_names
from proofread.syntax.nodes import ArgMin, Derivative, Either, Element, Node, Op, walk
from proofread.values.compiler import Compiler
from proofread.values.frame import Frame, Run
from proofread.verdict.among import index_tuples, reached, settle
from proofread.verdict.sampler import UNSTABLE, Sampler
from proofread.verdict.state import State
from proofread.verdict.waiting import require_formulas

Relate = Callable[[Inference, list[Shape]], None]
"""Checks the shapes of the terms against each other."""

MAX_READINGS = 16


@dataclass(slots=True)
class Prepared:
    """Terms with their shapes and closures."""

    terms: list[Node]
    shapes: list[Shape]
    runs: list[Run | None]
    shaped: Shaped
    indices: dict[str, IndexUse]
    keys: frozenset[str]
    nested: bool
    """Whether a derivative is taken in them."""
    smooth: bool
    total: bool
    """Whether they are defined everywhere."""
    layout: Layout
    among: tuple[Compared, ...] = ()
    """What restricts the values of the free indices."""

    @property
    def dims(self) -> list[Dim]:
        """All dimensions that the terms and their indices have."""
        found = [dim for shape in self.shaped.shapes.values() for dim in shape.dims]
        for use in self.indices.values():
            found += [dim for dim in (use.first, use.last) if dim is not None]
        found += self.shaped.sizes.values()
        found += [as_names(side) for each in self.among for side in (each.left, each.right)
                  if not any(name.startswith("@") for name in side.names)]  # fmt: skip
        return [dim for dim in found if dim.number is None]


def prepare(
    state: State, terms: Sequence[Node], relate: Relate | None, span: Span,
    layout: Layout | None = None,
) -> Prepared:  # fmt: skip
    """Infer, choose among readings, and compile.

    Raises:
        Refusal: where no reading fits, or where two fit and differ in value.

    """
    if state.minimisers or state.awaited:
        require_formulas(state, terms)
    eithers = [part for term in terms for part in walk(term) if isinstance(part, Either)]
    layout = layout or state.layout
    if not eithers:
        return _prepared(state, terms, relate, {}, layout)
    fitting: list[Prepared] = []
    first_error: Refusal | None = None
    for choice in _choices(eithers):
        forced = {id(each): k for each, k in zip(eithers, choice, strict=True)}
        try:
            fitting.append(_prepared(state, terms, relate, forced, layout))
        except Refusal as refusal:
            first_error = first_error or refusal
    if fitting and any(
        fitting[0].shaped.choices.get(id(each), 0) and not each.fallback for each in eithers
    ):
        fitting = []
    if not fitting:
        assert first_error is not None
        raise first_error
    fitting = [each for each in fitting if not each.shaped.vanishing] or fitting
    if len(fitting) > 1:
        _require_agreement(state, fitting, eithers, span)
    return fitting[0]


def _choices(eithers: Sequence[Either]) -> list[tuple[int, ...]]:
    """All combinations of readings; where they are many, the first readings with one changed."""
    counts = [len(each.readings) for each in eithers]
    if prod(counts) <= MAX_READINGS:
        return list(product(*(range(count) for count in counts)))
    if sum(counts) > MAX_READINGS * 8:
        raise Refusal("too-large", "the formula has too many readings", eithers[0].span)
    base = (0,) * len(counts)
    return [base] + [
        (*base[:position], k, *base[position + 1 :])
        for position, count in enumerate(counts)
        for k in range(1, count)
    ]


def _prepared(
    state: State, terms: Sequence[Node], relate: Relate | None, forced: dict[int, int],
    layout: Layout,
) -> Prepared:  # fmt: skip
    inference = Inference(state.table, layout, forced=forced)
    try:
        shapes = [inference.shape(term) for term in terms]
        if relate is not None:
            relate(inference, shapes)
    except Refusal as refusal:
        if refusal.code == "shape-mismatch":
            _prefer_earlier_code(state, terms, inference, layout, forced)
        raise
    settle(state.among, inference.out.free)
    inference.finish()
    free = inference.out.free
    state.table.learn(inference.unifier)
    compiler = Compiler(state.table, inference.out, layout)
    runs = [None if isinstance(term, ArgMin) else compiler.run(term) for term in terms]
    keys = frozenset().union(*(dependencies(term, state.table) for term in terms))
    for target in inference.out.rewritten.values():
        keys |= dependencies(target, state.table)
    traits = compiler.traits | state.table.traits_of(keys)
    return Prepared(
        list(terms), [inference.resolved(shape) for shape in shapes], runs, inference.out,
        dict(inference.out.free), keys, traits.nested, traits.smooth, traits.total, layout,
        (*state.among.of(free), *reached(state.among, inference.out.reaches, free, state.table)),
    )  # fmt: skip


def _prefer_earlier_code(
    state: State, terms: Sequence[Node], failed: Inference, layout: Layout, forced: dict[int, int]
) -> None:
    """Of several things wrong with a formula, a clash or an ambiguity comes before a shape.

    Only what ``failed`` did not come to before it met the shape can be wrong so.

    Raises:
        Refusal: where a part of the formula is refused for such a cause.

    """
    for term in terms:
        for part in walk(term):
            if not isinstance(part, Op | Element | Derivative) or id(part) in failed.out.shapes:
                continue
            try:
                Inference(state.table, layout, forced=forced).shape(part)
            except Refusal as refusal:
                if refusal.code in ("index-clash", "ambiguous"):
                    raise


def _require_agreement(
    state: State, fitting: list[Prepared], eithers: list[Either], span: Span
) -> None:
    """Refuse where two readings that fit have different values at a sample."""
    keys = frozenset().union(*(each.keys for each in fitting))
    dims = [dim for each in fitting for dim in each.dims]
    sampler = Sampler(state, keys, fitting[0].terms, dims, span, "readings")
    budget = state.budget(span)
    for sample in sampler.samples(6, budget):
        outcomes: list[list[list[Value]] | None] = []
        for each in fitting:
            try:
                frame = sample.frame(DOUBLES, budget)
                outcomes.append([evaluate(each, k, frame) for k in range(len(each.terms))])
            except UNSTABLE:
                outcomes.append(None)
        for other, outcome in zip(fitting[1:], outcomes[1:], strict=True):
            if outcome is None or outcomes[0] is None or not _same(outcomes[0], outcome):
                raise _two_readings(fitting[0], other, eithers, span)


def _same(left: list[list[Value]], right: list[list[Value]]) -> bool:
    for p, q in zip(left, right, strict=True):
        xs = [entry for value in p for entry in entries(value)]
        ys = [entry for value in q for entry in entries(value)]
        if len(xs) != len(ys):
            return False
        size = max((abs(x) for x in [*xs, *ys]), default=0.0)
        if any(abs(x - y) > 1e-7 * size for x, y in zip(xs, ys, strict=True)):
            return False
    return True


def _two_readings(first: Prepared, other: Prepared, eithers: list[Either], span: Span) -> Refusal:
    for each in eithers:
        p, q = first.shaped.choices.get(id(each), 0), other.shaped.choices.get(id(each), 0)
        if p != q:
            return Refusal(
                "ambiguous",
                f"two readings fit and differ in value: {each.words[p]}, or {each.words[q]}",
                each.span,
                ("write parentheses around what belongs together",),
            )
    return Refusal("ambiguous", "two readings fit and differ in value", span)


def evaluate(prepared: Prepared, term: int, frame: Frame) -> list[Value]:
    """The values of a term for all values of the free indices."""
    run = prepared.runs[term]
    assert run is not None
    if not prepared.indices:
        frame.idx = {}
        return [run(frame)]
    values = []
    for each in index_tuples(prepared.indices, prepared.among, frame.sizes):
        frame.idx = each
        if all(holds(frame) for holds in frame.where):
            values.append(run(frame))
    frame.idx = {}
    if not values:
        raise OutOfRange("no values of the free indices satisfy the condition")
    return values
