"""Symbols and the table that a page fills from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import count
from typing import Literal

from proofread.algebra.dimensions import Dim, Shape, Unifier
from proofread.records import Place
from proofread.symbols.among import NOTHING, Among
from proofread.syntax.nodes import IndexName, Node, walk
from proofread.syntax.scope import Role

SetKind = Literal[
    "real", "whole", "choices", "range", "interval", "simplex", "symmetric", "orthogonal",
    "invertible", "function", "basis",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SetSpec:
    """Where the entries, or the whole matrix, of a symbol lie.

    ``low`` and ``high`` bound an interval, ``closed`` tells of either end whether it belongs to
    it; ``choices`` are a finite set's; ``upper`` is the last of ``{1, ..., K}``. ``sign`` tells of
    a symmetric matrix: ``""``, ``"+"`` (semidefinite) or ``"++"`` (definite).
    """

    kind: SetKind
    low: Fraction | None = None
    high: Fraction | None = None
    closed: tuple[bool, bool] = (False, False)
    choices: tuple[Fraction, ...] = ()
    upper: Dim | None = None
    sign: str = ""
    text: str = ""


REAL = SetSpec("real", text="ℝ")


@dataclass(frozen=True, slots=True)
class Range:
    """The values of a family's index."""

    first: Dim
    last: Dim

    @property
    def size(self) -> Dim:
        """How many values the index takes."""
        return self.last - self.first + Dim.of(1)


@dataclass(frozen=True, slots=True)
class Recursion:
    """How a family is defined by its own earlier, or later, members.

    ``own`` are the members that the formula gives, ``starts`` the numbers and keys of those that
    it begins with. Both are open while the page has used the family and not defined it yet;
    ``offsets`` tell how far back, or ahead, its members were used.
    """

    offsets: frozenset[int]
    own: Range | None = None
    starts: tuple[tuple[Dim, str], ...] = ()

    @property
    def forward(self) -> bool:
        """Whether later members rest on earlier ones."""
        return min(self.offsets, default=-1) < 0


@dataclass(frozen=True, slots=True)
class Signature:
    """``f : domains → codomain``."""

    domains: tuple[Shape, ...]
    codomain: Shape
    codomain_set: SetSpec = REAL


@dataclass(frozen=True, slots=True)
class Definition:
    """What a symbol stands for.

    ``formals`` are the keys of a function's arguments, ``indices`` the index letters of a
    definition by components. ``behind`` maps every symbol that it rests on, through definitions
    too, to the version of that symbol it was made with.
    """

    body: Node
    formals: tuple[str, ...] = ()
    indices: tuple[str, ...] = ()
    behind: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Symbol:
    """An entry of the table."""

    key: str
    role: Role
    shape: Shape
    set: SetSpec
    place: Place
    version: int
    family: tuple[Range, ...] = ()
    signature: Signature | None = None
    definition: Definition | None = None
    properties: frozenset[str] = frozenset()
    sides: tuple[int, ...] = ()
    arguments: tuple[str, ...] = ()
    """The symbols of the page that a family was defined as a function of, ``f_i(x) = ...``."""
    recursion: Recursion | None = None
    letters: tuple[str, ...] = ()
    """Those of a family whose members differ in size, as they stand in its shape."""

    @property
    def order(self) -> int:
        """0 for a scalar, 1 for a vector, 2 for a matrix or row, more for arrays."""
        if self.role in ("dimension", "index"):
            return 0
        if len(self.shape.dims) > 2:
            return len(self.shape.dims)
        if self.shape.scalar:
            return 0
        return 1 if self.shape.vector else 2

    @property
    def arity(self) -> int:
        """How many indices name a member; 0 for what is no family."""
        return len(self.family)

    def member_shape(self, indices: Sequence[Dim]) -> Shape:
        """The shape of the member with these indices."""
        if not self.letters:
            return self.shape
        values = {"@" + letter: dim for letter, dim in zip(self.letters, indices, strict=True)}
        return self.shape.substituted(values)

    @property
    def formals(self) -> tuple[str, ...]:
        """The keys of a function's formal arguments."""
        return self.definition.formals if self.definition else ()

    @property
    def made_of(self) -> frozenset[str]:
        """The keys that its definition rests on."""
        if self.definition is None:
            return frozenset()
        return frozenset(key for key, _ in self.definition.behind)

    @property
    def whole(self) -> bool:
        """Whether it is a whole number that may stand as an index."""
        return self.set.kind in ("whole", "range") and self.shape.scalar

    @property
    def counts(self) -> bool:
        """Whether it is a family of natural numbers that are drawn: its members may be sizes."""
        natural = self.set.kind == "whole" and self.set.text == "ℕ"
        return natural and self.shape.scalar and self.free and len(self.family) == 1

    @property
    def of_scalar(self) -> bool:
        """Whether it is a function of one scalar, with any values."""
        if self.role != "function" or self.signature is None:
            return False
        return len(self.signature.domains) == 1 and self.signature.domains[0].scalar

    @property
    def scalar_function(self) -> bool:
        """Whether it is a function of one scalar with scalar values."""
        return self.of_scalar and self.signature is not None and self.signature.codomain.scalar

    @property
    def free(self) -> bool:
        """Whether its value is drawn rather than computed."""
        return self.definition is None


