"""The lines that the places of a finding speak of: of a page, a cell, an included file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
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

    @cache
    def lines(asked: str | None) -> Sequence[str]:
        name, _, cell = (asked or path.as_posix()).partition(CELL)
        candidates = [Path(name), *([site / name] if site else [])]
        found = next((place for place in candidates if place.is_file()), None)
        if found is None:
            return ()
        try:
            text = read_text(found)
            return split_lines(_cell(text, cell) if cell else text)
        except (CannotStart, ValueError, LookupError, TypeError):
            return ()

    return lines
