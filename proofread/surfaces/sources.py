"""The lines that the places of a finding speak of: of a page, a cell, an included file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from proofread.rendering.cells import split_lines
from proofread.rendering.text import Source
from proofread.surfaces.files import CannotStart, read_text

CELL = "#cell-"
"""What stands in a place's path between a notebook and the number of its cell."""


def _cell(text: str, number: str) -> str:
    """The source of a notebook's cell; cells count from 1."""
    source = json.loads(text)["cells"][int(number) - 1]["source"]
    return source if isinstance(source, str) else "".join(source)


def source_of_file(path: Path, site: Path | None) -> Source:
    """The lines of a page and of what it includes, by paths from here or from the site."""
    return _Lines(path, site)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Reads each file once; it travels between processes, which a closure would not."""

    path: Path
    site: Path | None
    known: dict[str | None, Sequence[str]] = field(default_factory=dict)

    def __call__(self, asked: str | None) -> Sequence[str]:
        if asked not in self.known:
            self.known[asked] = self._read(asked)
        return self.known[asked]

    def _read(self, asked: str | None) -> Sequence[str]:
        name, _, cell = (asked or self.path.as_posix()).partition(CELL)
        candidates = [Path(name), *([self.site / name] if self.site else [])]
        found = next((place for place in candidates if place.is_file()), None)
        if found is None:
            return ()
        try:
            text = read_text(found)
            return split_lines(_cell(text, cell) if cell else text)
        except (CannotStart, ValueError, LookupError, TypeError):
            return ()
