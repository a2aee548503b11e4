"""What the parser asks the page's symbol table, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

Role = Literal["value", "function", "dimension", "index"]


class Entry(Protocol):
    """A symbol as the parser sees it."""

    @property
    def key(self) -> str:
        """What the table calls it."""

    @property
    def role(self) -> Role:
        """What kind of thing it is."""

    @property
    def order(self) -> int:
        """0 for a scalar, 1 for a vector, 2 for a matrix or row, 3 and more for arrays."""

    @property
    def arity(self) -> int:
        """How many indices name a member of a family; 0 for what is no family."""

    @property
    def formals(self) -> tuple[str, ...]:
        """The keys of a function's formal arguments, where it was defined with some."""

    @property
    def arguments(self) -> tuple[str, ...]:
        """The symbols that a family was defined as a function of."""

    @property
    def made_of(self) -> frozenset[str]:
        """The keys that its definition rests on."""

    @property
    def whole(self) -> bool:
        """Whether it is a natural number, so that it may stand as an index."""

    @property
    def of_scalar(self) -> bool:
        """Whether it is a function of one scalar, with any values."""


class Scope(Protocol):
    """The table, as far as the parser asks it."""

    def lookup(self, key: str) -> Entry | None:
        """The symbol of a key."""

    def runs(self) -> Iterable[str]:
        """The names of several plain letters."""

    def keys(self) -> Iterable[str]:
        """The keys of all symbols."""
