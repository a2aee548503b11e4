"""Chains of equations: every link at every sample, one sample confirmed with 50 digits."""

from __future__ import annotations

from dataclasses import dataclass, field

from proofread.algebra.numbers import OutOfRange
from proofread.latex.tokens import Span
from proofread.limits import MAX_DRAWS, MIN_SAMPLES, PIECEWISE_SAMPLES, SIZE_CHOICES
from proofread.records import Verdict
from proofread.symbols.table import Assumption
from proofread.values.frame import Budget
from proofread.verdict.among import index_tuples
from proofread.verdict.comparison import Compared, Side, compare, confirm
from proofread.verdict.prepare import Prepared
from proofread.verdict.sampler import Sample, Sampler
from proofread.verdict.state import State

EQUALITIES = frozenset({"=", "≡"})


@dataclass(slots=True)
class LinkResult:
    """What the samples say of one link."""

    relation: str
    left: int
    right: int
    span: Span
    verdict: Verdict = "undecided"
    agreed: int = 0
    differed: int = 0
    error: float = 0.0
    confirmed: bool = False
    sample: Sample | None = None
    """A sample that refutes it, else one that it holds at."""
    compared: Compared | None = None
    note: str | None = None
    reason: str | None = None
    drawn: int = 0
    """Samples drawn for it, of any outcome."""
    sizes: list[dict[str, int]] = field(default_factory=list)
    """Those at which its sides were compared."""


@dataclass(slots=True)
class Drawn:
    """The samples of a statement."""

    samples: list[Sample] = field(default_factory=list)
    caches: list[dict[tuple[str, int], Side]] = field(default_factory=list)
    sizes: list[dict[str, int]] = field(default_factory=list)
    """Those that samples were drawn at, whether or not the sides are defined there."""

    @property
    def choices(self) -> int:
        """How many sizes a link must agree at: fewer than usual where there are no more."""
        return min(SIZE_CHOICES, len(self.sizes))


def sampler_of(
    state: State, prepared: Prepared, span: Span, name: str,
    varying: frozenset[str] = frozenset(), extra: tuple[Assumption, ...] = (),
) -> Sampler:  # fmt: skip
    """A sampler for all that the terms rest on."""
    return Sampler(state, prepared.keys | varying, prepared.terms, prepared.dims, span, name,
                   varying, extra, frozenset(prepared.indices))  # fmt: skip


def check_equalities(
    prepared: Prepared, links: list[LinkResult], sampler: Sampler, budget: Budget
) -> Drawn:
    """Run every link until enough samples agree or one refutes it."""
    drawn = Drawn()
    few = prepared.smooth and prepared.total and sampler.connected
    wanted = MIN_SAMPLES if few else PIECEWISE_SAMPLES
    per_size = -(-wanted // SIZE_CHOICES)
    enough = budget.left // 2  # a heavy formula keeps the rest for its 50 digits
    for number in range(MAX_DRAWS // per_size):
        early = number < sampler.ways and budget.left > enough
        if not early and not any(_unsettled(link, wanted, drawn) for link in links):
            break
        sizes = _new_sizes(sampler, drawn)
        if sizes is None:
            break
        if not _affordable(prepared, sizes):
            continue
        for _ in range(per_size):
            sample = sampler.draw(sizes, budget)
            if sample is None:
                continue
            cache: dict[tuple[str, int], Side] = {}
            drawn.samples.append(sample)
            drawn.caches.append(cache)
            if sizes not in drawn.sizes:
                drawn.sizes.append(sizes)
            for link in links:
                if early or link.verdict == "fails" or _unsettled(link, wanted, drawn):
                    _run(prepared, link, sample, cache, budget)
    for link in links:
        _settle(prepared, link, drawn, budget)
    return drawn


def _new_sizes(sampler: Sampler, drawn: Drawn) -> dict[str, int] | None:
    """Sizes that were not drawn yet, where some are to be had, else any."""
    found: dict[str, int] | None = None
    for _ in range(12):
        sizes = sampler.sizes()
        if sizes is None:
            continue  # where conditions bind them, one round may find none
        found = sizes
        if sizes not in drawn.sizes:
            break
    return found


def _affordable(prepared: Prepared, sizes: dict[str, int]) -> bool:
    """Whether the free indices ask for few enough values at these sizes."""
    try:
        index_tuples(prepared.indices, prepared.among, sizes)
    except OutOfRange:
        return False
    return True


def _unsettled(link: LinkResult, wanted: int, drawn: Drawn) -> bool:
    if link.verdict == "fails":
        return link.drawn < MIN_SAMPLES
    return link.agreed < wanted or len(link.sizes) < drawn.choices


def _run(
    prepared: Prepared, link: LinkResult, sample: Sample, cache: dict[tuple[str, int], Side],
    budget: Budget,
) -> None:  # fmt: skip
    terms = (link.left, link.right)
    sure = link.verdict == "fails"
    result = compare(prepared, terms, sample, budget, cache, with_digits=not sure)
    if result.outcome == "skipped":
        return
    link.drawn += 1
    if sample.sizes not in link.sizes:
        link.sizes.append(sample.sizes)
    if result.outcome == "equal":
        link.agreed += 1
        link.error = max(link.error, result.error)
        if link.sample is None:
            link.sample, link.compared = sample, result
        return
    link.differed += 1
    if link.verdict != "fails":
        link.verdict = "fails"
        link.sample, link.compared = sample, result


def _settle(prepared: Prepared, link: LinkResult, drawn: Drawn, budget: Budget) -> None:
    """Confirm one sample with 50 digits; what they refute fails."""
    if link.verdict == "fails" or link.agreed < MIN_SAMPLES or len(link.sizes) < drawn.choices:
        return
    pairs = sorted(
        zip(drawn.samples, drawn.caches, strict=True), key=lambda pair: sum(pair[0].sizes.values())
    )
    for sample, cache in pairs:  # the smallest first, because digits cost
        result = confirm(prepared, (link.left, link.right), sample, budget, cache)
        if result.outcome == "skipped":
            continue
        if result.outcome == "equal":
            link.verdict, link.confirmed = "holds", True
        else:
            link.verdict, link.differed = "fails", 1
            link.sample, link.compared = sample, result
        return
