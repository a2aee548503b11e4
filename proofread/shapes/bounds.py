"""Whether an index stays inside what it indexes: its bounds as polynomials in the sizes."""

from __future__ import annotations

from collections.abc import Mapping

from proofread.algebra.dimensions import ZERO, Dim
from proofread.shapes.found import IndexUse

Letters = Mapping[str, IndexUse]


def reach(index: Dim, letters: Letters) -> tuple[Dim, Dim] | None:
    """The smallest and the largest value of an index over all values of its letters.

    ``None`` where a letter's range is not known.
    """
    low, high = _extreme(index, letters, highest=False), _extreme(index, letters, highest=True)
    return None if low is None or high is None else (low, high)


def _extreme(index: Dim, letters: Letters, *, highest: bool) -> Dim | None:
    done: set[str] = set()
    while open_letters := _letters_of(index):
        letter = _innermost(open_letters, letters)
        if letter is None or letter in done:
            return None
        done.add(letter)
        use = letters[letter]
        total = ZERO
        for monomial, factor in index.terms:
            if sum(name.startswith("@") for name in monomial) > 1:
                return None  # of a product of two letters the bounds don't tell
            end = use.last if (factor > 0) is highest else use.first
            assert end is not None
            total += Dim(((monomial, factor),)).substituted({f"@{letter}": end})
        index = total
    return index


def _letters_of(dim: Dim) -> set[str]:
    return {name[1:] for name in dim.names if name.startswith("@")}


def _innermost(found: set[str], letters: Letters) -> str | None:
    """A letter that no bound of the others needs; ``None`` where a range is not known."""
    needed: set[str] = set()
    for letter in found:
        use = letters.get(letter)
        if use is None or use.first is None or use.last is None:
            return None
        needed |= _letters_of(use.first) | _letters_of(use.last)
    return min(found - needed, default=None)


def leaves(low: Dim, high: Dim, first: Dim, last: Dim, conditioned: frozenset[str]) -> bool:
    """Whether an index from ``low`` to ``high`` leaves what goes from ``first`` to ``last``.

    Names in ``conditioned`` are those that the page sets conditions on: whether they keep the
    index inside, only the sizes drawn can tell.
    """
    over, under = high - last, first - low
    if (over.terms and over.never_negative) or (under.terms and under.never_negative):
        return True
    if (last - high).never_negative or high.number is not None:
        return False
    return not (high.names - last.names) & conditioned


def is_dimension(bound: Dim) -> bool:
    """Whether a bound is the name of a dimension, which must be that of what is indexed."""
    return bound.name is not None and not _letters_of(bound)
