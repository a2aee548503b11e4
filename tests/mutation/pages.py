"""The mutants of a page, made where each of its claims stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from proofread.checking import Placed, Walker
from proofread.diagnosis.mutation import Mutant, mutants
from proofread.latex.macros import read_macros
from proofread.latex.tokens import Span
from proofread.markdown import notebooks
from proofread.markdown.page import Page
from proofread.markdown.reader import read_page
from proofread.surfaces.files import macros_text
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.statement import Statement
from tests.case_files import sections
from tests.mutation.equal import plain


@dataclass(frozen=True, slots=True)
class Made:
    """A mutant with the formula that it was made of."""

    line: int
    formula: str
    mutant: Mutant


@dataclass(slots=True)
class Mutating(Walker):
    """Executes a page and the mutants of each claim that holds, where it stands."""

    made: list[Made] = field(default_factory=list)

    def _record(
        self, placed: Placed, outcome: Outcome, statement: Statement | None, links_before: int,
        labels: dict[int, str], span: Span,
    ) -> None:  # fmt: skip
        Walker._record(self, placed, outcome, statement, links_before, labels, span)
        if statement is None or outcome.verdict not in ("holds", "defines"):
            return
        table = self.state.table
        learnt = dict(table.forms)
        table.forms = {
            key: tuple(form for form in forms if form.line != self.state.line)
            for key, forms in table.forms.items()
        }  # what the claim itself taught must not help its mutants
        try:
            formula = plain(placed.piece.latex[span.start : span.end])
            for mutant in mutants(self.state, outcome, statement):
                self.made.append(Made(self.state.line, formula, mutant))
        finally:
            table.forms = learnt


def made_of(page: Page, macros: Path | None = None) -> list[Made]:
    """All mutants of a page."""
    found = macros_text(macros) if macros else None
    walker = Mutating(page, State(page.layout, 0, dict(read_macros(found[1])) if found else {}))
    walker.run()
    return walker.made


def pages_of(path: Path) -> Iterator[tuple[Page, Path | None]]:
    """The pages in a file: the sections of a worked case, a notebook, or the file itself."""
    if path.parent.name == "cases":
        for section in sections(path, path.read_text(encoding="utf-8")):
            yield read_page(section.text), None
    elif path.suffix == ".md":
        yield read_page(path.read_text(encoding="utf-8"), path=path.as_posix()), path
    else:
        yield notebooks.read_file(path), path
