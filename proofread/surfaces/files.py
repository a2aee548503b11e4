"""The files that hold pages: which there are, which site they belong to, and what they say."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

SUFFIXES = (".md", ".ipynb", ".py")
"""Of the pages of a site."""
NOTES = (*SUFFIXES, ".qmd", ".Rmd", ".tex")
"""Of what can be checked elsewhere, too."""
_LISTED = f"{', '.join(NOTES[:-1])} or {NOTES[-1]}"
SITE_FILE = "mkdocs.yml"
DOCS = "docs"
MACROS = "macros.tex"
_SKIPPED = frozenset({"node_modules", "site", "__pycache__"})
_MARKDOWN_CELL = re.compile(r"^# ?%%.*\[(markdown|md)\]", re.MULTILINE)


class CannotStart(Exception):
    """What was asked for cannot be done at all; the message is for the person who asked."""


def read_text(path: Path) -> str:
    """The text of a file, in UTF-8 as Markdown is."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1}"
        raise CannotStart(f"{path.as_posix()} is not UTF-8 text: {place} does not fit") from None
    except OSError as error:
        raise CannotStart(f"cannot read {path.as_posix()}: {error.strerror}") from None


def write_if_changed(path: Path, text: str) -> None:
    """Write a file, unless it says that already: a server that watches it would reload."""
    data = text.encode("utf-8")
    if not path.is_file() or path.read_bytes() != data:
        path.write_bytes(data)


def has_markdown_cells(path: Path) -> bool:
    """Whether a Python file is a notebook in percent form that holds prose."""
    try:
        return bool(_MARKDOWN_CELL.search(read_text(path)))
    except CannotStart:
        return False


def _skips(folder: Path) -> bool:
    """Hidden folders, installed packages, virtual environments and what is built."""
    name = folder.name
    return name.startswith(".") or name in _SKIPPED or (folder / "pyvenv.cfg").exists()


def _pages_below(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise CannotStart(f"cannot read the folder {error.filename}: {error.strerror}") from None

    suffixes = SUFFIXES if site_of(folder / DOCS) else NOTES
    for here, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not _skips(Path(here, name)))
        for name in sorted(files):
            path = Path(here, name)
            wanted = path.suffix in suffixes and not name.startswith(".")
            if wanted and (path.suffix != ".py" or has_markdown_cells(path)):
                yield path


def find_pages(paths: Iterable[str]) -> list[Path]:
    """The pages that some paths name, each once: files as given, folders with what is in them."""
    found: dict[Path, Path] = {}
    for name in paths:
        path = Path(name)
        if path.is_dir():
            below = list(_pages_below(path))
            if not below:
                raise CannotStart(f"no page in the folder {name}: looked for {_LISTED}")
        elif not path.exists():
            raise CannotStart(f"no such file or folder: {name}")
        elif path.suffix not in NOTES:
            raise CannotStart(f"{name} is no page: its name must end in {_LISTED}")
        else:
            below = [path]
        for page in below:
            found.setdefault(page.resolve(), page)
    return list(found.values())


def site_of(path: Path) -> Path | None:
    """The folder of the site that a page is part of: its ``docs`` folder holds the page."""
    resolved = path.resolve()
    for folder in resolved.parents:
        if (folder / SITE_FILE).is_file():
            return folder if resolved.is_relative_to(folder / DOCS) else None
    return None


def macros_text(path: Path) -> tuple[Path, str] | None:
    """The site's file of macros that counts for a page, and what it says."""
    for folder in path.resolve().parents:
        if (folder / SITE_FILE).is_file():
            macros = folder / DOCS / MACROS
            return (macros, read_text(macros)) if macros.is_file() else None
    return None
