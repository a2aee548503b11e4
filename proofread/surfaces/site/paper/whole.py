"""The derivations of a part of the site as one page for the printer.

Names of places are made unique by the page that they are on, and a link between two pages becomes
one within the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from pathlib import Path
from posixpath import join, normpath, relpath
from string import Template

from bs4 import Comment, Tag
from markdown.extensions.toc import slugify

from proofread.surfaces.site.addresses import address_of
from proofread.surfaces.site.citations import Work
from proofread.surfaces.site.index import SitePage
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


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the navigation, and the page on which it is printed."""

    title: str
    names: Mapping[str, str] = field(compare=False)
    """What the places of each of its pages begin with, by the page's address."""

    @property
    def folder(self) -> str:
        """Where it is, from the page that leads to all parts."""
        return slugify(self.title, "-")

    @property
    def address(self) -> str:
        """Its folder from that of the site."""
        return f"{ADDRESS}/{self.folder}"


@dataclass(frozen=True, slots=True)
class Section:
    """What a page becomes on the page of its part."""

    name: str
    title: str
    """As HTML, like the rest."""
    html: str


def parts_of(pages: Iterable[SitePage], titles: Mapping[str, str]) -> list[tuple[Part, SitePage]]:
    """Each page with its part; ``titles`` says of which it is, and the others are a part, too."""
    grouped: dict[str, list[SitePage]] = {}
    for page in pages:
        grouped.setdefault(titles.get(page.path, "") or _REST, []).append(page)
    return [
        (Part(title, {address: _name(address) for address in map(_address, own)}), page)
        for title, own in grouped.items()
        for page in own
    ]


def section_of(one: Built, part: Part) -> Section:
    """The page as a section of its part; its tree is used up."""
    title = _title(one)
    return Section(part.names[one.address], title, _Sectioning(one, part).html())


def write_parts(
    built: Path, first: Built, work: Work, sections: Iterable[tuple[Part, Section]]
) -> None:
    """Write a page for each part, and one that leads to them; ``first`` has their styles."""
    grouped: dict[Part, list[Section]] = {}
    for part, section in sections:
        grouped.setdefault(part, []).append(section)
    contents = "\n".join(
        f'<h2><a href="{part.folder}/">{escape(part.title)}</a></h2>\n'
        f"{_contents(own, f'{part.folder}/')}"
        for part, own in grouped.items()
    )
    frame = _frame(first, work, ADDRESS, "To print", "All derivations, part by part,")
    _write(built / ADDRESS, frame, contents, "")
    for part, own in grouped.items():
        frame = _frame(first, work, part.address, part.title, "This part")
        said = "\n".join(section.html for section in own)
        _write(built / part.address, frame, _contents(own, ""), said)


def _contents(sections: Iterable[Section], page: str) -> str:
    inside = "\n".join(
        f'<li><a href="{page}#{section.name}">{section.title}</a></li>' for section in sections
    )
    return f"<ol>\n{inside}\n</ol>"


def _address(page: SitePage) -> str:
    return address_of(page.path)


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
class _Sectioning:
    """Makes one page a section of its part."""

    built: Built
    part: Part

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
        return self.part.names[self.built.address]

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
        name = self.part.names.get(address)
        if name is None:
            found = _from(self.built.address, path, self.part.address)
            return f"{found}#{place}" if place else found
        return f"#{name}--{place}" if place else f"#{name}"
