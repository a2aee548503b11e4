"""Findings as the workflow commands that GitHub shows as annotations."""

from __future__ import annotations

from proofread.records import Finding
from proofread.rendering.cells import split_lines, visible


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def render_annotation(finding: Finding, path: str | None = None) -> str:
    """One ``::error`` line; ``path`` is that of the page, for a finding that names none."""
    file, _, cell = (finding.start.path or path or "").partition("#cell-")
    place = f"cell {cell}, line {finding.start.line}, column {finding.start.column}: "
    # A line of a cell is no line of the notebook's file, which is JSON.
    properties = {
        "file": file,
        "line": "" if cell else str(finding.start.line),
        "col": "" if cell else str(finding.start.column),
        "endLine": "" if cell else str(finding.end.line),
        "title": finding.code,
    }
    head = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    message = place + finding.message if cell else finding.message
    lines = [message, *(f"{note.kind}: {note.text}" for note in finding.notes)]
    body = "\n".join(visible(line) for text in lines for line in split_lines(text))
    return f"::error {head}::{_data(body)}"
