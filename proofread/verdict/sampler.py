"""Draws of all free symbols behind a statement, such that every assumption holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random

from proofread.algebra import linear
from proofread.algebra import matrices as m
from proofread.algebra.dimensions import Dim, Indexed
from proofread.algebra.matrices import Matrix, Value, entries, rebuild, require_room
from proofread.algebra.numbers import DOUBLES, Field, NotDifferentiable, OutOfRange, Undefined
from proofread.latex.tokens import Span
from proofread.records import Place
from proofread.samples.draw import GENERIC, Base, Mode, build, draw
from proofread.samples.sizes import SMALLEST, SizeTest, draw_sizes
from proofread.symbols.among import COMPARE
from proofread.symbols.table import REAL, Assumption, Symbol
from proofread.syntax.dims import to_dim
from proofread.syntax.nodes import Big, Element, Member, Node, Num, Op, Relation, strip, walk
from proofread.values.frame import Budget, Frame
from proofread.verdict.assumed import compiled, speaks_of
from proofread.verdict.newton import difference, solve_equations
from proofread.verdict.state import State

UNSTABLE = (Undefined, OutOfRange, NotDifferentiable, OverflowError, ZeroDivisionError)

MOST_ODD = 3
"""Names whose sizes are made odd together: more of them grow too large."""
MOST_NAMED = 12
"""The largest number of an element or a member for which sizes are drawn large enough."""
LEAST_STEPS = 3
"""Of a recursion: with fewer, a wrong power or range may pass for a right one."""
SCATTERED = frozenset({"choices", "range", "whole", "orthogonal"})
"""Kinds of sets that are in several parts."""


@dataclass(slots=True)
class Sample:
    """One draw; its values are made in any kind of numbers from the same random ones."""

    sampler: Sampler
    sizes: dict[str, int]
    bases: dict[str, Base]
    towards: dict[str, Base]
    made: dict[str, dict[str, Value]] = field(default_factory=dict)
    frames: dict[str, Frame] = field(default_factory=dict)

    def values(self, field_: Field) -> dict[str, Value]:
        """The values of all drawn symbols in one kind of numbers."""
        if field_.name not in self.made:
            values = {
                key: build(self.sampler.symbols[key], base, self.sizes, field_)
                for key, base in self.bases.items()
            }
            start = self.made.get("double") if field_.name != "double" else None
            self.made[field_.name] = self.sampler.projected(values, self.sizes, field_, start)
        return self.made[field_.name]

    def shared_frame(self, field_: Field, budget: Budget) -> Frame:
        """One frame for all terms of a statement, so that its definitions are computed once."""
        if field_.name not in self.frames:
            self.frames[field_.name] = self.frame(field_, budget)
        frame = self.frames[field_.name]
        frame.budget = budget
        frame.idx = {}
        return frame

    def frame(self, field_: Field, budget: Budget) -> Frame:
        """A fresh frame; nothing is computed yet."""
        state = self.sampler.state
        frame = Frame(field_, self.sizes, dict(self.values(field_)), state.table.symbols,
                      state.codes, budget)  # fmt: skip
        frame.where = self.sampler.where
        if self.towards:
            frame.directions = {
                key: build(_unstructured(self.sampler.symbols[key]), base, self.sizes, field_)
                for key, base in self.towards.items()
            }
        return frame


def _numbers_among(nodes: Iterable[Node]) -> list[float]:
    """The numbers and plain fractions among the nodes."""
    found: list[float] = []
    for bare in map(strip, nodes):
        if isinstance(bare, Num):
            found.append(float(bare.value))
        elif isinstance(bare, Op) and bare.op == "frac":
            top, bottom = map(strip, bare.args)
            if isinstance(top, Num) and isinstance(bottom, Num) and bottom.value:
                found.append(float(top.value / bottom.value))
    return found


def _has_sign_of_sizes(node: Node) -> bool:
    r"""Whether a node is such as ``(-1)^n``, ``\det(-A)`` or a product: one sign a factor."""
    if isinstance(node, Big):
        return node.op == "prod"
    if isinstance(node, Op) and node.op == "power":
        return not isinstance(strip(node.args[1]), Num)
    return isinstance(node, Op) and node.op == "det"


def _unstructured(symbol: Symbol) -> Symbol:
    """The symbol as if every entry varied by itself: its differential has no structure."""
    return replace(symbol, set=REAL, properties=frozenset())


class Sampler:
    """Draws samples for the free symbols behind ``keys``."""

    def __init__(
        self, state: State, keys: Iterable[str], nodes: Iterable[Node], dims: Iterable[Dim],
        span: Span, name: str, varying: Iterable[str] = (),
        extra: Iterable[Assumption] = (), letters: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self.state = state
        table = state.table
        self.symbols: dict[str, Symbol] = {}
        self.span = span
        self.rng = Random(f"{state.seed}|{name}")
        self.budget = state.budget(span)
        """What its draws count against: that of the statement, once it draws."""
        relevant = self._with_assumptions(set(keys), extra)
        for key in sorted(relevant):
            symbol = table.lookup(key)
            if symbol is not None and symbol.free and symbol.role in ("value", "function"):
                self.symbols[key] = symbol
        self.varying = [key for key in sorted(varying) if key in self.symbols]
        self.names: set[str] = set()
        self.counted: set[str] = set()
        """Families of sizes, ``n_l``."""
        self.positive: list[Dim] = []
        self._collect_dims(relevant, dims)
        self.tests: list[SizeTest] = [
            _size_test(each) for each in table.constraints if each.keys <= self.names
        ]
        for symbol in self.symbols.values():
            if "full column rank" in symbol.properties:
                self.tests.append(_tall(symbol))
        self.tests += [
            _at_least(each.recursion.own.size, LEAST_STEPS)
            for key in sorted(relevant)
            if (each := table.lookup(key)) and each.recursion and each.recursion.own
        ]
        self.least = SMALLEST
        self.near: list[float] = []
        self.sign_of_sizes = False
        """Whether a sign may depend on sizes: all ways to be odd or even are drawn then."""
        self.rounds = 0
        self.before: dict[str, int] | None = None
        """The sizes of the round before."""
        self.behind = relevant
        self.numbers_of(nodes)
        conditions = [compiled(state, each) for each in self.assumptions]
        self.conditions = [each for each in conditions if not speaks_of(each, letters)]
        self.where = [each.holds_here for each in conditions if speaks_of(each, letters)]
        """What an *if* says of the free ``letters`` of the formula, for some of their values."""

    def _with_assumptions(self, keys: set[str], extra: Iterable[Assumption]) -> set[str]:
        """The keys, and those that assumptions tie to them."""
        self.assumptions: list[Assumption] = []
        pending = [*self.state.table.assumptions, *extra]
        keys = set(self.state.table.behind(keys))
        changed = True
        while changed:
            changed = False
            for each in list(pending):
                if each.keys & keys:
                    self.assumptions.append(each)
                    pending.remove(each)
                    keys |= self.state.table.behind(each.keys)
                    changed = True
        return keys

    def _collect_dims(self, keys: set[str], dims: Iterable[Dim]) -> None:
        table = self.state.table
        unifier = table.unifier()
        found = list(dims)
        for key in keys:
            symbol = table.lookup(key)
            if symbol is None:
                continue
            if symbol.role == "dimension":
                self.names.add(key)
            found += symbol.shape.dims
            for each in symbol.family:
                found += [each.size, each.last]
                self.positive.append(unifier.resolve(each.size))
            if symbol.signature is not None:
                for shape in (*symbol.signature.domains, symbol.signature.codomain):
                    found += shape.dims
            if symbol.set.upper is not None:
                found.append(symbol.set.upper)
        for dim in found:
            self._collect_names(unifier.resolve(dim))
        for key in sorted(self.counted):
            (each,) = self.state.table.symbols[key].family
            for end in (each.first, each.last, each.size):
                self._collect_names(unifier.resolve(end))
        self._resolved = unifier

    def _collect_names(self, dim: Dim) -> None:
        """The names whose sizes are drawn for a dimension, which is one or more."""
        for name in dim.names:
            if isinstance(name, Indexed):
                self.counted.add(name.family)
                self.names |= {each for each in name.which.names if each[0] != "@"}
            else:
                self.names.add(name)
        if dim.number is None and not dim.indexed:
            self.positive.append(dim)

    def numbers_of(self, nodes: Iterable[Node]) -> None:
        """Sizes large enough for elements named by number; numbers that conditions name."""
        found = [self.state.table.lookup(key) for key in self.state.table.behind(self.behind)]
        bodies = [each.definition.body for each in found if each and each.definition]
        for node in [*nodes, *bodies]:
            for part in walk(node):
                if isinstance(part, Element):
                    numbers = _numbers_among([each for each in part.indices if each is not None])
                    self.least = max(
                        [self.least, *(min(int(each), MOST_NAMED) for each in numbers)]
                    )
                elif isinstance(part, Member):
                    self._require_members(part)
                elif isinstance(part, Relation):
                    self.near += _numbers_among([part.left, part.right])
                elif _has_sign_of_sizes(part):
                    self.sign_of_sizes = True

    def _require_members(self, node: Member) -> None:
        """Sizes at which a family has a member that is named by its number."""
        symbol = self.state.table.lookup(node.family.key)
        for index, each in zip(node.indices, symbol.family if symbol else (), strict=False):
            last = self._resolved.resolve(each.last)
            for number in _numbers_among([index]):
                if last.number is None and not last.unknown and number <= MOST_NAMED:
                    self.tests.append(_at_least(last, int(number)))

    def _make_alike(self, bases: dict[str, Base]) -> None:
        """The same values for all symbols of one shape and one set: a border of many relations."""
        first: dict[Symbol, Base] = {}
        for key, symbol in self.symbols.items():
            if symbol.role == "value":
                kind = replace(symbol, key="", place=Place(0, 0), version=0)
                bases[key] = first.setdefault(kind, bases[key])

    def _bring_near(self, bases: dict[str, Base]) -> None:
        """Half of the time, a scalar close to a number that a condition names."""
        if not self.near:
            return
        for key, symbol in self.symbols.items():
            plain = symbol.role == "value" and symbol.set.kind == "real" and not symbol.family
            if plain and symbol.shape.scalar and self.rng.random() < 0.5:
                bases[key] = [round(self.rng.choice(self.near) + self.rng.uniform(-0.6, 0.6), 3)]

    @property
    def connected(self) -> bool:
        """Whether what holds around one sample holds at all: no draw chooses one of several parts.

        An orthogonal matrix turns or reflects, and an equation may have several solutions.
        """
        return not any(
            symbol.set.kind in SCATTERED or "orthogonal" in symbol.properties
            for symbol in self.symbols.values()
        ) and not any(each.assumption.op == "=" for each in self.conditions)

    def sizes(self, least: int | None = None) -> dict[str, int] | None:
        """Sizes for all dimension names, or ``None`` where none pass the tests."""
        odd = self._odd()
        # Of any two sizes each is once the larger: what needs that is not right by chance.
        unlike = self.before if self.rounds % 2 == 0 else None
        sizes = draw_sizes(self.names, self.tests, self.positive, least or self.least, self.rng,
                           odd, unlike)  # fmt: skip
        self.before = dict(sizes) if sizes is not None else None
        if sizes is not None:
            try:
                for key in sorted(self.counted):
                    sizes |= self._of_members(key, sizes, least or self.least)
            except OutOfRange:
                return None
            for name, dim in self.state.table.known.items():
                try:
                    sizes[name] = self._resolved.resolve(dim).evaluate(sizes)
                except (KeyError, OutOfRange):
                    continue
        return sizes

    def _of_members(self, key: str, sizes: Mapping[str, int], least: int) -> dict[str, int]:
        """Sizes ``n_l``, each different from the others and from all other sizes."""
        (each,) = self.state.table.symbols[key].family
        first, last = (
            self._resolved.resolve(end).evaluate(sizes) for end in (each.first, each.last)
        )
        require_room(last - first + 1)
        taken = set(sizes.values())
        pool = range(least, least + last - first + 2 + len(taken))
        numbers = self.rng.sample([k for k in pool if k not in taken], last - first + 1)
        return {Indexed(key, Dim.of(k)): size for k, size in enumerate(numbers, first)}

    @property
    def ways(self) -> int:
        """In how many ways the sizes may be odd or even, where a sign may depend on that."""
        many = not self.sign_of_sizes or len(self.names) > MOST_ODD
        return 0 if many else 2 ** len(self.names)

    def _odd(self) -> list[bool]:
        """Which sizes are odd in this round: in turn each way, beginning with all of them."""
        self.rounds += 1
        if not self.ways:
            return []
        return [bool(self.ways - self.rounds >> k & 1) for k in range(len(self.names))]

    def draw(
        self, sizes: dict[str, int], budget: Budget, mode: Mode = GENERIC,
        modes: Mapping[str, Mode] | None = None,
    ) -> Sample | None:  # fmt: skip
        """A sample that satisfies the assumptions, or ``None`` where none was found."""
        for attempt in range(40 if self.conditions else 1):
            if attempt > 20 and mode.kind == "generic":
                mode = Mode(mode.scale * 3)
            budget.spend(20)
            self.budget = budget
            modes = modes or {}
            try:
                bases = {
                    key: draw(symbol, sizes, self.rng, modes.get(key, mode))
                    for key, symbol in self.symbols.items()
                }
                if mode.kind == "alike" and not modes:
                    self._make_alike(bases)
                self._bring_near(bases)
                for key in self.counted & bases.keys():
                    bases[key] = _sizes_of(key, sizes)
                towards = {
                    key: draw(_unstructured(self.symbols[key]), sizes, self.rng)
                    for key in self.varying
                }
                sample = Sample(self, sizes, bases, towards)
                if self._admissible(sample, budget):
                    return sample
            except UNSTABLE:
                continue
        return None

    def samples(self, attempts: int, budget: Budget) -> Iterator[Sample]:
        """Up to that many samples, each at sizes of its own."""
        for _ in range(attempts):
            sizes = self.sizes()
            sample = self.draw(sizes, budget) if sizes is not None else None
            if sample is not None:
                yield sample

    def _admissible(self, sample: Sample, budget: Budget) -> bool:
        values = sample.values(DOUBLES)
        for key, symbol in self.symbols.items():
            if not _well_conditioned(symbol, values[key]):
                return False
        if not self.conditions:
            return True
        frame = sample.frame(DOUBLES, budget)
        return all(condition.holds(frame) for condition in self.conditions)

    # Equations among the assumptions ------------------------------------------------------------

    def projected(
        self, values: dict[str, Value], sizes: dict[str, int], field_: Field,
        start: dict[str, Value] | None,
    ) -> dict[str, Value]:  # fmt: skip
        """The values moved so that every assumed equation holds."""
        equations = [each for each in self.conditions if each.assumption.op == "="]
        if not equations:
            return values
        keys = sorted(
            key for each in equations for key in self.state.table.behind(each.assumption.keys)
            if key in values and _can_move(self.symbols[key])
        )  # fmt: skip
        keys = list(dict.fromkeys(keys))

        def residual(moved: dict[str, Value]) -> list[Value]:
            frame = Frame(field_, sizes, dict(moved), self.state.table.symbols, self.state.codes,
                          self.budget)  # fmt: skip
            zeros = [
                entry for each in equations for sides in each.sides(frame)
                for entry in difference(*sides)
            ]  # fmt: skip
            self.budget.spend((10 + len(zeros) ** 2) * field_.cost)  # with what Newton's step takes
            return zeros

        if start is not None:
            values = {
                **values,
                **{key: rebuild(values[key], [field_.num(x) for x in entries(start[key])])
                   for key in keys},
            }  # fmt: skip
        return solve_equations(residual, values, keys, field_)


def _sizes_of(key: str, sizes: Mapping[str, int]) -> list[list[float]]:
    """The sizes of a family's members, as its values."""
    return [
        [float(sizes[name])] for name in sizes if isinstance(name, Indexed) and name.family == key
    ]


