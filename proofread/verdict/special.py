"""The relations that compare otherwise: proportional, approximate, smallest, member of a set."""

from __future__ import annotations

from contextlib import suppress
from random import Random

from proofread.algebra import linear
from proofread.algebra import matrices as m
from proofread.algebra.matrices import Matrix, Value, entries, largest, rebuild
from proofread.algebra.numbers import DIGITS, DOUBLES, Field, Number
from proofread.latex.tokens import Refusal
from proofread.limits import MIN_SAMPLES
from proofread.shapes.variables import variable_of
from proofread.symbols.table import SetSpec, Traits
from proofread.syntax.nodes import ArgMin, Node, Sum, strip
from proofread.values.compiler import Compiler
from proofread.values.frame import Budget, Frame, Run
from proofread.values.slopes import partials
from proofread.verdict.comparison import Compared, side
from proofread.verdict.equality import EQUALITIES, LinkResult
from proofread.verdict.inequality import far_and_near
from proofread.verdict.prepare import Prepared
from proofread.verdict.sampler import UNSTABLE, Sample, Sampler
from proofread.verdict.state import State

# Proportional ------------------------------------------------------------------------------------


def check_proportional(
    prepared: Prepared, link: LinkResult, sampler: Sampler, budget: Budget
) -> None:
    """Equal up to one positive constant, the same for all samples of one size."""
    for number in range(4):
        sizes = sampler.sizes()
        if sizes is None:
            return
        constant: Number | None = None
        field: Field = DIGITS if number == 0 else DOUBLES
        limit = field.num(1e-25 if number == 0 else 1e-8)
        for _ in range(3):
            sample = sampler.draw(sizes, budget)
            if sample is None:
                continue
            left = side(prepared, link.left, sample, field, budget)
            right = side(prepared, link.right, sample, field, budget)
            if left.values is None or right.values is None:
                continue
            link.drawn += 1
            found = _ratio(left.values, right.values, limit)
            compared = Compared("different", 1.0, left.values, right.values)
            if found is None or found <= 0:
                link.verdict, link.sample, link.compared = "fails", sample, compared
                link.differed += 1
                link.note = (
                    "the constant is negative"
                    if found is not None
                    else "the two sides are no multiples of each other"
                )
                return
            if constant is not None and abs(found - constant) > limit * abs(constant) * 100:
                link.verdict, link.sample, link.compared = "fails", sample, compared
                link.differed += 1
                link.note = "the factor differs from sample to sample"
                return
            constant = found
            link.agreed += 1
            link.confirmed = link.confirmed or number == 0
            link.sample = link.sample or sample
            link.compared = link.compared or Compared("equal", 0.0, left.values, right.values)
    if link.agreed >= MIN_SAMPLES:
        link.verdict = "holds"


def _ratio(left: list[Value], right: list[Value], limit: Number) -> Number | None:
    """The constant of proportion; ``None`` where there is none."""
    p = [x for value in left for x in entries(value)]
    q = [x for value in right for x in entries(value)]
    if len(p) != len(q):
        return None
    where = max(range(len(q)), key=lambda k: abs(q[k].real))
    if q[where] == 0:
        return None
    ratio = p[where] / q[where]
    size = max(abs(x) for x in p) or 1
    if any(abs(x - ratio * y) > limit * size for x, y in zip(p, q, strict=True)):
        return None
    return ratio.real


# Approximate -------------------------------------------------------------------------------------


def check_approximate(
    state: State, prepared: Prepared, link: LinkResult, sampler: Sampler, budget: Budget,
    small: str,
) -> None:  # fmt: skip
    """The error must shrink faster than the last term shown, as the small symbol goes to zero."""
    last = _last_term(prepared.terms[link.right])
    compiler = Compiler(state.table, prepared.shaped, prepared.layout)
    last_run = compiler.run(last)
    for sample in sampler.samples(12, budget):
        try:
            ratios = [_error_ratio(prepared, link, sample, budget, small, last_run, t)
                      for t in (1e-4, 1e-8, 1e-12)]  # fmt: skip
        except UNSTABLE:
            continue
        link.drawn += 1
        link.sample = link.sample or sample
        if ratios[-1] <= 1e-2 * max(ratios[0], 1e-6) or (ratios[-1] <= 1e-6 and ratios[0] <= 1e-6):
            link.agreed += 1
            if link.agreed >= MIN_SAMPLES:
                break
        else:
            link.verdict, link.differed = "fails", 1
            link.sample = sample
            link.note = "the error does not shrink faster than the last term shown"
            return
    if link.agreed >= MIN_SAMPLES:
        link.verdict, link.confirmed = "holds", True


