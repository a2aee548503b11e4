"""What the engine says of an answer to an exercise.

What a reader types is never Markdown: it is a formula of its own, tokenised apart from all that
the exercise gives, so that nothing in it reaches beyond itself. Whether it is the answer is decided
by one claim that is made here, that its result equals what is asked, with what is given alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from proofread.algebra.decimals import precise
from proofread.checking import Placed, Walker
from proofread.diagnosis.report import end_of, refusal_finding
from proofread.latex.macros import DEFINING, Macro, expand
from proofread.latex.tokens import Refusal, Span, Token, tokenize
from proofread.markdown.page import Block, Page, Piece
from proofread.records import Finding, Note, Place, Statement
from proofread.rendering.cells import split_lines
from proofread.rendering.findings import finding_of
from proofread.rendering.text import render_finding
from proofread.surfaces.live.exercise import Exercise
from proofread.symbols.keys import display
from proofread.symbols.table import Symbol
from proofread.syntax.chains import Chain, relation
from proofread.syntax.cleaning import is_space, require_balance
from proofread.syntax.cursor import depths
from proofread.syntax.nodes import (
    ArgMin,
    Derivative,
    Differential,
    Directional,
    FunctionDerivative,
    Name,
    Node,
    strip,
    walk,
)
from proofread.syntax.statements import RawPiece, RawStatement, split_piece
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.words import Context

TYPED = "your answer"
ASKED = "the question"
"""What places in the two parts of the formula are called."""

EQUALS = " ="
ROW = r" \\"
"""What may stand between what is asked and what is typed."""

NOT_A_RESULT = "not-a-result"
"""The code of a finding about an answer that only asks the question again."""
CHANGES_THE_SETTING = "changes-the-setting"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What there is to say of an answer."""

    solved: bool
    message: str
    findings: tuple[tuple[Finding, str], ...] = ()
    """Each with its text."""

    def to_json(self) -> str:
        """The judgement as the page takes it."""
        findings = [
            {"code": finding.code, "message": finding.message, "text": text,
             "from": [finding.start.line, finding.start.column],
             "to": [finding.end.line, finding.end.column],
             "typed": finding.start.path == TYPED}
            for finding, text in self.findings
        ]  # fmt: skip
        said = {"solved": self.solved, "message": self.message, "findings": findings}
        return json.dumps(said, ensure_ascii=False)


@precise()
def judge(
    exercise: Exercise, typed: str, opened: int = 0, *, macros: Mapping[str, Macro] | None = None
) -> Judgement:
    """What the engine says of an answer.

    Args:
        exercise: what is given and asked.
        typed: the result as LaTeX, or steps that lead to it, one a line.
        opened: how many hints the reader has opened; what they introduce may be used, and a
            repair is shown once there are no more.
        macros: that hold on the site.

    """
    if not typed.strip():
        return Judgement(False, "type a result, or the steps that lead to it, one a line")
    try:
        return _Attempt(exercise, typed, opened, macros or {}).judgement()
    except RecursionError:
        return Judgement(False, "the formula is nested too deeply")


# One attempt -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Walker(Walker):
    """A walk that can go on with statements which stand in no text, and keeps what they gave."""

    outcome: Outcome | None = None

    def execute(self, piece: Piece, block: Block, raw: RawPiece) -> list[Statement]:
        """Execute some statements; their records."""
        before = len(self.records)
        placed = Placed(piece, self.numbers[id(piece)], Context(), block)
        self.state.line = piece.start.line
        self._statements(placed, raw)
        return self.records[before:]

    def _record(self, placed: Placed, outcome: Outcome, *rest: Any) -> None:
        self.outcome = outcome
        Walker._record(self, placed, outcome, *rest)


