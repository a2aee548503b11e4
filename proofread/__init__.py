"""Mathematics executed from its own LaTeX: pages of Markdown, checked statement by statement."""

from __future__ import annotations

from collections.abc import Mapping

from proofread.checking import check_page
from proofread.evaluation import evaluate_label as evaluate
from proofread.latex.macros import Macro
from proofread.markdown import read_page
from proofread.records import Report, summarise

__all__ = ["check", "check_page", "evaluate"]


def check(
    text: str, *, path: str | None = None, macros: Mapping[str, Macro] | None = None, seed: int = 0
) -> Report:
    """Check one page of Markdown.

    Args:
        text: the page as its author wrote it.
        path: where it stands, for places in the report and for what it includes.
        macros: LaTeX macros that the page may use besides its own.
        seed: of the random samples; the same seed gives the same report.

    """
    files = (check_page(read_page(text, path=path), macros=macros, seed=seed),)
    return Report(files, seed, summarise(files))
