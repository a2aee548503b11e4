"""What a page asks for in a comment: the figure of its routes, the table of all pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from posixpath import dirname
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE

from proofread.markdown.page import Piece
from proofread.surfaces.site import feed, formula_index, licences, tag_pages
from proofread.surfaces.site.addresses import public_address
from proofread.surfaces.site.formulas import name_as_mathml
from proofread.surfaces.site.index import Site
from proofread.surfaces.site.routes import Route, draw, read_route
from proofread.surfaces.site.status import table, unread

_KNOWN = ("formulas", "licences", "routes", "status", "tags")
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
        if asked == "status":
            _replace(element, table(self.site, dirname(self.path)))
        elif asked == "unread":
            _replace(element, unread(Path()))
        elif asked == "formulas":
            _replace(element, formula_index.table(self.md, self.site, self.path))
        elif asked == "tags":
            told = feed.paragraph(public_address(Path()))
            _replace(element, [*told, *tag_pages.table(self.site, self.path)])
        elif asked == "licences":
            _replace(element, licences.table(Path(), self.path))
        elif asked != "routes":
            return f"nothing is known as {asked}: expected {', '.join(_KNOWN)} or unread"
        elif routes := self._routes_beside(parent, element):
            self._draw(element, routes)
        else:
            return "no list of routes stands beside the comment that asks for one"
        return None

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