class _Attempt:
    """One answer on its way through the engine."""

    given: _Walker
    """The walk when all that is given was read."""

    def __init__(
        self, exercise: Exercise, typed: str, opened: int, macros: Mapping[str, Macro]
    ) -> None:
        self.typed = "\n".join(split_lines(typed)).rstrip()
        self.asked = " ".join(exercise.asked.split())
        self.exercise = exercise
        self.macros = macros
        self.hints = [block for hint in exercise.hints[:opened] for block in hint]
        self.reveal = opened >= len(exercise.hints)
        self.own: set[str] = set()
        """The keys that the answer introduces."""

    def judgement(self) -> Judgement:
        """The judgement of the whole answer."""
        piece = self._piece("", self.typed)
        try:
            prefix, rows = self._read(piece)
            piece = self._piece(f"{self.asked}{prefix}\n", rows)
            tokens, _ = expand(tokenize(piece.latex), self.macros, piece.latex)
            behind = piece.latex.index("\n") if prefix == ROW else 0
            raw = split_piece([token for token in tokens if token.span.start >= behind])
            asked = [token for token in tokens if token.span.start < len(self.asked)]
            claim = _claim(asked, raw)
        except Refusal as refusal:
            finding = refusal_finding(piece, refusal)
            return self._unfinished("this cannot be read", [finding])
        block = Block("paragraph", (piece,))
        self.given = self._walk_over_what_is_given(block)
        final = self.given.copy()
        concluding = final.execute(piece, block, claim)
        restated = self._restated(piece, final.outcome)
        if restated:
            return self._unfinished("that is still the question", [restated])
        if prefix != ROW and _is_one_link(raw):
            return self._concluded(concluding)
        derived = self.given.copy()
        return self._derived(derived, derived.execute(piece, block, raw), concluding)

    def _piece(self, before: str, typed: str) -> Piece:
        """What is typed behind a line that is not, with the places of what is typed."""
        rows = [Place(row + 1, 1, TYPED) for row in range(typed.count("\n") + 1)]
        lines = (Place(1, 1, ASKED), *rows) if before else tuple(rows)
        end = Place(rows[-1].line, len(typed.rpartition("\n")[2]), TYPED)
        return Piece(before + typed, True, lines, rows[0], end)

    def _read(self, piece: Piece) -> tuple[str, str]:
        r"""What joins the answer to what is asked, and the answer with ``\\`` between its lines.

        A result by itself equals what is asked; a relation goes on from it; anything else is a
        derivation of its own.
        """
        tokens = tokenize(piece.latex)
        defining = next((token for token in tokens if token.is_command(*DEFINING)), None)
        if defining is not None:
            raise Refusal("latex-syntax", "an answer defines no macros", defining.span)
        require_balance(tokens)
        rows = _in_rows(piece.latex, tokens)
        first = next((token for token in tokens if not is_space(token)), None)
        if first is not None and relation(first) is not None:
            return "", rows
        read, _ = expand(tokenize(rows), self.macros, rows)
        chains = _chains(split_piece(read))
        if not chains:
            raise Refusal("latex-syntax", "there is no result", Span(0, len(piece.latex)))
        alone = len(chains) == 1 and not chains[0].relations
        return (EQUALS if alone else ROW), rows

    def _walk_over_what_is_given(self, block: Block) -> _Walker:
        layout = self.exercise.layout
        page = Page(None, layout, (*self.exercise.setting, *self.hints, block))
        given = _Walker(page, State(layout, 0, dict(self.macros)))
        given.begin()
        for each in given.order[:-1]:
            given.take(each)
        return given

    def _restated(self, piece: Piece, outcome: Outcome | None) -> Finding | None:
        """Where the result holds the question, or a derivative that is still to be taken."""
        if outcome is None or not outcome.terms:
            return None
        asked, result = outcome.terms
        question = strip(asked)
        symbols = self.given.state.table.symbols
        for node in walk(result):
            if strip(node) == question:
                return _about(piece, node, "the result contains what is asked for")
            if _is_open(node, symbols):
                message = "the result contains a derivative that is still to be taken"
                return _about(piece, node, message)
        return None

    def _derived(
        self, derived: _Walker, steps: Sequence[Statement], concluding: Sequence[Statement]
    ) -> Judgement:
        """A result with steps before it: each of them has to hold as well."""
        changed = self._changed(derived, steps)
        if changed:
            return self._unfinished("what is given stays as it is", [changed])
        wrong = [each for each in steps if not each.accepted]
        if wrong:
            reached = all(each.accepted for each in concluding)
            message = "the result is right, but a step is not" if reached else "not yet"
            return self._unfinished(message, self._findings(wrong))
        self.own = set(derived.state.table.symbols) - set(self.given.state.table.symbols)
        return self._concluded(concluding, "each step holds, but they do not lead to what is asked")

    def _changed(self, derived: _Walker, steps: Sequence[Statement]) -> Finding | None:
        """Where the answer declares, defines or assumes something of what is given."""
        before, after = self.given.state.table, derived.state.table
        names = {display(key) for key, symbol in before.symbols.items()
                 if after.symbols.get(key) is not symbol}  # fmt: skip
        assumes = (len(after.assumptions), len(after.constraints)) != (
            len(before.assumptions), len(before.constraints),
        )  # fmt: skip
        for step in steps:
            taken = names.intersection(step.introduces)
            if taken or (assumes and step.kind == "declaration"):
                said = f"redefines {' and '.join(sorted(taken))}" if taken else "assumes more"
                return self._on(step, f"the answer {said}, and what is given stays as it is")
        if names or assumes:
            return self._on(steps[0], "the answer assumes more than is given")
        return None

    def _on(self, step: Statement, message: str) -> Finding:
        start = Place(step.line, step.column, TYPED)
        end = Place(step.end_line, step.end_column, TYPED)
        return Finding(CHANGES_THE_SETTING, message, start, end)

    def _concluded(self, concluding: Sequence[Statement], otherwise: str = "not yet") -> Judgement:
        """The verdict on the one claim that decides."""
        samples, sizes = concluding[0].samples, concluding[0].sizes
        if concluding[0].verdict == "holds" and samples:
            over = f", over {sizes} choices of sizes" if sizes > 1 else ""
            return Judgement(True, f"right: it holds in {samples} samples{over}")
        if concluding[0].code == "undeclared-symbol":
            said = concluding[0].message or ""
            own = [name for name in map(display, self.own) if f"“{name}”" in said]
            for name in own:
                otherwise = f"the result uses {name}: write it in the symbols that are given"
        return self._unfinished(otherwise, self._findings(concluding))

    def _findings(self, statements: Sequence[Statement]) -> list[Finding]:
        return [self._quiet(each) for each in statements if not each.accepted]

    def _quiet(self, statement: Statement) -> Finding:
        """What is wrong with a step; as long as there are hints, a repair says only its kind."""
        finding = finding_of(statement, TYPED)
        if self.reveal or not statement.repairs:
            return finding
        offers = [f"{each.latex} (verified: {each.kind})" for each in statement.repairs]
        notes = [note for note in finding.notes
                 if not any(note.text.endswith(offer) for offer in offers)]  # fmt: skip
        kind = statement.repairs[0].kind
        nearly = Note("help", f"one change makes it hold, of this kind: {kind}")
        return replace(finding, notes=(*notes, nearly))

    def _unfinished(self, message: str, findings: Sequence[Finding]) -> Judgement:
        return Judgement(
            False, message, tuple((each, render_finding(each, self._source)) for each in findings)
        )

    def _source(self, path: str | None) -> Sequence[str]:
        return {TYPED: split_lines(self.typed), ASKED: [self.asked]}.get(path or "", ())


