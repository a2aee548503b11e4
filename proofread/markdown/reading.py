"""What one conversion knows of its page's mathematics, and the preprocessors that find it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from pymdownx.superfences import SuperFencesCodeExtension

from proofread.markdown.delimiters import BRACKETS, SOURCE, Found, formulas
from proofread.markdown.marks import (
    BEGIN,
    COMMENT,
    DOLLAR,
    END,
    GUARD,
    LESS,
    TOKEN,
    Delimiter,
    clean,
    number,
    restore,
    token,
)
from proofread.markdown.page import Block, Piece, Problem
from proofread.markdown.sources import TAB, LocatedSnippets, Origin, Origins, SourceLine
from proofread.records import Place

_FENCE = re.compile(r"\x02(wzxhzdk:\d+)\x03")
EMPTY_FENCE = 3
"""Lines that are put away for a fence with nothing in it."""


@dataclass
class Reading:
    """The state of one conversion."""

    page_origins: Sequence[Origin] | None = None
    """Where the lines of the page stand, when it is part of a notebook."""
    origins: Origins = field(default_factory=lambda: Origins(None))
    lines: list[SourceLine] = field(default_factory=list)
    """The lines that are converted, as rows that the delimiters name."""
    delimiters: list[Delimiter] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    """The formulas in the order in which the conversion meets them."""
    in_code: set[int] = field(default_factory=set)
    """Delimiters in code and in comments, which are none."""
    in_html: set[int] = field(default_factory=set)
    outside_list: set[int] = field(default_factory=set)
    """The first delimiters of formulas that a shallow indentation takes out of their list."""
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    places: list[Place | None] = field(default_factory=list)
    """Where each block stands that is a comment."""
    problems: list[Problem] = field(default_factory=list)

    def reset(self) -> None:
        """Begin a new page."""
        vars(self).update(vars(Reading()))

    def name_of(self, index: int) -> str:
        """The name of the environment that a delimiter begins or ends."""
        text = self.delimiters[index].text
        return text[text.index("{") + 1 : -1]

    def restore(self, text: str) -> str:
        """A text as its author wrote it."""
        return restore(text, self.delimiters)

    def tokens(self, text: str) -> list[int]:
        """The indices of the delimiters that stand in a text."""
        return [number(match["number"]) for match in TOKEN.finditer(text)]

    def source(self, found: Found) -> str:
        """A formula with its delimiters as its author wrote it."""
        body = self.restore(found.body)
        if found.environment:
            return body
        texts = [delimiter.text for delimiter in self.delimiters]
        before, behind = (
            texts[found.first : found.opening + 1],
            texts[found.closing : found.last + 1],
        )
        return "".join([*before, body, *behind])

    def piece(self, found: Found) -> Piece:
        """A formula with the places of its lines."""
        opening, closing = self.delimiters[found.opening], self.delimiters[found.closing]
        first, last = self.delimiters[found.first], self.delimiters[found.last]
        start = opening.position + (0 if found.environment else len(opening.text))
        stop = closing.position + (len(closing.text) if found.environment else 0)
        texts = self.restore(found.body).split("\n")
        lines: list[tuple[str, Place]] = []
        for count, text in enumerate(texts):
            row = min(opening.row + count, closing.row)
            source = self.lines[row]
            expanded = source.text.expandtabs(TAB)
            end = stop if count == len(texts) - 1 else len(expanded.rstrip())
            begin = start if count == 0 else max(end - len(text.rstrip()), 0)
            written = source.text[source.raw(begin) : source.raw(end)]
            lines.append((written, source.place(begin)))
        while len(lines) > 1 and not lines[0][0].strip():
            del lines[0]
        while len(lines) > 1 and not lines[-1][0].strip():
            del lines[-1]
        text, place = lines[0]
        indent = len(text) - len(text.lstrip())
        lines[0] = (text[indent:], Place(place.line, place.column + indent, place.path))
        latex = "\n".join(text for text, _ in lines).rstrip()
        end_place = last.place
        return Piece(
            latex,
            found.display,
            tuple(place for _, place in lines),
            first.place,
            Place(end_place.line, end_place.column + len(last.text) - 1, end_place.path),
        )


class MarkOrigins(Preprocessor):
    """First of all: give each line its origin."""

    def __init__(self, md: Markdown, reading: Reading, snippets: LocatedSnippets | None) -> None:
        super().__init__(md)
        self.reading = reading
        self.snippets = snippets

    def run(self, lines: list[str]) -> list[str]:
        """Mark the lines of the page."""
        lines = clean("\n".join(lines).replace("\r\n", "\n").replace("\r", "\n")).split("\n")
        origins = self.reading.origins = Origins(self.reading.page_origins)
        notation = self.snippets.start(origins, lines) if self.snippets else [False] * len(lines)
        return origins.mark_page(lines, notation)


class TakeOrigins(Preprocessor):
    """Once files are included: take the origins off the lines, and remember them."""

    def __init__(self, md: Markdown, reading: Reading, snippets: LocatedSnippets | None) -> None:
        super().__init__(md)
        self.reading = reading
        self.snippets = snippets

    def run(self, lines: list[str]) -> list[str]:
        """Remember where each line comes from."""
        if self.snippets:
            self.reading.problems += self.snippets.problems
        self.reading.lines = self.reading.origins.take(lines)
        return [line.text for line in self.reading.lines]


class MarkDelimiters(Preprocessor):
    """Once fenced code is put away: a mark for each delimiter, and a shield inside formulas."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(md)
        self.reading = reading

    def run(self, lines: list[str]) -> list[str]:
        """Mark the delimiters of all lines, then look at them run by run."""
        self._align(lines)
        marked = [self._mark(row, line) for row, line in enumerate(lines)]
        start = 0
        for row in range(len(marked) + 1):
            if row == len(marked) or not marked[row].strip(" >"):
                self._shield(marked, start, row)
                start = row + 1
        return marked

    def _align(self, lines: list[str]) -> None:
        """Leave out of the known lines what fences have taken away."""
        fences = [
            extension.stash
            for extension in self.md.registeredExtensions
            if isinstance(extension, SuperFencesCodeExtension)
        ]
        known, rows, position = self.reading.lines, [], 0
        blank = SourceLine("", Origin(None, 1, 1))
        for line in lines:
            rows.append(known[position] if position < len(known) else blank)
            position += 1
            for match in _FENCE.finditer(line):
                for original in filter(None, (stash.get(match[1]) for stash in fences)):
                    position += self._fence_height(original[0], position) - 1
        self.reading.lines = rows

    def _fence_height(self, original: str, position: int) -> int:
        """How many lines a fence had; that of an empty one reads as if it held a blank line."""
        known = self.reading.lines
        holds_blank = position >= len(known) or not known[position].text.strip(" \t>")
        empty = original.count("\n") == EMPTY_FENCE - 1 and not original.split("\n")[1].strip()
        return original.count("\n") + 1 - (empty and not holds_blank)

    def _mark(self, row: int, line: str) -> str:
        source = self.reading.lines[row]
        delimiters = self.reading.delimiters

        def replace(match: re.Match[str]) -> str:
            if match["dollar"]:
                kind = DOLLAR
            elif match["bracket"]:
                kind = BRACKETS[match["bracket"]]
            elif match["end"]:
                kind = BEGIN if match["end"] == "begin" else END
            elif match["comment"]:
                kind = COMMENT
            else:
                return match[0]
            place = source.place(match.start())
            before, text = (match[0], "") if kind == COMMENT else ("", match[0])
            delimiters.append(Delimiter(kind, text, row, match.start(), place))
            return before + token(kind, len(delimiters) - 1)

        return SOURCE.sub(replace, line)

    def _shield(self, lines: list[str], start: int, stop: int) -> None:
        """Keep the inside of formulas from being read as tags, lists, headings or quotations."""
        run = "\n".join(lines[start:stop])
        if not TOKEN.search(run):
            return
        parts, position = [], 0
        for found in formulas(_without_quotation(run), self.reading.name_of):
            self.reading.delimiters[found.first].partner = found.last
            parts.append(run[position : found.start])
            inside = run[found.start : found.end].replace("<", LESS)
            if found.display:
                inside = _guard(inside, run[run.rfind("\n", 0, found.start) + 1 : found.start])
            parts.append(inside)
            position = found.end
        parts.append(run[position:])
        lines[start:stop] = "".join(parts).split("\n")


def _without_quotation(run: str) -> str:
    """The run with the marks of quotations and lists at the start of its lines blanked out."""
    return re.sub(
        r"(?m)^[ ]*(?:(?:>|[-*+](?= )|\d+\.(?= ))[ ]*)+", lambda match: " " * len(match[0]), run
    )


def _guard(inside: str, before: str) -> str:
    """A guard at the start of each line but the first, behind as many ``>`` as ``before`` has."""
    quotes = before.count(">")

    def guard(line: str) -> str:
        prefix = re.match(r"[ ]*" + r"(?:>[ ]*)?" * quotes, line)
        cut = prefix.end() if prefix else 0
        return f"{line[:cut]}{GUARD}{line[cut:]}"

    first, *others = inside.split("\n")
    return "\n".join([first, *map(guard, others)])
