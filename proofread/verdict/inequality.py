"""Inequalities: a counterexample is searched at small, large and border values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from proofread.algebra import linear
from proofread.algebra import matrices as m
from proofread.algebra.matrices import Matrix, Value, largest
from proofread.algebra.numbers import DIGITS, DOUBLES, Field
from proofread.limits import MIN_SAMPLES, SEARCH_DRAWS
from proofread.samples.draw import Mode
from proofread.values.frame import Budget
from proofread.verdict.assumptions import DEFINITE
from proofread.verdict.comparison import Compared, Side, side
from proofread.verdict.equality import LinkResult
from proofread.verdict.newton import difference
from proofread.verdict.prepare import Prepared
from proofread.verdict.sampler import UNSTABLE, Sample, Sampler

MODES = (
    Mode(), Mode(), Mode(), Mode(0.1), Mode(10.0), Mode(1e-3), Mode(1e3), Mode(1.0, "zero"),
    Mode(1.0, "ones"), Mode(1.0, "equal"), Mode(1.0, "sparse"), Mode(30.0), Mode(-1.0, "ones"),
    Mode(100.0, "sparse"), Mode(0.5, "equal"), Mode(1.0, "alike"), Mode(3.0, "alike"),
)  # fmt: skip
NOISE = 1e-45
"""With 50 digits, relative to the largest entry: below it two sides count as equal."""
BLURRED = 1e30
"""An intermediate term beyond it, such as an exponential, leaves too few of the 50 digits."""
BLURRED_NESTED = 1e6
"""The same for a second derivative, which has some twenty of them."""
FARTHEST = 1e4
"""Beyond it 50 digits no longer tell an ill-conditioned sample from a counterexample."""


def margins(
    relation: str, left: list[Value], right: list[Value], field: Field = DOUBLES
) -> list[float]:
    """How far each entry is on the right side of the relation; negative where it is refuted."""
    found: list[float] = []
    for p, q in zip(left, right, strict=True):
        if relation in DEFINITE:
            found.append(_definite_margin(relation, p, q, field))
            continue
        sign = -1 if relation in (">", "≥") else 1
        found += [sign * -float(entry.real) for entry in difference(p, q)]
    return found


def _definite_margin(relation: str, left: Value, right: Value, field: Field) -> float:
    """The smallest eigenvalue of the difference; refuted where it is not symmetric."""
    if type(left) is not Matrix and type(right) is Matrix:
        left = m.multiply(left, m.identity(field, right.r))
    if type(right) is not Matrix and type(left) is Matrix:
        right = m.multiply(right, m.identity(field, left.r))
    gap = m.subtract(left, right) if relation in ("≻", "⪰") else m.subtract(right, left)
    gap = m.map_entries(lambda x: x.real, gap)
    skew = m.subtract(gap, m.transpose(gap))
    if largest(skew) > 1e-9 * (1 + largest(gap)):
        return -largest(skew)
    return float(min(linear.symmetric_eigenvalues(field, gap)))


def refuted(
    prepared: Prepared, link: LinkResult, sample: Sample, budget: Budget, *, generic: bool
) -> tuple[bool | None, Compared]:
    """Whether a sample refutes the link: by doubles where clear, else with 50 digits.

    A side that is undefined refutes it at a ``generic`` sample only: at border values such as a
    zero vector a quotient may be undefined without being wrong.
    """
    field: Field = DOUBLES
    sides = [side(prepared, term, sample, field, budget) for term in (link.left, link.right)]
    decided = _decide(link.relation, sides, 1e-9)
    if decided is not None:
        return decided, Compared("different" if decided else "equal", 0.0, sides[0].values,
                                 sides[1].values)  # fmt: skip
    if not generic and any(each.values is None for each in sides):
        return None, Compared("skipped")
    sides = [side(prepared, term, sample, DIGITS, budget) for term in (link.left, link.right)]
    if any(each.values is None for each in sides):
        return _undefined(*sides) if generic else (None, Compared("skipped"))
    verdict = _close(link.relation, sides, prepared.nested)
    if verdict is None:
        return None, Compared("skipped")
    return verdict, Compared("different" if verdict else "equal", 0.0, sides[0].values,
                             sides[1].values)  # fmt: skip


def _undefined(left: Side, right: Side) -> tuple[bool | None, Compared]:
    """Refuted where one side alone is undefined, and not only since 50 digits round it so."""
    if not (left.border or right.border):
        if left.undefined and right.values is not None:
            return True, Compared("left undefined", undefined=left.undefined, right=right.values)
        if right.undefined and left.values is not None:
            return True, Compared("right undefined", undefined=right.undefined, left=left.values)
    return None, Compared("skipped")


def _scale(sides: list[Side]) -> float:
    return max(each.scale for each in sides)


def _decide(relation: str, sides: list[Side], margin: float) -> bool | None:
    """True for refuted, false for satisfied, ``None`` where the margin is too small to tell."""
    left, right = sides[0].values, sides[1].values
    if left is None or right is None:
        return None
    size = _scale(sides)
    if relation == "≠":
        return False if _apart(left, right) > margin * size else None
    found = margins(relation, left, right)
    if relation in DEFINITE and not all(each > margin * size for each in found):
        return None  # rounding alone can make a matrix unsymmetric
    if any(each < -margin * size for each in found):
        return True
    if all(each > margin * size for each in found):
        return False
    return None


def _apart(left: list[Value], right: list[Value]) -> float:
    return max(
        (abs(float(x.real)) for p, q in zip(left, right, strict=True) for x in difference(p, q)),
        default=0.0,
    )


def _close(relation: str, sides: list[Side], nested: bool) -> bool | None:
    """The decision with 50 digits, where equality counts for or against.

    ``None`` where an intermediate term is so large that what looks equal may be far apart.
    """
    left, right = sides[0].values, sides[1].values
    assert left is not None
    assert right is not None
    size = _scale(sides)
    blurred = BLURRED_NESTED if nested else BLURRED
    if relation == "≠":
        equal = _apart(left, right) <= (1e-18 if nested else NOISE) * size
        return None if equal and size > blurred else equal
    noise = (1e-18 if nested else NOISE) * size
    if relation in DEFINITE and not nested:
        noise *= 1e-6  # the smallest eigenvalue of ill-conditioned products is tiny
    found = margins(relation, left, right, DIGITS)
    if any(each < -noise for each in found):
        return True
    if relation in ("<", ">", "≻", "≺") and any(each <= noise for each in found):
        return None if size > blurred else True
    return False


def far_and_near(sampler: Sampler, budget: Budget, rng: Random) -> Iterator[tuple[Sample, bool]]:
    """Samples of small, large and border values; with each, whether it is a generic one."""
    for number in range(SEARCH_DRAWS):
        sizes = sampler.sizes(1 if number % 4 == 3 else None)
        if sizes is None:
            return
        mode = MODES[number % len(MODES)]
        modes = (
            {key: rng.choice(MODES) for key in sampler.symbols}
            if number % 3 == 2 or number >= len(MODES)
            else {}
        )
        sample = sampler.draw(sizes, budget, mode, modes)
        if sample is not None:
            yield sample, all(each.kind == "generic" for each in modes.values() or [mode])


def search(prepared: Prepared, link: LinkResult, sampler: Sampler, budget: Budget) -> set[int]:
    """Look for a counterexample; sets the link's verdict and returns the sizes it was tried at."""
    rng = Random(sampler.rng.random())
    tried: dict[str, None] = {}
    best: tuple[float, Sample] | None = None
    for sample, generic in far_and_near(sampler, budget, rng):
        if _try(prepared, link, sample, budget, generic=generic):
            return set()
        tried[str(sorted(sample.sizes.items()))] = None
        margin = _margin(prepared, link, sample, budget)
        if margin is not None and (best is None or margin < best[0]):
            best = (margin, sample)
    if best is not None and _descend(prepared, link, best, budget, rng):
        return set()
    if link.agreed >= MIN_SAMPLES:
        link.verdict = "holds"
        link.note = "not refuted"
    return set(range(len(tried)))


