"""The excerpt of a finding: source lines with their numbers, underlined where it matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from proofread.records import Label
from proofread.rendering.cells import CellLine, lay_out, visible

Paint = Callable[[str, str], str]
"""Takes a text and its role (``place``, ``primary``, ``secondary``) and colours it, or does not."""

WIDTH = 100
"""The cells of a source line that are shown at once."""
_PAD = 4
_LONGEST_SPAN = 5
"""A label over more lines than this shows its first and last two."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """The part of a label that stands on one line, in cells."""

    start: int
    end: int
    text: str
    primary: bool

    @property
    def role(self) -> str:
        return "primary" if self.primary else "secondary"

    def overlaps(self, other: _Mark) -> bool:
        return self.start < other.end and other.start < self.end


_Segment: TypeAlias = tuple[int, str, str]
"""A cell, what begins there, and its role."""


def _lines_of(label: Label) -> list[int]:
    lines = list(range(label.start.line, max(label.end.line, label.start.line) + 1))
    return lines if len(lines) <= _LONGEST_SPAN else lines[:2] + lines[-2:]


def _mark(label: Label, number: int, line: CellLine) -> _Mark | None:
    """The mark of a label on one of its lines; blank lines inside a span have none."""
    first, last = number == label.start.line, number >= label.end.line
    if not (first and last) and line.indent is None:
        return None
    start = line.cell(label.start.column) if first else (line.indent or 0)
    end = line.cell(label.end.column) if last else line.starts[-1]
    text = visible(label.text) if last else ""
    return _Mark(start, max(end, start + 1), text, label.primary)


def _layers(marks: Iterable[_Mark]) -> list[list[_Mark]]:
    """Rows of marks that do not overlap, the primary one as near to the source as can be."""
    layers: list[list[_Mark]] = []
    for mark in sorted(marks, key=lambda mark: (not mark.primary, mark.start)):
        for layer in layers:
            if not any(mark.overlaps(other) for other in layer):
                layer.append(mark)
                break
        else:
            layers.append([mark])
    return [sorted(layer, key=lambda mark: mark.start) for layer in layers]


def _layer_rows(layer: Sequence[_Mark]) -> list[list[_Segment]]:
    """The underlines of a layer; the last one's text stands beside it, the others' hang below."""
    underlines: list[_Segment] = [
        (mark.start, ("^" if mark.primary else "-") * (mark.end - mark.start), mark.role)
        for mark in layer
    ]
    last = layer[-1]
    if last.text:
        underlines.append((last.end + 1, last.text, last.role))
    rows = [underlines]
    hanging = [mark for mark in layer[:-1] if mark.text]
    if hanging:
        rows.append([(mark.start, "|", mark.role) for mark in hanging])
    while hanging:
        mark = hanging.pop()
        row: list[_Segment] = [(other.start, "|", other.role) for other in hanging]
        rows.append([*row, (mark.start, mark.text, mark.role)])
    return rows


def _paint_row(row: Iterable[_Segment], paint: Paint) -> str:
    out, at = "", 0
    for start, text, role in row:
        out += " " * (start - at) + paint(text, role)
        at = start + len(text)
    return out


def _windows(marks: Sequence[_Mark]) -> list[list[_Mark]]:
    """The marks of a long line in groups that each fit into one window."""
    groups: list[list[_Mark]] = []
    for mark in sorted(marks, key=lambda mark: mark.start):
        if groups and mark.end - groups[-1][0].start <= WIDTH:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _window(line: CellLine, marks: Sequence[_Mark], indent: int) -> tuple[str, list[_Mark]]:
    """What is shown of a line around some marks, and the marks in the cells of what is shown."""
    length = max(line.starts[-1], max((mark.end for mark in marks), default=0))
    if length - indent <= WIDTH:
        shown, left, right = line.cut(indent, length), indent, length
        lead = ""
    else:
        start = min((mark.start for mark in marks), default=indent)
        end = min(max((mark.end for mark in marks), default=indent), start + WIDTH)
        left = max(indent, min(start - (WIDTH - (end - start)) // 2, length - WIDTH))
        left = max((cell for cell in line.starts if cell <= left), default=left)
        right = min(left + WIDTH, length)
        lead = "… " if left > indent else ""
        shown = lead + line.cut(left, right) + (" …" if right < line.starts[-1] else "")
    shift = _PAD + len(lead) - left
    moved = [
        replace(
            mark, start=mark.start + shift, end=max(min(mark.end, right), mark.start + 1) + shift
        )
        for mark in marks
    ]
    return " " * _PAD + shown, moved


def _with_gaps(numbers: Iterable[int]) -> list[int | None]:
    """Line numbers in order; a single line left out is shown, more are ``None``."""
    out: list[int | None] = []
    previous: int | None = None
    for number in sorted(set(numbers)):
        if previous is not None and number == previous + 2:
            out.append(number - 1)
        elif previous is not None and number > previous + 2:
            out.append(None)
        out.append(number)
        previous = number
    return out


def shown_lines(labels: Iterable[Label]) -> list[int]:
    """The numbers of the lines that the labels stand on."""
    return sorted({number for label in labels for number in _lines_of(label)})


def excerpt(lines: Sequence[str], labels: Sequence[Label], gutter: int, paint: Paint) -> list[str]:
    """The rows of an excerpt: the lines that the labels stand on, dedented, each underlined."""
    numbers = _with_gaps(shown_lines(labels))
    laid_out = {
        number: lay_out(lines[number - 1] if number <= len(lines) else "")
        for number in numbers
        if number is not None
    }
    marks = {
        number: [
            mark
            for label in labels
            if number in _lines_of(label) and (mark := _mark(label, number, line))
        ]
        for number, line in laid_out.items()
    }
    indents = [line.indent for line in laid_out.values() if line.indent is not None]
    starts = [mark.start for found in marks.values() for mark in found]
    indent = min(indents + starts, default=0)
    bar = paint(" " * gutter + " |", "place")
    rows: list[str] = []
    for number in numbers:
        if number is None:
            rows.append(paint("...", "place"))
            continue
        for group in _windows(marks[number]) or [[]]:
            shown, moved = _window(laid_out[number], group, indent)
            rows.append((paint(f"{number:>{gutter}} |", "place") + shown).rstrip())
            rows += [
                bar + _paint_row(row, paint)
                for layer in _layers(moved)
                for row in _layer_rows(layer)
            ]
    return rows
