"""Outcomes as records: places in the file, messages in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence

from proofread import records
from proofread.diagnosis.numbers import array, worst_entry
from proofread.diagnosis.repairs import Found, find_fitting, find_repairs, other_layouts
from proofread.latex.tokens import Refusal, Span
from proofread.markdown.page import Page, Piece, Problem
from proofread.records import FileReport, Finding, Label, Link, Note, Place, Repair, Sample
from proofread.records import Statement as Record
from proofread.symbols.keys import display
from proofread.symbols.table import Symbol
from proofread.verdict.equality import LinkResult
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.statement import Statement


def end_of(piece: Piece, span: Span) -> Place:
    """One column past the last character of a stretch."""
    last = piece.place(max(span.end - 1, span.start))
    return Place(last.line, last.column + 1, last.path)


def statement_report(
    state: State, piece: Piece, number: int, outcome: Outcome, statement: Statement | None,
    links_before: int, label: str | None, expected: str | None, *, alone: bool,
) -> Record:  # fmt: skip
    """The record of one statement; one that is ``alone`` in its piece has its delimiters too."""
    span = outcome.span
    first, last = piece.place(span.start), end_of(piece, span)
    if alone:
        first = piece.start
        last = Place(piece.end.line, piece.end.column + 1, piece.end.path)
    failing = outcome.failing
    found: list[Found] = []
    notes: list[Note] = []
    refusal = outcome.refusal
    if refusal is not None and refusal.code == "shape-mismatch" and statement is not None:
        found = find_fitting(state, statement, refusal)
        refusal.help += tuple(map(_offer, found))
    if outcome.verdict == "fails" and failing is not None and statement is not None:
        found = find_repairs(state, outcome, statement, failing)
        notes += [Note("note", text) for text in other_layouts(state, outcome, statement, failing)]
        notes += [Note("note", each.words) for each in found[:1] if each.words]
    repairs = tuple(
        Repair(each.kind, each.latex, piece.place(each.span.start), end_of(piece, each.span))
        for each in found
    )
    finding = _finding(piece, outcome, failing, links_before, found, notes)
    message = outcome.message
    if finding is not None:
        message = finding.message
    return Record(
        line=first.line,
        column=first.column,
        end_line=last.line,
        end_column=last.column,
        display=piece.display,
        latex=piece.latex[span.start : span.end],
        kind=outcome.kind,
        verdict=outcome.verdict,
        refuted=expected is not None,
        label=label,
        code=outcome.refusal.code if outcome.refusal else None,
        at=links_before + failing if outcome.verdict == "fails" and failing else None,
        message=message,
        assumptions=_assumptions(outcome),
        held_constant=_held_constant(outcome),
        samples=outcome.samples,
        sizes=outcome.sizes,
        links=tuple(_link(outcome, link) for link in outcome.links),
        repairs=repairs,
        finding=finding,
        example=_example(outcome),
        introduces=tuple(display(key) for key in outcome.introduces),
        notes=_remarks(outcome),
        piece=number,
        expected=expected,
        path=first.path,
    )


def _remarks(outcome: Outcome) -> tuple[str, ...]:
    found = list(outcome.notes)
    if outcome.prepared is not None:
        found += outcome.prepared.shaped.notes
    found += [link.note for link in outcome.links if link.note and link.verdict == "holds"]
    return tuple(dict.fromkeys(found))


MATRIX_SETS = frozenset({"symmetric", "orthogonal", "invertible"})


def _assumptions(outcome: Outcome) -> tuple[str, ...]:
    """The conditions under which a claim was checked, in words."""
    if outcome.sampler is None:
        return ()
    found: list[str] = []
    for key, symbol in outcome.sampler.symbols.items():
        name = display(key)
        if symbol.set.kind not in ("real", "function", "basis"):
            verb = "is" if symbol.set.kind in MATRIX_SETS else "in"
            found.append(f"{name} {verb} {symbol.set.text}")
        found += [
            f"{name} has full column rank" if each == "full column rank" else f"{name} is {each}"
            for each in sorted(symbol.properties)
        ]
    found += [each.text for each in outcome.sampler.assumptions]
    found += [each.text for each in outcome.sampler.state.table.constraints
              if each.keys <= outcome.sampler.names]  # fmt: skip
    return tuple(dict.fromkeys(found))


def _held_constant(outcome: Outcome) -> tuple[str, ...]:
    if not outcome.varying or outcome.sampler is None:
        return ()
    return tuple(display(key) for key in outcome.sampler.symbols if key not in outcome.varying)


def _link(outcome: Outcome, link: LinkResult) -> Link:
    left = right = None
    if outcome.prepared is not None and link.relation not in ("⟹", "⟸", "⟺"):
        shapes = outcome.prepared.shapes
        if link.left < len(shapes):
            left = str(shapes[link.left])
        if link.right < len(shapes):
            right = str(shapes[link.right])
    error: float | None = link.error if link.agreed and link.relation in ("=", "≡") else None
    if link.verdict == "fails" and link.compared is not None:
        error = link.compared.error
    if error is not None and not error < float("inf"):
        error = None
    return Link(link.relation, link.verdict, left, right, error, link.reason)


def _example(outcome: Outcome) -> Sample | None:
    """One sample in numbers, the failing link's if there is one."""
    for link in sorted(outcome.links, key=lambda each: each.verdict != "fails"):
        if (
            link.sample is None
            or link.compared is None
            or link.compared.left is None
            or (link.compared.right is None)
        ):
            continue
        sample = link.sample
        values = tuple(
            (display(key), array(value))
            for key, value in sample.made.get("double", {}).items()
            if sample.sampler.symbols[key].role == "value"
        )
        sizes = tuple(sorted((k, v) for k, v in sample.sizes.items() if not k.startswith("?")))
        return Sample(sizes, values, array(link.compared.left[0]), array(link.compared.right[0]))
    return None


