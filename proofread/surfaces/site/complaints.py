"""What keeps the site from being built, in the log of the build and on the page alike.

A strict build of MkDocs counts the warnings and fails at its end, with all of them shown; the
server that reloads shows them and goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from proofread.records import Finding, Note, Place
from proofread.rendering.cells import split_lines
from proofread.rendering.text import render_finding
from proofread.surfaces.files import CannotStart, read_text

_LOG = logging.getLogger("mkdocs.proofread")


def complain(text: str) -> str:
    """Put a finding into the log; it comes back for the page."""
    _LOG.warning("%s", text)
    return text


def about(code: str, message: str, start: Place, end: Place | None = None, note: str = "") -> str:
    """Complain of something that the check of the page's statements does not see."""
    until = end or Place(start.line, start.column + 1, start.path)
    notes = (Note("note", note),) if note else ()
    return tell(Finding(code, message, start, until, notes=notes))


def tell(finding: Finding) -> str:
    """Complain of a finding that speaks of a file of the site."""
    return complain(render_finding(finding, _lines))


def _lines(path: str | None) -> Sequence[str]:
    """The lines of a file, or none where it cannot be read."""
    try:
        return split_lines(read_text(Path(path))) if path else ()
    except CannotStart:
        return ()
