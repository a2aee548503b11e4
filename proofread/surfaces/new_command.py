"""``proofread new``: begin a page that passes the check."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from markdown.extensions.toc import slugify

from proofread.records import Place
from proofread.rendering.cells import visible
from proofread.surfaces.files import DOCS, SITE_FILE, CannotStart, read_text
from proofread.surfaces.navigation import add_to_navigation
from proofread.surfaces.tags import register as tags
from proofread.surfaces.tags.giving import add

_TEMPLATES = {"derivation": "Derivations"}
"""What can be begun, and the part of the navigation that it belongs to."""
_TEMPLATE = Path(__file__).with_name("derivation.md")
_TITLE = "TITLE"
_LONGEST = 100
_MARKUP = "\\`*_{}[]<>#$|"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "kind", metavar="derivation", choices=tuple(_TEMPLATES), help="what to begin"
    )
    parser.add_argument("title", metavar="TITLE", help="the page's title, in plain words")


def run(options: argparse.Namespace) -> int:
    """Write the page and say what comes next: 0 when it is there, 2 when it could not be made."""
    try:
        _begin(options.title, _TEMPLATES[options.kind])
    except CannotStart as error:
        print(f"proofread new: {visible(str(error))}", file=sys.stderr)
        return 2
    return 0


def _begin(written: str, part: str) -> None:
    title = _plain(written)
    root = _site(Path.cwd())
    page = Path(DOCS, f"{_name(title)}.md")
    text = _TEMPLATE.read_text(encoding="utf-8").replace(_TITLE, title)
    _write(root / page, page, text)
    print(f"{page.as_posix()}: a page that passes the check, to be changed into yours")
    entry = f"{_quoted(title)}: {page.name}"
    if add_to_navigation(root / SITE_FILE, part, entry):
        print(f"{SITE_FILE}: the page stands under {part}")
    else:
        print(f"{SITE_FILE}: has no list called {part} that this can add to; write into its nav")
        print(f"  - {entry}")
    if (root / tags.FILE).is_file():
        for tag in add(root, {page.name: Place(1, 1)}):
            print(f"{tags.FILE}: its tag is {tag.tag}")
    print(f"next: make serve, or proofread check {page.as_posix()}")


def _write(file: Path, shown: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as made:
            made.write(text)
    except FileExistsError:
        message = f"{shown.as_posix()} exists already: change that page, or take another title"
        raise CannotStart(message) from None
    except OSError as error:
        raise CannotStart(f"cannot write {shown.as_posix()}: {error.strerror}") from None


def _plain(written: str) -> str:
    """The title with single spaces; what means something in Markdown has no place in it."""
    if not written.isprintable():
        raise CannotStart("the title has a line break or another character that cannot be printed")
    title = " ".join(written.split())
    if len(title) > _LONGEST:
        raise CannotStart(f"the title has {len(title)} characters: at most {_LONGEST} are wanted")
    for character in title:
        if character in _MARKUP:
            raise CannotStart(f"the title holds {character}, which Markdown reads: say it in words")
    return title


def _name(title: str) -> str:
    """What the page's file is called."""
    name = slugify(title, "-").strip("-_")
    if not name:
        said = f"the title “{title}”" if title else "an empty title"
        raise CannotStart(
            f"{said} gives the file no name: it needs a letter from a to z or a digit"
        )
    return name


def _site(here: Path) -> Path:
    """The folder of the site around a folder."""
    for folder in (here, *here.parents):
        if (folder / SITE_FILE).is_file():
            if not (folder / DOCS).is_dir():
                raise CannotStart(f"the site in {folder.as_posix()} has no folder {DOCS}")
            read_text(folder / SITE_FILE)
            return folder
    raise CannotStart(
        f"no site here: neither {here.as_posix()} nor a folder above it has a {SITE_FILE}"
    )


def _quoted(title: str) -> str:
    """The title as YAML, in quotes."""
    return '"' + title.replace('"', r"\"") + '"'
