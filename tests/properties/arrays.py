"""Products, powers and functions of arrays, for the witness."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
TRANSPOSE = "\\top"
SINGULAR = 1e8


class Unread(Exception):
    """The witness does not read this."""


class Mismatch(Exception):
    """The shapes do not fit, or an index runs out of them."""


@dataclass(frozen=True)
class World:
    """What one sample gives to every name."""

    values: Mapping[str, Array]
    sizes: Mapping[str, int]
    towards: Mapping[str, Array] = field(default_factory=dict)
    """The differentials."""
    index: Mapping[str, int] = field(default_factory=dict)


Run = Callable[[World], Array]


def multiplied(factors: list[Run]) -> Run:
    """From left to right; where that does not fit, in any order of multiplication that does."""

    def run(w: World) -> Array:
        arrays = [factor(w) for factor in factors]
        try:
            result = arrays[0]
            for other in arrays[1:]:
                result = _times(result, other)
        except Mismatch:
            result = _somehow(arrays)
        return result

    return run


def _times(left: Array, right: Array) -> Array:
    if (1, 1) in (left.shape, right.shape):
        return np.asarray(left * right)
    if left.shape[1] != right.shape[0]:
        raise Mismatch
    return np.asarray(left @ right)


def _somehow(arrays: list[Array]) -> Array:
    if len(arrays) == 1:
        return arrays[0]
    for cut in range(1, len(arrays)):
        try:
            return _times(_somehow(arrays[:cut]), _somehow(arrays[cut:]))
        except Mismatch:
            continue
    raise Mismatch


def odot(left: Run, right: Run) -> Run:
    def run(w: World) -> Array:
        p, q = left(w), right(w)
        if p.shape != q.shape:
            raise Mismatch
        return p * q

    return run


def kron(left: Run, right: Run) -> Run:
    return lambda w: np.kron(left(w), right(w))


def raised(base: Run, exponent: list[str]) -> Run:
    if exponent == [TRANSPOSE]:
        return lambda w: base(w).T
    inverse = exponent[:1] == ["-"]
    transposed = exponent == ["-", TRANSPOSE]
    digits = [token for token in exponent if token.isdigit()]
    if not transposed and (len(digits) != 1 or len(exponent) != 1 + inverse):
        raise Unread("exponent")
    power = 1 if transposed else int(digits[0])

    def run(w: World) -> Array:
        array = base(w)
        if array.shape[0] != array.shape[1]:
            raise Mismatch
        if inverse:
            if np.linalg.cond(array) > SINGULAR:
                raise Unread("singular")
            array = np.linalg.inv(array)
        array = np.linalg.matrix_power(array, power)
        return array.T if transposed else array

    return run


def _square(function: Callable[[Array], Any]) -> Callable[[Array], Array]:
    def value(array: Array) -> Array:
        if array.shape[0] != array.shape[1]:
            raise Mismatch
        return np.asarray(function(array)).reshape(1, 1)

    return value


def _each(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    def value(array: Array) -> Array:
        if 1 not in array.shape:
            raise Mismatch
        return function(array)

    return value


def _diag(array: Array) -> Array:
    if 1 in array.shape:
        return np.diag(array.ravel())
    if array.shape[0] != array.shape[1]:
        raise Mismatch
    return np.diag(array).reshape(-1, 1)


FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "\\operatorname{tr}": _square(np.trace),
    "\\det": _square(np.linalg.det),
    "\\operatorname{vec}": lambda array: array.reshape(-1, 1, order="F"),
    "\\operatorname{diag}": _diag,
    "\\exp": _each(np.exp),
    "\\sin": _each(np.sin),
    "\\cos": _each(np.cos),
}
