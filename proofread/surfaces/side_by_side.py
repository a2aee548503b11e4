"""The same work on many things, on all cores of the machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

FEW = 4
"""So many things are done sooner by one process than others are started."""


def side_by_side(function: Callable[[Thing], Result], things: Sequence[Thing]) -> Iterator[Result]:
    """What ``function`` makes of each thing, in their order; its first exception ends it."""
    cores = min(os.cpu_count() or 1, len(things))
    if cores < 2 or len(things) <= FEW:
        yield from map(function, things)
        return
    with ProcessPoolExecutor(cores) as pool:
        try:
            yield from pool.map(function, things)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
