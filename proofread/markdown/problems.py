"""Mathematics that stays text, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable

from proofread.markdown.blocks import Left, Walk
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
_ALONE = "put both `$$` on lines of their own"
_CLOSERS = {ROUND_OPEN: ROUND_CLOSE, SQUARE_OPEN: SQUARE_CLOSE, BEGIN: END}
_CLOSING_TEXT = {ROUND_OPEN: "\\)", SQUARE_OPEN: "\\]"}


def leftovers(reading: Reading, walk: Walk) -> list[Problem]:
    """A problem for each formula of the source that is none on the page, in their order."""
    return list(_Diagnosis(reading, walk).problems())


class _Diagnosis:
    def __init__(self, reading: Reading, walk: Walk) -> None:
        self.reading = reading
        self.delimiters = reading.delimiters
        self.left = {left.index: left for left in walk.left}
        fine = walk.shown | reading.in_code
        self.open = [
            index
            for index, one in enumerate(self.delimiters)
            if one.kind != COMMENT and index not in fine
        ]
        self.rank = {index: rank for rank, index in enumerate(self.open)}

    def problems(self) -> Iterable[Problem]:
        rank = 0
        while rank < len(self.open):
            index = self.open[rank]
            problem, last = self._explain(index)
            if problem:
                yield problem
            while rank < len(self.open) and self.open[rank] <= last:
                rank += 1

    # What the source says around a delimiter.

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
        return "\n".join(
            [self._line(first.row)[start:], *rows, self._line(last.row)[: last.position]]
        )

    def _is_pair(self, index: int) -> bool:
        """Whether a dollar and the next one are ``$$``."""
        if index + 1 >= len(self.delimiters) or index + 1 not in self.rank:
            return False
        one, two = self.delimiters[index], self.delimiters[index + 1]
        return (
            one.kind == two.kind == DOLLAR
            and one.row == two.row
            and one.position + 1 == two.position
        )

    def _problem(self, message: str, advice: str, first: int, last: int | None = None) -> Problem:
        start, end = self.delimiters[first], self.delimiters[first if last is None else last]
        place = end.place
        return Problem(
            message,
            start.place,
            Place(place.line, place.column + len(end.text), place.path),
            advice,
        )

    # Why it is text.

    def _explain(self, index: int) -> tuple[Problem | None, int]:
        """The problem with a delimiter, and the last delimiter that it accounts for."""
        kind = self.delimiters[index].kind
        if kind == DOLLAR and self._is_pair(index):
            return self._display(index, index + 1)
        if kind == DOLLAR:
            return self._inline(index)
        if kind in _CLOSERS:
            return self._delimited(index)
        text = self.delimiters[index].text
        if kind == END:
            opening = f"\\begin{{{self.reading.name_of(index)}}}"
            return self._problem(f"`{text}` has no `{opening}`", "write both", index), index
        opening = "\\(" if kind == ROUND_CLOSE else "\\["
        advice = "a bracket that is no mathematics needs no backslash"
        return self._problem(f"`{text}` has no `{opening}` before it", advice, index), index

    def _elsewhere(self, index: int, last: int) -> Problem | None:
        """Where no text of the page is involved, or a table."""
        delimiter = self.delimiters[index]
        if index in self.reading.in_html:
            return self._problem(
                "mathematics inside raw HTML stays text",
                "give the tag the attribute `markdown`, or leave the HTML out",
                index,
                last,
            )
        left = self.left.get(index)
        if last != index and (left is None or left.in_cell):
            problem = self._bar(delimiter, self.delimiters[last])
            if problem:
                return problem
        if left is None and delimiter.partner is not None:
            return self._problem(
                "this mathematics does not appear on the page",
                "alternative texts, titles and addresses hold no mathematics",
                index,
                last,
            )
        return None

    def _bar(self, first: Delimiter, last: Delimiter) -> Problem | None:
        """A ``|`` that ends the cell of a table inside a formula."""
        if first.row != last.row:
            return None
        match = re.search(r"(?<!\\)\|", self._between(first, last))
        if not match:
            return None
        source = self.reading.lines[first.row]
        position = first.position + len(first.text) + match.start()
        return Problem(
            "`|` inside a formula ends the cell of the table",
            source.place(position),
            source.place(position + 1),
            r"write `\lvert x \rvert` for `|x|`, `\lVert x \rVert` for `||x||`, `\mid` for a bar",
        )

    def _partner(self, index: int) -> int | None:
        return self.delimiters[index].partner

    def _closing_pair(self, second: int) -> int | None:
        """The first dollar of the next ``$$`` that is left over."""
        for index in self.open[self.rank[second] + 1 :]:
            if self.delimiters[index].kind == DOLLAR and self._is_pair(index):
                return index
        return None

    def _display(self, first: int, second: int) -> tuple[Problem | None, int]:
        closing = self._closing_pair(second)
        last = second if closing is None else closing + 1
        elsewhere = self._elsewhere(first, last)
        if elsewhere:
            return elsewhere, last
        if closing is None:
            return (
                self._problem("`$$` has no partner", "close the formula with `$$`", first, second),
                second,
            )
        return self._unshown("$$", first, second, closing, last)

    def _unshown(
        self, name: str, first: int, second: int, closing: int, last: int
    ) -> tuple[Problem, int]:
        """A displayed formula with both delimiters that is text all the same."""
        opener, closer = self.delimiters[second], self.delimiters[closing]
        body = self._between(opener, closer)
        own = self._line(self.delimiters[first].row)[: self.delimiters[first].position]
        behind = self._line(closer.row)[
            self.delimiters[last].position + len(self.delimiters[last].text) :
        ]
        advice = f"put `{name}` on a line of its own"
        if first in self.reading.outside_list:
            indent = self.reading.outside_list[first]
            message = f"a formula indented by {_spaces(indent)} stands outside of its list"
            return self._problem(
                message, "indent it by 4 spaces for each level", first, second
            ), last
        blank = self._blank_row(opener.row, closer.row)
        if blank is not None:
            line = self.reading.lines[opener.row].origin.line + blank - opener.row
            message = f"a blank line ends the formula that `{name}` opens (line {line})"
            return self._problem(message, "take the blank line out", first, second), last
        if not body.strip():
            message = f"there is nothing between `{name}` and `{self.delimiters[last].text if name != '$$' else name}`"
            return self._problem(message, "write the formula between them", first, last), last
        if own.strip(" >"):
            message = f"`{name}` has text before it on its line"
            return self._problem(message, advice, first, second), last
        if behind.strip():
            closing_name = name if name == "$$" else self.delimiters[last].text
            message = f"`{closing_name}` has text behind it on its line"
            return self._problem(message, advice.replace(name, closing_name), closing, last), last
        message = f"the formula that `{name}` opens stays text"
        return self._problem(
            message, "let it stand by itself, between blank lines", first, second
        ), last

    def _blank_row(self, first: int, last: int) -> int | None:
        return next(
            (row for row in range(first + 1, last) if not self._line(row).strip(" >")), None
        )

    def _delimited(self, index: int) -> tuple[Problem | None, int]:
        delimiter = self.delimiters[index]
        closing = self._closing(index)
        last = index if closing is None else closing
        elsewhere = self._elsewhere(index, last)
        if elsewhere:
            return elsewhere, last
        if closing is None:
            name = _CLOSING_TEXT.get(delimiter.kind)
            name = name or f"\\end{{{self.reading.name_of(index)}}}"
            advice = f"close the formula with `{name}`"
            return self._problem(f"`{delimiter.text}` has no `{name}`", advice, index), index
        return self._unshown(delimiter.text, index, index, closing, closing)

    def _closing(self, index: int) -> int | None:
        delimiter, depth = self.delimiters[index], 0
        name = self.reading.name_of(index) if delimiter.kind == BEGIN else ""
        for other in self.open[self.rank[index] :]:
            candidate = self.delimiters[other]
            same = not name or (
                candidate.kind in (BEGIN, END) and self.reading.name_of(other) == name
            )
            if same and candidate.kind == delimiter.kind:
                depth += 1
            elif same and candidate.kind == _CLOSERS[delimiter.kind]:
                depth -= 1
                if depth <= 0:
                    return other
        return None

    def _inline(self, index: int) -> tuple[Problem | None, int]:
        delimiter = self.delimiters[index]
        following = self._following(index)
        last = index if following is None else following
        elsewhere = self._elsewhere(index, last)
        if elsewhere:
            return elsewhere, last
        closer = None if following is None else self.delimiters[following]
        body = self._between(delimiter, closer)
        if closer is not None and _LATEX.search(body):
            if body[:1].isspace():
                message = "`$` with a space behind it opens no formula"
                return self._problem(message, "write `$x$`, without spaces inside", index), last
            if body[-1:].isspace():
                message = "`$` with a space before it closes no formula"
                return self._problem(message, "write `$x$`, without spaces inside", last), last
            message = "the formula between these `$` stays text"
            return self._problem(message, "write it on one line, or display it", index, last), last
        adjacent = self._line(delimiter.row)[delimiter.position + 1 : delimiter.position + 2]
        if _LATEX.search(body) or (adjacent and not adjacent.isspace() and not adjacent.isdigit()):
            message = "`$` has no partner"
            return self._problem(
                message, r"close the formula with `$`, or write `\$`", index
            ), index
        return None, index

    def _following(self, index: int) -> int | None:
        """The next dollar that is left over in the same run of lines."""
        rank = self.rank[index] + 1
        if rank >= len(self.open):
            return None
        other = self.open[rank]
        one, two = self.delimiters[index], self.delimiters[other]
        together = two.kind == DOLLAR and self._blank_row(one.row, two.row) is None
        return other if together and other == index + 1 else None


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"


__all__ = ["Left", "leftovers"]
