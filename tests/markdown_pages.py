"""Helpers of the tests of the Markdown stage."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

from proofread.markdown import Block, Page, Piece, read_page


def page(text: str, **options: str | None) -> Page:
    return read_page(dedent(text).removeprefix("\n"), **options)


def pieces(read: Page) -> list[Piece]:
    return [part for block in read.blocks for part in block.parts if isinstance(part, Piece)]


def latex(read: Page) -> list[str]:
    return [piece.latex for piece in pieces(read)]


def shape(block: Block) -> str:
    """A block in one line: its kind, then its text with ``<...>`` and ``[...]`` for formulas."""
    parts = [
        part if isinstance(part, str) else f"[{part.latex}]" if part.display else f"<{part.latex}>"
        for part in block.parts
    ]
    return f"{block.kind}: {''.join(parts)}"


def shapes(read: Page) -> list[str]:
    return [shape(block) for block in read.blocks]


def findings(read: Page) -> list[tuple[int, int, int, int, str, str]]:
    return [
        (
            problem.start.line,
            problem.start.column,
            problem.end.line,
            problem.end.column,
            problem.message,
            problem.help,
        )
        for problem in read.problems
    ]


def misplaced(read: Page, files: Mapping[str | None, str]) -> list[str]:
    """The lines of formulas that do not stand in the source where their places say."""
    wrong = []
    for piece in pieces(read):
        for text, place in zip(piece.latex.split("\n"), piece.lines, strict=True):
            source = files[place.path].split("\n")[place.line - 1].removesuffix("\r")
            if source[place.column - 1 :][: len(text)] != text:
                wrong.append(f"{text!r} is not at {place}")
        for place, ends in ((piece.start, ("$", "\\")), (piece.end, ("$", ")", "]", "}"))):
            source = files[place.path].split("\n")[place.line - 1]
            if source[place.column - 1 : place.column] not in ends:
                wrong.append(f"no delimiter at {place}")
    return wrong
