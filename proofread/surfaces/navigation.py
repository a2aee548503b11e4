"""The navigation of a site, as text: an entry is added and all else stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from proofread.surfaces.files import read_text, write_if_changed

_ENTRY = re.compile(r"(?P<indent> *)- ")


def add_to_navigation(file: Path, part: str, entry: str) -> bool:
    """Add an entry to the end of a part of the navigation; whether there is such a part."""
    lines = read_text(file).split("\n")
    place = _end_of(lines, part)
    if place is None:
        return False
    row, indent = place
    lines.insert(row, f"{indent}- {entry}")
    write_if_changed(file, "\n".join(lines))
    return True


def _end_of(lines: Sequence[str], part: str) -> tuple[int, str] | None:
    """The row behind the last entry of a part, and how its entries are indented."""
    head = re.compile(rf"(?P<indent> +)- (?P<quote>['\"]?){re.escape(part)}(?P=quote): *(?:#.*)?$")
    found = next(
        ((row, match) for row, line in enumerate(lines) if (match := head.match(line))), None
    )
    if found is None:
        return None
    start, outer = found[0], found[1]["indent"]
    end, indent = start, None
    for row in range(start + 1, len(lines)):
        entry = _ENTRY.match(lines[row])
        if not lines[row].strip():
            continue
        if _depth(lines[row]) <= len(outer):
            break
        indent = indent or (entry["indent"] if entry else None)
        end = row
    return None if indent is None else (end + 1, indent)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
