"""A finding as it stands on a terminal and on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from proofread.records import Finding, Label, Note, Place
from proofread.rendering.cells import split_lines, visible
from proofread.rendering.excerpt import Paint, excerpt, shown_lines

Source = Callable[[str | None], Sequence[str]]
"""The lines of a file, by the path that places name; empty where there is no such file."""

NO_PATH = "<text>"
_COLOURS = {"primary": "1;31", "secondary": "1;34", "place": "1;34", "strong": "1"}


def source_of(text: str, path: str | None = None) -> Source:
    """The source of a finding in a page that is at hand as text."""
    lines = split_lines(text)
    return lambda asked: lines if asked in (path, None) else ()


def _paint(colour: bool) -> Paint:
    """What colours a text by its role, or leaves it as it is."""
    return lambda text, role: f"\x1b[{_COLOURS[role]}m{text}\x1b[0m" if colour else text


def _position(place: Place) -> str:
    return f"{visible(place.path or NO_PATH)}:{place.line}:{place.column}"


def _labels(finding: Finding) -> list[Label]:
    """The finding's labels; its own place is underlined in any case."""
    if any(label.primary for label in finding.labels):
        return list(finding.labels)
    return [*finding.labels, Label(finding.start, finding.end, "", primary=True)]


def _by_path(labels: Sequence[Label], first: str | None) -> dict[str | None, list[Label]]:
    groups: dict[str | None, list[Label]] = {first: []}
    for label in labels:
        groups.setdefault(label.start.path, []).append(label)
    return {path: group for path, group in groups.items() if group}


def _note(note: Note, gutter: int, paint: Paint) -> list[str]:
    head = " " * gutter + paint(" =", "place") + " " + paint(f"{note.kind}:", "strong") + " "
    indent = " " * (gutter + len(f" = {note.kind}: "))
    first, *rest = map(visible, split_lines(note.text))
    return [head + first, *(indent + line for line in rest)]


def render_finding(
    finding: Finding, source: Source, *, label: str | None = None, colour: bool = False
) -> str:
    """The finding in several lines, without a line end behind the last.

    ``source`` gives the lines of the files that the places name; where it has none, the excerpt
    is left out. ``label`` is the formula's own.
    """
    paint = _paint(colour)
    labels = _labels(finding)
    gutter = len(str(max(shown_lines(labels))))
    heading = paint(f"error[{finding.code}]", "primary")
    rows = [heading + paint(f": {visible(finding.message)}", "strong")]
    behind = f"  ({visible(label)})" if label else ""
    rows.append(" " * gutter + paint("-->", "place") + f" {_position(finding.start)}{behind}")
    bar = " " * gutter + paint(" |", "place")
    framed = False
    for path, group in _by_path(labels, finding.start.path).items():
        if path != finding.start.path:
            at = min(label.start for label in group)
            rows.append(" " * gutter + paint(":::", "place") + f" {_position(at)}")
        if lines := source(path):
            rows += [bar, *excerpt(lines, group, gutter, paint)]
            framed = True
    if framed:
        rows.append(bar)
    for note in finding.notes:
        rows += _note(note, gutter, paint)
    return "\n".join(rows)