# Findings ----------------------------------------------------------------------------------------


def _finding(
    piece: Piece, outcome: Outcome, failing: int | None, links_before: int,
    repairs: Sequence[Found], notes: list[Note],
) -> Finding | None:  # fmt: skip
    """What there is to find; ``None`` where the statement is accepted."""
    if outcome.refusal is not None:
        return refusal_finding(piece, outcome.refusal)
    if outcome.verdict == "undecided":
        span = outcome.span
        start, end = piece.place(span.start), end_of(piece, span)
        message = outcome.message or "too few samples satisfy the assumptions"
        return Finding("undecided", message, start, end, (Label(start, end, "", True),))
    if outcome.verdict != "fails" or failing is None:
        return None
    link = outcome.links[failing - 1]
    return _step_unequal(piece, outcome, link, links_before + failing, repairs, notes)


def refusal_finding(piece: Piece, refusal: Refusal) -> Finding:
    """A refusal as a finding, with its labels and help."""
    start, end = piece.place(refusal.span.start), end_of(piece, refusal.span)
    labels = tuple(
        Label(piece.place(span.start), end_of(piece, span), text) for span, text in refusal.labels
    )
    if not any(each.start == start and each.end == end for each in labels):
        labels = (Label(start, end, "", True), *labels)
    else:
        labels = tuple(
            Label(each.start, each.end, each.text, each.start == start and each.end == end)
            for each in labels
        )
    notes = tuple(Note("help", text) for text in refusal.help)
    return Finding(refusal.code, refusal.message, start, end, labels, notes)


RELATION_WORDS = {
    "=": "equal to", "≡": "equal to", "<": "less than", ">": "greater than", "≤": "at most",
    "≥": "at least", "≠": "different from", "∝": "proportional to", "≈": "close to",
    "∈": "a member of", "≻": "above", "⪰": "above", "≺": "below", "⪯": "below",
}  # fmt: skip


def _step_unequal(
    piece: Piece, outcome: Outcome, link: LinkResult, at: int, repairs: Sequence[Found],
    notes: list[Note],
) -> Finding:  # fmt: skip
    span = _term_span(outcome, link.right) or link.span
    before = _term_span(outcome, link.left)
    message = _message(link, at)
    shapes = [str(shape) for shape in outcome.prepared.shapes] if outcome.prepared else []
    labels: list[Label] = []
    if before is not None and before != span:
        text = shapes[link.left] if link.left < len(shapes) else ""
        labels.append(Label(piece.place(before.start), end_of(piece, before), text))
    start, end = piece.place(span.start), end_of(piece, span)
    words = RELATION_WORDS.get(link.relation, "a consequence of")
    shape = f"{shapes[link.right]}, " if link.right < len(shapes) and link.relation != "∈" else ""
    labels.append(Label(start, end, f"{shape}not {words} the term before it", True))
    sample = _sample_note(link)
    found = [sample] if sample else []
    if link.note:
        found.append(Note("note", link.note))
    found += notes
    if repairs:
        found.append(Note("help", _offer(repairs[0])))
        found += [Note("help", _offer(each, "or")) for each in repairs[1:]]
    return Finding("step-unequal", message, start, end, tuple(labels), tuple(found))


