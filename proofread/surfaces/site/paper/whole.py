"""All derivations as one page for the printer: what the site says, from its first page to its last.

Names of places are made unique by the page that they are on, and a link between two pages becomes
one within the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from posixpath import join, normpath, relpath
from string import Template

from bs4 import Comment, Tag

from proofread.surfaces.site.citations import Work
from proofread.surfaces.site.paper.pages import Built
from proofread.surfaces.site.paper.parts import words

ADDRESS = "print"
"""The folder of the page from that of the site."""
_FRAME = Template((files(__package__) / "whole.html").read_text(encoding="utf-8"))
_LEFT_OUT = (
    ".headerlink, .md-content__button, .page-cite, .formula-cite, .attempt, .exercise-progress, "
    ".page-check a, .check-details, script, style, noscript, form"
)
_POINTERS = ("id", "for", "name", "aria-labelledby", "aria-describedby")
_PLACE = re.compile(r"url\(#([^)]+)\)")


def write_whole(built: Path, pages: Sequence[Built], work: Work) -> None:
    """Write the page; the trees of the pages are used up."""
    names = {one.address: _name(one.address) for one in pages}
    sections = [_Section(one, names) for one in pages]
    contents = (
        f'<li><a href="#{name}">{escape(words(title))}</a></li>'
        for one, name in zip(pages, names.values(), strict=True)
        if (title := one.article.find("h1"))
    )
    target = built / ADDRESS / "index.html"
    target.parent.mkdir(exist_ok=True)
    page = _FRAME.substitute(
        styles="\n".join(_styles(pages[0])),
        title=escape(work.title),
        authors=escape("; ".join(work.authors)),
        version=escape(work.version),
        contents="\n".join(contents),
        sections="\n".join(section.html() for section in sections),
    )
    target.write_text(page, encoding="utf-8")


def _name(address: str) -> str:
    return "home" if address == "." else address.replace("/", "-")


def _styles(one: Built) -> list[str]:
    """The styles of a page and the fonts that it asks for early, as this page asks for them."""
    found = one.soup.select('link:is([rel="stylesheet"], [rel="preload"])')
    for link in found:
        link["href"] = _from_here(one.address, str(link["href"]))
    return [str(link) for link in found]


def _from_here(address: str, target: str) -> str:
    """What a page calls ``target``, as this page calls it."""
    folder = "/" if target.endswith("/") else ""
    return relpath(normpath(join(address, target)), ADDRESS) + folder


@dataclass(frozen=True, slots=True)
class _Section:
    """One page as a part of the whole; ``names`` are those of all parts by their address."""

    built: Built
    names: Mapping[str, str]

    def html(self) -> str:
        article = self.built.article
        for one in article.select(_LEFT_OUT):
            one.decompose()
        for comment in article.find_all(string=lambda text: isinstance(text, Comment)):
            comment.extract()
        for mark in article.select(".check"):
            self._settle(mark)
        for folded in article.select("details"):
            folded["open"] = ""
        for one in article.find_all(True):
            self._rename(one)
        return (
            f'<section class="whole-page" id="{self._own}">'
            f"{article.decode_contents().strip()}</section>"
        )

    @property
    def _own(self) -> str:
        return self.names[self.built.address]

    def _settle(self, mark: Tag) -> None:
        """A mark without details is no more than its word."""
        said = words(mark)
        mark.name = "span"
        mark.clear()
        mark.string = said

    def _rename(self, one: Tag) -> None:
        for attribute in _POINTERS:
            if attribute in one.attrs:
                one[attribute] = f"{self._own}--{one[attribute]}"
        for attribute in ("href", "src"):
            if attribute in one.attrs:
                one[attribute] = self._target(str(one[attribute]))
        for attribute, value in one.attrs.items():
            if isinstance(value, str) and "url(#" in value:
                one[attribute] = _PLACE.sub(rf"url(#{self._own}--\1)", value)

    def _target(self, target: str) -> str:
        path, _, place = target.partition("#")
        if ":" in path.partition("/")[0]:
            return target
        address = normpath(join(self.built.address, path)) if path else self.built.address
        name = self.names.get(address)
        if name is None:
            found = _from_here(self.built.address, path)
            return f"{found}#{place}" if place else found
        return f"#{name}--{place}" if place else f"#{name}"
