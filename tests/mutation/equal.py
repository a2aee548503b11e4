"""The reviewed list of mutants that are truly equal to the formula they were made of."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).parent / "equal.toml"


@dataclass(frozen=True, slots=True, order=True)
class Equal:
    """A mutant of a formula: one term of it, before and after."""

    page: str
    formula: str
    before: str
    after: str


def read_list(text: str) -> dict[Equal, str]:
    """Every listed mutant with its reason.

    Raises:
        ValueError: for an entry without a reason, or one that is listed twice.
    """
    found: dict[Equal, str] = {}
    for entry in tomllib.loads(text).get("equal", []):
        reason = entry["reason"].strip()
        if not reason:
            raise ValueError(f"no reason is given for the mutants of {entry['formula']!r}")
        for after in entry["after"]:
            equal = Equal(entry["page"], entry["formula"], entry["before"], after)
            if equal in found:
                raise ValueError(f"listed twice: {equal}")
            found[equal] = reason
    return found