def _can_move(symbol: Symbol) -> bool:
    return (
        symbol.role == "value"
        and symbol.set.kind == "real"
        and not (symbol.properties - {"constant", "full column rank", "invertible"})
    )


def _well_conditioned(symbol: Symbol, value: Value) -> bool:
    if symbol.role == "function" or symbol.family:
        return True
    if symbol.set.kind == "invertible" or "invertible" in symbol.properties:
        return bool(abs(linear.determinant(DOUBLES, value)) > 0.05)
    if "full column rank" in symbol.properties and type(value) is Matrix:
        gram = m.multiply(m.transpose(value), value)
        return bool(abs(linear.determinant(DOUBLES, gram)) > 0.01)
    return True


def _size_test(assumption: Assumption) -> SizeTest:
    left, right = to_dim(assumption.left), to_dim(assumption.right)
    assert left is not None
    assert right is not None
    compare = COMPARE[assumption.op]
    return lambda sizes: compare(left.evaluate(sizes), right.evaluate(sizes))


def _at_least(dim: Dim, number: int) -> SizeTest:
    return lambda sizes: dim.evaluate(sizes) >= number


def _tall(symbol: Symbol) -> SizeTest:
    rows, columns = symbol.shape.rows, symbol.shape.columns
    return lambda sizes: rows.evaluate(sizes) >= columns.evaluate(sizes)
