"""Mathematics that stays text, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from proofread.markdown.blocks import Walk
from proofread.markdown.marks import (
    BEGIN,
    COMMENT,
    DOLLAR,
    END,
    ROUND_CLOSE,
    ROUND_OPEN,
    SQUARE_CLOSE,
    SQUARE_OPEN,
    Delimiter,
)
from proofread.markdown.page import Problem
from proofread.markdown.reading import Reading
from proofread.markdown.sources import TAB
from proofread.records import Place

_LATEX = re.compile(r"\\[A-Za-z]|[_^]\{?[\w\\]|\{")
_NO_PRICE = re.compile(r"[^\W\d_]|[\\({\[|]")
"""What follows a dollar that is meant to open a formula."""
_NO_MARKUP = "take out what is no mathematics in it: code, a comment, a footnote"
_CLOSERS = {ROUND_OPEN: ROUND_CLOSE, SQUARE_OPEN: SQUARE_CLOSE, BEGIN: END}
_TEXTS = {ROUND_OPEN: r"\(", ROUND_CLOSE: r"\)", SQUARE_OPEN: r"\[", SQUARE_CLOSE: r"\]"}
_OPENERS = {ROUND_CLOSE: r"\(", SQUARE_CLOSE: r"\["}


@dataclass(frozen=True, slots=True)
class _Lost:
    """A formula in the source that is none on the page, by the indices of its delimiters."""

    first: int
    opening: int
    """The last of the opening delimiter: the second dollar of ``$$``."""
    closing: int | None
    last: int
    """The last delimiter that this accounts for."""
    opener: str
    closer: str


def leftovers(reading: Reading, walk: Walk) -> list[Problem]:
    """A problem for each formula of the source that is none on the page, in their order."""
    return list(_Diagnosis(reading, walk).problems())


class _Diagnosis:
    def __init__(self, reading: Reading, walk: Walk) -> None:
        self.reading = reading
        self.delimiters = reading.delimiters
        self.in_text = {left.index for left in walk.left}
        self.in_cell = {left.index for left in walk.left if left.in_cell}
        fine = walk.shown | reading.in_code
        self.open = {
            index
            for index, delimiter in enumerate(self.delimiters)
            if index not in fine and delimiter.kind != COMMENT
        }
        self.unclosed: set[str] = set()
        """The openers for which nothing that closes them is left."""
        self.torn: set[int] = set()
        """The rows of tables that a ``|`` inside a formula has spoilt."""

    def problems(self) -> Iterator[Problem]:
        """All of them, in their order."""
        last = -1
        for index in sorted(self.open):
            if index <= last:
                continue
            lost = self._lost(index)
            last = lost.last
            problem = self._problem(lost)
            if problem:
                yield problem

    # What belongs together.

    def _lost(self, index: int) -> _Lost:
        kind = self.delimiters[index].kind
        if self._is_pair(index):
            closing = self._closing_pair(index + 2)
            last = index + 1 if closing is None else closing + 1
            return _Lost(index, index + 1, closing, last, "$$", "$$")
        if kind == DOLLAR:
            closing = self._closing_dollar(index)
            if closing is not None and self._alone(index) and self._is_pair(closing):
                return _Lost(index, index, closing, closing + 1, "$", "$$")
            return _Lost(index, index, closing, index if closing is None else closing, "$", "$")
        closing = self._closing(index) if kind in _CLOSERS else None
        opener = self.delimiters[index].text
        closer = _TEXTS[_CLOSERS[kind]] if kind in (ROUND_OPEN, SQUARE_OPEN) else ""
        closer = f"\\end{{{self.reading.name_of(index)}}}" if kind == BEGIN else closer
        return _Lost(index, index, closing, index if closing is None else closing, opener, closer)

    def _is_pair(self, index: int) -> bool:
        """Whether a dollar and the next one are ``$$``."""
        if not {index, index + 1} <= self.open:
            return False
        one, two = self.delimiters[index], self.delimiters[index + 1]
        side_by_side = one.row == two.row and one.position + 1 == two.position
        return one.kind == two.kind == DOLLAR and side_by_side

    def _alone(self, index: int) -> bool:
        """Whether a delimiter has its line for itself, as those of displayed formulas have."""
        delimiter = self.delimiters[index]
        return self._line(delimiter.row).strip(" >") == delimiter.text

    def _closing_pair(self, index: int) -> int | None:
        """The next ``$$`` that is left over; no formula of the page stands before it."""
        while index in self.open:
            if self._is_pair(index):
                return index
            index += 1
        return None

    def _closing_dollar(self, index: int) -> int | None:
        if index + 1 not in self.open or self.delimiters[index + 1].kind != DOLLAR:
            return None
        apart = self._blank_row(self.delimiters[index].row, self.delimiters[index + 1].row)
        return index + 1 if apart is None else None

    def _closing(self, index: int) -> int | None:
        opener = self.delimiters[index]
        if opener.text in self.unclosed:
            return None
        name = self.reading.name_of(index) if opener.kind == BEGIN else ""
        depth, other = 0, index
        while other in self.open:
            candidate = self.delimiters[other]
            if candidate.text == opener.text and name:
                depth += 1
            elif candidate.kind == _CLOSERS[opener.kind] and (
                not name or self.reading.name_of(other) == name
            ):
                depth -= 1
                if depth <= 0:
                    return other
            other += 1
        self.unclosed.add(opener.text)
        return None

    # What the source says around it.

    def _line(self, row: int) -> str:
        return self.reading.lines[row].text.expandtabs(TAB)

    def _between(self, first: Delimiter, last: Delimiter | None) -> str:
        """The source from behind one delimiter to another, or to the end of its line."""
        start = first.position + len(first.text)
        if last is None:
            return self._line(first.row)[start:]
        if first.row == last.row:
            return self._line(first.row)[start : last.position]
        rows = [self._line(row) for row in range(first.row + 1, last.row)]
        ends = self._line(first.row)[start:], self._line(last.row)[: last.position]
        return "\n".join([ends[0], *rows, ends[1]])

    def _blank_row(self, first: int, last: int) -> int | None:
        rows = range(first + 1, last)
        return next((row for row in rows if not self._line(row).strip(" >")), None)

    def _shallow_row(self, first: int, last: int) -> int | None:
        """A line that a container does not take in as it does the one where a formula begins."""

        def indent(row: int) -> int:
            return len(self._line(row)) - len(self._line(row).lstrip(" "))

        return next(
            (row for row in range(first + 1, last + 1) if indent(row) < indent(first)), None
        )

    def _say(self, message: str, advice: str, first: int, last: int) -> Problem:
        start, end = self.delimiters[first], self.delimiters[last]
        place = end.place
        behind = Place(place.line, place.column + len(end.text), place.path)
        return Problem(message, start.place, behind, advice)

    # Why it is text.

    def _problem(self, lost: _Lost) -> Problem | None:
        if lost.first in self.reading.in_html or lost.first not in self.in_text:
            return self._hidden(lost)
        if lost.first in self.in_cell and lost.closing is not None:
            return self._torn(lost) or self._shown(lost)
        return self._shown(lost)

    def _hidden(self, lost: _Lost) -> Problem | None:
        """Where it is not even text of the page."""
        delimiter = self.delimiters[lost.first]
        if delimiter.partner is None or delimiter.row in self.torn:
            return None
        if lost.first in self.reading.in_html:
            advice = "give the tag the attribute `markdown`, or leave the HTML out"
            message = "mathematics inside raw HTML stays text"
            return self._say(message, advice, lost.first, lost.last)
        torn = self._torn(lost)
        if torn:
            return torn
        advice = "alternative texts, titles and addresses hold no mathematics"
        message = "this mathematics does not appear on the page"
        return self._say(message, advice, lost.first, lost.last)

    def _torn(self, lost: _Lost) -> Problem | None:
        """A ``|`` that ends the cell of a table inside a formula."""
        first, last = self.delimiters[lost.opening], self.delimiters[lost.closing or lost.last]
        bar = re.search(r"(?<!\\)\|", self._between(first, last))
        if first.row != last.row or not bar:
            return None
        self.torn.add(first.row)
        source = self.reading.lines[first.row]
        position = first.position + len(first.text) + bar.start()
        return Problem(
            "`|` inside a formula ends the cell of the table",
            source.place(position),
            source.place(position + 1),
            r"write `\lvert x \rvert` for `|x|`, `\lVert x \rVert` for `||x||`, `\mid` for a bar",
        )

    def _shown(self, lost: _Lost) -> Problem | None:
        """Where it is text of the page."""
        kind = self.delimiters[lost.first].kind
        if lost.opener == "$":
            return self._inline(lost)
        if kind in _OPENERS:
            message = f"`{lost.opener}` has no `{_OPENERS[kind]}` before it"
            advice = "a bracket that is no mathematics needs no backslash"
            return self._say(message, advice, lost.first, lost.first)
        if kind == END:
            begin = f"\\begin{{{self.reading.name_of(lost.first)}}}"
            message = f"`{lost.opener}` has no `{begin}` before it"
            return self._say(message, f"open the formula with `{begin}`", lost.first, lost.first)
        if lost.closing is None:
            message = f"`{lost.opener}` has no `{lost.closer}` behind it"
            if lost.opener == lost.closer:
                message = f"`{lost.opener}` has no partner"
            advice = f"close the formula with `{lost.closer}`"
            return self._say(message, advice, lost.first, lost.opening)
        return self._display(lost, lost.closing)

    def _display(self, lost: _Lost, closing: int) -> Problem:
        """A formula with both delimiters that is text all the same."""
        opener, closer = self.delimiters[lost.opening], self.delimiters[closing]
        start, end = self.delimiters[lost.first], self.delimiters[lost.last]
        before = self._line(start.row)[: start.position]
        behind = self._line(end.row)[end.position + len(end.text) :]
        blank = self._blank_row(opener.row, closer.row)
        first, last = lost.first, lost.opening
        if first in self.reading.outside_list:
            indent = len(before) - len(before.rstrip(" "))
            spaces = "1 space" if indent == 1 else f"{indent} spaces"
            message = f"a formula indented by {spaces} stands outside of its list"
            advice = "indent it by 4 spaces for each level of the list"
        elif blank is not None:
            line = self.reading.lines[opener.row].origin.line + blank - opener.row
            message = f"line {line} is blank, and ends the formula that `{lost.opener}` opens"
            advice = "take the blank line out"
        elif not self._between(opener, closer).strip():
            message = f"there is nothing between `{lost.opener}` and `{lost.closer}`"
            advice = "write a formula between them, or take both out"
            last = lost.last
        elif before.strip(" >"):
            message = f"`{lost.opener}` has text before it on its line"
            advice = f"put `{lost.opener}` on a line of its own"
        elif behind.strip():
            message = f"`{lost.closer}` has text behind it on its line"
            advice = f"put `{lost.closer}` on a line of its own"
            first, last = closing, lost.last
        elif (shallow := self._shallow_row(opener.row, closer.row)) is not None:
            line = self.reading.lines[opener.row].origin.line + shallow - opener.row
            message = f"line {line} is indented less than the `{lost.opener}` above it"
            advice = "indent all lines of a formula alike"
        else:
            message = f"the formula that `{lost.opener}` opens stays text"
            advice = _NO_MARKUP
        return self._say(message, advice, first, last)

    def _inline(self, lost: _Lost) -> Problem | None:
        opener = self.delimiters[lost.first]
        closer = None if lost.closing is None else self.delimiters[lost.closing]
        body = self._between(opener, closer)
        if self._alone(lost.first):
            message = "`$` alone on its line delimits no formula"
            return self._say(message, "write `$$`", lost.first, lost.first)
        opens = bool(_NO_PRICE.match(self._between(opener, None)))
        if closer and (_LATEX.search(body) or opens) and body.strip():
            advice = "write `$x$`, without spaces inside the dollars"
            if body[:1].isspace():
                message = "`$` with a space behind it opens no formula"
                return self._say(message, advice, lost.first, lost.first)
            if body[-1:].isspace():
                message = "`$` with a space before it closes no formula"
                return self._say(message, advice, lost.last, lost.last)
            message = "the formula between these `$` stays text"
            return self._say(message, _NO_MARKUP, lost.first, lost.last)
        if _LATEX.search(body) or opens:
            advice = r"close the formula with `$`, or write `\$` for a dollar"
            return self._say("`$` has no partner", advice, lost.first, lost.first)
        return None
