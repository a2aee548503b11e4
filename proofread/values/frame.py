"""Where a formula is evaluated: one kind of numbers, one choice of sizes, one draw of values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from proofread.algebra.dimensions import Dim, with_letters
from proofread.algebra.matrices import Matrix, Members, Tensor, Value, entries, require_room
from proofread.algebra.numbers import Field, OutOfRange
from proofread.latex.tokens import Refusal, Span
from proofread.limits import MAX_ARRAY_ENTRIES, MAX_MEMBERS
from proofread.symbols.keys import display
from proofread.symbols.table import Range, Symbol, Traits

_RUNNING = object()
"""Stands for a member while it is computed."""
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

    __slots__ = ("budget", "codes", "directions", "field", "idx", "members", "scale", "sizes",
                 "symbols", "values", "where")  # fmt: skip

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
        self.members: dict[str, dict[int, Value]] = {}
        """The members of recursions that are known so far."""
        self.directions: Mapping[str, Value] = {}
        self.scale: list[float] | None = None
        """The largest term met, where it is tracked."""
        self.where: Sequence[Callable[[Frame], bool]] = ()
        """What the values of a formula's free indices must satisfy."""

    def size(self, dim: Dim) -> int:
        """The number that a dimension is here; that of a member's size depends on the index."""
        if dim.indexed:
            return dim.evaluate(with_letters(self.sizes, self.idx))
        return dim.evaluate(self.sizes)

    def value(self, key: str) -> Value:
        """The value of a symbol, from its definition where it has one."""
        values = self.values
        if key in values:
            return values[key]
        symbol = self.symbols[key]
        if symbol.recursion is not None:
            values[key] = result = self._all_members(symbol)
            return result
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

    def member(self, key: str, numbers: Sequence[int]) -> Value:
        """The member of a family with these numbers."""
        if key not in self.values and self.symbols[key].recursion is not None:
            return self._recursive(self.symbols[key], numbers[0])
        value = self.value(key)
        for number in numbers:
            value = pick(value, number)
        return value

    def _all_members(self, symbol: Symbol) -> Members:
        first = symbol.family[0].first.evaluate(self.sizes)
        last = symbol.family[0].last.evaluate(self.sizes)
        require_room(last - first + 1)
        numbers = list(range(first, last + 1))
        assert symbol.recursion is not None
        for number in numbers if symbol.recursion.forward else reversed(numbers):
            self._recursive(symbol, number)
        return Members(first, [self._recursive(symbol, number) for number in numbers])

    def _recursive(self, symbol: Symbol, number: int) -> Value:
        """A member of a recursion, after those that stand between it and a known one."""
        known = self.members.setdefault(symbol.key, {})
        if number in known:
            if known[number] is _RUNNING:
                raise Refusal("ambiguous", f"“{display(symbol.key)}” is defined by itself",
                              self.budget.span)  # fmt: skip
            return known[number]
        recursion = symbol.recursion
        assert recursion is not None
        assert recursion.own is not None
        for where, start in recursion.starts:
            if where.evaluate(self.sizes) == number:
                return self.value(start)
        first = recursion.own.first.evaluate(self.sizes)
        last = recursion.own.last.evaluate(self.sizes)
        if not first <= number <= last:
            raise OutOfRange(f"the index {number} lies outside its range")
        if last - first >= MAX_MEMBERS:
            raise Refusal("too-large", f"a recursion of more than {MAX_MEMBERS} members",
                          self.budget.span)  # fmt: skip
        step = 1 if recursion.forward else -1
        begin = number
        while first <= begin - step <= last and begin - step not in known:
            begin -= step
        for each in range(begin, number + step, step):
            if each not in known:
                self._step(symbol, each, known)
        return known[number]

    def _step(self, symbol: Symbol, number: int, known: dict[int, Value]) -> None:
        assert symbol.definition is not None
        saved = self.idx
        known[number] = _RUNNING
        try:
            known[number] = self._at(symbol.definition.indices, (number,),
                                     self.codes[symbol.version])  # fmt: skip
        finally:
            self.idx = saved
            if known[number] is _RUNNING:
                del known[number]

    def recursive(self, key: str) -> bool:
        """Whether a symbol is a family that is defined by its own members."""
        symbol = self.symbols.get(key)
        return symbol is not None and symbol.recursion is not None

    def moved(self, key: str, value: Value, positions: Collection[int]) -> Frame:
        """A frame in which the numbers at some positions of a symbol's value are other ones.

        Of a recursion, the members that they belong to are cut loose from the formula, and the
        later ones follow from them.
        """
        if not self.recursive(key):
            return self.vary({key: value})
        symbol = self.symbols[key]
        assert symbol.recursion is not None
        loose = _members_at(value, positions)
        starts = {
            start: loose[number]
            for where, start in symbol.recursion.starts
            if (number := where.evaluate(self.sizes)) in loose
        }
        values = {**self.unmoved((key, *starts)), **starts}
        values.pop(key, None)
        child = self.child(values)
        child.members[key] = loose
        return child

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
        child.members = {}
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
        dims = [self.size(dim) for dim in symbol.shape.dims]
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


def pick(family: Members, number: int) -> Value:
    """The member of that number."""
    position = number - family.start
    if not 0 <= position < len(family.items):
        raise OutOfRange(f"the index {number} lies outside its range")
    return family.items[position]


def _members_at(value: Members, positions: Collection[int]) -> dict[int, Value]:
    """The members that the numbers at some positions belong to, by their own numbers."""
    found: dict[int, Value] = {}
    start = 0
    for number, item in enumerate(value.items, value.start):
        end = start + len(entries(item))
        if any(start <= position < end for position in positions):
            found[number] = item
        start = end
    return found
