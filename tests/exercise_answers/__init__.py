"""What readers may answer to the exercises: other forms of the right result, and usual mistakes.

Each folder of ``docs/`` has its module here, and so has the page of exercises.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple


class Answers(NamedTuple):
    """Besides the answer that stands in the page's source."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]


def _all() -> dict[str, Answers]:
    found: dict[str, Answers] = {}
    for module in iter_modules(__path__, f"{__name__}."):
        answers: dict[str, Answers] = import_module(module.name).ANSWERS
        twice = found.keys() & answers.keys()
        assert not twice, f"{module.name} has titles of other pages: {sorted(twice)}"
        found |= answers
    return found


ANSWERS = _all()
