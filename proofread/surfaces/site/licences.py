"""The works of others that go with the site, each with its licence, put where readers find it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from posixpath import dirname, relpath
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from proofread.surfaces.files import DOCS, CannotStart

_FOLDER = Path("assets", "vendor", "licences")
"""From the folder of all pages."""
_SITE = "LICENSE"
_LOCK = Path("package-lock.json")
_NAMES = ("LICENSE*", "LICENCE*", "License*", "license*", "COPYING*")
_PYTHON = ("mpmath", "Markdown", "pymdown-extensions", "mkdocs-material")
"""What of Python comes to a reader: the engine's libraries, and the theme."""
_OWN = Path(__file__).with_name("licence_texts")
"""Of Pyodide, and of the Python in it, the package has no text."""
_FOR_BUILDING = ("@types/", "commander", "ws")
"""What the packages ask for, and no reader gets."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work of others with its licence and the files that hold the text of it."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]

    @property
    def files(self) -> Iterator[tuple[Path, Path]]:
        """Each text with where it goes, from the folder of all pages."""
        folder = _FOLDER / self.name.removeprefix("@").replace("/", "-").lower()
        for text in self.texts:
            yield text, folder / f"{text.stem if text.suffix in ('.md', '.txt') else text.name}.txt"


def works(root: Path) -> list[Work]:
    """All of them by name: the packages of the front end, and those of Python."""
    found = [*_front(root), *map(_of_python, _PYTHON)]
    for work in found:
        if not work.texts:
            raise CannotStart(f"the licence of {work.name} is not in its package")
    return sorted(found, key=lambda work: work.name.removeprefix("@").lower())


def _front(root: Path) -> Iterator[Work]:
    packages: dict[str, Any] = json.loads((root / _LOCK).read_text(encoding="utf-8"))["packages"]
    for place, package in packages.items():
        name = place.removeprefix("node_modules/")
        if name and not package.get("dev") and not name.startswith(_FOR_BUILDING):
            texts = _texts(root / place) or _texts(_OWN / name)
            yield Work(name, package["version"], package.get("license", ""), texts)


def _of_python(name: str) -> Work:
    found = distribution(name)
    licence = found.metadata["License-Expression"]
    texts = sorted(
        Path(str(found.locate_file(file)))
        for file in found.files or ()
        if file.parent.name == "licenses" and file.match("LICENSE*")
    )
    return Work(name, found.version, licence, tuple(texts))


def _texts(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted({path for name in _NAMES for path in folder.glob(name) if path.is_file()}))


def licence_files(root: Path) -> Iterator[tuple[Path, Path]]:
    """What is copied, and where to: the licence of the site, and those of the works of others."""
    yield root / _SITE, root / DOCS / _FOLDER / "proofread" / f"{_SITE}.txt"
    for work in works(root):
        yield from ((text, root / DOCS / name) for text, name in work.files)


def table(root: Path, page: str) -> Iterator[Element]:
    """A row for each work, for the page that lists them."""
    box = Element("div", {"class": "licences", "role": "region", "aria-label": "Works of others"})
    rows = SubElement(box, "table")
    head = SubElement(SubElement(rows, "thead"), "tr")
    for column in ("work", "version", "licence"):
        SubElement(head, "th", {"scope": "col"}).text = column
    body = SubElement(rows, "tbody")
    for work in works(root):
        row = SubElement(body, "tr")
        SubElement(row, "th", {"scope": "row"}).text = work.name
        SubElement(row, "td").text = work.version
        cell = SubElement(row, "td")
        for number, (_, name) in enumerate(work.files):
            link = SubElement(cell, "a", {"href": relpath(name.as_posix(), dirname(page) or ".")})
            link.text = work.licence if number == 0 else name.stem
            link.tail = " "
    yield box
