"""Sizes for the dimension names: different names get different numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from random import Random

from proofread.algebra.dimensions import Dim

SizeTest = Callable[[Mapping[str, int]], bool]
SMALLEST = 2
ATTEMPTS = 60
PARITY_ATTEMPTS = 30
TURNED_ATTEMPTS = 60
"""Enough for an order of three or four sizes to come up by chance."""


def draw_sizes(
    names: Iterable[str], tests: list[SizeTest], positive: list[Dim], least: int, rng: Random,
    odd: Sequence[bool] = (), unlike: Mapping[str, int] | None = None,
) -> dict[str, int] | None:  # fmt: skip
    """Sizes that pass all tests, or ``None``.

    ``positive`` are dimensions that must be at least one; ``least`` is the smallest that a size
    may be on average: it grows where a formula names far elements. ``odd`` tells, in the order of
    the names, which sizes are odd and which even, where the tests allow it. Of the sizes
    ``unlike`` the larger ones become the smaller ones, where the tests allow that.
    """
    ordered = sorted(names)
    if not ordered:
        return {} if all(test({}) for test in tests) else None
    turned = [unlike[name] for name in ordered] if unlike and len(ordered) > 1 else []
    for numbers in _candidates(len(ordered), least, rng, odd, turned):
        sizes = dict(zip(ordered, numbers, strict=True))
        if all(dim.evaluate(sizes) >= 1 for dim in positive) and all(test(sizes) for test in tests):
            return sizes
    return None


def _candidates(
    count: int, least: int, rng: Random, odd: Sequence[bool], unlike: Sequence[int]
) -> Iterator[Sequence[int]]:
    """Different numbers to be tried, first as asked for, then any, ever larger."""
    if odd:
        width = max(2 * len(odd), 4)  # for one name, too, there are three sizes or more
        for attempt in range(TURNED_ATTEMPTS if unlike else 0):
            found = _of_parity(odd, range(least, least + width + 2 * (attempt // 30)), rng)
            if _ranks(found) == _ranks(_turned(unlike)):
                yield found
        for attempt in range(PARITY_ATTEMPTS):
            yield _of_parity(odd, range(least, least + width + 2 * (attempt // 10)), rng)
    elif unlike and min(unlike) >= least:
        yield _turned(unlike)
    for attempt in range(ATTEMPTS):
        pool = range(least, least + max(count, 2) + attempt // 6 + 1)
        if len(pool) < count:
            return
        yield rng.sample(pool, count)


def _turned(numbers: Sequence[int]) -> list[int]:
    """The same numbers, with the smallest where the largest was, and so on."""
    downwards = sorted(numbers, reverse=True)
    return [downwards[rank] for rank in _ranks(numbers)]


def _ranks(numbers: Sequence[int]) -> list[int]:
    upwards = sorted(numbers)
    return [upwards.index(number) for number in numbers]


def _of_parity(odd: Sequence[bool], pool: Sequence[int], rng: Random) -> list[int]:
    """Different numbers of a pool, odd and even as asked for."""
    found: list[int] = []
    for each in odd:
        found.append(rng.choice([k for k in pool if k % 2 == each and k not in found]))
    return found
