r"""Which letters of a page are indices, told before its first statement is executed.

``W_h \in \mathbb{R}^{k \times k}`` declares one matrix, ``x_t \in \mathbb{R}^n`` a family where the
page sums over ``t`` or says what it runs over; the declaration alone does not tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

CONVENTIONAL = frozenset("ijklmn")
"""Letters that are an index even where the page says nothing more about them."""

_ELL = r"\\ell(?![A-Za-z])"
_LETTER = rf"(?:[A-Za-z]|{_ELL})"
_LETTERS = rf"{_LETTER}(?:\s*,\s*{_LETTER})*"
_BIG = re.compile(
    r"\\(?:sum|prod)(?:\\(?:no)?limits)?\s*_\s*"
    rf"(?:\{{((?:[^{{}}]|\{{[^{{}}]*\}})*)\}}|(\w|{_ELL}))"
)
_RANGES = (
    re.compile(rf"({_LETTERS})\s*(?:=|\\in\s*\\\{{)\s*[01]\s*,"),
    re.compile(rf"[01]\s*\\leq?(?:slant)?\s*({_LETTERS})\s*\\leq?(?![a-z])"),
    re.compile(rf"\\forall\s*({_LETTERS})"),
    re.compile(rf"\^\s*\{{?\s*\(\s*({_LETTER})\s*\)"),
)
_COMMAND = re.compile(r"\\[A-Za-z]+")


def index_letters(formulas: Iterable[str]) -> frozenset[str]:
    """The letters that a sum, a product, a range or a superscript in parentheses introduces."""
    found = set(CONVENTIONAL)
    for latex in formulas:
        texts = ["".join(match) for match in _BIG.findall(latex)]
        texts += [text for pattern in _RANGES for text in pattern.findall(latex)]
        for text in texts:
            found.update(each for each in _COMMAND.sub(" ", text) if each.isalpha())
            found.update(re.findall(_ELL, text))
    return frozenset(found)