_versions = count(1)


def next_version() -> int:
    """A number that no symbol had before."""
    return next(_versions)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a defined quantity, with its LaTeX and the line it stands in."""

    node: Node
    text: str
    line: int


@dataclass(slots=True)
class _Undo:
    key: str
    before: Symbol | None
    level: int
    forms: tuple[Form, ...] = ()


@dataclass(slots=True)
class Mark:
    """What the table was when a scope began."""

    symbols: dict[str, Symbol]
    forms: dict[str, tuple[Form, ...]]
    constraints: int
    assumptions: int

    def copy(self) -> Mark:
        """A mark that stays what it is when the table goes back to this one."""
        return replace(self, symbols=dict(self.symbols), forms=dict(self.forms))


@dataclass(frozen=True, slots=True)
class Assumption:
    """A condition that every sample must satisfy, in the page's words."""

    op: str
    left: Node
    right: Node
    text: str
    keys: frozenset[str]
    passing: bool = False
    """Said with *if*, so that it ends with its sentence."""
    pointwise: bool = False
    """Said with *if* of indices that a formula leaves free: of those values alone that meet it."""
    among: Among = NOTHING
    """Which values of its free indices it speaks of; of all where it says nothing."""

    @property
    def letters(self) -> frozenset[str]:
        """The index letters in it."""
        nodes = (*walk(self.left), *walk(self.right))
        return frozenset(node.name for node in nodes if isinstance(node, IndexName))


@dataclass(frozen=True, slots=True)
class Traits:
    """How a value can be differentiated and sampled: a complex step does not nest, kinks break it.

    What is undefined for some numbers takes more samples, so that they meet such numbers.
    """

    nested: bool = False
    """Whether a derivative is taken in it."""
    smooth: bool = True
    total: bool = True
    """Whether it is defined for all numbers, single ones such as poles apart."""

    def __or__(self, other: Traits) -> Traits:
        """The traits of what is made of two."""
        return Traits(
            self.nested or other.nested, self.smooth and other.smooth, self.total and other.total
        )


