"""A walk over a page that also notes the shape of every part of every formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Self

from proofread.algebra.dimensions import Shape
from proofread.checking import Placed, Walker
from proofread.latex.tokens import Refusal, Span
from proofread.shapes.inference import Inference
from proofread.symbols.keys import display
from proofread.symbols.sets import is_set
from proofread.symbols.table import Symbol
from proofread.syntax.nodes import IndexName, Member, Name, Node, Num, children, walk
from proofread.syntax.parser import Parser
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.statement import Statement


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a formula: a stretch of its LaTeX, its shape, and what it is where it is a name."""

    piece: int
    span: Span
    shape: str
    name: str = ""
    set: str = ""
    line: int = 0
    """Where the name was declared or defined."""


@dataclass(frozen=True, slots=True)
class Relations:
    """Where the relations of a statement's chain stand, and its terms."""

    piece: int
    spans: tuple[Span, ...]


@dataclass(slots=True)
class LiveWalker(Walker):
    """Notes for each record what a reader may point at."""

    parts: list[Part] = field(default_factory=list)
    relations: list[Relations] = field(default_factory=list)
    """One for each record, in their order."""

    def copy(self) -> Self:
        """The walk as it stands, with notes of its own."""
        copied = Walker.copy(self)
        return replace(copied, parts=list(self.parts), relations=list(self.relations))

    def _record(
        self, placed: Placed, outcome: Outcome, statement: Statement | None, links_before: int,
        labels: dict[int, str], span: Span,
    ) -> None:  # fmt: skip
        Walker._record(self, placed, outcome, statement, links_before, labels, span)
        spans = tuple(outcome.chain.relation_spans) if outcome.chain else ()
        self.relations.append(Relations(placed.number, spans))
        if statement is not None:
            parts = _parts(self.state, placed.number, outcome, statement)
            self.parts += {part.span: part for part in parts}.values()


def _parts(state: State, piece: int, outcome: Outcome, statement: Statement) -> Iterator[Part]:
    """The parts of a statement, innermost first, so that the outermost of a stretch prevails."""
    for node, shapes in shaped_terms(state, outcome, statement):
        for part in reversed(list(walk(node))):
            shape = shapes.get(id(part))
            if isinstance(part, Name):
                symbol = state.table.lookup(part.key)
                if symbol is not None:
                    yield _named(piece, part, symbol, shape)
            elif isinstance(part, IndexName):
                yield Part(piece, part.span, "index", part.name)
            elif shape is not None and not isinstance(part, Num):
                yield Part(piece, part.span, str(shape))


def _named(piece: int, node: Name, symbol: Symbol, shape: Shape | None) -> Part:
    said = "function" if symbol.role == "function" else str(shape or symbol.shape)
    if symbol.role == "dimension":
        said = "dimension"
    return Part(piece, node.span, said, display(node.key), symbol.set.text, symbol.place.line)


def shaped_terms(
    state: State, outcome: Outcome, statement: Statement
) -> Iterator[tuple[Node, dict[int, Shape]]]:
    """The terms of a statement as trees with the shapes of what is in them."""
    prepared = outcome.prepared
    if prepared is not None:
        for term in prepared.terms:
            yield term, prepared.shaped.shapes
        return
    for chain in statement.raw.chains:
        for tokens in chain.terms:
            if not tokens or is_set(tokens):
                continue
            span = tokens[0].span.to(tokens[-1].span)
            try:
                node = Parser(list(tokens), state.table, span).whole()
            except (Refusal, RecursionError):
                continue
            yield node, _shapes(state, node)


def _shapes(state: State, node: Node) -> dict[int, Shape]:
    """The shapes of a tree as far as they fit; where one does not, those of what is below it."""
    inference = Inference(state.table, state.layout)
    pending = [node]
    while pending:
        current = pending.pop()
        try:
            inference.shape(current)
        except (Refusal, RecursionError):
            pending.extend(child for child in children(current) if not isinstance(child, Member))
    return {key: inference.resolved(shape) for key, shape in inference.out.shapes.items()}
