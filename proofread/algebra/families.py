"""The keys of families, ``n_{}`` or ``a^{()}``, and those of their members."""

from __future__ import annotations

import re

HOLE = re.compile(r"\{(\(\)|\[\]|)\}$")
"""Where the index stands in the key of a family."""


def member_key(family: str, index: str) -> str:
    """The key of the member with an index, as it is written: ``n_{0}``, ``a^{(L)}``."""
    hole = HOLE.search(family)
    assert hole is not None
    inside = hole.group(1)
    return f"{family[: hole.start()]}{{{inside[:1]}{index}{inside[1:]}}}"
