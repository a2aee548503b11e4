"""The worked cases: which formulas they hold, and what the engine must answer to each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from proofread.markdown.page import Page, Piece
from proofread.records import Statement

FOLDER = Path(__file__).parent / "cases"
NOT_CASES = frozenset({"README.md", "LEFT_OUT.md"})
_COMMENT = re.compile(
    r"(?P<word>holds|defines|declares|reads|rejected|undecided|refused|fails)"
    r"(?: at (?P<at>\d+))?(?:: (?P<detail>[a-z-]+))?"
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a comment says; ``accepted`` is the word where there is none."""

    word: str = "accepted"
    at: int | None = None
    detail: str | None = None
    """The code of a refusal, or the kind of repair."""


@dataclass(frozen=True, slots=True)
class Section:
    """A page of its own; blank lines in front keep the line numbers those of the file."""

    file: Path
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One formula: the ``piece``-th of its section."""

    section: Section
    piece: int
    line: int
    display: bool
    expectation: Expectation

    @property
    def name(self) -> str:
        return f"{self.section.file.name}:{self.line}"


def sections(file: Path, text: str) -> list[Section]:
    """The parts of a file that begin with ``##``, outside of fences and displayed formulas."""
    lines = text.split("\n")
    starts: list[int] = []
    fence = dollars = False
    for number, line in enumerate(lines):
        if line.startswith("```"):
            fence = not fence
        elif not fence and line.count("$$") % 2:
            dollars = not dollars
        elif line.startswith("## ") and not fence and not dollars:
            starts.append(number)
    ends = [*starts[1:], len(lines)]
    return [
        Section(file, "\n" * start + "\n".join(lines[start:end]) + "\n")
        for start, end in zip(starts, ends, strict=False)
    ]


def read_expectation(comment: str) -> Expectation:
    """What a comment after a formula says; anything but the known forms is an error."""
    found = _COMMENT.fullmatch(comment.strip())
    if not found or (found["at"] is None) == (found["word"] == "fails"):
        raise ValueError(f"a comment after a formula must be an expectation, found {comment!r}")
    if found["detail"] and found["word"] not in ("fails", "refused"):
        raise ValueError(f"{found['word']} takes no detail, found {comment!r}")
    at = int(found["at"]) if found["at"] else None
    return Expectation(found["word"], at, found["detail"])


def cases(section: Section, page: Page) -> Iterator[Case]:
    """The formulas of a section in order, each with the comment that follows it."""
    pieces: list[tuple[Piece, Expectation]] = []
    displayed = False
    for block in page.blocks:
        if block.kind == "comment":
            comment = str(block.parts[0]).strip()
            if comment.startswith("layout:") and not any(piece.display for piece, _ in pieces):
                continue
            if not displayed:
                raise ValueError(f"a comment that follows no displayed formula: {comment!r}")
            pieces[-1] = pieces[-1][0], read_expectation(comment)
            displayed = False
            continue
        for part in block.parts:
            displayed = isinstance(part, Piece) and part.display
            if isinstance(part, Piece):
                pieces.append((part, Expectation()))
    for number, (piece, expectation) in enumerate(pieces):
        yield Case(section, number, piece.start.line, piece.display, expectation)


def _is(statement: Statement, word: str) -> bool:
    """Whether a statement is accepted in that way; a chain that defines also holds further on."""
    links = statement.verdict == "defines" and word == "holds" and len(statement.links) > 1
    return statement.verdict == word or links


def objection(case: Case, statements: Sequence[Statement]) -> str | None:
    """What is wrong with the engine's answer to a formula, or None.

    A block with several statements is accepted when all are, in the way that is asked for when
    one of them is. Otherwise its first statement that is not accepted must be what is expected.
    """
    expected = case.expectation
    rejected = next((found for found in statements if not found.accepted), None)
    got = "accepted"
    if rejected:
        got = f"{rejected.verdict} {rejected.code or ''}".strip()
        got += f" at {rejected.at}" if rejected.verdict == "fails" else ""
    match expected.word:
        case "accepted":
            right = rejected is None and bool(statements or not case.display)
        case "rejected":
            right = rejected is not None and rejected.verdict in ("fails", "refused")
        case "fails":
            right = got == f"fails at {expected.at}"
            if right and expected.detail and rejected and not rejected.repairs:
                return f"fails as expected, but no repair is offered ({expected.detail} would do)"
        case "refused":
            right = got.startswith(f"refused {expected.detail or ''}".strip())
        case "undecided":
            right = got == "undecided"
        case word:
            right = rejected is None and any(_is(found, word) for found in statements)
    if right:
        return None
    if not rejected:
        got = ", ".join(found.verdict for found in statements) or "nothing was read"
    wanted = " ".join(str(part) for part in (expected.word, expected.at, expected.detail) if part)
    return f"expected {wanted}, got {got}"


def left_out() -> set[str]:
    """The names of the cases in the list of those left out."""
    text = (FOLDER / "LEFT_OUT.md").read_text(encoding="utf-8")
    return set(re.findall(r"^- (\S+\.md:\d+) \S", text, re.MULTILINE))
