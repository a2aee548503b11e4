"""Sizes for the dimension names: different names get different numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random

from proofread.algebra.dimensions import Dim

SizeTest = Callable[[Mapping[str, int]], bool]
SMALLEST = 2
ATTEMPTS = 60
PARITY_ATTEMPTS = 6


def draw_sizes(
    names: Iterable[str], tests: list[SizeTest], positive: list[Dim], least: int, rng: Random,
    odd: Sequence[bool] = (),
) -> dict[str, int] | None:  # fmt: skip
    """Sizes that pass all tests, or ``None``.

    ``positive`` are dimensions that must be at least one; ``least`` is the smallest that a size
    may be on average: it grows where a formula names far elements. ``odd`` tells, in the order of
    the names, which sizes are odd and which even, where the tests allow it.
    """
    ordered = sorted(names)
    if not ordered:
        return {} if all(test({}) for test in tests) else None
    for attempt in range(ATTEMPTS):
        if odd and attempt < PARITY_ATTEMPTS:
            numbers = _of_parity(odd, least, rng)
        else:
            pool = range(least, least + max(len(ordered), 2) + attempt // 6 + 1)
            if len(pool) < len(ordered):
                return None
            numbers = rng.sample(pool, len(ordered))
        sizes = dict(zip(ordered, numbers, strict=True))
        if all(dim.evaluate(sizes) >= 1 for dim in positive) and all(test(sizes) for test in tests):
            return sizes
    return None


def _of_parity(odd: Sequence[bool], least: int, rng: Random) -> list[int]:
    """Different numbers, odd and even as asked for, as small as they can be."""
    found: list[int] = []
    for each in odd:
        same = [k for k in range(least, least + 2 * len(odd) + 2) if k % 2 == each]
        found.append(rng.choice([k for k in same if k not in found]))
    return found
