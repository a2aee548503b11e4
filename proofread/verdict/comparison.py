"""Two sides of a link at one sample: equal, different, or undefined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from proofread.algebra.matrices import Value, largest
from proofread.algebra.numbers import DIGITS, DOUBLES, AtBorder, Field, Undefined
from proofread.limits import (
    CLEARLY_EQUAL,
    CLEARLY_EQUAL_NESTED,
    EQUAL_WITH_DIGITS,
    EQUAL_WITH_DIGITS_NESTED,
)
from proofread.values.frame import Budget
from proofread.verdict.newton import difference
from proofread.verdict.prepare import Prepared, evaluate
from proofread.verdict.sampler import UNSTABLE, Sample

Agreement = Literal["equal", "different", "left undefined", "right undefined", "skipped"]


@dataclass(slots=True)
class Side:
    """The values of a term at a sample; ``undefined`` says why there are none."""

    values: list[Value] | None
    undefined: str | None = None
    scale: float = 0.0
    border: bool = False
    """Whether it is undefined at the very border of a domain."""


@dataclass(slots=True)
class Compared:
    """What one sample says of two terms."""

    outcome: Agreement
    error: float = 0.0
    left: list[Value] | None = None
    right: list[Value] | None = None
    undefined: str = ""


def side(
    prepared: Prepared, term: int, sample: Sample, field: Field, budget: Budget, *,
    tracked: bool = True, shared: bool = False,
) -> Side:  # fmt: skip
    """Evaluate one term; ``tracked`` notes the largest intermediate term.

    In a ``shared`` frame what definitions gave for other terms is not computed again.
    """
    try:
        frame = sample.shared_frame(field, budget) if shared else sample.frame(field, budget)
        if frame.scale is None and tracked:
            frame.scale = [0.0]
        values = evaluate(prepared, term, frame)
        if not all(_finite(value) for value in values):
            return Side(None)
        scale = frame.scale[0] if frame.scale is not None else 0.0
        return Side(values, None, max(scale, *(largest(v) for v in values), 0.0))
    except Undefined as error:
        return Side(None, str(error), border=isinstance(error, AtBorder))
    except UNSTABLE:
        return Side(None)


def _finite(value: Value) -> bool:
    size = largest(value)
    return size == size and size != float("inf")


def gap(left: list[Value], right: list[Value]) -> float:
    """The largest absolute difference of two sides."""
    result = 0.0
    for p, q in zip(left, right, strict=True):
        for entry in difference(p, q):
            result = max(result, abs(float(entry.real)))
    return result


def relative(left: Side, right: Side, *, tracked: bool) -> float:
    """The difference, relative to the largest entry of both sides (or intermediate term)."""
    assert left.values is not None
    assert right.values is not None
    absolute = gap(left.values, right.values)
    if absolute == 0:
        return 0.0
    size = max(
        max((largest(v) for v in left.values), default=0.0),
        max((largest(v) for v in right.values), default=0.0),
    )
    if tracked:
        size = max(size, left.scale, right.scale)
    return absolute / size if size else float("inf")


def compare(
    prepared: Prepared, terms: tuple[int, int], sample: Sample, budget: Budget,
    cache: dict[tuple[str, int], Side], *, with_digits: bool = True,
) -> Compared:  # fmt: skip
    """Compare two terms: doubles first, 50 digits where they don't decide.

    ``with_digits`` is false where a sample has refuted the link already and others are counted.
    """
    left, right = (_cached(prepared, term, sample, DOUBLES, budget, cache) for term in terms)
    undecided = _undefined(left, right)
    if undecided is not None:
        one_sided = with_digits and undecided.outcome != "skipped"
        return confirm(prepared, terms, sample, budget, cache) if one_sided else undecided
    error = relative(left, right, tracked=False)
    clear = CLEARLY_EQUAL_NESTED if prepared.nested else CLEARLY_EQUAL
    if error <= clear:
        return Compared("equal", error, left.values, right.values)
    if not with_digits:
        return Compared("different", error, left.values, right.values)
    return confirm(prepared, terms, sample, budget, cache)


def confirm(
    prepared: Prepared, terms: tuple[int, int], sample: Sample, budget: Budget,
    cache: dict[tuple[str, int], Side],
) -> Compared:  # fmt: skip
    """Compare two terms with 50 digits, relative to the largest intermediate term."""
    left, right = (_cached(prepared, term, sample, DIGITS, budget, cache) for term in terms)
    undecided = _undefined(left, right)
    if undecided is not None:
        return undecided
    limit = EQUAL_WITH_DIGITS_NESTED if prepared.nested else EQUAL_WITH_DIGITS
    error = relative(left, right, tracked=True)
    shown = relative(left, right, tracked=False)
    outcome: Agreement = "equal" if error <= limit else "different"
    return Compared(outcome, error if outcome == "equal" else shown, left.values, right.values)


def _cached(
    prepared: Prepared, term: int, sample: Sample, field: Field, budget: Budget,
    cache: dict[tuple[str, int], Side],
) -> Side:  # fmt: skip
    key = (field.name, term)
    if key not in cache:
        cache[key] = side(prepared, term, sample, field, budget, tracked=field is not DOUBLES,
                          shared=True)  # fmt: skip
    return cache[key]


def _undefined(left: Side, right: Side) -> Compared | None:
    if left.values is not None and right.values is not None:
        return None
    if left.undefined and right.values is not None:
        return Compared("left undefined", undefined=left.undefined, right=right.values)
    if right.undefined and left.values is not None:
        return Compared("right undefined", undefined=right.undefined, left=left.values)
    return Compared("skipped", undefined=left.undefined or right.undefined or "")
