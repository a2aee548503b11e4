"""A page as the engine reads it: blocks of prose and mathematics, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from proofread.records import Layout, Place

BlockKind = Literal["paragraph", "heading", "item", "cell", "term", "title", "comment"]


@dataclass(frozen=True, slots=True)
class Piece:
    r"""One piece of mathematics: what stands between its delimiters.

    ``lines[k]`` is the place, in the file as its author wrote it, of the first character of the
    ``k``-th line of ``latex`` (indentation of an admonition, list or tab is not part of ``latex``).
    For an environment that stands without dollars (``\begin{align}``) it is part of ``latex``.
    ``start`` and ``end`` are the places of the opening delimiter's first and of the closing
    delimiter's last character.
    """

    latex: str
    display: bool
    lines: tuple[Place, ...]
    start: Place
    end: Place

    def place(self, offset: int) -> Place:
        """The place in the file of the character ``latex[offset]``."""
        before = self.latex.count("\n", 0, offset)
        column = offset - (self.latex.rfind("\n", 0, offset) + 1)
        line = self.lines[before]
        return Place(line.line, line.column + column, line.path)


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of a page that what is introduced in it may end with.

    ``kind`` is ``admonition`` or ``tab``; ``name`` is the admonition's type, or the tab's title;
    ``title`` is the admonition's title as plain text; ``number`` tells scopes of a page apart.
    """

    kind: Literal["admonition", "tab"]
    name: str
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class Block:
    """A run of prose and mathematics that reads as one text.

    ``parts`` alternates freely between strings of prose (markup gone) and pieces. A displayed
    piece in the middle of a paragraph is a part of that paragraph; one that stands by itself is a
    block of its own with a single part. ``level`` is a heading's; ``group`` numbers the list or
    the table that an item or a cell belongs to (0 for none). A ``comment`` block has the text of
    an HTML comment as its only part.
    """

    kind: BlockKind
    parts: tuple[str | Piece, ...]
    scopes: tuple[Scope, ...] = ()
    level: int = 0
    group: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Mathematics in the source that does not come out as mathematics on the page."""

    message: str
    start: Place
    end: Place
    help: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, read through the site's own Markdown configuration."""

    path: str | None
    layout: Layout
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