@dataclass(slots=True)
class Table:
    """What a page has introduced so far."""

    symbols: dict[str, Symbol] = field(default_factory=dict)
    forms: dict[str, tuple[Form, ...]] = field(default_factory=dict)
    """For each defined symbol the forms that the page gave it later, oldest first."""
    constraints: list[Assumption] = field(default_factory=list)
    """Conditions on dimensions."""
    assumptions: list[Assumption] = field(default_factory=list)
    """Conditions on free symbols."""
    used: set[str] = field(default_factory=set)
    """Keys that anything after their introduction names."""
    known: dict[str, Dim] = field(default_factory=dict)
    """Dimensions that were unknown when they were introduced."""
    traits: dict[int, Traits] = field(default_factory=dict)
    """For the version of each definition."""
    level: int = 0
    """Of the heading that the page is under."""
    undo: list[_Undo] = field(default_factory=list)
    overlay: dict[str, Symbol] = field(default_factory=dict)
    """Formal arguments, while the body of their function is read."""

    def copy(self) -> Table:
        """The table as it stands; what is added to one of the two is not in the other."""
        return replace(
            self,
            symbols=dict(self.symbols),
            forms=dict(self.forms),
            constraints=list(self.constraints),
            assumptions=list(self.assumptions),
            used=set(self.used),
            known=dict(self.known),
            traits=dict(self.traits),
            undo=list(self.undo),
            overlay=dict(self.overlay),
        )

    def lookup(self, key: str) -> Symbol | None:
        """The symbol of a key; formal arguments come first."""
        return self.overlay.get(key) or self.symbols.get(key)

    def runs(self) -> Iterable[str]:
        """The names of several plain letters."""
        return [key for key in self.symbols if len(key) > 1 and key.isalpha()]

    def keys(self) -> Iterable[str]:
        """The keys of all symbols."""
        return self.symbols.keys()

    def unifier(self) -> Unifier:
        """What is known of open dimensions, for one statement."""
        unifier = Unifier()
        unifier.known = dict(self.known)
        return unifier

    def learn(self, unifier: Unifier) -> None:
        """Keep what a statement told of dimensions that were unknown."""
        if len(unifier.known) > len(self.known):
            wanted = {name for symbol in self.symbols.values() for name in _unknowns(symbol)}
            for name in wanted:
                if name in unifier.known:
                    self.known[name] = unifier.resolve(Dim.of(name))

    # Introducing -----------------------------------------------------------------------------

    def introduce(self, symbol: Symbol) -> None:
        """Add a symbol, or replace the one of its key until the section ends."""
        before = self.symbols.get(symbol.key)
        if before is not None:
            forms = self.forms.pop(symbol.key, ())
            self.undo.append(_Undo(symbol.key, before, self.level, forms))
        self.symbols[symbol.key] = symbol

    def define(self, symbol: Symbol, definition: Definition) -> None:
        """Give a declared symbol its definition."""
        self.symbols[symbol.key] = replace(symbol, definition=definition)

    def heading(self, level: int) -> None:
        """What was declared anew under a heading ends with that heading's section."""
        while self.undo and self.undo[-1].level >= level and self.undo[-1].level > 0:
            last = self.undo.pop()
            if last.before is not None:
                self.symbols[last.key] = last.before
                self.forms[last.key] = last.forms
        self.level = level

    def end_sentence(self) -> None:
        """What a sentence assumed with *if* ends with it."""
        self.constraints = [each for each in self.constraints if not each.passing]
        self.assumptions = [each for each in self.assumptions if not each.passing]

    @property
    def assumed(self) -> list[Assumption]:
        """All conditions, on sizes and on values."""
        return [*self.constraints, *self.assumptions]

    def withdraw(self, assumed: Sequence[Assumption]) -> None:
        """Forget what was assumed for one formula alone."""
        self.constraints = [each for each in self.constraints if each not in assumed]
        self.assumptions = [each for each in self.assumptions if each not in assumed]

    def mark(self) -> Mark:
        """What the table is now, to come back to."""
        return Mark(
            dict(self.symbols), dict(self.forms), len(self.constraints), len(self.assumptions)
        )

    def back_to(self, mark: Mark) -> None:
        """Forget what a scope introduced."""
        self.symbols = mark.symbols
        self.forms = mark.forms
        del self.constraints[mark.constraints :]
        del self.assumptions[mark.assumptions :]

    def add_form(self, key: str, form: Form) -> None:
        """A form that a claim which holds gives a defined symbol."""
        self.forms[key] = (*self.forms.get(key, ()), form)

    # Asking ------------------------------------------------------------------------------------

    def stale(self, symbol: Symbol) -> tuple[Symbol, Symbol] | None:
        """A definition below ``symbol`` that is out of date, and what was declared anew."""
        if symbol.definition is None:
            return None
        for key, version in symbol.definition.behind:
            current = self.symbols.get(key)
            if current is not None and current.version != version:
                return symbol, current
        return None

    def behind(self, keys: Iterable[str]) -> frozenset[str]:
        """All symbols that the given ones rest on, themselves included."""
        result = set(keys)
        for key in list(result):
            symbol = self.lookup(key)
            if symbol is not None and symbol.definition is not None:
                result.update(name for name, _ in symbol.definition.behind)
        return frozenset(result)

    def traits_of(self, keys: Iterable[str]) -> Traits:
        """What the definitions of some symbols say of a value that is made of them."""
        traits = Traits()
        for key in keys:
            symbol = self.lookup(key)
            if symbol is not None and symbol.version in self.traits:
                traits |= self.traits[symbol.version]
        return traits


def _unknowns(symbol: Symbol) -> set[str]:
    dims = [*symbol.shape.dims]
    for each in symbol.family:
        dims += [each.first, each.last]
    if symbol.signature is not None:
        for shape in (*symbol.signature.domains, symbol.signature.codomain):
            dims += shape.dims
    return {name for dim in dims for name in dim.names if name.startswith("?")}
