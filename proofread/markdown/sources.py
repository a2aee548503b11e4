"""Where each line that is converted comes from: the page, or a file that it includes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown import Markdown
from pymdownx.snippets import SnippetMissingError, SnippetPreprocessor

from proofread.markdown.marks import NUMBER, ORIGIN, clean, digits, number
from proofread.markdown.page import Problem
from proofread.records import Place

_ORIGIN = re.compile(f"{ORIGIN}({NUMBER})$")
TAB = 4


@dataclass(frozen=True, slots=True)
class Origin:
    """A line of a file; ``end`` is one column past its last character."""

    path: str | None
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line that is converted. What containers and includes change is the start, never the end."""

    text: str
    """With tabs as written, and the indentation that an include adds."""
    origin: Origin

    def place(self, position: int) -> Place:
        """The place in the file of a character of the line with its tabs expanded."""
        raw = self.raw(position)
        column = self.origin.end - (len(self.text) - raw)
        return Place(self.origin.line, max(column, 1), self.origin.path)

    def raw(self, position: int) -> int:
        """The position in ``text`` of a character of the line with its tabs expanded."""
        if "\t" not in self.text:
            return position
        column = 0
        for raw, character in enumerate(self.text):
            if column >= position:
                return raw
            column += TAB - column % TAB if character == "\t" else 1
        return len(self.text) + position - column


def origins_of(lines: Sequence[str], path: str | None) -> list[Origin]:
    """The origins of all lines of a file."""
    return [Origin(path, row, len(line) + 1) for row, line in enumerate(lines, 1)]


class Origins:
    """All origins of a conversion, and the marks that stand for them."""

    def __init__(self, page: Sequence[Origin] | None) -> None:
        self.page = page
        self.known: list[Origin] = []

    def mark(self, line: str, origin: Origin) -> str:
        """The line with its origin at its end; a blank line needs none."""
        if not line.strip():
            return line
        self.known.append(origin)
        return f"{line}{ORIGIN}{digits(len(self.known) - 1)}"

    def mark_page(self, lines: list[str], notation: Sequence[bool]) -> list[str]:
        """The lines of the page, all but the notation of includes with their origins."""
        return [
            line if skip else self.mark(line, origin)
            for line, origin, skip in zip(lines, self.of_page(lines), notation, strict=True)
        ]

    def of_page(self, lines: list[str]) -> Sequence[Origin]:
        """The origins of the lines of the page."""
        return self.page or origins_of(lines, None)

    def take(self, lines: list[str]) -> list[SourceLine]:
        """The lines without the marks; a line without one goes on behind the line before it."""
        found: list[SourceLine] = []
        last = Origin(None, 0, 1)
        for line in lines:
            match = _ORIGIN.search(line)
            text = line[: match.start()] if match else line
            behind = Origin(last.path, last.line + 1, len(text) + 1)
            last = self.known[number(match[1])] if match else behind
            found.append(SourceLine(text, last))
        return found


class LocatedSnippets(SnippetPreprocessor):  # type: ignore[misc]
    """Includes that keep the places of what they include and miss nothing silently."""

    def __init__(self, config: dict[str, Any], md: Markdown) -> None:
        super().__init__({**config, "check_paths": False}, md)
        self.problems: list[Problem] = []
        self.origins = Origins(None)
        self.notation: list[tuple[Origin, str]] = []
        self.asked = ""
        """The file, and what of it, that is being included."""

    def start(self, origins: Origins, lines: list[str]) -> list[bool]:
        """Begin a page: which of its lines are notation of includes."""
        self.origins = origins
        self.problems = []
        self.notation = []
        mask: list[bool] = self.get_syntax_mask(lines)
        self._remember(origins.of_page(lines), lines, mask)
        return mask

    def _remember(self, origins: Sequence[Origin], lines: list[str], mask: list[bool]) -> None:
        self.notation += [
            (origin, line) for origin, line, skip in zip(origins, lines, mask, strict=True) if skip
        ]

    def _name(self, path: str) -> str:
        """A file as the findings call it: from the folder that holds the folder of includes."""
        for base in map(Path, self.base_path):
            if Path(path).is_relative_to(base.parent):
                return Path(path).relative_to(base.parent).as_posix()
        return path

    def _miss(self, why: str) -> None:
        """Say at each place that asks for it why something cannot be included."""
        for origin, line in self.notation:
            begin = line.find(self.asked)
            if begin < 0:
                continue
            start = origin.end - len(line) + begin
            self.problems.append(
                Problem(
                    f"the included {why}",
                    Place(origin.line, start, origin.path),
                    Place(origin.line, start + len(self.asked), origin.path),
                    f"paths count from {self._bases()}",
                )
            )
        self.notation = [(origin, line) for origin, line in self.notation if self.asked not in line]

    def _bases(self) -> str:
        names = [f"`{Path(base).name}/`" for base in self.base_path]
        return " or ".join(names) or "the folder of a project, and this text is in none"

    def parse_snippet_target(self, path: str) -> dict[str, Any] | None:
        """What a line of notation asks for."""
        self.asked = path
        found: dict[str, Any] | None = super().parse_snippet_target(path)
        if found is None:
            self._miss("file has no name")
        return found

    def read_lines(self, path: str) -> list[str]:
        """The lines of a file, each with its origin."""
        name = self._name(path)
        try:
            lines = [clean(line) for line in super().read_lines(path)]
        except (OSError, UnicodeDecodeError):
            self._miss(f"file `{name}` cannot be read as text")
            return []
        mask: list[bool] = self.get_syntax_mask(lines)
        origins = origins_of(lines, name)
        self._remember(origins, lines, mask)
        return [
            line if skip else self.origins.mark(line, origin)
            for line, origin, skip in zip(lines, origins, mask, strict=True)
        ]

    def get_snippet_path(self, path: str) -> str | None:
        """The file that a path names, if there is one."""
        found: str | None = super().get_snippet_path(path)
        if found is None:
            self._miss(f"file `{path}` does not exist")
        return found

    def extract_section(self, section: str, lines: list[str]) -> list[str]:
        """The lines of a section."""
        self.check_paths = True
        try:
            found: list[str] = super().extract_section(section, lines)
        except SnippetMissingError:
            self._miss(f"section `{section}` does not exist in its file")
            return []
        finally:
            self.check_paths = False
        return found
