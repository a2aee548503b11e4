"""A name that the page does not have, with the names that it may stand for."""

from __future__ import annotations

import difflib
import re

from proofread.latex.tokens import Refusal, Span
from proofread.symbols.table import Table


def undeclared(key: str, span: Span, table: Table) -> Refusal:
    """The refusal of an undeclared name, with near misses as its help."""
    near = near_misses(key, table)
    advice = (f"did you mean {' or '.join(near)}?",) if near else ()
    return Refusal("undeclared-symbol", f"“{key}” is not declared on this page", span, advice)


def near_misses(key: str, table: Table) -> list[str]:
    """Names of the table with the same letter, or a spelling close to ``key``."""
    letter = bare_letter(key)
    same = [other for other in table.symbols if bare_letter(other) == letter and other != key]
    if same:
        return same[:3]
    folded = [other for other in table.symbols if bare_letter(other).lower() == letter.lower()]
    if folded:
        return folded[:3]
    return difflib.get_close_matches(key, list(table.symbols), n=2, cutoff=0.75)


def bare_letter(key: str) -> str:
    """The letter of a key without accents, fonts and scripts."""
    text = re.sub(r"[_^]\{[^{}]*\}", "", key).rstrip("'")
    while match := re.fullmatch(r"\\[a-z]+\{(.*)\}", text):
        text = match.group(1)
    return text
