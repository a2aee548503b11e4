"""Dimensions and shapes by name: polynomials with whole coefficients, and their unification."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Self

from proofread.algebra.families import member_key
from proofread.algebra.numbers import OutOfRange

Monomial = tuple[str, ...]


class Indexed(str):
    """The name of a size that differs between the members of a family: ``n_{@l-1}``.

    ``family`` is the key of the sizes, ``n_{}``, and ``which`` is the index.
    """

    family: str
    which: Dim

    def __new__(cls, family: str, which: Dim) -> Self:
        """The name that the index gives."""
        name = super().__new__(cls, member_key(family, str(which).replace(" ", "")))
        name.family, name.which = family, which
        return name

    def __reduce__(self) -> tuple[type[Indexed], tuple[str, Dim]]:
        """How a copy of it is made in another process."""
        return Indexed, (self.family, self.which)


@dataclass(frozen=True, slots=True)
class Dim:
    """A dimension such as ``n``, ``3``, ``n + 1`` or ``m k``.

    ``terms`` maps each product of names (sorted) to its coefficient. A name that begins with
    ``?`` is an unknown, to be found by unification.
    """

    terms: tuple[tuple[Monomial, int], ...]

    @staticmethod
    def of(value: int | str) -> Dim:
        """The dimension that is one name or one number."""
        if isinstance(value, int):
            return Dim((((), value),) if value else ())
        return Dim((((value,), 1),))

    @staticmethod
    def from_terms(terms: Mapping[Monomial, int]) -> Dim:
        """The dimension of a mapping from products of names to coefficients."""
        kept = [(monomial, factor) for monomial, factor in terms.items() if factor]
        return Dim(tuple(sorted(kept, key=lambda term: (-len(term[0]), term[0]))))

    def __add__(self, other: Dim) -> Dim:
        terms = dict(self.terms)
        for monomial, factor in other.terms:
            terms[monomial] = terms.get(monomial, 0) + factor
        return Dim.from_terms(terms)

    def __neg__(self) -> Dim:
        return Dim(tuple((monomial, -factor) for monomial, factor in self.terms))

    def __sub__(self, other: Dim) -> Dim:
        return self + -other

    def __mul__(self, other: Dim) -> Dim:
        terms: dict[Monomial, int] = {}
        for left, p in self.terms:
            for right, q in other.terms:
                monomial = tuple(sorted(left + right))
                terms[monomial] = terms.get(monomial, 0) + p * q
        return Dim.from_terms(terms)

    @property
    def number(self) -> int | None:
        """The value, where no name stands in it."""
        if not self.terms:
            return 0
        if len(self.terms) == 1 and not self.terms[0][0]:
            return self.terms[0][1]
        return None

    @property
    def names(self) -> frozenset[str]:
        """All names that stand in it."""
        return frozenset(name for monomial, _ in self.terms for name in monomial)

    @property
    def name(self) -> str | None:
        """The name, where the dimension is a lone one."""
        if len(self.terms) == 1 and self.terms[0][1] == 1 and len(self.terms[0][0]) == 1:
            return self.terms[0][0][0]
        return None

    @property
    def unknown(self) -> bool:
        """Whether a name in it is still to be found."""
        return any(name.startswith("?") for name in self.names)

    def substituted(self, values: Mapping[str, Dim]) -> Dim:
        """The dimension with other ones in the place of some of its names."""
        total = ZERO
        for monomial, factor in self.terms:
            product = Dim.of(factor)
            for name in monomial:
                product = product * (values.get(name) or _with_index(name, values))
            total = total + product
        return total

    @property
    def never_negative(self) -> bool:
        """Whether that can be told for all names at one and above: they are one and some more."""
        above = self.substituted({name: Dim.of(name) + ONE for name in self.names})
        return all(factor > 0 for _, factor in above.terms)

    def evaluate(self, sizes: Mapping[str, int]) -> int:
        """The number under ``sizes``; a name that is missing raises ``KeyError``."""
        total = 0
        for monomial, factor in self.terms:
            for name in monomial:
                factor *= sizes[name] if type(name) is str else _of_member(name, sizes)
            total += factor
        return total

    @property
    def indexed(self) -> bool:
        """Whether a size in it is that of a member of a family."""
        return any(type(name) is not str for monomial, _ in self.terms for name in monomial)

    @property
    def letters(self) -> frozenset[str]:
        """The index letters on which a size in it depends."""
        return frozenset(
            letter.removeprefix("@")
            for name in self.names
            if isinstance(name, Indexed)
            for letter in name.which.names
            if letter.startswith("@")
        )

    def __str__(self) -> str:
        if not self.terms:
            return "0"
        parts: list[str] = []
        for monomial, factor in self.terms:
            names = "".join(
                f"{_shown(name)}{f'^{times}' if times > 1 else ''}"
                for name, times in Counter(monomial).items()
            )
            size = "" if abs(factor) == 1 and names else str(abs(factor))
            sign = "-" if factor < 0 else "+"
            parts.append(
                f" {sign} {size}{names}" if parts else f"{'-' * (factor < 0)}{size}{names}"
            )
        return "".join(parts)


def with_letters(sizes: Mapping[str, int], numbers: Mapping[str, int]) -> dict[str, int]:
    """Sizes by their names, and with them the numbers that index letters stand for."""
    return {**sizes, **{"@" + letter: number for letter, number in numbers.items()}}


def _shown(name: str) -> str:
    if isinstance(name, Indexed):
        return name.replace("@", "")
    return "?" if name.startswith("?") else name


def _with_index(name: str, values: Mapping[str, Dim]) -> Dim:
    if isinstance(name, Indexed):
        return Dim.of(Indexed(name.family, name.which.substituted(values)))
    return Dim.of(name)


def _of_member(name: str, sizes: Mapping[str, int]) -> int:
    assert isinstance(name, Indexed)
    member = Indexed(name.family, Dim.of(name.which.evaluate(sizes)))
    if member not in sizes:
        raise OutOfRange(f"there is no size {member}")
    return sizes[member]


ONE = Dim.of(1)
ZERO = Dim.of(0)


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows and columns, or the dimensions of an array of higher order."""

    dims: tuple[Dim, ...]

    @property
    def rows(self) -> Dim:
        """The first dimension."""
        return self.dims[0]

    @property
    def columns(self) -> Dim:
        """The second dimension."""
        return self.dims[1]

    @property
    def scalar(self) -> bool:
        """Whether it is one by one."""
        return self == SCALAR

    @property
    def vector(self) -> bool:
        """Whether it is a column of more than one entry."""
        return len(self.dims) == 2 and self.columns == ONE and self.rows != ONE

    @property
    def row(self) -> bool:
        """Whether it is a single row of more than one entry."""
        return len(self.dims) == 2 and self.rows == ONE and self.columns != ONE

    @property
    def matrix(self) -> bool:
        """Whether it has more than one row and more than one column."""
        return len(self.dims) == 2 and self.rows != ONE and self.columns != ONE

    @property
    def transposed(self) -> Shape:
        """Rows and columns exchanged."""
        return Shape((self.columns, self.rows))

    @property
    def letters(self) -> frozenset[str]:
        """The index letters on which a size in it depends."""
        return frozenset[str]().union(*(dim.letters for dim in self.dims))

    @property
    def names(self) -> frozenset[str]:
        """All names that stand in its dimensions."""
        return frozenset[str]().union(*(dim.names for dim in self.dims))

    def substituted(self, values: Mapping[str, Dim]) -> Shape:
        """The shape with other dimensions in the place of some names."""
        return Shape(tuple(dim.substituted(values) for dim in self.dims))

    def __str__(self) -> str:
        if self.scalar:
            return "scalar"
        return "×".join(f"({dim})" if len(dim.terms) > 1 else str(dim) for dim in self.dims)


