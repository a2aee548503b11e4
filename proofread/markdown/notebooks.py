"""Pages from files of all kinds; notebooks, as ``.ipynb`` and as Python in percent form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from proofread.markdown.notes import read_notes
from proofread.markdown.page import Block, Page, Problem, Scope
from proofread.markdown.reader import (
    in_site,
    make_page,
    read_lines,
    read_page,
    root_of,
    source_lines,
)
from proofread.markdown.reading import Reading
from proofread.markdown.sources import Origin, origins_of
from proofread.markdown.tex import read_tex
from proofread.records import Place

_CELL = re.compile(r"#\s?%%(?P<title>.*)$")
_MARKDOWN = re.compile(r"\[(?:markdown|md)\]")
_QUOTES = re.compile(r"[rR]?(\"\"\"|''')")


@dataclass(frozen=True, slots=True)
class _Cell:
    """The lines of a Markdown cell and where they stand."""

    lines: tuple[str, ...]
    origins: tuple[Origin, ...]


def read_file(path: str | Path, *, root: str | None = None) -> Page:
    """Read a page from a file, in the form that its name and its folder tell.

    Markdown that is no page of a site may be in the dialect of another generator.
    """
    file = Path(path)
    name = file.as_posix()
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"the file is not UTF-8 text: byte {error.start + 1} does not fit"
        return _refused(name, message, Place(1, 1, name))
    root = root or root_of(name)
    if file.suffix == ".ipynb":
        return read_notebook(text, path=name, root=root)
    if file.suffix == ".py":
        return read_percent(text, path=name, root=root)
    if file.suffix == ".tex":
        return read_tex(text, path=name)
    if file.suffix in (".qmd", ".Rmd") or not in_site(name):
        return read_notes(text, path=name, root=root)
    return read_page(text, path=name, root=root)


def read_notebook(text: str, *, path: str | None = None, root: str | None = None) -> Page:
    """Read the Markdown cells of a notebook; a place names its cell as ``x.ipynb#cell-3``."""
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"the notebook is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return _refused(path, message, Place(error.lineno, error.colno, path))
    except (ValueError, RecursionError):
        message = "the notebook has a number too long or a nesting too deep to be read"
        return _refused(path, message, Place(1, 1, path))
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        return _refused(path, "the notebook has no list of cells", Place(1, 1, path))
    return _page(path, _notebook_cells(cells, path), root)


def read_percent(text: str, *, path: str | None = None, root: str | None = None) -> Page:
    """Read the Markdown cells of Python in percent form; places are those of the file."""
    return _page(path, _percent_cells(source_lines(text), path), root)


def _refused(path: str | None, message: str, place: Place) -> Page:
    return Page(path, "mixed", (), (Problem(message, place, place),))


def _notebook_cells(cells: Sequence[Any], path: str | None) -> Iterator[_Cell]:
    for count, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "markdown":
            continue
        source = cell.get("source", "")
        if isinstance(source, list):
            source = "".join(part for part in source if isinstance(part, str))
        lines = source_lines(source if isinstance(source, str) else "")
        yield _Cell(tuple(lines), tuple(origins_of(lines, f"{path or ''}#cell-{count}")))


def _percent_cells(lines: Sequence[str], path: str | None) -> Iterator[_Cell]:
    starts = [row for row, line in enumerate(lines) if _CELL.match(line)]
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=False):
        if _MARKDOWN.search(lines[start]):
            rows = range(start + 1, stop)
            yield _quoted(lines, rows, path) or _commented(lines, rows, path)


def _commented(lines: Sequence[str], rows: range, path: str | None) -> _Cell:
    """A cell whose lines are comments."""
    texts = []
    for row in rows:
        line = lines[row]
        comment = line.removeprefix("#") if line.startswith("#") else ""
        texts.append(comment.removeprefix(" "))
    return _Cell(tuple(texts), tuple(Origin(path, row + 1, len(lines[row]) + 1) for row in rows))


def _quoted(lines: Sequence[str], rows: range, path: str | None) -> _Cell | None:
    """A cell that is a string over several lines, if it is one."""
    first = next((row for row in rows if lines[row].strip()), None)
    quotes = _QUOTES.match(lines[first]) if first is not None else None
    if first is None or quotes is None:
        return None
    texts: list[str] = []
    origins: list[Origin] = []
    for row in range(first, rows.stop):
        line, begin = lines[row], quotes.end() if row == first else 0
        end = line.find(quotes[1], begin)
        stop = end if end >= 0 else len(line)
        texts.append(line[begin:stop])
        origins.append(Origin(path, row + 1, stop + 1))
        if end >= 0:
            break
    return _Cell(tuple(texts), tuple(origins))


def _page(path: str | None, cells: Iterator[_Cell], root: str | None) -> Page:
    """All cells as one page, scopes and groups numbered on from cell to cell."""
    whole = Reading()
    scopes = groups = 0
    for cell in cells:
        reading = read_lines(cell.lines, cell.origins, root)
        whole.blocks += [_renumbered(block, scopes, groups) for block in reading.blocks]
        whole.places += reading.places
        whole.problems += reading.problems
        scopes = max([scopes, *(scope.number for block in whole.blocks for scope in block.scopes)])
        groups = max([groups, *(block.group for block in whole.blocks)])
    return make_page(path, whole)


def _renumbered(block: Block, scopes: int, groups: int) -> Block:
    inner: tuple[Scope, ...] = tuple(
        replace(scope, number=scope.number + scopes) for scope in block.scopes
    )
    return replace(block, scopes=inner, group=block.group + groups if block.group else 0)
