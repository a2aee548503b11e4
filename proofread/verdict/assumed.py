"""What the page assumes, as a condition on samples: compiled, and asked of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proofread.algebra import linear
from proofread.algebra import matrices as m
from proofread.algebra.dimensions import with_letters
from proofread.algebra.matrices import Value, largest
from proofread.algebra.numbers import DOUBLES
from proofread.shapes.found import IndexUse
from proofread.shapes.inference import Inference
from proofread.symbols.among import COMPARE, Compared
from proofread.symbols.table import Assumption
from proofread.values.compiler import Compiler
from proofread.values.frame import Frame, Run
from proofread.verdict.among import index_tuples, reached, settle
from proofread.verdict.newton import difference
from proofread.verdict.state import State


@dataclass(slots=True)
class Condition:
    """An assumption, compiled; it is said of all values of its free indices."""

    assumption: Assumption
    left: Run
    right: Run
    indices: dict[str, IndexUse]
    among: tuple[Compared, ...]

    def sides(self, frame: Frame) -> Iterator[tuple[Value, Value]]:
        """Both sides, at each value of the free indices."""
        for each in index_tuples(self.indices, self.among, frame.sizes):
            yield self._at(frame, each)

    def holds(self, frame: Frame) -> bool:
        """Whether the sample satisfies it."""
        return all(_satisfied(self.assumption.op, *sides) for sides in self.sides(frame))

    def holds_here(self, frame: Frame) -> bool:
        """Whether it is satisfied at the frame's values of the indices."""
        here = frame.idx
        others = {name: use for name, use in self.indices.items() if name not in here}
        numbers = with_letters(frame.sizes, here)
        return all(
            _satisfied(self.assumption.op, *self._at(frame, here | each))
            for each in index_tuples(others, self.among, numbers)
        )

    def _at(self, frame: Frame, indices: dict[str, int]) -> tuple[Value, Value]:
        saved, frame.idx = frame.idx, indices
        sides = self.left(frame), self.right(frame)
        frame.idx = saved
        return sides


def compiled(state: State, assumption: Assumption) -> Condition:
    """The condition that an assumption is on samples."""
    inference = Inference(state.table, state.layout)
    p, q = inference.shape(assumption.left), inference.shape(assumption.right)
    inference.unify(p, q)
    settle(assumption.among, inference.out.free)
    inference.finish()
    compiler = Compiler(state.table, inference.out, state.layout)
    left, right = compiler.run(assumption.left), compiler.run(assumption.right)
    free = inference.out.free
    narrowed = reached(assumption.among, inference.out.reaches, free, state.table)
    among = (*assumption.among.of(free), *narrowed)
    return Condition(assumption, left, right, dict(free), among)


def speaks_of(condition: Condition, letters: frozenset[str]) -> bool:
    """Whether it is said with *if*, of the indices that a formula leaves free."""
    assumption = condition.assumption
    return assumption.pointwise and bool(assumption.letters & letters)


def _satisfied(op: str, left: Value, right: Value) -> bool:
    gaps = difference(left, right)
    if op == "=":
        size = 1 + largest(left)
        return all(abs(gap.real) <= 1e-8 * size for gap in gaps)
    if op in ("≺", "⪯"):
        return _satisfied("≻" if op == "≺" else "⪰", right, left)
    if op in ("≻", "⪰"):
        lowest = min(linear.symmetric_eigenvalues(DOUBLES, m.subtract(left, right)))
        return bool(lowest > (1e-3 if op == "≻" else -1e-12))
    compare = COMPARE[op]
    return all(compare(gap.real, 0) for gap in gaps)