def _offer(found: Found, verb: str = "write") -> str:
    place = "on the left, " if found.left and verb == "write" else ""
    return f"{place}{verb} {found.latex} (verified: {found.kind})"


def _message(link: LinkResult, at: int) -> str:
    compared = link.compared
    if compared is not None and compared.outcome in ("left undefined", "right undefined"):
        side = "left" if compared.outcome == "left undefined" else "right"
        other = "right" if side == "left" else "left"
        return (
            f"the {side} side of link {at} is undefined where the {other} one is defined: "
            f"{compared.undefined}"
        )
    total = link.agreed + link.differed
    if link.relation in ("=", "≡") and compared is not None:
        return f"the two sides of link {at} differ in {link.differed} of {total} samples"
    return f"link {at} ({link.relation}) is refuted"


def _term_span(outcome: Outcome, number: int) -> Span | None:
    if outcome.chain is None or number >= len(outcome.chain.terms):
        return None
    tokens = outcome.chain.terms[number]
    return tokens[0].span.to(tokens[-1].span) if tokens else None


def _sample_note(link: LinkResult) -> Note | None:
    compared, sample = link.compared, link.sample
    if sample is None:
        return None
    sizes = ", ".join(f"{name} = {size}" for name, size in sorted(sample.sizes.items())
                      if not name.startswith("?"))  # fmt: skip
    if compared is None:
        return Note("sample", sizes) if sizes else None
    if compared.left is None or compared.right is None:
        values = ", ".join(
            f"{display(key)} = {array(value)}"
            for key, value in list(sample.made.get("double", {}).items())[:4]
            if sample.sampler.symbols[key].role == "value"
        )
        text = ", ".join(part for part in (sizes, values) if part)
        return Note("sample", text) if text else None
    name, left, right = worst_entry(compared)
    relative = f", relative difference {compared.error:.2g}" if link.relation in ("=", "≡") and (
        compared.error < float("inf")
    ) else ""  # fmt: skip
    head = f"{sizes}, " if sizes else ""
    return Note("sample", f"{head}{name}left {left}, right {right}{relative}")


def problem_statement(problem: Problem) -> Record:
    """Mathematics that does not come out as mathematics, as a statement that is refused."""
    notes = (Note("help", problem.help),) if problem.help else ()
    finding = Finding("latex-syntax", problem.message, problem.start, problem.end,
                      (Label(problem.start, problem.end, "", True),), notes)  # fmt: skip
    return Record(
        line=problem.start.line, column=problem.start.column, end_line=problem.end.line,
        end_column=problem.end.column, display=False, latex="", kind="expression",
        verdict="refused", code="latex-syntax", message=problem.message, finding=finding,
        piece=-1, path=problem.start.path,
    )  # fmt: skip


# The page ----------------------------------------------------------------------------------------


def page_report(
    page: Page, state: State, statements: Sequence[Record],
    definitions: Sequence[tuple[str, int, Record]],
) -> FileReport:  # fmt: skip
    """The report of a page, with its definitions that nothing uses."""
    ordered = sorted(statements, key=lambda each: (each.line, each.column))
    unused = tuple(
        _unused(record, key) for key, _, record in definitions
        if key not in state.table.used and not record.label and not record.refuted
    )  # fmt: skip
    symbols = tuple(_row(symbol) for symbol in state.table.symbols.values())
    return FileReport(page.path, page.layout, tuple(ordered), unused, symbols)


def _unused(record: Record, key: str) -> Finding:
    start = Place(record.line, record.column, record.path)
    end = Place(record.end_line, record.end_column, record.path)
    return Finding(
        "unused-definition",
        f"“{display(key)}” is defined here and nothing on the page uses it",
        start,
        end,
        (Label(start, end, "", True),),
        (Note("help", "a misspelt left side looks like this; give it a \\label if it is meant"),),
    )


def _row(symbol: Symbol) -> records.SymbolRow:
    shape = "function" if symbol.role == "function" else str(symbol.shape)
    return records.SymbolRow(display(symbol.key), shape, symbol.set.text, symbol.place.line)
