"""A page read from top to bottom: scopes, sentences, statements, and their report."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from proofread.algebra.decimals import precise
from proofread.diagnosis.report import page_report, problem_statement, statement_report
from proofread.latex.macros import Macro, expand
from proofread.latex.tokens import Refusal, Span, tokenize
from proofread.limits import MAX_FRAMES
from proofread.markdown.page import Block, Page, Piece, Scope
from proofread.records import FileReport, Finding, Kind, Place
from proofread.records import Statement as Record
from proofread.symbols.table import Assumption, Mark
from proofread.syntax.nodes import Node
from proofread.syntax.statements import Condition, RawPiece, RawStatement, split_piece
from proofread.syntax.words import READ_BEFORE
from proofread.verdict.assumptions import add_properties
from proofread.verdict.execute import execute
from proofread.verdict.letters import index_letters
from proofread.verdict.outcome import Outcome, refused
from proofread.verdict.ranges import index_restriction
from proofread.verdict.routes import missing_routes
from proofread.verdict.state import State
from proofread.verdict.statement import Statement, text_of
from proofread.verdict.words import (
    MARK,
    Context,
    Sentence,
    conditions,
    declared_first,
    follows,
    is_close,
    mode_at,
    mode_of,
    properties_of,
    quantified,
    split_sentences,
)

ENDING = frozenset({"example", "refuted", "mistake", "exercise"})
"""Admonitions that what they introduce ends with."""
REFUTABLE = ("fails", "shape-mismatch", "index-clash", "ambiguous")


@dataclass(slots=True)
class Placed:
    """A piece with what the text around it says."""

    piece: Piece
    number: int
    context: Context
    block: Block
    alone: bool = True
    """Whether the piece is one statement."""
    restriction: Condition | None = None
    """What the piece behind it says of its indices."""
    restricts: bool = False
    """Whether it says this of the piece before it, and nothing else."""


@dataclass(slots=True)
class Walker:
    """Executes the statements of a page in reading order."""

    page: Page
    state: State
    records: list[Record] = field(default_factory=list)
    scopes: list[tuple[Scope, Mark]] = field(default_factory=list)
    tail: str = ""
    """The unfinished sentence before a displayed formula."""
    routes: list[tuple[int, list[Node], Outcome]] = field(default_factory=list)
    definitions: list[tuple[str, int, Record]] = field(default_factory=list)
    stop_at: str | None = None
    """The label of the statement after which the rest of the page is left unread."""
    stopped_with: Outcome | None = None

    order: list[Block] = field(default_factory=list)
    """The blocks as they are read."""
    numbers: dict[int, int] = field(default_factory=dict)
    """The number of each piece, by its identity."""

    def run(self) -> None:
        """Execute every block of the page."""
        self.begin()
        for block in self.order:
            if self.stopped_with is not None:
                return
            self.take(block)
        self.finish()

    def begin(self) -> None:
        """Look at the page as a whole, before any of its blocks is executed."""
        sys.setrecursionlimit(max(sys.getrecursionlimit(), MAX_FRAMES))
        blocks = _where_apart(self.page.blocks)
        pieces = [part for block in blocks for part in block.parts if isinstance(part, Piece)]
        self.state.index_letters = index_letters(piece.latex for piece in pieces)
        self.numbers = {id(piece): number for number, piece in enumerate(pieces)}
        self.order = [blocks[position] for position in _reading_order(blocks)]

    @precise()
    def take(self, block: Block) -> None:
        """Execute one block."""
        if block.kind == "comment":
            return
        self._enter(block)
        if block.kind == "heading":
            self._finish_routes()
            self.state.table.heading(block.level)
        if not self.routes or self.routes[-1][0] != block.group:
            self._finish_routes()
        self._block(block)

    @precise()
    def finish(self) -> None:
        """Settle what only the end of the page decides."""
        self._finish_routes()
        self._leave(0)

    def report(self) -> FileReport:
        """What there is to say of the page, once it is finished."""
        records = self.records + [problem_statement(problem) for problem in self.page.problems]
        return page_report(self.page, self.state, records, self.definitions)

    def copy(self) -> Self:
        """The walk as it stands; whichever of the two goes on leaves the other as it was."""
        return replace(
            self,
            state=self.state.copy(),
            records=list(self.records),
            scopes=[(scope, mark.copy()) for scope, mark in self.scopes],
            routes=list(self.routes),
            definitions=list(self.definitions),
        )

    # Scopes ------------------------------------------------------------------------------------

    def _enter(self, block: Block) -> None:
        """Leave the scopes that ended before this block, enter those that begin with it."""
        ending = [scope for scope in block.scopes if scope.kind == "tab" or scope.name in ENDING]
        common = 0
        while (
            common < min(len(ending), len(self.scopes))
            and self.scopes[common][0].number == ending[common].number
        ):
            common += 1
        self._leave(common)
        for scope in ending[common:]:
            self.scopes.append((scope, self.state.table.mark()))

    def _leave(self, keep: int) -> None:
        while len(self.scopes) > keep:
            _, mark = self.scopes.pop()
            self.state.table.back_to(mark)

    # Blocks ------------------------------------------------------------------------------------

    def _block(self, block: Block) -> None:
        parts: list[str | int] = []
        inside: dict[int, Piece] = {}
        for part in block.parts:
            if isinstance(part, Piece):
                parts.append(self.numbers[id(part)])
                inside[self.numbers[id(part)]] = part
            else:
                parts.append(part)
        lone_display = (
            len(block.parts) == 1 and isinstance(block.parts[0], Piece) and (block.parts[0].display)
        )
        before = self.tail if lone_display else ""
        if lone_display and block.kind == "paragraph":
            number = next(iter(inside))
            self.tail = ""
            context = Context(mode_at(before), close=is_close(before))
            self._piece(Placed(inside[number], number, context, block))
            self.state.table.end_sentence()
            return
        self.tail = ""
        for sentence in split_sentences(parts):
            self._sentence(sentence, inside, block)
            if sentence.finished:
                self.state.table.end_sentence()
            else:
                self.tail = sentence.text

    def _sentence(self, sentence: Sentence, inside: Mapping[int, Piece], block: Block) -> None:
        text, numbers = sentence.text, sentence.pieces
        stated = properties_of(sentence)
        marks = [match.start() for match in re.finditer(MARK, text)]
        pieces = [inside[number] for number in numbers]
        sources = [piece.latex for piece in pieces]
        own: list[Assumption] = []
        for position in declared_first(text, marks, sources):
            properties, negated = stated.get(numbers[position], (set(), ""))
            context = Context(mode_of(text, marks, sources, position), frozenset(properties),
                              negated, quantified(text, marks[position]),
                              is_close(text[: marks[position]]))  # fmt: skip
            placed = Placed(pieces[position], numbers[position], context, block)
            if follows(text, marks, position):
                said = self._restriction(pieces[position - 1], pieces[position])
                placed.restricts = said is not None
            if follows(text, marks, position + 1):
                placed.restriction = self._restriction(pieces[position], pieces[position + 1])
            before = self.state.table.assumed
            self._piece(placed)
            if conditions(text, marks, sources, position):
                own = [each for each in self.state.table.assumed if each not in before]
            elif conditions(text, marks, sources, position + 1):
                self.state.table.withdraw(own)

    def _piece(self, placed: Placed) -> None:
        piece, state = placed.piece, self.state
        state.line = piece.start.line
        span = Span(0, len(piece.latex))
        try:
            tokens = tokenize(piece.latex)
            tokens, defined = expand(tokens, state.macros, piece.latex)
            state.macros.update(defined)
            raw = split_piece(tokens)
        except Refusal as refusal:
            self._record(placed, refused("claim", refusal, span), None, 0, {}, span)
            return
        except RecursionError:
            self._record(placed, refused("claim", _too_deep(span), span), None, 0, {}, span)
            return
        if not raw.statements or placed.restricts:
            self._record(placed, Outcome("prose", "reads", span), None, 0, {}, span)
            return
        if placed.restriction is not None:
            raw.statements[-1].conditions.append(placed.restriction)
        self._statements(placed, raw)

    def _restriction(self, formula: Piece, behind: Piece) -> Condition | None:
        r"""What the piece behind a formula says of its indices, where it says nothing else.

        ``$x_i > 0$ for $i \ge 2$`` in prose is ``$x_i > 0 \quad \text{for } i \ge 2$``.
        """
        span = Span(0, len(formula.latex))
        try:
            tokens, _ = expand(tokenize(behind.latex), self.state.macros, behind.latex)
            return index_restriction(self.state, tokens, span, formula.latex)
        except (Refusal, RecursionError):
            return None  # it is executed by itself, and what is wrong with it is said there

    def _statements(self, placed: Placed, raw: RawPiece) -> None:
        """Execute the statements of a piece."""
        labels = _labels(raw)
        placed.alone = len(raw.statements) == 1
        before = _links_before(raw.statements)
        for statement in _in_reading_order(raw.statements):
            self._statement(placed, statement, before[statement.span.start], labels)

    def _statement(
        self, placed: Placed, raw: RawStatement, links_before: int, labels: dict[int, str]
    ) -> None:
        state, piece = self.state, placed.piece
        state.line = piece.place(raw.span.start).line
        context = placed.context
        if raw.intro in READ_BEFORE or raw.intro in ("suppose", "assume", "define", "if"):
            context = replace(context, mode=raw.intro)
        source = piece.latex
        statement = Statement(raw, source, context, source[raw.span.start : raw.span.end],
                              piece.display)  # fmt: skip
        try:
            outcome = execute(state, statement)
        except Refusal as refusal:
            state.table.overlay = {}
            outcome = refused(_kind_of(raw), refusal, raw.span)
        except RecursionError:
            outcome = refused("claim", _too_deep(raw.span), raw.span)
        except Exception as error:
            error.add_note(f"line {state.line}: {source[:200]}")
            raise
        self._note_use(outcome)
        self._mentioned(placed, raw)
        if outcome.chain is not None and outcome.chain.relations[:1] == ["→"] and outcome.links:
            self.routes.append((placed.block.group, outcome.terms, outcome))
        self._record(placed, outcome, statement, links_before, labels, raw.span)
        if self.stop_at is not None and labels.get(raw.span.start) == self.stop_at:
            self.stopped_with = outcome

    def _mentioned(self, placed: Placed, raw: RawStatement) -> None:
        """A property that an assuming sentence states of a symbol that it only mentions."""
        context = placed.context
        if not context.properties or context.mode in ("", "if"):
            return
        if len(raw.chains) == 1 and len(raw.chains[0].terms) == 1:
            key = text_of(placed.piece.latex, raw.chains[0].terms[0])
            add_properties(self.state, key, context.properties)

    def _note_use(self, outcome: Outcome) -> None:
        own = outcome.key
        if outcome.prepared is not None:
            for key in outcome.prepared.keys:
                if key != own:
                    self.state.table.used.add(key)
        if own is not None:
            symbol = self.state.table.lookup(own)
            if symbol is not None and symbol.definition is not None:
                self.state.table.used.update(key for key, _ in symbol.definition.behind)

    def _record(
        self, placed: Placed, outcome: Outcome, statement: Statement | None, links_before: int,
        labels: dict[int, str], span: Span,
    ) -> None:  # fmt: skip
        refuting = _refuting(placed.block)
        record = statement_report(
            self.state, placed.piece, placed.number, outcome, statement, links_before,
            labels.get(span.start), refuting, alone=placed.alone,
        )  # fmt: skip
        self.records.append(record)
        if outcome.key is not None and outcome.verdict == "defines":
            self.definitions.append((outcome.key, len(self.records) - 1, record))

    # Routes ------------------------------------------------------------------------------------

    def _finish_routes(self) -> None:
        """Routes with the same ends that stand in one list are all of them."""
        if not self.routes:
            return
        routes = [nodes for _, nodes, _ in self.routes]
        group = self.routes[-1][0]
        last = self.routes[-1][2]
        if group and all(outcome.verdict == "holds" for _, _, outcome in self.routes):
            missing = missing_routes(self.state, routes, last.span)
            if missing:
                self._fail_last_route(missing)
        self.routes = []

    def _fail_last_route(self, missing: list[str]) -> None:
        message = f"the list lacks the route {missing[0]}"
        for position in range(len(self.records) - 1, -1, -1):
            record = self.records[position]
            if record.links and record.links[0].relation == "→":
                start = Place(record.line, record.column, record.path)
                end = Place(record.end_line, record.end_column, record.path)
                self.records[position] = replace(
                    record, verdict="fails", at=len(record.links), message=message,
                    finding=Finding("step-unequal", message, start, end),
                )  # fmt: skip
                return


def _too_deep(span: Span) -> Refusal:
    return Refusal("too-large", "the formula is nested too deeply", span)


def _kind_of(raw: RawStatement) -> Kind:
    if not raw.chains or not raw.chains[0].relations:
        return "expression"
    return "claim"


def _refuting(block: Block) -> str | None:
    """What the title of a ``refuted`` admonition around the block expects."""
    for scope in reversed(block.scopes):
        if scope.kind == "admonition" and scope.name == "refuted":
            word = re.match(r"\W*([\w-]+)", scope.title)
            found = word.group(1).lower() if word else ""
            return found if found in REFUTABLE else "fails"
    return None


def _labels(raw: RawPiece) -> dict[int, str]:
    """The label of each statement, by where the statement starts."""
    found: dict[int, str] = {}
    starts = sorted(statement.span.start for statement in raw.statements)
    for label, span in raw.labels:
        before = [start for start in starts if start <= span.start]
        found.setdefault(before[-1] if before else starts[0], label)
    return found


def _links_before(statements: Sequence[RawStatement]) -> dict[int, int]:
    """How many links stand before each statement of a block, by where the statement starts."""
    found: dict[int, int] = {}
    count = 0
    for statement in sorted(statements, key=lambda each: each.span.start):
        found[statement.span.start] = count
        count += sum(len(chain.relations) for chain in statement.chains)
    return found


def _in_reading_order(statements: list[RawStatement]) -> list[RawStatement]:
    """What *where* introduces behind a formula is read before it, where the formula needs it."""
    needed = [
        each for each in statements
        if each.intro in READ_BEFORE and _serves(each, [p for p in statements if p is not each])
    ]  # fmt: skip
    return needed + [each for each in statements if each not in needed]


def _serves(statement: RawStatement, others: Sequence[RawStatement]) -> bool:
    """Whether a statement declares something, or defines a name that one of the others uses."""
    if not statement.chains or statement.chains[0].relations[:1] != ["="]:
        return True
    name = list(itertools.takewhile(
        lambda token: not token.is_symbol("_", "^", "(", "'"), statement.chains[0].terms[0]
    ))  # fmt: skip
    said = [(token.kind, token.text) for token in name]
    for other in others:
        tokens = [(token.kind, token.text) for token in other.tokens]
        if any(tokens[k : k + len(said)] == said for k in range(len(tokens))):
            return True
    return False


def _reading_order(blocks: list[Block]) -> list[int]:
    """The blocks in order, but a *where* sentence before the displayed formula that it follows."""
    order: list[int] = []
    position = 0
    while position < len(blocks):
        block = blocks[position]
        following = next(
            (k for k in range(position + 1, len(blocks)) if blocks[k].kind != "comment"), None
        )
        is_display = any(isinstance(part, Piece) and part.display for part in block.parts)
        if is_display and following is not None and _goes_on(blocks[following]):
            order += [following, position, *range(position + 1, following)]
            position = following + 1
        else:
            order.append(position)
            position += 1
    return order


def _where_apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with the *where* sentence that a paragraph begins with as a block of its own."""
    result: list[Block] = []
    for block in blocks:
        if not _goes_on(block):
            result.append(block)
            continue
        for position, part in enumerate(block.parts):
            end = re.search(r"[.!?](?=\s)", part) if isinstance(part, str) else None
            if end is not None and isinstance(part, str):
                first = (*block.parts[:position], part[: end.end()])
                rest = (part[end.end() :], *block.parts[position + 1 :])
                result += [replace(block, parts=first), replace(block, parts=rest)]
                break
        else:
            result.append(block)
    return result


def _goes_on(block: Block) -> bool:
    first = block.parts[0] if block.parts else ""
    return (
        block.kind == "paragraph"
        and isinstance(first, str)
        and re.match(r"\s*(?:where|with)\b", first) is not None
        and not any(isinstance(part, Piece) and part.display for part in block.parts)
    )


def check_page(
    page: Page, *, macros: Mapping[str, Macro] | None = None, seed: int = 0
) -> FileReport:
    """Execute every statement of a page.

    Raises:
        Exception: only for a defect of the engine itself; its notes name the formula.

    """
    state = State(page.layout, seed, dict(macros or {}))
    walker = Walker(page, state)
    walker.run()
    return walker.report()
