"""Where each character of a source line stands on a terminal, counted in cells."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

TAB = 4
_LINE_END = re.compile(r"\r\n|\r|\n")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def split_lines(text: str) -> list[str]:
    """The lines of a file as Markdown counts them, which ``str.splitlines`` does not."""
    return _LINE_END.split(text)


def _shown(character: str) -> str:
    """The character, or a mark in its place where it would not be seen or would move others."""
    if unicodedata.category(character) in _INVISIBLE:
        return f"<U+{ord(character):04X}>"
    return character


def visible(text: str) -> str:
    """Text for one line of a terminal: nothing in it moves the cursor or hides."""
    return "".join(map(_shown, text))


def _width(shown: str) -> int:
    if unicodedata.category(shown[0]) in ("Mn", "Me"):
        return 0
    if len(shown) == 1 and unicodedata.east_asian_width(shown) in ("W", "F"):
        return 2
    return len(shown)


@dataclass(frozen=True, slots=True)
class CellLine:
    """A source line laid out: ``starts[k]`` is the cell where its character ``k`` begins.

    ``starts`` has one entry more than the line has characters, for the end.
    """

    shown: tuple[str, ...]
    starts: tuple[int, ...]

    def cell(self, column: int) -> int:
        """The cell of a column that counts from 1; a column beyond the end counts on."""
        index = max(column - 1, 0)
        last = len(self.shown)
        return self.starts[index] if index <= last else self.starts[last] + index - last

    @property
    def indent(self) -> int | None:
        """The cells of white space that it begins with, or None where there is nothing else."""
        for cell, shown in zip(self.starts, self.shown, strict=False):
            if not shown.isspace():
                return cell
        return None

    def cut(self, start: int, end: int) -> str:
        """What stands between two cells; half of a wide character counts as outside."""
        return "".join(
            shown
            for shown, here, behind in zip(self.shown, self.starts, self.starts[1:], strict=False)
            if start <= here and behind <= end
        )


def lay_out(line: str) -> CellLine:
    """Tabs expanded, wide and combining characters counted, invisible ones made visible."""
    shown: list[str] = []
    starts = [0]
    for character in line:
        at = starts[-1]
        text = " " * (TAB - at % TAB) if character == "\t" else _shown(character)
        shown.append(text)
        starts.append(at + _width(text))
    return CellLine(tuple(shown), tuple(starts))
