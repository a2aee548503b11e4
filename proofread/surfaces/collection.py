"""A pytest plugin: each formula of a site's pages is a test, whose failure is the finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from _pytest._code.code import ExceptionInfo, TerminalRepr

from proofread.rendering.text import render_finding
from proofread.surfaces.files import SUFFIXES, CannotStart, has_markdown_cells, site_of
from proofread.surfaces.items import PageItem
from proofread.surfaces.pages import CheckedPage, InternalError, check_file


class FindingRaised(Exception):
    """Carries the text of the findings to where pytest shows it."""


@cache
def is_page(path: Path) -> bool:
    """Whether a file is a page of a site."""
    if path.suffix not in SUFFIXES or site_of(path) is None:
        return False
    return path.suffix != ".py" or has_markdown_cells(path)


class Formula(pytest.Item):
    """One formula with all its statements, or one thing that is wrong with a page."""

    def __init__(self, *, parent: PageFile, item: PageItem, page: CheckedPage) -> None:
        super().__init__(item.name, parent)
        self._item = item
        self._page = page

    def runtest(self) -> None:
        """Fail with everything that is wrong with the formula."""
        if self._item.findings:
            colour = self.config.get_terminal_writer().hasmarkup
            texts = (
                render_finding(finding, self._page.source, label=self._item.label, colour=colour)
                for finding in self._item.findings
            )
            raise FindingRaised("\n\n".join(texts))

    def repr_failure(self, excinfo: ExceptionInfo[BaseException]) -> str | TerminalRepr:  # type: ignore[override]
        """The finding as it is, without a Python traceback."""
        if isinstance(excinfo.value, FindingRaised):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the formula stands."""
        return self.path, self._item.line - 1, self.nodeid


class PageFile(pytest.File):
    """A page; it is checked once, when its formulas are collected."""

    def collect(self) -> Iterator[Formula]:
        """The formulas, named by label or line, then the definitions that nothing uses."""
        try:
            page = check_file(self._shown_path())
        except (CannotStart, InternalError) as error:
            raise self.CollectError(str(error)) from None
        for item in page.items:
            yield Formula.from_parent(self, item=item, page=page)

    def _shown_path(self) -> Path:
        """The path as the reader of a failure would type it."""
        here = self.config.invocation_params.dir
        return self.path.relative_to(here) if self.path.is_relative_to(here) else self.path


class _NoTests(pytest.Module):
    """A page in percent form is never imported as a test module."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        return ()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PageFile | None:
    """Collect the pages below the ``docs`` folder of a site."""
    if is_page(file_path):
        return PageFile.from_parent(parent, path=file_path)
    return None


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    """Keep pytest from importing a page that is named on the command line."""
    if is_page(module_path):
        return _NoTests.from_parent(parent, path=module_path)
    return None