def _last_term(node: Node) -> Node:
    bare = strip(node)
    return bare.terms[-1] if isinstance(bare, Sum) else bare


def _error_ratio(
    prepared: Prepared, link: LinkResult, sample: Sample, budget: Budget, small: str, last: Run,
    factor: float,
) -> float:  # fmt: skip
    field = DIGITS
    frame = sample.frame(field, budget)
    value = frame.values[small]
    shrunk = frame.vary({small: rebuild(value, [x * field.num(factor) for x in entries(value)])})
    runs = prepared.runs
    left, right = runs[link.left], runs[link.right]
    assert left is not None
    assert right is not None
    error = largest(m.subtract(left(_fresh(shrunk)), right(_fresh(shrunk))))
    size = largest(last(_fresh(shrunk)))
    return error / size if size else (0.0 if error == 0 else 1.0)


def _fresh(frame: Frame) -> Frame:
    frame.idx = {}
    return frame


# Smallest ----------------------------------------------------------------------------------------

SCALES = (1e-3, 1e-2, 0.1, 1.0, 10.0)


def check_arg_min(
    state: State, prepared: Prepared, link: LinkResult, sampler: Sampler, budget: Budget
) -> None:
    """The other side must be a minimum: no lower value around it, near or far."""
    if link.relation not in EQUALITIES:
        raise Refusal("unknown-command", f"beside a minimiser or a maximiser the relation "
                      f"“{link.relation}” is not read", link.span)  # fmt: skip
    sides = [strip(prepared.terms[k]) for k in (link.left, link.right)]
    extremes = [each for each in sides if isinstance(each, ArgMin)]
    run = _claimed(prepared, link)
    compiler = Compiler(state.table, prepared.shaped, prepared.layout)
    bodies = [compiler.run(node.body) for node in extremes]
    how = compiler.traits
    for sample in sampler.samples(12, budget):
        try:
            better = [
                _improved(sample, node, body, run, how, sampler, budget)
                for node, body in zip(extremes, bodies, strict=True)
            ]
        except UNSTABLE:
            continue
        link.drawn += 1
        link.sample = link.sample or sample
        if any(better):
            link.verdict, link.differed, link.sample = "fails", 1, sample
            size = "smaller" if extremes[better.index(True)].op == "min" else "larger"
            link.note = f"a {size} value lies nearby"
            return
        link.agreed += 1
        if link.agreed >= MIN_SAMPLES:
            break
    if link.agreed >= MIN_SAMPLES:
        link.verdict, link.note, link.confirmed = "holds", "not refuted", True


def _claimed(prepared: Prepared, link: LinkResult) -> Run:
    """The value that is claimed: the other side, or between two minimisers one of the chain.

    Raises:
        Refusal: ``ambiguous`` where the chain has minimisers alone.

    """
    near = [link.right, link.left, *range(link.right + 1, len(prepared.runs)), *range(link.left)]
    for term in near:
        run: Run | None = prepared.runs[term]
        if run is not None:
            return run
    raise Refusal("ambiguous", "two minimisers are compared at a value only, and the chain has "
                  "none", link.span)  # fmt: skip


def _improved(
    sample: Sample, node: ArgMin, body: Run, run: Run, how: Traits, sampler: Sampler,
    budget: Budget,
) -> bool:  # fmt: skip
    """Whether something better than the claimed value lies around it."""
    frame = sample.frame(DOUBLES, budget)
    key = variable_of(node.variable).key
    sign = 1 if node.op == "min" else -1
    if _lower_somewhere(frame, body, key, run(frame), sign, sampler):
        return True
    if how.smooth:
        with suppress(*UNSTABLE):  # a norm has no slope where it is smallest
            return _sloped(sample, body, key, run, how, budget)
    return False


