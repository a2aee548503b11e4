"""The two kinds of numbers that formulas are evaluated with: doubles and 50 digits.

Functions are evaluated as real functions that a complex step passes through: their domain is
tested on the real part, and pieces (``abs``, ``max``) are chosen by it.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from proofread.algebra import decimals
from proofread.limits import (
    CENTRAL_STEP_DIGITS,
    CENTRAL_STEP_DOUBLE,
    STEP_DIGITS,
    STEP_DOUBLE,
)

Number = Any
"""float, complex, or a decimal and a pair of them."""


class Undefined(Exception):
    """A function was asked for a value outside its domain."""


class AtBorder(Undefined):
    """The argument is the very border of the domain, where rounding may have brought it."""


class OutOfRange(Exception):
    """A number too large or too small to go on with at this sample."""


class NotDifferentiable(Exception):
    """The sample lies on a kink."""


MAX_EXPONENT_ARGUMENT = 600.0
LARGEST = Decimal(10) ** 300
"""Sizes are told as doubles."""


class Field:
    """Arithmetic of one kind of numbers; everything else is written against it."""

    name: str
    noise: float
    """A pivot below this share of the largest entry is rounding alone."""
    cost: int
    """Of one operation, in those of doubles."""
    step: Number
    """Of the complex step."""
    central_step: Number

    def num(self, value: Fraction | float) -> Number:
        """A number of this kind."""
        raise NotImplementedError

    def size(self, numbers: Sequence[Number]) -> float:
        """The largest absolute real part."""
        return max((abs(number.real) for number in numbers), default=0.0)

    def complex(self, real: Number, imaginary: Number) -> Number:
        """``real`` with an imaginary part added."""
        raise NotImplementedError

    def function(self, name: str, value: Number) -> Number:
        """An analytic function by its name in :mod:`math`."""
        raise NotImplementedError

    def exp(self, value: Number) -> Number:
        """The exponential; out of range where doubles would overflow."""
        if abs(value.real) > MAX_EXPONENT_ARGUMENT:
            raise OutOfRange("the exponential is too large or too small")
        return self.function("exp", value)

    def log(self, value: Number) -> Number:
        """The natural logarithm of a number with a positive real part."""
        if value.real <= 0:
            where = Undefined if value.real else AtBorder
            raise where("the logarithm needs a positive argument")
        return self.function("log", value)

    def sqrt(self, value: Number) -> Number:
        """The square root of a number whose real part is not negative."""
        if value.real < 0:
            raise Undefined("the square root needs an argument that is not negative")
        if value == 0:
            return self.num(0)
        return self.function("sqrt", value)

    def power(self, base: Number, exponent: Number) -> Number:
        """``base ** exponent``; an exponent that is no whole number needs a positive base."""
        real = exponent.real
        if exponent == real and real == int(real) and abs(real) <= 10_000:
            return self.whole_power(base, int(real))
        if base.real < 0 or (base == 0 and real <= 0):
            raise Undefined("a power with such an exponent needs a positive base")
        if base == 0:
            return self.num(0)
        return self.exp(exponent * self.log(base))

    def whole_power(self, base: Number, exponent: int) -> Number:
        """A whole power by repeated multiplication."""
        if exponent < 0:
            return self.num(1) / self.whole_power(self.nonzero(base), -exponent)
        try:
            return base**exponent if exponent else self.num(1)
        except OverflowError:
            raise OutOfRange("the power is too large") from None

    def nonzero(self, value: Number) -> Number:
        """The number itself.

        Raises:
            Undefined: for zero.

        """
        if value == 0:
            raise AtBorder("a division by zero")
        return value

    def divide(self, left: Number, right: Number) -> Number:
        """The quotient of two numbers."""
        return left / self.nonzero(right)


class Doubles(Field):
    """``float`` and ``complex``."""

    name = "double"
    noise = 1e-14
    cost = 1
    step = STEP_DOUBLE
    central_step = CENTRAL_STEP_DOUBLE

    def num(self, value: Fraction | float) -> Number:
        """A number of this kind."""
        try:
            return float(value)
        except OverflowError:
            raise OutOfRange("the number is too large") from None

    def complex(self, real: Number, imaginary: Number) -> Number:
        """``real`` with an imaginary part added."""
        if type(real) is complex:
            return real + complex(0.0, imaginary)
        return complex(real, imaginary)

    def function(self, name: str, value: Number) -> Number:
        """An analytic function by its name in :mod:`math`."""
        module = cmath if type(value) is complex else math
        try:
            return getattr(module, name)(value)
        except OverflowError:
            raise OutOfRange(f"{name} is too large") from None
        except ValueError:
            raise Undefined(f"{name} is not defined there") from None


class Digits(Field):
    """50 decimal digits and some to spare."""

    name = "digits"
    noise = 1e-48
    cost = 3
    step = Decimal(str(STEP_DIGITS))
    central_step = Decimal(str(CENTRAL_STEP_DIGITS))

    def num(self, value: Fraction | float) -> Number:
        """A number of this kind."""
        if isinstance(value, Fraction):
            return Decimal(value.numerator) / value.denominator
        return +Decimal(value)

    def size(self, numbers: Sequence[Number]) -> float:
        """The largest absolute real part."""
        return float(min(max((abs(number.real) for number in numbers), default=0), LARGEST))

    def complex(self, real: Number, imaginary: Number) -> Number:
        """``real`` with an imaginary part added."""
        return real + decimals.Pair(Decimal(0), imaginary)

    def function(self, name: str, value: Number) -> Number:
        """An analytic function by its name in :mod:`math`."""
        try:
            result = decimals.function(name, value)
        except OverflowError:
            raise OutOfRange(f"{name} is too large") from None
        if result is None:
            raise Undefined(f"{name} is not defined there")
        return result


DOUBLES = Doubles()


DIGITS = Digits()
