"""What a page asks for in a comment: the figure of its routes, the table of all pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from posixpath import dirname
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE

from proofread.markdown.page import Piece
from proofread.surfaces.site import (
    feed,
    formula_index,
    glossary,
    licences,
    prerequisites,
    reference,
    tag_pages,
)
from proofread.surfaces.site.addresses import public_address
from proofread.surfaces.site.formulas import name_as_mathml
from proofread.surfaces.site.index import Site
from proofread.surfaces.site.routes import Route, draw, read_route
from proofread.surfaces.site.status import table, unread

_COMMENT = re.compile(r"\s*<!--\s*proofread:\s*(?P<what>.*?)\s*-->\s*")


@dataclass(frozen=True, slots=True)
class Figures:
    """Makes the figures of one page, whose formulas are ``pieces``."""

    md: Markdown
    site: Site
    path: str
    pieces: Sequence[Piece]

    def build(self, root: Element) -> list[str]:
        """Put each figure in the place of its comment; what cannot be made comes back in words."""
        places = [(parent, element) for parent in root.iter() for element in parent]
        answers = [self._make(parent, element) for parent, element in places]
        return [answer for answer in answers if answer is not None]

    def _make(self, parent: Element, element: Element) -> str | None:
        asked = self._asked(element)
        if asked is None or asked.startswith("page "):
            return None
        if asked in self._tables():
            _replace(element, self._tables()[asked]())
        elif asked != "routes":
            *known, last = sorted(("routes", *self._tables()))
            return f"nothing is known as {asked}: expected {', '.join(known)} or {last}"
        elif routes := self._routes_beside(parent, element):
            self._draw(element, routes)
        else:
            return "no list of routes stands beside the comment that asks for one"
        return None

    def _tables(self) -> dict[str, Callable[[], Iterable[Element]]]:
        """What stands in the place of a comment that has nothing to do with what is beside it."""
        md, site, path = self.md, self.site, self.path
        return {
            "figures": lambda: reference.table(site),
            "formulas": lambda: formula_index.table(md, site, path),
            "glossary": lambda: glossary.table(md, site, path),
            "licences": lambda: licences.table(Path(), path),
            "map": lambda: prerequisites.figure(md, site, path),
            "status": lambda: table(site, dirname(path)),
            "tags": self._tags,
            "unread": lambda: unread(Path()),
        }

    def _tags(self) -> Iterator[Element]:
        yield from feed.paragraph(public_address(Path()))
        yield from tag_pages.table(self.site, self.path)

    def _asked(self, element: Element) -> str | None:
        """What a comment asks for, where the element holds such a comment and nothing else."""
        stashed = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())
        if not stashed or len(element):
            return None
        raw = self.md.htmlStash.rawHtmlBlocks[int(stashed[1])]
        comment = _COMMENT.fullmatch(raw) if isinstance(raw, str) else None
        return comment["what"] if comment else None

    def _routes_beside(self, parent: Element, element: Element) -> list[Route]:
        """The routes in the nearest list, those before the comment first."""
        siblings = list(parent)
        at = siblings.index(element)
        for sibling in (*reversed(siblings[:at]), *siblings[at:]):
            if sibling.tag in ("ul", "ol") and (routes := list(self._routes_in(sibling))):
                return routes
        return []

    def _routes_in(self, element: Element) -> Iterator[Route]:
        for formula in element.iter():
            number = formula.get("data-piece")
            if number is not None and (route := read_route(self.pieces[int(number)].latex)):
                yield route

    def _draw(self, element: Element, routes: Sequence[Route]) -> None:
        drawing = draw(routes, partial(name_as_mathml, root=Path()))
        element.tag = "div"
        element.set("class", "routes-figure")
        element.set("data-search-exclude", "")
        element.text = self.md.htmlStash.store(drawing)


def _replace(element: Element, content: Iterable[Element]) -> None:
    element.tag, element.text = "div", None
    element.extend(list(content))
