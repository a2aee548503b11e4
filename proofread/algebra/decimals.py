"""Numbers of 50 digits and some to spare: decimals, and pairs of them for a complex step.

Python's own decimals are ten times as fast as ``mpmath``'s numbers at this precision; the
functions that decimals lack come from ``mpmath``. Decimals take their precision from a context,
so every piece of work with them happens inside of :func:`precise`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    localcontext,
)
from functools import lru_cache
from typing import Any

from mpmath import MPContext

from proofread.limits import DIGITS, GUARD_DIGITS

_CONTEXT = Context(
    prec=DIGITS + GUARD_DIGITS,
    Emin=MIN_EMIN,
    Emax=MAX_EMAX,
    traps=[DivisionByZero, InvalidOperation],
)
MAX_MAGNITUDE = 5_000
"""Decimal exponent of the largest number that a function is asked for."""


@contextmanager
def precise() -> Iterator[None]:
    """Inside of it, or of a function that it decorates, decimals have their digits."""
    with localcontext(_CONTEXT):
        yield


class Pair:
    """A complex number, as far as formulas need one."""

    __slots__ = ("imag", "real")

    def __init__(self, real: Decimal, imag: Decimal) -> None:
        self.real = real
        self.imag = imag

    def __add__(self, other: Any) -> Pair:
        if type(other) is Pair:
            return Pair(self.real + other.real, self.imag + other.imag)
        return Pair(self.real + other, self.imag)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Pair:
        if type(other) is Pair:
            return Pair(self.real - other.real, self.imag - other.imag)
        return Pair(self.real - other, self.imag)

    def __rsub__(self, other: Any) -> Pair:
        return Pair(other - self.real, -self.imag)

    def __neg__(self) -> Pair:
        return Pair(-self.real, -self.imag)

    def __mul__(self, other: Any) -> Pair:
        if type(other) is Pair:
            a, b, c, d = self.real, self.imag, other.real, other.imag
            return Pair(a * c - b * d, a * d + b * c)
        return Pair(self.real * other, self.imag * other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Pair:
        if type(other) is Pair:
            inverse: Pair = other._inverse()
            return self * inverse
        return Pair(self.real / other, self.imag / other)

    def __rtruediv__(self, other: Decimal | int) -> Pair:
        return self._inverse() * other

    def __pow__(self, exponent: int) -> Pair:
        """A power with a positive whole exponent."""
        result, square = None, self
        while exponent:
            if exponent & 1:
                result = square if result is None else result * square
            exponent >>= 1
            if exponent:
                square = square * square
        assert result is not None
        return result

    def __abs__(self) -> Decimal:
        return (self.real * self.real + self.imag * self.imag).sqrt()

    def __eq__(self, other: object) -> bool:
        if type(other) is Pair:
            return self.real == other.real and self.imag == other.imag
        return self.imag == 0 and self.real == other

    __hash__ = None  # type: ignore[assignment]

    def _inverse(self) -> Pair:
        square = self.real * self.real + self.imag * self.imag
        return Pair(self.real / square, -self.imag / square)


@lru_cache(maxsize=1)
def _functions() -> Any:
    context = MPContext()
    context.dps = DIGITS + GUARD_DIGITS
    return context


def function(name: str, value: Decimal | Pair) -> Decimal | Pair | None:
    """A function of ``mpmath`` by its name; none where a real argument has a complex value.

    Raises:
        OverflowError: for an argument whose exponent is out of reach.

    """
    context = _functions()
    if isinstance(value, Pair):
        found = getattr(context, name)(context.mpc(_binary(value.real), _binary(value.imag)))
        return Pair(_decimal(found.real), _decimal(found.imag))
    if name == "sqrt" and value >= 0:
        return value.sqrt()
    found = getattr(context, name)(_binary(value))
    return None if type(found) is context.mpc else _decimal(found)


def _binary(value: Decimal) -> Any:
    if value and abs(value.adjusted()) > MAX_MAGNITUDE:
        raise OverflowError
    top, bottom = value.as_integer_ratio()
    return _functions().mpf(top) / bottom


def _decimal(value: Any) -> Decimal:
    sign, mantissa, exponent, _ = value._mpf_
    if not mantissa and exponent:
        raise OverflowError
    number = Decimal(int(-mantissa if sign else mantissa))
    return Decimal(number * 2**exponent if exponent >= 0 else number / 2**-exponent)
