"""Check one file that holds a page, the same way for every surface."""

from __future__ import annotations

import os
import tempfile
import traceback
from dataclasses import dataclass, replace
from pathlib import Path

import proofread
from proofread.latex.macros import Macro, read_macros
from proofread.latex.tokens import Refusal
from proofread.markdown.notebooks import read_file
from proofread.records import FileReport, Finding, Note
from proofread.rendering.text import Source
from proofread.surfaces.files import CannotStart, macros_text, read_text, site_of
from proofread.surfaces.items import PageItem, items_of
from proofread.surfaces.sources import source_of_file


class InternalError(Exception):
    """The engine broke down on a page, which is a bug of ours and no finding."""


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """What a check says about a file, and the lines that its places speak of."""

    report: FileReport
    source: Source
    in_site: bool

    @property
    def items(self) -> tuple[PageItem, ...]:
        """The formulas by name; on a site, each finding says how to run its formula alone."""
        items = items_of(self.report)
        return tuple(map(self._with_rerun, items)) if self.in_site else items

    def _with_rerun(self, item: PageItem) -> PageItem:
        rerun = Note("rerun", f'pytest "{self.report.path}::{item.name}"')
        return replace(
            item,
            findings=tuple(
                replace(finding, notes=(*finding.notes, rerun)) for finding in item.findings
            ),
        )

    @property
    def findings(self) -> tuple[tuple[Finding, str | None], ...]:
        """All that is wrong, with the formula's label; a site allows no unused definition."""
        unused = () if self.in_site else self.report.unused
        found = [
            (finding, item.label)
            for item in self.items
            for finding in item.findings
            if finding not in unused
        ]
        return tuple(sorted(found, key=lambda each: (each[0].start.line, each[0].start.column)))


def _report_crash(path: Path, error: Exception) -> InternalError:
    """Keep the traceback in a file, which a bug report can bring along.

    The notes of the exception say at which formula the engine was.
    """
    handle, name = tempfile.mkstemp(prefix="proofread-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write("".join(traceback.format_exception(error)))
    what = ", ".join([type(error).__name__, *getattr(error, "__notes__", ())])
    return InternalError(
        f"internal error in {path.as_posix()}: {what}; "
        f"this is a bug in proofread, please report it with the file {name}"
    )


def macros_for(path: Path) -> dict[str, Macro] | None:
    """The macros of the site that a page belongs to, where it has any."""
    found = macros_text(path)
    if not found:
        return None
    file, text = found
    try:
        return read_macros(text)
    except Refusal as refusal:
        before = text[: refusal.span.start]
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        place = f"{file.as_posix()}:{line}:{column}"
        raise CannotStart(f"cannot read the macros at {place}: {refusal.message}") from None


def check_file(path: Path, *, seed: int = 0) -> CheckedPage:
    """Check the page that a file holds, with the macros of the site that it belongs to."""
    read_text(path)
    macros = macros_for(path)
    site = site_of(path)
    try:
        page = read_file(path)
        report = proofread.check_page(page, macros=macros, seed=seed)
    except Exception as error:
        raise _report_crash(path, error) from error
    return CheckedPage(report, source_of_file(path, site), site is not None)
