"""The reviewed lists of mutants that are truly equal to the formula they were made of."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

LISTS = Path(__file__).parent / "equal_mutants"
"""A list for each folder of pages."""
AROUND = 24
"""Characters shown on either side of a change."""


def plain(latex: str) -> str:
    """A formula on one line, for lists and messages."""
    return re.sub(r"\s+", " ", latex).strip()


def changed(before: str, after: str) -> str:
    """Where two texts differ, with what stands around it: ``2 [e -> y]^\\top X``."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    left, right = before[max(0, start - AROUND) : start], before[len(before) - end :][:AROUND]
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    return f"{left}[{old} -> {new}]{right}"


@dataclass(frozen=True, slots=True, order=True)
class Equal:
    """A mutant: the page and the formula, the number of the term (from 1), and the change."""

    page: str
    formula: str
    change: str

    @staticmethod
    def of(page: str, formula: str, term: int, before: str, after: str) -> Equal:
        """The name of one mutant."""
        return Equal(page, formula, f"{term + 1}: {changed(plain(before), plain(after))}")


def read_list(text: str) -> dict[Equal, str]:
    """Every listed mutant with its reason.

    Raises:
        ValueError: for an entry without a reason or without mutants, or a mutant listed twice.
    """
    found: dict[Equal, str] = {}
    for formula in tomllib.loads(text).get("formula", []):
        if not formula.get("equal"):
            raise ValueError(f"no mutants are listed for {formula['latex']}")
        for entry in formula["equal"]:
            if not entry["reason"].strip():
                raise ValueError(f"no reason is given for mutants of {formula['latex']}")
            for change in entry["mutants"]:
                equal = Equal(formula["page"], formula["latex"], change)
                if equal in found:
                    raise ValueError(f"listed twice for {formula['latex']}: {change}")
                found[equal] = entry["reason"].strip()
    return found


def read_lists(folder: Path) -> dict[Equal, str]:
    """Every mutant of all lists of a folder; a page stands in one list alone.

    Raises:
        ValueError: for an entry that is wrong, or a page of which two lists speak.
    """
    found: dict[Equal, str] = {}
    for file in sorted(folder.glob("*.toml")):
        listed = read_list(file.read_text(encoding="utf-8"))
        twice = {equal.page for equal in found} & {equal.page for equal in listed}
        if twice:
            raise ValueError(f"{file.name} speaks of pages of another list: {sorted(twice)}")
        found |= listed
    return found
