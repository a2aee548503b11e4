"""From the text of a page to the page that the engine reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from markdown import Markdown

from proofread.markdown.bounds import nested_too_deep, too_much
from proofread.markdown.configuration import configuration
from proofread.markdown.marks import clean
from proofread.markdown.mathematics import reading_of
from proofread.markdown.page import Page, Piece, Problem
from proofread.markdown.reading import Reading
from proofread.markdown.sources import Origin, origins_of
from proofread.records import Layout, Place

LAYOUTS: tuple[Layout, ...] = get_args(Layout)
_FRONT_MATTER = re.compile(
    r"-{3}[ \t]*\n(?:[ \t]*(?:#.*)?\n)*"  # blank lines and comments, then a key
    r"[^\s#:-][^:\n]*:(?:[ \t].*)?\n(?:.*\n)*?(?:-{3}|\.{3})[ \t]*(?:\n|\Z)"
)
_LAYOUT = re.compile(r"layout\s*:\s*(.*)", re.DOTALL)
_PROJECT = "mkdocs.yml"
_PAGES = "docs"


def source_lines(text: str) -> list[str]:
    """The lines of a text, whatever ends them, without what could be mistaken for our marks."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return clean(text).split("\n")


def without_front_matter(lines: list[str]) -> list[str]:
    """The lines of a page, blank ones where its front matter stands."""
    match = _FRONT_MATTER.match("\n".join(lines))
    if not match:
        return lines
    height = match[0].count("\n")
    return [""] * height + lines[height:] if match[0].endswith("\n") else [""] * len(lines)


def in_site(path: str) -> bool:
    """Whether a file is a page of a site, which reads it as this does."""
    file = Path(path).resolve()
    return any(
        (folder / _PROJECT).is_file() and file.is_relative_to(folder / _PAGES)
        for folder in file.parents
    )


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
    refused = too_much(lines, origins)
    if refused:
        reading.problems.append(refused)
        return reading
    reading.page_origins = origins
    try:
        md.convert("\n".join(lines))
    except RecursionError:
        return Reading(problems=[nested_too_deep(origins[0])])
    reading.problems.sort(key=lambda problem: (problem.start.line, problem.start.column))
    return reading


def layout_of(reading: Reading) -> tuple[Layout, list[Problem]]:
    """The layout that the comments of a page say, and what is wrong with them."""
    layout: Layout = "mixed"
    said = formula = False
    problems = []
    for block, place in zip(reading.blocks, reading.places, strict=True):
        formula = formula or any(isinstance(part, Piece) for part in block.parts)
        words = _LAYOUT.fullmatch(str(block.parts[0])) if block.kind == "comment" else None
        if not words:
            continue
        found = next((known for known in LAYOUTS if known == words[1]), None)
        complaint = _complaint(words[1], known=found is not None, late=formula, again=said)
        if complaint:
            start = place or Place(1, 1)
            end = Place(start.line, start.column + len("<!--"), start.path)
            problems.append(Problem(complaint[0], start, end, complaint[1]))
        layout, said = found or layout, True
    return layout, problems


def _complaint(word: str, *, known: bool, late: bool, again: bool) -> tuple[str, str] | None:
    if not known:
        return f"unknown layout `{word}`", f"write one of {', '.join(LAYOUTS)}"
    if late:
        return (
            "the layout is said behind the first formula",
            "move the comment before the first formula",
        )
    if again:
        return "the layout is said twice", "a page has one layout: take one of the comments out"
    return None


def make_page(path: str | None, reading: Reading) -> Page:
    """What the engine reads."""
    layout, complaints = layout_of(reading)
    return Page(path, layout, tuple(reading.blocks), (*reading.problems, *complaints))


def read_page(text: str, *, path: str | None = None, root: str | None = None) -> Page:
    """Read a page of Markdown; includes count from ``root``, by default the project's folder."""
    written = source_lines(text)
    lines = without_front_matter(written)
    reading = read_lines(lines, origins_of(written, path), root or root_of(path))
    return make_page(path, reading)
