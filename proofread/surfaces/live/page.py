"""A text converted as the site converts its pages: its HTML and what the engine reads, at once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from proofread.markdown.bounds import nested_too_deep, too_much
from proofread.markdown.configuration import configuration
from proofread.markdown.mathematics import PRIORITY, reading_of
from proofread.markdown.page import Page, Piece
from proofread.markdown.reader import make_page, source_lines, without_front_matter
from proofread.markdown.reading import Reading
from proofread.markdown.sources import origins_of


@dataclass(frozen=True, slots=True)
class Converted:
    """A text as HTML with a place for each formula, and as the engine reads it."""

    html: str
    page: Page
    pieces: tuple[Piece, ...]


class _Places(Treeprocessor):
    """Each formula's element says which it is, with a key that no text of a reader has."""

    def __init__(self, md: Markdown, key: str) -> None:
        super().__init__(md)
        self.key = key

    def run(self, root: Element) -> None:
        for element in root.iter():
            number = element.get("data-piece")
            if number is not None:
                element.set("data-piece", f"{self.key}-{number}")
                element.text = AtomicString("")


def _extension(name: str, settings: dict[str, Any]) -> Extension:
    """An extension by the module that it is in; asking what is installed takes much longer."""
    module = import_module(name if "." in name else f"markdown.extensions.{name}")
    made: Extension = module.makeExtension(**settings)
    return made


class Converter:
    """One Markdown for all texts of a session."""

    def __init__(self) -> None:
        extensions, settings = configuration()
        settings["pymdownx.snippets"]["base_path"] = []
        settings["toc"] = {"permalink": False}
        self.key = os.urandom(8).hex()
        self._md = Markdown(
            extensions=[_extension(name, settings.get(name, {})) for name in extensions]
        )
        self._md.treeprocessors.register(_Places(self._md, self.key), "places", PRIORITY - 0.5)

    def convert(self, text: str) -> Converted:
        """Read a text; one that there is too much of has no HTML."""
        written = source_lines(text)
        lines, origins = without_front_matter(written), origins_of(written, None)
        reading = reading_of(self._md.reset())
        html = ""
        refused = too_much(lines, origins)
        if refused:
            reading.problems.append(refused)
        else:
            reading.page_origins = origins
            try:
                html = self._md.convert("\n".join(lines))
            except RecursionError:
                reading = Reading(problems=[nested_too_deep(origins[0])])
        reading.problems.sort(key=lambda problem: (problem.start.line, problem.start.column))
        return Converted(html, make_page(None, reading), tuple(reading.pieces))
