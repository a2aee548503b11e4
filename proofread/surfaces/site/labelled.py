"""What the engine reads in the labelled formulas of a page, for the index of all formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from proofread.checking import Placed, Walker
from proofread.latex.macros import Macro
from proofread.latex.tokens import Refusal, Span, tokenize
from proofread.markdown.page import Page, Piece
from proofread.surfaces.live.walk import shaped_terms
from proofread.surfaces.site.classes import Classes, classify
from proofread.surfaces.site.macros import with_macros
from proofread.surfaces.spelling import words_of
from proofread.syntax.chains import Chain
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.statement import Statement, text_of

_SHOWN_WHOLE = 3
"""A chain of at most as many terms is shown with all of them."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled formula: how it is shown in one line, how it is searched for, what it is."""

    latex: str
    macros: tuple[tuple[str, str], ...]
    """Those that hold where it stands, as KaTeX takes them."""
    words: str
    classes: Classes


def read_labelled(
    page: Page, macros: Mapping[str, Macro], shown: dict[str, str]
) -> dict[str, Labelled]:
    """All labelled formulas of a page, by their labels.

    ``macros`` are the site's as the engine reads them, and ``shown`` as KaTeX does.
    """
    walker = _LabelWalker(page, State(page.layout, 0, dict(macros)))
    walker.run()
    pieces = [part for block in page.blocks for part in block.parts if isinstance(part, Piece)]
    prepared = list(with_macros((piece.latex for piece in pieces), shown))
    return {
        label: Labelled(latex, tuple(sorted(prepared[number][1].items())), words, classes)
        for label, (number, latex, words, classes) in walker.found.items()
    }


@dataclass(slots=True)
class _LabelWalker(Walker):
    """Notes what each statement with a label says, while it is known what its symbols are."""

    found: dict[str, tuple[int, str, str, Classes]] = field(default_factory=dict)

    def _record(
        self, placed: Placed, outcome: Outcome, statement: Statement | None, links_before: int,
        labels: dict[int, str], span: Span,
    ) -> None:  # fmt: skip
        Walker._record(self, placed, outcome, statement, links_before, labels, span)
        label = labels.get(span.start)
        if label is None or statement is None:
            return
        terms = [node for node, _ in shaped_terms(self.state, outcome, statement)]
        classes = classify(self.state, terms, is_definition=outcome.verdict == "defines")
        latex = _in_one_line(placed.piece.latex, statement.raw.chains)
        words = words_of(statement.name)
        self.found.setdefault(label, (placed.number, latex, words, classes))


def _in_one_line(source: str, chains: Sequence[Chain]) -> str:
    """A chain without its steps where it has many; the whole formula where it is no plain chain."""
    if len(chains) != 1 or not chains[0].relations:
        return source
    terms = [text_of(source, term) for term in chains[0].terms]
    marks = [source[span.start : span.end] for span in chains[0].relation_spans]
    if any(map(_has_rows, terms)):
        return source
    if len(terms) > _SHOWN_WHOLE and set(marks) == {"="}:
        return rf"{terms[0]} = \cdots = {terms[-1]}"
    rest = zip(marks, terms[1:], strict=True)
    return " ".join([terms[0], *(f"{mark} {term}" for mark, term in rest)])


def _has_rows(latex: str) -> bool:
    """Whether it goes over several rows, but for those of matrices."""
    depth = 0
    try:
        tokens = tokenize(latex)
    except Refusal:
        return True
    for token in tokens:
        depth += {"begin": 1, "end": -1}.get(token.text, 0) if token.kind == "command" else 0
        if depth <= 0 and (token.kind == "row" or token.is_symbol("&")):
            return True
    return False
