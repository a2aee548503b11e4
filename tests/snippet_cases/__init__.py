"""What each function of ``snippets/`` is given, and its derivative by the complex step."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np

SNIPPETS = Path(__file__).parents[2] / "snippets"
SEED = 20

Array = np.ndarray


def module(file: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(Path(file).stem, SNIPPETS / file)
    assert spec
    assert spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def derivative(function: Callable[[Array], Array], at: Array) -> Array:
    """The derivative by the complex step: the indices of ``at`` come first."""
    step = 1e-30
    found = []
    for place in np.ndindex(at.shape):
        moved = at.astype(complex)
        moved[place] += 1j * step
        found.append(np.imag(function(moved)) / step)
    return np.array(found).reshape(at.shape + np.shape(found[0]))


def along(function: Callable[[Array], Array], at: Array, change: Array) -> Array:
    """The derivative of a number along a change."""
    return np.sum(derivative(function, at) * change)


def columns(matrix: Array) -> Array:
    """The columns of a matrix, stacked."""
    return matrix.flatten(order="F")


@dataclass(frozen=True)
class Case:
    """What to call, with which symbols the formula says the same, and the numerical derivative."""

    value: Array
    symbols: Mapping[str, Array | Sequence[Array]]
    numerical: Array | None = None


@cache
def cases(file: str) -> Mapping[str, Case]:
    """The cases of a file: made by the function of its name in the module of its folder."""
    folder, _, name = file.removesuffix(".py").rpartition("/")
    makers = importlib.import_module(f"{__name__}.{folder or 'seeds'}")
    random = np.random.default_rng(SEED)
    made: Mapping[str, Case] = getattr(makers, name)(lambda *shape: random.normal(size=shape))
    return made