# Statements from tokens --------------------------------------------------------------------------


def _in_rows(latex: str, tokens: Sequence[Token]) -> str:
    r"""The text with ``\\`` at each line break that stands in no brackets."""
    found, position = "", 0
    for token, following, level in zip(tokens, tokens[1:], depths(tokens)[1:], strict=False):
        between = latex[token.span.end : following.span.start]
        if level == 0 and "\n" in between and "row" not in (token.kind, following.kind):
            found += latex[position : token.span.end] + r" \\"
            position = token.span.end
    return found + latex[position:]


def _chains(raw: RawPiece) -> list[Chain]:
    return [chain for statement in raw.statements for chain in statement.chains]


def _claim(asked: list[Token], raw: RawPiece) -> RawPiece:
    """The claim that what is asked equals the last term of an answer, without any condition."""
    question = _chains(split_piece(asked))[0].terms[0]
    result = _chains(raw)[-1].terms[-1]
    span = question[0].span.to(result[-1].span)
    between = Span(question[-1].span.end, result[0].span.start)
    chain = Chain([question, result], ["="], [between], [None], span)
    return RawPiece([RawStatement([chain], [], [], "", span, [*question, *result])], [])


def _is_one_link(raw: RawPiece) -> bool:
    """Whether the answer is nothing but its result."""
    [first, *others] = raw.statements
    chains = first.chains
    return not others and len(chains) == 1 and chains[0].relations == ["="]


def _is_open(node: Node, symbols: Mapping[str, Symbol]) -> bool:
    """Whether a node asks for something to be worked out; a given function has its derivative."""
    if isinstance(node, Derivative | Differential | ArgMin):
        return True
    if isinstance(node, FunctionDerivative | Directional):
        function = strip(node.function)
        symbol = symbols.get(function.key) if isinstance(function, Name) else None
        return symbol is None or symbol.definition is not None
    return False


def _about(piece: Piece, node: Node, message: str) -> Finding:
    start, end = piece.place(node.span.start), end_of(piece, node.span)
    advice = "write the result in the given symbols, with all derivatives taken"
    return Finding(NOT_A_RESULT, message, start, end, notes=(Note("help", advice),))
