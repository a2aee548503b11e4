r"""Which values of its free indices a formula speaks of: ``for i ≠ j``, ``i = 2, \dots, n``."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from proofread.algebra.dimensions import Dim
from proofread.latex.tokens import Refusal, Span, Token
from proofread.shapes.found import IndexUse
from proofread.symbols.table import Range
from proofread.syntax.chains import has_relation
from proofread.syntax.conditions import read_condition
from proofread.syntax.dims import to_dim
from proofread.syntax.nodes import All, IndexName, Name, Node, Relation, walk
from proofread.syntax.parser import Parser
from proofread.syntax.statements import Condition

if TYPE_CHECKING:
    from proofread.verdict.state import State

COMPARE: dict[str, Callable[[int, int], bool]] = {
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
    """What a statement says of its free indices."""

    ranges: tuple[tuple[str, Range, Span], ...] = ()
    conditions: tuple[Compared, ...] = ()

    def settle(self, indices: Mapping[str, IndexUse]) -> None:
        """Give a letter that nothing else bounds the range that the statement says.

        Raises:
            Refusal: ``shape-mismatch`` where it names another size than what the letter indexes.

        """
        for letter, each, span in self.ranges:
            use = indices.get(letter)
            if use is None:
                continue
            if use.last is None:
                use.first, use.last, use.source = each.first, each.last, "the formula"
            elif each.last.name is not None and use.last.name not in (None, each.last.name):
                raise Refusal("shape-mismatch", f"the index “{letter}” runs to {each.last} here "
                              f"and to {use.last} in {use.source}", span)  # fmt: skip

    def range_of(self, letter: str) -> Range | None:
        """The range that the statement gives a letter."""
        return next((each for name, each, _ in self.ranges if name == letter), None)

    def of(self, indices: Mapping[str, IndexUse]) -> tuple[Compared, ...]:
        """The comparisons that restrict these letters."""
        found = [each for each in self.conditions if each.names <= set(indices)]
        for letter, each, _ in self.ranges:
            if letter in indices:
                name = Dim.of("@" + letter)
                found += [Compared(each.first, "≤", name), Compared(name, "≤", each.last)]
        return tuple(found)


def read_among(
    state: State, conditions: Sequence[Condition], ranges: Callable[..., dict[str, Range]]
) -> Among:
    """What the words behind a formula say of its indices."""
    said: list[tuple[str, Range, Span]] = []
    compared: list[Compared] = []
    for each in conditions:
        for letter, found in ranges(state, each.tokens, each.span).items():
            said.append((letter, found, each.span))
        compared += index_conditions(state, each.tokens, each.span)
    return Among(tuple(said), tuple(compared))


def index_conditions(state: State, tokens: Sequence[Token], span: Span) -> list[Compared]:
    """The comparisons, where the tokens compare index letters and nothing else."""
    if not has_relation(list(tokens)):
        return []
    parser = Parser([], state.table, span)
    parser.indexing = True
    try:
        condition = read_condition(parser, tokens, span)
    except Refusal:
        return []
    found: list[Compared] = []
    for part in condition.conditions if isinstance(condition, All) else (condition,):
        if not isinstance(part, Relation) or not _plain(state, part):
            return []
        left, right = to_dim(part.left), to_dim(part.right)
        if left is None or right is None:
            return []
        found.append(Compared(left, part.op, right))
    return found


def _plain(state: State, condition: Relation) -> bool:
    """Whether index letters stand in it, and beside them numbers and dimensions alone."""
    parts: list[Node] = list(walk(condition))
    names = [state.table.lookup(part.key) for part in parts if isinstance(part, Name)]
    return any(isinstance(part, IndexName) for part in parts) and all(
        symbol is not None and symbol.role == "dimension" for symbol in names
    )


NOTHING = Among()
