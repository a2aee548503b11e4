r"""What a statement says of its free indices: ``for i ≠ j``, ``i = 2, \dots, n``."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from proofread.algebra.dimensions import Dim
from proofread.latex.tokens import Span

if TYPE_CHECKING:
    from proofread.symbols.table import Range

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "≠": operator.ne, "<": operator.lt, ">": operator.gt,
    "≤": operator.le, "≥": operator.ge,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison between two numbers that index letters and dimensions make."""

    left: Dim
    op: str
    right: Dim

    @property
    def names(self) -> frozenset[str]:
        """The index letters in it."""
        return frozenset(name[1:] for name in self.left.names | self.right.names if name[0] == "@")

    def met(self, numbers: Mapping[str, int]) -> bool:
        """Whether it is met at sizes and values of the letters, those marked with ``@``."""
        return COMPARE[self.op](self.left.evaluate(numbers), self.right.evaluate(numbers))


@dataclass(frozen=True, slots=True)
class Among:
    """Which values of its free indices a statement speaks of."""

    ranges: tuple[tuple[str, Range, Span], ...] = ()
    conditions: tuple[Compared, ...] = ()

    def range_of(self, letter: str) -> Range | None:
        """The range that the statement gives a letter."""
        return next((each for name, each, _ in self.ranges if name == letter), None)

    def of(self, letters: Collection[str]) -> tuple[Compared, ...]:
        """The comparisons that restrict these letters."""
        found = [each for each in self.conditions if each.names <= set(letters)]
        for letter, each, _ in self.ranges:
            if letter in letters:
                name = Dim.of("@" + letter)
                found += [Compared(each.first, "≤", name), Compared(name, "≤", each.last)]
        return tuple(found)


NOTHING = Among()
