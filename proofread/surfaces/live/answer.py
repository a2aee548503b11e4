"""What the page of the checker is told of a text: plain dictionaries, lists, strings, numbers.

A place is a pair of a line and a column, both counted from 1, the column in characters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from proofread.latex.tokens import Span
from proofread.markdown.page import Piece
from proofread.records import FileReport, Finding, Place, Repair, Statement
from proofread.rendering.text import render_finding, source_of
from proofread.surfaces.items import items_of
from proofread.surfaces.live.marking import mark
from proofread.surfaces.live.page import Converted
from proofread.surfaces.live.walk import LiveWalker, Part
from proofread.surfaces.site import verdicts
from proofread.surfaces.site.macros import macros_of, with_macros
from proofread.surfaces.site.rewriting import rewrite

Answer = dict[str, Any]


def answer(text: str, converted: Converted, walker: LiveWalker, key: str, macros: str) -> Answer:
    """All there is to say of a text whose walk is finished."""
    report = walker.report()
    findings = list(_findings(text, report))
    numbers = _label_numbers(report)
    known: list[dict[str, str]] = []
    return {
        "key": key,
        "html": converted.html,
        "layout": report.layout,
        "pieces": _pieces(converted.pieces, walker, report, findings, numbers, macros, key, known),
        "macros": known,
        "findings": findings,
        "symbols": [
            {"name": _name(row.name), "shape": row.shape, "set": row.set, "line": row.line}
            for row in report.symbols
        ],
        "states": _states(report),
        "accepted": not any(not finding["expected"] for finding in findings),
    }


def _states(report: FileReport) -> dict[str, int]:
    return dict(Counter(verdicts.state(one) for one in report.statements if one.kind != "prose"))


def _label_numbers(report: FileReport) -> dict[str, str]:
    labels = dict.fromkeys(one.label for one in report.statements if one.label)
    return {label: str(number) for number, label in enumerate(labels, start=1)}


# Pieces ------------------------------------------------------------------------------------------


def _pieces(
    pieces: Sequence[Piece], walker: LiveWalker, report: FileReport,
    findings: Sequence[Answer], numbers: Mapping[str, str], macros: str,
    key: str, known: list[dict[str, str]],
) -> list[Answer]:  # fmt: skip
    statements: dict[int, list[Statement]] = defaultdict(list)
    for statement in report.statements:
        statements[statement.piece].append(statement)
    parts: dict[int, list[Part]] = defaultdict(list)
    for part in walker.parts:
        parts[part.piece].append(part)
    relations: dict[int, list[Span]] = defaultdict(list)
    for record, relation in zip(walker.records, walker.relations, strict=True):
        if len(record.links) == len(relation.spans):
            relations[relation.piece] += relation.spans
    wrong: dict[int, list[Answer]] = defaultdict(list)
    for finding in findings:
        wrong[finding["piece"]].append(finding)
    prepared = with_macros((piece.latex for piece in pieces), macros_of(macros))
    found = []
    for number, (piece, (latex, holding)) in enumerate(zip(pieces, prepared, strict=True)):
        spots = list(_spots(piece, parts[number], wrong[number]))
        spots += _link_spots(statements[number], relations[number], piece)
        marked = mark(piece.latex, [(k, span) for k, (span, _) in enumerate(spots)], key)
        own = latex == piece.latex
        telling = statements[number]
        if holding not in known[-1:]:
            known.append(holding)
        found.append({
            "display": piece.display,
            "latex": piece.latex,
            "tex": rewrite(latex, numbers),
            "marked": rewrite(marked, numbers) if own else "",
            "macros": len(known) - 1,
            "from": _place(piece.start),
            "to": [piece.end.line, piece.end.column + 1],
            "state": verdicts.overall(telling),
            "labels": [numbers[one] for one in dict.fromkeys(s.label for s in telling) if one],
            "details": verdicts.mark(telling, report, _name_as_html) if piece.display else "",
            "spots": [spot for _, spot in spots],
        })  # fmt: skip
    return found


def _name(latex: str) -> str:
    """A name as KaTeX takes it; a bare run of letters is one name there."""
    return rf"\mathrm{{{latex}}}" if len(latex) > 1 and latex.isalpha() else latex


def _name_as_html(latex: str) -> str:
    return f'<span class="tex">{escape(_name(latex))}</span>'


def _spots(
    piece: Piece, parts: Sequence[Part], findings: Sequence[Answer]
) -> Iterator[tuple[Span, Answer]]:
    for part in parts:
        spot = {
            "kind": "part",
            "from": _place(piece.place(part.span.start)),
            "to": _end(piece, part.span),
            "text": part.name or piece.latex[part.span.start : part.span.end],
            "named": bool(part.name),
            "shape": part.shape,
            "set": part.set,
            "line": part.line,
        }
        yield part.span, spot
    for finding in findings:
        span = _span(piece, finding["from"], finding["to"])
        if span is not None:
            yield span, {"kind": "broken", "from": finding["from"], "to": finding["to"],
                         "expected": finding["expected"]}  # fmt: skip


def _link_spots(
    statements: Sequence[Statement], relations: Sequence[Span], piece: Piece
) -> Iterator[tuple[Span, Answer]]:
    links = [link for statement in statements for link in statement.links]
    if len(links) != len(relations):
        return
    for number, (link, span) in enumerate(zip(links, relations, strict=True), start=1):
        yield span, {"kind": "link", "from": _place(piece.place(span.start)),
                     "to": _end(piece, span), "number": number,
                     "verdict": verdicts.link_state(link)}  # fmt: skip


def _place(place: Place) -> list[int]:
    return [place.line, place.column]


def _end(piece: Piece, span: Span) -> list[int]:
    last = piece.place(max(span.end - 1, span.start))
    return [last.line, last.column + 1]


def _span(piece: Piece, start: Sequence[int], end: Sequence[int]) -> Span | None:
    """The stretch of a piece between two places of the page."""
    first, last = _offset(piece, start), _offset(piece, end)
    return Span(first, last) if first is not None and last is not None and first < last else None


def _offset(piece: Piece, place: Sequence[int]) -> int | None:
    position = 0
    for line, begin in zip(piece.latex.split("\n"), piece.lines, strict=True):
        column = place[1] - begin.column
        if begin.line == place[0] and 0 <= column <= len(line):
            return position + column
        position += len(line) + 1
    return None


# Findings ----------------------------------------------------------------------------------------


def _findings(text: str, report: FileReport) -> Iterator[Answer]:
    """All findings in their order, also those that a ``refuted`` admonition asks for."""
    source = source_of(text)
    by_finding = {id(one.finding): one for one in report.statements if one.finding}
    found = [
        _finding(statement.finding, statement, statement.label, expected=True)
        for statement in report.statements
        if statement.accepted and statement.refuted and statement.finding
    ]
    for item in items_of(report):
        for finding in item.findings:
            if finding not in report.unused:
                statement = by_finding.get(id(finding))
                found.append(_finding(finding, statement, item.label, piece=item.piece))
    for each in sorted(found, key=lambda one: one["from"]):
        record = each.pop("record")
        each["text"] = render_finding(record, source, label=each.pop("label"))
        yield each


def _finding(
    finding: Finding, statement: Statement | None, label: str | None, *,
    piece: int | None = None, expected: bool = False,
) -> Answer:  # fmt: skip
    number = statement.piece if statement else piece
    return {
        "record": finding,
        "label": label,
        "code": finding.code,
        "message": finding.message,
        "from": _place(finding.start),
        "to": _place(finding.end),
        "piece": -1 if number is None else number,
        "expected": expected,
        "missing": _missing(finding),
        "repairs": [_repair(each) for each in statement.repairs] if statement else [],
    }


def _missing(finding: Finding) -> str:
    """The name that a finding says is not declared."""
    if finding.code != "undeclared-symbol":
        return ""
    return finding.message.partition("“")[2].partition("”")[0]


def _repair(repair: Repair) -> Answer:
    return {"kind": repair.kind, "latex": repair.latex, "from": _place(repair.start),
            "to": _place(repair.end)}  # fmt: skip
