"""A report as JSON: version 1, its keys and their order stay as they are."""

from __future__ import annotations

import json
import math
from typing import Any

from proofread.records import FileReport, Link, Report, Statement, summarise

VERSION = 1


def _link(link: Link) -> dict[str, Any]:
    finite = link.error is not None and math.isfinite(link.error)
    return {
        "relation": link.relation,
        "verdict": link.verdict,
        "left_shape": link.left_shape,
        "right_shape": link.right_shape,
        "error": float(link.error) if link.error is not None and finite else None,
        "reason": link.reason,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "refuted": statement.refuted,
        "line": statement.line,
        "column": statement.column,
        "end_line": statement.end_line,
        "end_column": statement.end_column,
        "display": statement.display,
        "label": statement.label,
        "latex": statement.latex,
        "kind": statement.kind,
        "verdict": statement.verdict,
        "code": statement.code,
        "at": statement.at,
        "message": statement.message,
        "assumptions": list(statement.assumptions),
        "samples": statement.samples,
        "links": [_link(link) for link in statement.links],
        "repairs": [{"kind": repair.kind, "latex": repair.latex} for repair in statement.repairs],
    }


def _file(file: FileReport) -> dict[str, Any]:
    return {
        "path": file.path,
        "layout": file.layout,
        "statements": [_statement(statement) for statement in file.statements],
    }


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain dictionaries, lists, strings and numbers."""
    return {
        "version": VERSION,
        "files": [_file(file) for file in report.files],
        "summary": summarise(report.files),
    }


def render_json(report: Report) -> str:
    """The report as JSON text, ASCII alone so that no terminal's encoding can spoil it."""
    return json.dumps(to_dict(report), indent=2, allow_nan=False)