SCALAR = Shape((ONE, ONE))

_numbers = count()


def unknown() -> Dim:
    """A dimension that is not known yet."""
    return Dim.of(f"?{next(_numbers)}")


class Unifier:
    """What is known of the unknown dimensions."""

    def __init__(self) -> None:
        self.known: dict[str, Dim] = {}

    def resolve(self, dim: Dim) -> Dim:
        """The dimension with all that is known filled in."""
        while any(name in self.known for name in dim.names):
            dim = dim.substituted(self.known)
        return dim

    def shape(self, shape: Shape) -> Shape:
        """The shape with all that is known filled in."""
        if not self.known:
            return shape
        return Shape(tuple(self.resolve(dim) for dim in shape.dims))

    def unify(self, left: Dim, right: Dim) -> bool:
        """Make the two equal, if that can be; whether it could."""
        left, right = self.resolve(left), self.resolve(right)
        if left == right:
            return True
        difference = left - right
        for monomial, factor in difference.terms:
            if len(monomial) == 1 and monomial[0].startswith("?") and abs(factor) == 1:
                name = monomial[0]
                rest = Dim(tuple(term for term in difference.terms if term[0] != monomial))
                if name in rest.names:
                    continue
                self.known[name] = rest if factor == -1 else -rest
                return True
        return self._divide(difference)

    def _divide(self, difference: Dim) -> bool:
        """Find the unknown of ``? m - k m``, where one factor stands beside it."""
        unknowns = {name for name in difference.names if name.startswith("?")}
        beside = [term for term in difference.terms if unknowns & set(term[0])]
        if len(unknowns) != 1 or len(beside) != 1:
            return False
        name = next(iter(unknowns))
        monomial, factor = beside[0]
        if monomial.count(name) != 1:
            return False
        by = Counter(each for each in monomial if each != name)
        found: dict[Monomial, int] = {}
        for names, times in difference.terms:
            if (names, times) == beside[0]:
                continue
            left = Counter(names)
            if by - left or times % factor:
                return False
            found[tuple(sorted((left - by).elements()))] = -times // factor
        if not any(times > 0 for times in found.values()):
            return False
        self.known[name] = Dim.from_terms(found)
        return True

    def unify_shapes(self, left: Shape, right: Shape) -> bool:
        """Make two shapes equal, if that can be; whether it could."""
        if len(left.dims) != len(right.dims):
            return False
        saved = dict(self.known)
        if all(self.unify(p, q) for p, q in zip(left.dims, right.dims, strict=True)):
            return True
        self.known = saved
        return False
