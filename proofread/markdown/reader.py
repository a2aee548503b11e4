"""From the text of a page to the page that the engine reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from markdown import Markdown

from proofread.markdown.configuration import configuration
from proofread.markdown.marks import clean
from proofread.markdown.mathematics import reading_of
from proofread.markdown.page import Block, Page, Piece, Problem
from proofread.markdown.reading import Reading
from proofread.markdown.sources import Origin
from proofread.records import Layout, Place

LAYOUTS: tuple[Layout, ...] = get_args(Layout)
_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(?:.*\n)*?(?:-{3}|\.{3})[ \t]*(?:\n|\Z)")
_LAYOUT = re.compile(r"layout\s*:\s*(.*)", re.DOTALL)
_PROJECT = "mkdocs.yml"


def source_lines(text: str) -> list[str]:
    """The lines of a text, whatever ends them, without what could be mistaken for our marks."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return clean(text).split("\n")


def _without_front_matter(lines: list[str]) -> list[str]:
    match = _FRONT_MATTER.match("\n".join(lines))
    if not match:
        return lines
    height = match[0].count("\n")
    return [""] * height + lines[height:] if match[0].endswith("\n") else [""] * len(lines)


def root_of(path: str | None) -> str | None:
    """The folder that includes count from: the project's, or else the page's own."""
    if path is None:
        return None
    folders = Path(path).resolve().parents
    found = next((folder for folder in folders if (folder / _PROJECT).is_file()), folders[0])
    return str(found)


def converter(root: str | None) -> Markdown:
    """Python-Markdown as the site uses it, with includes from ``root`` (none without it)."""
    extensions, settings = configuration()
    snippets = settings["pymdownx.snippets"]
    snippets["base_path"] = [str(Path(root, base)) for base in snippets["base_path"] if root]
    return Markdown(extensions=extensions, extension_configs=settings)


def read_lines(lines: Sequence[str], origins: Sequence[Origin], root: str | None) -> Reading:
    """Convert some lines that stand at these places."""
    md = converter(root)
    reading = reading_of(md)
    reading.page_origins = origins
    md.convert("\n".join(lines))
    return reading


def make_page(path: str | None, blocks: Sequence[Block], problems: Sequence[Problem]) -> Page:
    """A page of these blocks, with the layout that its comments say."""
    layout: Layout = "mixed"
    found = list(problems)
    seen = False
    for block in blocks:
        seen = seen or any(isinstance(part, Piece) for part in block.parts)
        words = _LAYOUT.match(str(block.parts[0])) if block.kind == "comment" else None
        if not words:
            continue
        word = words[1].strip()
        layout_problem = _layout_problem(word, seen)
        if layout_problem:
            found.append(layout_problem)
        else:
            layout = next(known for known in LAYOUTS if known == word)
    found.sort(key=lambda problem: (problem.start.line, problem.start.column))
    return Page(path, layout, tuple(blocks), tuple(found))


def _layout_problem(word: str, late: bool) -> Problem | None:
    place = Place(1, 1)
    if word not in LAYOUTS:
        return Problem(f"unknown layout `{word}`", place, place, f"write {', '.join(LAYOUTS)}")
    if late:
        message = "the layout is said behind the first formula"
        return Problem(message, place, place, "move the comment before the first formula")
    return None


def read_page(text: str, *, path: str | None = None, root: str | None = None) -> Page:
    """Read a page of Markdown; includes count from ``root``, by default the project's folder."""
    written = source_lines(text)
    origins = [Origin(path, row, len(line) + 1) for row, line in enumerate(written, 1)]
    reading = read_lines(_without_front_matter(written), origins, root or root_of(path))
    return make_page(path, reading.blocks, reading.problems)
