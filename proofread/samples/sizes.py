"""Sizes for the dimension names: different names get different numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from random import Random

from proofread.algebra.dimensions import Dim

SizeTest = Callable[[Mapping[str, int]], bool]
SMALLEST = 2
ATTEMPTS = 60


def draw_sizes(
    names: Iterable[str], tests: list[SizeTest], positive: list[Dim], least: int, rng: Random
) -> dict[str, int] | None:
    """Sizes that pass all tests, or ``None``.

    ``positive`` are dimensions that must be at least one; ``least`` is the smallest that a size
    may be on average: it grows where a formula names far elements.
    """
    ordered = sorted(names)
    if not ordered:
        return {} if all(test({}) for test in tests) else None
    for attempt in range(ATTEMPTS):
        widest = least + max(len(ordered), 2) + attempt // 6
        pool = list(range(least, widest + 1))
        if len(pool) < len(ordered):
            return None
        sizes = dict(zip(ordered, rng.sample(pool, len(ordered)), strict=True))
        if all(dim.evaluate(sizes) >= 1 for dim in positive) and all(test(sizes) for test in tests):
            return sizes
    return None
