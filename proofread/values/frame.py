"""Where a formula is evaluated: one kind of numbers, one choice of sizes, one draw of values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from proofread.algebra.matrices import Matrix, Members, Tensor, Value, entries
from proofread.algebra.numbers import Field, OutOfRange
from proofread.latex.tokens import Refusal, Span
from proofread.limits import MAX_ARRAY_ENTRIES
from proofread.symbols.table import Range, Symbol, Traits

Run = Callable[["Frame"], Value]


@dataclass(frozen=True, slots=True)
class Code:
    """A definition, compiled: ``run`` evaluates its body."""

    run: Run
    behind: frozenset[str]
    traits: Traits
    cost: int
    """Operations that one evaluation counts."""


class Budget:
    """How many operations a statement has left."""

    __slots__ = ("left", "span")

    def __init__(self, operations: int, span: Span) -> None:
        self.left = operations
        self.span = span

    def spend(self, operations: int) -> None:
        """Take operations off what is left."""
        self.left -= operations
        if self.left < 0:
            raise Refusal("too-large", "the formula takes more operations than are allowed",
                          self.span)  # fmt: skip


class Frame:
    """Values of symbols by key; those of defined symbols are computed when first asked for."""

    __slots__ = ("budget", "codes", "directions", "field", "idx", "scale", "sizes", "symbols",
                 "values", "where")  # fmt: skip

    def __init__(
        self, field: Field, sizes: Mapping[str, int], values: dict[str, Value],
        symbols: Mapping[str, Symbol], codes: Mapping[int, Code], budget: Budget,
    ) -> None:  # fmt: skip
        self.field = field
        self.sizes = sizes
        self.values = values
        self.symbols = symbols
        self.codes = codes
        self.budget = budget
        self.idx: dict[str, int] = {}
        self.directions: Mapping[str, Value] = {}
        self.scale: list[float] | None = None
        """The largest term met, where it is tracked."""
        self.where: Sequence[Callable[[Frame], bool]] = ()
        """What the values of a formula's free indices must satisfy."""

    def value(self, key: str) -> Value:
        """The value of a symbol, from its definition where it has one."""
        values = self.values
        if key in values:
            return values[key]
        symbol = self.symbols[key]
        code = self.codes[symbol.version]
        saved = self.idx
        self.idx = {}
        self.budget.spend(code.cost)
        try:
            result = (
                code.run(self)
                if not symbol.definition or not symbol.definition.indices
                else (self._components(symbol, code))
            )
        finally:
            self.idx = saved
        values[key] = result
        return result

    def vary(self, changes: Mapping[str, Value]) -> Frame:
        """A frame with other values for some symbols, and for all that rests on them."""
        return self.child({**self.unmoved(changes), **changes})

    def unmoved(self, keys: Collection[str]) -> dict[str, Value]:
        """The values that do not rest on any of ``keys``."""
        kept = {}
        symbols, codes = self.symbols, self.codes
        for key, value in self.values.items():
            symbol = symbols.get(key)
            if symbol is not None and symbol.version in codes:
                behind = codes[symbol.version].behind
                if any(changed in behind for changed in keys):
                    continue
            kept[key] = value
        return kept

    def child(self, values: dict[str, Value]) -> Frame:
        """A frame for the same sample with these values."""
        self.budget.spend(15)
        child = Frame.__new__(Frame)
        child.field = self.field
        child.sizes = self.sizes
        child.symbols = self.symbols
        child.codes = self.codes
        child.budget = self.budget
        child.directions = self.directions
        child.scale = self.scale
        child.idx = self.idx
        child.values = values
        return child

    def charge(self, left: Value, right: Value) -> None:
        """Count the operations of a product, or of anything else that is no dearer."""
        if type(left) is Matrix and type(right) is Matrix:
            self.budget.spend(len(left.a) * right.c * self.field.cost)

    def note(self, value: Value) -> None:
        """Note the size of a term, where it is tracked."""
        if self.scale is not None:
            size = self.field.size(entries(value))
            if size > self.scale[0]:
                self.scale[0] = size

    def note_product(self, left: Value, right: Value) -> None:
        """Terms of a matrix product may cancel: their size is that of the factors."""
        if self.scale is not None:
            size = self.field.size(entries(left)) * self.field.size(entries(right))
            if size > self.scale[0]:
                self.scale[0] = size

    def _components(self, symbol: Symbol, code: Code) -> Value:
        """A vector, matrix or family defined by its components."""
        assert symbol.definition is not None
        letters = symbol.definition.indices
        if symbol.family:
            return self._members(letters, list(symbol.family), code)
        dims = [dim.evaluate(self.sizes) for dim in symbol.shape.dims]
        if len(letters) == 1:
            count = dims[0] * dims[1]
            return self._array(dims, [self._at(letters, (k,), code) for k in range(1, count + 1)])
        if dims[0] * dims[1] > MAX_ARRAY_ENTRIES:
            raise OutOfRange("the array is too large")
        entries = [
            self._at(letters, (j, k), code)
            for j in range(1, dims[0] + 1)
            for k in range(1, dims[1] + 1)
        ]
        return self._array(dims, entries)

    @staticmethod
    def _array(dims: list[int], entries: list[Value]) -> Value:
        if len(entries) == 1:
            return entries[0]
        return Matrix(dims[0], dims[1], entries) if len(dims) == 2 else Tensor(tuple(dims), entries)

    def _at(self, letters: tuple[str, ...], numbers: tuple[int, ...], code: Code) -> Value:
        self.idx = dict(zip(letters, numbers, strict=True))
        self.budget.spend(code.cost)
        return code.run(self)

    def _members(self, letters: tuple[str, ...], ranges: list[Range], code: Code) -> Value:
        first = ranges[0].first.evaluate(self.sizes)
        last = ranges[0].last.evaluate(self.sizes)
        items: list[Value] = []
        outer = dict(self.idx)
        for number in range(first, last + 1):
            self.idx = {**outer, letters[0]: number}
            self.budget.spend(code.cost)
            if len(ranges) > 1:
                items.append(self._members(letters[1:], ranges[1:], code))
            else:
                items.append(code.run(self))
        return Members(first, items)
