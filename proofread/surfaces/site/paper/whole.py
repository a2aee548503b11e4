"""The derivations of a part of the site as one page for the printer.

Names of places are made unique by the page that they are on, and a link between two pages becomes
one within the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from posixpath import join, normpath, relpath
from string import Template

from bs4 import Comment, Tag
from markdown.extensions.toc import slugify

from proofread.surfaces.site.citations import Work
from proofread.surfaces.site.paper.pages import Built
from proofread.surfaces.site.paper.parts import words

ADDRESS = "print"
"""The folder of these pages from that of the site."""
_REST = "Other pages"
_FRAME = Template((files(__package__) / "whole.html").read_text(encoding="utf-8"))
_LEFT_OUT = (
    ".headerlink, .md-content__button, .page-cite, .formula-cite, .attempt, .exercise-progress, "
    ".page-check a, .check-details, script, style, noscript, form"
)
_POINTERS = ("id", "for", "name", "aria-labelledby", "aria-describedby")
_PLACE = re.compile(r"url\(#([^)]+)\)")


def write_parts(built: Path, pages: Sequence[Built], work: Work, parts: Mapping[str, str]) -> None:
    """Write a page for each part of the navigation, and one that leads to them.

    ``parts`` says of which part a page is; what stands in none is a part of its own. The trees of
    the pages are used up.
    """
    grouped: dict[str, list[Built]] = {}
    for one in pages:
        grouped.setdefault(parts.get(one.page.path, "") or _REST, []).append(one)
    titles = {one.address: _title(one) for one in pages}
    contents = []
    for part, own in grouped.items():
        folder = slugify(part, "-")
        inside = "\n".join(
            f'<li><a href="{folder}/#{_name(one.address)}">{titles[one.address]}</a></li>'
            for one in own
        )
        contents.append(f'<h2><a href="{folder}/">{escape(part)}</a></h2>\n<ol>\n{inside}\n</ol>')
    frame = _frame(pages[0], work, ADDRESS, "To print", "All derivations, part by part,")
    _write(built / ADDRESS, frame, "\n".join(contents), "")
    for part, own in grouped.items():
        write_whole(built, own, work, f"{ADDRESS}/{slugify(part, '-')}", part)


def write_whole(
    built: Path, pages: Sequence[Built], work: Work, address: str, heading: str
) -> None:
    """Write pages as one, in the folder ``address``; their trees are used up."""
    names = {one.address: _name(one.address) for one in pages}
    sections = [_Section(one, names, address) for one in pages]
    contents = "\n".join(
        f'<li><a href="#{names[one.address]}">{_title(one)}</a></li>' for one in pages
    )
    frame = _frame(pages[0], work, address, heading, "This part")
    said = "\n".join(section.html() for section in sections)
    _write(built / address, frame, f"<ol>\n{contents}\n</ol>", said)


def _title(one: Built) -> str:
    heading = one.article.find("h1")
    return escape(words(heading) if heading else one.page.title)


def _frame(one: Built, work: Work, address: str, heading: str, hint: str) -> dict[str, str]:
    """What stands around the pages; styles and fonts are those of the page ``one``."""
    return {
        "styles": "\n".join(_styles(one, address)),
        "root": f"{relpath('.', address)}/",
        "heading": escape(heading),
        "hint": hint,
        "title": escape(work.title),
        "authors": escape("; ".join(work.authors)),
        "version": escape(work.version),
    }


def _write(folder: Path, frame: Mapping[str, str], contents: str, sections: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    page = _FRAME.substitute(frame, contents=contents, sections=sections)
    (folder / "index.html").write_text(page, encoding="utf-8")


def _name(address: str) -> str:
    return "home" if address == "." else address.replace("/", "-")


def _styles(one: Built, address: str) -> list[str]:
    """The styles of a page and the fonts that it asks for early, as this page asks for them."""
    found = []
    for link in one.soup.select('link:is([rel="stylesheet"], [rel="preload"])'):
        copied = copy(link)
        copied["href"] = _from(one.address, str(link["href"]), address)
        found.append(str(copied))
    return found


def _from(address: str, target: str, here: str) -> str:
    """What the page at ``address`` calls ``target``, as the page ``here`` calls it."""
    folder = "/" if target.endswith("/") else ""
    return relpath(normpath(join(address, target)), here) + folder


@dataclass(frozen=True, slots=True)
class _Section:
    """One page as a part of the whole; ``names`` are those of all such by their address."""

    built: Built
    names: Mapping[str, str]
    here: str
    """The folder of the whole."""

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
            found = _from(self.built.address, path, self.here)
            return f"{found}#{place}" if place else found
        return f"#{name}--{place}" if place else f"#{name}"
