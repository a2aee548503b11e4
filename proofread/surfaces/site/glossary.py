"""The glossary: what each letter stands for, page by page, as the pages declare it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, relpath
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown

from proofread.records import SymbolRow
from proofread.surfaces.site.formulas import name_as_html
from proofread.surfaces.site.index import Site, SitePage

_COLUMNS = ("symbol", "shape", "set", "pages")
_COMMANDS = str.maketrans("", "", "\\{}_^")

Meaning = tuple[str, str]
"""A shape and a set."""


def read_glossary(site: Site) -> dict[str, dict[Meaning, list[SitePage]]]:
    """Every name, by its letters; with each of its meanings, the pages that declare it so."""
    found: dict[str, dict[Meaning, list[SitePage]]] = {}
    for page in site.pages:
        for row in page.report.symbols:
            pages = found.setdefault(row.name, {}).setdefault(_meaning(row), [])
            if page not in pages:
                pages.append(page)
    return dict(sorted(found.items(), key=lambda item: _letters(item[0])))


def _meaning(row: SymbolRow) -> Meaning:
    return row.shape, row.set


def _letters(name: str) -> tuple[str, str]:
    """Where a name stands in the order: by its letters first, whatever their font."""
    plain = name.translate(_COMMANDS)
    return plain.lower(), name


def table(md: Markdown, site: Site, path: str) -> Iterator[Element]:
    """A row for each meaning of each name; a name that has several spans their rows."""
    box = Element("div", {"class": "glossary", "role": "region", "tabindex": "0"})
    box.set("aria-label", "All symbols")
    box.set("data-search-exclude", "")
    whole = SubElement(box, "table")
    head = SubElement(SubElement(whole, "thead"), "tr")
    for column in _COLUMNS:
        SubElement(head, "th", {"scope": "col"}).text = column
    for name, meanings in read_glossary(site).items():
        group = SubElement(whole, "tbody")
        for number, ((shape, kind), pages) in enumerate(meanings.items()):
            row = SubElement(group, "tr")
            if number == 0:
                first = SubElement(row, "td", {"rowspan": str(len(meanings))})
                first.text = md.htmlStash.store(name_as_html(name, Path()))
            SubElement(row, "td").text = shape
            SubElement(row, "td").text = kind
            _links(SubElement(row, "td"), pages, path)
    yield box


def _links(cell: Element, pages: list[SitePage], here: str) -> None:
    for number, page in enumerate(pages, start=1):
        link = SubElement(cell, "a", {"href": relpath(page.path, dirname(here) or ".")})
        link.text = page.title
        link.tail = "; " if number < len(pages) else None