def _lower_somewhere(
    frame: Frame, body: Run, key: str, claimed: Value, sign: int, sampler: Sampler
) -> bool:
    shape = frame.value(key)
    if type(shape) is Matrix and type(claimed) is not Matrix:
        claimed = rebuild(shape, [claimed] * len(entries(shape)))
    start = sign * body(_at(frame, key, claimed)).real
    numbers = entries(claimed)
    for scale in SCALES:
        for _ in range(6):
            moved = rebuild(claimed, [x + scale * sampler.rng.gauss(0, 1) for x in numbers])
            try:
                value = sign * body(_at(frame, key, moved)).real
            except UNSTABLE:
                continue
            if value < start - 1e-11 * (abs(start) + abs(value)):
                return True
    return False


def _at(frame: Frame, key: str, value: Value) -> Frame:
    child = frame.vary({key: value})
    child.idx = {}
    return child


def _sloped(sample: Sample, body: Run, key: str, claimed: Run, how: Traits, budget: Budget) -> bool:
    """Whether the gradient at the claimed minimum is not zero, with 50 digits."""
    field = DIGITS
    frame = sample.frame(field, budget)
    point = claimed(frame)
    shape = frame.value(key)
    if type(shape) is Matrix and type(point) is not Matrix:
        point = rebuild(shape, [point] * len(entries(shape)))
    results = partials(
        frame, point, list(range(len(entries(point)))),
        lambda inner, moved: body(_at(inner, key, moved)), how,
    )  # fmt: skip
    size = 1 + abs(float(body(_at(frame, key, point)).real))
    return any(abs(float(result.real)) > 1e-18 * size for result in results)


# Members -----------------------------------------------------------------------------------------


def check_membership(
    prepared: Prepared, link: LinkResult, spec: SetSpec, sampler: Sampler, budget: Budget
) -> None:
    """Whether the value lies in the set at every sample, near its border and far from it."""
    for sample, _ in far_and_near(sampler, budget, Random(sampler.rng.random())):
        found = side(prepared, link.left, sample, DIGITS, budget)
        if found.values is None:
            continue
        link.drawn += 1
        link.sample = link.sample or sample
        if not all(_member(value, spec, sample) for value in found.values):
            link.verdict, link.differed, link.sample = "fails", 1, sample
            link.compared = Compared("different", 1.0, found.values, found.values)
            link.note = f"the value is not in the set ({spec.text})"
            return
        link.agreed += 1
    if link.agreed >= MIN_SAMPLES:
        link.verdict, link.confirmed = "holds", True


def _member(value: Value, spec: SetSpec, sample: Sample) -> bool:
    numbers = [float(x.real) for x in entries(value)]
    if spec.kind == "interval":
        return all(_within(x, spec) for x in numbers)
    if spec.kind == "whole":
        low = float(spec.low) if spec.low is not None else None
        return all(
            abs(x - round(x)) < 1e-12 and (low is None or low < -1 or x >= low) for x in numbers
        )
    if spec.kind == "range":
        assert spec.upper is not None
        high = spec.upper.evaluate(sample.sizes)
        return all(abs(x - round(x)) < 1e-12 and 1 <= round(x) <= high for x in numbers)
    if spec.kind == "choices":
        return all(any(abs(x - float(c)) < 1e-12 for c in spec.choices) for x in numbers)
    if spec.kind == "simplex":
        return all(x >= -1e-12 for x in numbers) and abs(sum(numbers) - 1) < 1e-12
    return _matrix_member(value, spec)


def _within(x: float, spec: SetSpec) -> bool:
    low, high = spec.low, spec.high
    above = low is None or x > float(low) or (spec.closed[0] and x == float(low))
    below = high is None or x < float(high) or (spec.closed[1] and x == float(high))
    return above and below


def _matrix_member(value: Value, spec: SetSpec) -> bool:
    if spec.kind == "symmetric":
        skew = m.subtract(value, m.transpose(value)) if type(value) is Matrix else 0.0
        if largest(skew) > 1e-20 * (1 + largest(value)):
            return False
        doubles = m.map_entries(lambda x: float(x.real), value)
        lowest = min(linear.symmetric_eigenvalues(DOUBLES, doubles))
        if spec.sign == "++":
            return bool(lowest > 1e-9 * largest(value))
        return not spec.sign or bool(lowest > -1e-9 * largest(value))
    if spec.kind == "orthogonal":
        square = m.multiply(m.transpose(value), value)
        n = value.r if type(value) is Matrix else 1
        return largest(m.subtract(square, m.identity(DIGITS, n))) < 1e-20
    if spec.kind == "invertible":
        return bool(abs(linear.determinant(DIGITS, value)) > 1e-20)
    return True
