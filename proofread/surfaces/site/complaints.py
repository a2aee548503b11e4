"""What keeps the site from being built, in the log of the build and on the page alike.

A strict build of MkDocs counts the warnings and fails at its end, with all of them shown; the
server that reloads shows them and goes on.
"""

from __future__ import annotations

import logging
from pathlib import Path

from proofread.records import Finding, Note, Place
from proofread.rendering.text import render_finding, source_of
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
    try:
        text = read_text(Path(start.path)) if start.path else ""
    except CannotStart:
        text = ""
    finding = Finding(code, message, start, until, notes=notes)
    return complain(render_finding(finding, source_of(text, start.path)))