def _try(
    prepared: Prepared, link: LinkResult, sample: Sample, budget: Budget, *, generic: bool = False
) -> bool:
    outcome, compared = refuted(prepared, link, sample, budget, generic=generic)
    if outcome is None:
        return False
    link.drawn += 1
    if not outcome:
        link.agreed += 1
        if link.sample is None:
            link.sample, link.compared = sample, compared
        return False
    link.verdict, link.differed = "fails", 1
    link.sample, link.compared = sample, compared
    return True


def _margin(prepared: Prepared, link: LinkResult, sample: Sample, budget: Budget) -> float | None:
    """The smallest margin, relative to the sides: what the descent makes smaller."""
    if link.relation == "≠":
        return None
    sides = [side(prepared, term, sample, DOUBLES, budget) for term in (link.left, link.right)]
    if sides[0].values is None or sides[1].values is None:
        return None
    found = margins(link.relation, sides[0].values, sides[1].values)
    return min(found, default=0.0) / (1e-12 + _scale(sides))


def _descend(
    prepared: Prepared, link: LinkResult, best: tuple[float, Sample], budget: Budget, rng: Random
) -> bool:
    """Walk from the closest sample downhill on the margin, by random steps that shrink."""
    margin, sample = best
    step = 0.5
    movable = [key for key, symbol in sample.sampler.symbols.items()
               if symbol.set.kind in ("real", "symmetric", "invertible") and not symbol.family
               and symbol.role == "value"]  # fmt: skip
    if not movable or sample.sampler.conditions:
        return False
    for _ in range(80):
        moved = dict(sample.bases)
        for key in movable:
            moved[key] = [x + step * rng.gauss(0, 1) * (abs(x) + 0.1) for x in moved[key]]
        if any(abs(x) > FARTHEST for key in movable for x in moved[key]):
            continue
        other = replace(sample, bases=moved, made={}, frames={})
        try:
            if _try(prepared, link, other, budget):
                return True
            found = _margin(prepared, link, other, budget)
        except UNSTABLE:
            continue
        if found is not None and found < margin:
            margin, sample = found, other
            step = min(step * 1.5, 1.0)
        else:
            step = max(step * 0.85, 1e-3)
    return False
