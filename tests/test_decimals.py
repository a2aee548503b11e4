"""The 50-digit numbers, against ``mpmath``'s at the same precision."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from mpmath import MPContext

from proofread.algebra.decimals import Pair, function, precise
from proofread.algebra.numbers import DIGITS, OutOfRange, Undefined

MP = MPContext()
MP.dps = 62
X, Y = Pair(Decimal("1.25"), Decimal("-0.375")), Pair(Decimal("-0.7"), Decimal("2.1"))


def mp(value: Any) -> Any:
    """The same number in ``mpmath``."""
    if isinstance(value, Pair):
        return MP.mpc(str(value.real), str(value.imag))
    return MP.mpf(str(value))


def close(ours: Any, theirs: Any) -> bool:
    return bool(abs(mp(ours) - theirs) <= MP.mpf("1e-60") * abs(theirs))


@pytest.mark.parametrize("name", ["add", "sub", "mul", "truediv"])
@pytest.mark.parametrize(
    ("left", "right"), [(X, Y), (X, Decimal(3)), (Decimal(3), Y), (X, 7), (7, Y)]
)
def test_arithmetic_is_that_of_complex_numbers(name: str, left: Any, right: Any) -> None:
    operate: Callable[[Any, Any], Any] = getattr(operator, name)
    assert close(operate(left, right), operate(mp(left), mp(right)))
    assert not close(operate(left, right), operate(mp(left), mp(right)) + MP.mpf("1e-55"))


@pytest.mark.parametrize("exponent", [1, 2, 3, 8, 13])
def test_whole_powers(exponent: int) -> None:
    assert close(X**exponent, mp(X) ** exponent)


def test_size_and_sign() -> None:
    assert close(abs(X), abs(mp(X)))
    assert close(-X, -mp(X))
    assert Pair(Decimal("1.25"), Decimal("-0.375")) == X
    assert X != Y
    assert Pair(Decimal(2), Decimal(0)) == 2
    assert Pair(Decimal(2), Decimal(1)) != 2


@pytest.mark.parametrize("name", ["exp", "log", "sqrt", "sin", "tanh", "atan"])
@pytest.mark.parametrize("value", [Decimal("0.3"), Decimal("1.75"), X, Y])
def test_functions(name: str, value: Any) -> None:
    assert close(function(name, value), getattr(MP, name)(mp(value)))


def test_a_real_argument_has_no_complex_value() -> None:
    assert function("log", Decimal(-1)) is None
    with pytest.raises(Undefined, match=r"^acosh is not defined there$"):
        DIGITS.function("acosh", Decimal("0.5"))


def test_an_argument_out_of_reach_is_said_so() -> None:
    with pytest.raises(OutOfRange, match=r"^sin is too large$"):
        DIGITS.function("sin", Decimal("1e6000"))


def test_the_step_leaves_the_derivative() -> None:
    """Of a cube at 2; without the digits that ``precise`` gives, less would be left."""
    moved = Decimal(2) + Pair(Decimal(0), DIGITS.step)
    assert (moved**3).imag / DIGITS.step == 12


def test_digits_are_there_inside_of_precise_only() -> None:
    from decimal import localcontext

    with localcontext(prec=28):
        assert len((Decimal(1) / 3).as_tuple().digits) == 28
        with precise():
            assert len((Decimal(1) / 3).as_tuple().digits) == 62
        assert len((Decimal(1) / 3).as_tuple().digits) == 28
