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
    properties = {
        "file": finding.start.path or path or "",
        "line": str(finding.start.line),
        "col": str(finding.start.column),
        "endLine": str(finding.end.line),
        "title": finding.code,
    }
    head = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    lines = [finding.message, *(f"{note.kind}: {note.text}" for note in finding.notes)]
    body = "\n".join(visible(line) for text in lines for line in split_lines(text))
    return f"::error {head}::{_data(body)}"
