"""The keys of symbols in words that a reader would use."""

from __future__ import annotations

import re


def display(key: str) -> str:
    """A key as a reader would write it."""
    return key.replace("^{()}", "^{(i)}").replace("_{}", "_i").replace("^{[]}", "^{[l]}")


def bare_letter(key: str) -> str:
    """The letter of a key without accents, fonts and scripts."""
    text = re.sub(r"[_^]\{[^{}]*\}", "", key).rstrip("'")
    while match := re.fullmatch(r"\\[a-z]+\{(.*)\}", text):
        text = match.group(1)
    return text
