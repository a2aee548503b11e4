"""What of a report is not accepted, as a finding in any case."""

from __future__ import annotations

from proofread.records import Finding, Place, Statement


def _answer(statement: Statement) -> str:
    match statement.verdict:
        case "refused":
            return f"is refused with {statement.code}"
        case "undecided":
            return "is undecided"
        case verdict:
            return verdict


def finding_of(statement: Statement, path: str | None) -> Finding:
    """What is wrong with a statement that is not accepted, also where the engine is content."""
    start = Place(statement.line, statement.column, statement.path or path)
    end = Place(statement.end_line, statement.end_column, statement.path or path)
    if statement.refuted and not statement.accepted:
        met = _answer(statement)
        message = f"the title expects {statement.expected or 'a refutation'}, but the formula {met}"
        notes = statement.finding.notes if statement.finding else ()
        labels = statement.finding.labels if statement.finding else ()
        if statement.finding:
            start, end = statement.finding.start, statement.finding.end
            message += f": {statement.finding.message}"
        return Finding("refuted", message, start, end, labels, notes)
    if statement.finding:
        return statement.finding
    code = statement.code or ("step-unequal" if statement.verdict == "fails" else "undecided")
    return Finding(code, statement.message or f"the formula {_answer(statement)}", start, end)
