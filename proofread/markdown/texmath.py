"""Where a formula of a LaTeX file ends, and the piece that it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from proofread.markdown.page import Piece
from proofread.records import Place

_NAMES = "align alignat displaymath dmath eqnarray equation flalign gather math multline"
ENVIRONMENTS = frozenset(_NAMES.split())
"""Those that are formulas by themselves, with or without a star."""
_INSIDE = re.compile(
    r"(?P<blank>\n[ \t]*\n)|%[^\n]*|\\begin\{(?P<begin>[^{}\n]*)\}|\\end\{(?P<end>[^{}\n]*)\}"
    r"|(?P<mark>\\[\])]|\$\$?)|\\(?s:.)|(?P<brace>[{}])"
)
_CLOSERS = {"$": "$", "$$": "$$", r"\(": r"\)", r"\[": r"\]"}


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, and the places of its characters."""

    text: str
    path: str | None
    _starts: list[int] = field(default_factory=list)

    def place(self, position: int) -> Place:
        """The place of a character."""
        if not self._starts:
            self._starts.append(0)
            self._starts.extend(match.end() for match in re.finditer("\n", self.text))
        line = bisect_right(self._starts, position)
        return Place(line, position - self._starts[line - 1] + 1, self.path)

    def piece(self, first: int, behind: int, start: int, stop: int, display: bool) -> Piece:
        """What stands from ``start`` to ``stop``; with its delimiters, to ``behind``."""
        lines: list[tuple[str, Place]] = []
        position = start
        for text in self.text[start:stop].split("\n"):
            indent = len(text) - len(text.lstrip())
            lines.append((text.strip(), self.place(position + indent)))
            position += len(text) + 1
        while len(lines) > 1 and not lines[0][0]:
            del lines[0]
        while len(lines) > 1 and not lines[-1][0]:
            del lines[-1]
        latex = "\n".join(text for text, _ in lines)
        places = tuple(place for _, place in lines)
        return Piece(latex, display, places, self.place(first), self.place(behind - 1))


def group_end(text: str, position: int, stop: int) -> int | None:
    """Behind the brace that closes the one at ``position``; nothing where none opens or closes."""
    if position >= stop or text[position] != "{":
        return None
    depth = 0
    for match in _INSIDE.finditer(text, position, stop):
        if match["brace"]:
            depth += 1 if match["brace"] == "{" else -1
            if depth == 0:
                return match.end()
    return None


def environment_end(text: str, position: int, name: str, stop: int) -> int | None:
    """Behind the end of the environment that begins at ``position``."""
    depth = 0
    for match in _INSIDE.finditer(text, position, stop):
        if match["begin"] == name:
            depth += 1
        elif match["end"] == name:
            depth -= 1
            if depth == 0:
                return match.end()
    return None


def formula_end(text: str, position: int, opener: str, stop: int) -> tuple[int, int] | str:
    """Where a formula's closing delimiter starts and ends, or why there is none."""
    closer, depth = _CLOSERS[opener], 0
    for match in _INSIDE.finditer(text, position, stop):
        if match["brace"]:
            depth += 1 if match["brace"] == "{" else -1
        elif match["blank"]:
            line = text.count("\n", 0, match.start()) + 2
            return f"line {line} is blank, and ends the formula that `{opener}` opens"
        elif match["mark"] and depth <= 0:
            if match["mark"] == closer:
                return match.start(), match.end()
            if match["mark"] == "$$" and closer == "$":
                return match.start(), match.start() + 1
    if opener == closer:
        return f"`{opener}` has no partner"
    return f"`{opener}` has no `{closer}` behind it"
